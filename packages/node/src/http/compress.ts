import { promisify } from 'node:util'
import { constants, gzip as gzipCallback } from 'node:zlib'

const gzip = promisify(gzipCallback)

/** Smaller answers cost more to compress than to send. */
export const MIN_COMPRESSED_BYTES = 1024

/** Whether a caller takes gzip (RFC 9110 §12.5.3): named or starred with a weight above 0. */
export function acceptsGzip(header: string | null): boolean {
  if (!header) return false
  const weights = new Map(header.toLowerCase().split(',').map(weightedCoding))
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0
}

function weightedCoding(text: string): [coding: string, weight: number] {
  const [coding = '', ...parameters] = text.split(';').map((part) => part.trim())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))
  return [coding, weight === undefined ? 1 : Number(weight.slice(2))]
}

/** Compresses off the main thread. Level 4: most of the gain at a fifth of the best level's cost. */
export function compress(content: string | Uint8Array): Promise<Uint8Array> {
  return gzip(content, { level: constants.Z_BEST_SPEED + 3 })
}
