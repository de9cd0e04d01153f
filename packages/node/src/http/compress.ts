import { promisify } from 'node:util'
import { constants, gzip as gzipCallback } from 'node:zlib'

const gzip = promisify(gzipCallback)

/** Smaller answers cost more to compress than to send. */
export const MIN_COMPRESSED_BYTES = 1024

/** Whether a caller takes gzip (RFC 9110 §12.5.3): named or starred with a weight above 0. */
export function acceptsGzip(header: string | null): boolean {
  if (!header) return false
  const weightOf = (coding: string) => {
    const match = new RegExp(`(?:^|,)\\s*${coding}\\s*(?:;\\s*q=([\\d.]+))?\\s*(?:,|$)`, 'i').exec(header)
    return match ? Number(match[1] ?? 1) : undefined
  }
  return (weightOf('gzip') ?? weightOf('\\*') ?? 0) > 0
}

/** Compresses off the main thread. Level 4: most of the gain at a fifth of the best level's cost. */
export function compress(content: string | Uint8Array): Promise<Uint8Array> {
  return gzip(content, { level: constants.Z_BEST_SPEED + 3 })
}
