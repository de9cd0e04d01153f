import { createHash } from 'node:crypto'
import type { FileBody, Upload } from '@tillwright/core/contract'
import type { FileStore } from '../ports.ts'
import type { Incoming } from './incoming.ts'
import { countKeys, MAX_DEPTH, MAX_KEYS, shapeOf } from './json-text.ts'
import { ProblemError, problem } from './problem-error.ts'

/** Where bodies lie that are files. */
export const UPLOADS_FOLDER = 'uploads/'

/** The media type of a body, lower case, without parameters. */
export function mediaType(request: Incoming): string {
  return (request.header('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
}

/** Reads a body whole, up to `maxBytes`. Throws `payload_too_large` as soon as more comes. */
export async function readBody(request: Incoming, maxBytes: number): Promise<Uint8Array> {
  refuseEncoded(request)
  refuseAnnounced(request, maxBytes)
  const chunks: Uint8Array[] = []
  for await (const chunk of limited(request.body(), maxBytes)) chunks.push(chunk)
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}

/** Streams a body into the file store, up to the limit of the route. A body that breaks off leaves nothing behind. */
export async function receiveFile(request: Incoming, spec: FileBody, files: FileStore, key: string): Promise<Upload> {
  const type = acceptedType(request, spec)
  refuseEncoded(request)
  refuseAnnounced(request, spec.maxBytes)
  const hash = createHash('sha256')
  async function* hashed() {
    for await (const chunk of limited(request.body(), spec.maxBytes)) {
      hash.update(chunk)
      yield chunk
    }
  }
  const bytes = await files.put(key, hashed())
  return { key, type, bytes, sha256: hash.digest('hex') }
}

/** Reads a body whole, byte for byte, up to the limit of the route. */
export async function receiveBytes(request: Incoming, spec: FileBody): Promise<{ type: string; bytes: Uint8Array }> {
  const type = acceptedType(request, spec)
  return { type, bytes: await readBody(request, spec.maxBytes) }
}

function acceptedType(request: Incoming, { types }: FileBody): string {
  const type = mediaType(request)
  if (types.includes(type)) return type
  throw problem('unsupported_media_type', `The content type must be one of ${types.join(', ')}, got ${type || 'none'}`)
}

/** Bodies come as they are: nothing here unpacks them (RFC 9110 §8.4). */
function refuseEncoded(request: Incoming): void {
  const encoding = request.header('content-encoding')?.trim().toLowerCase()
  if (encoding && encoding !== 'identity') {
    throw problem('unsupported_media_type', `Send the body without a content encoding, got ${encoding.slice(0, 40)}`)
  }
}

function refuseAnnounced(request: Incoming, maxBytes: number): void {
  if (Number(request.header('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes)
}

async function* limited(body: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of arriving(body)) {
    bytes += chunk.length
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    yield chunk
  }
}

/** A body that breaks off is its sender's doing, whatever the host calls it. */
async function* arriving(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    throw new ProblemError('malformed_request', { detail: 'The body broke off', cause })
  }
}

function tooLarge(maxBytes: number): ProblemError {
  return problem('payload_too_large', `At most ${maxBytes} bytes are accepted here`)
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** Parses a JSON body. Throws `malformed_request` with what is wrong. */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string
  try {
    text = UTF8.decode(bytes)
  } catch (cause) {
    throw new ProblemError('malformed_request', { detail: 'The body is not valid UTF-8', cause })
  }
  const { names, isTooDeep, isTooWide } = shapeOf(text)
  if (isTooDeep) throw problem('malformed_request', `The body nests deeper than ${MAX_DEPTH} levels`)
  if (isTooWide) throw problem('malformed_request', `An object in the body has more than ${MAX_KEYS} keys`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new ProblemError('malformed_request', { detail: 'The body is not valid JSON', cause })
  }
  if (countKeys(value) !== names) throw problem('malformed_request', 'An object in the body names a key twice')
  return value
}
