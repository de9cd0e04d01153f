import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ImportError } from './errors.ts'

const CHUNK_BYTES = 1 << 18

export interface ByteSource {
  /** The file's bytes, inflated where it is gzip, without a byte order mark. */
  readonly bytes: AsyncIterable<Uint8Array>
  /** Bytes of the file read so far, as it is stored. */
  bytesRead(): number
}

/** Opens a file as it streams in. Throws `ImportError` for what is recognisably no text that we can read. */
export function byteSource(file: AsyncIterable<Uint8Array>): ByteSource {
  let read = 0
  async function* counted() {
    for await (const chunk of file) {
      read += chunk.length
      yield chunk
    }
  }
  return { bytes: withoutMark(inflated(counted())), bytesRead: () => read }
}

async function* inflated(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const [head, whole] = await peek(bytes)
  if (head[0] === 0x50 && head[1] === 0x4b) {
    throw new ImportError('The file is a ZIP archive or a spreadsheet (XLSX): save the sheet as CSV and import that')
  }
  if (head[0] !== 0x1f || head[1] !== 0x8b) return yield* whole
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
  const source = Readable.from(whole, { objectMode: false })
  source.on('error', (error) => gunzip.destroy(error))
  try {
    yield* source.pipe(gunzip)
  } catch (cause) {
    if (!(cause as { code?: string }).code?.startsWith('Z_')) throw cause
    throw new ImportError('The file is gzip and damaged or cut short: export or upload it again', { cause })
  }
}

async function* withoutMark(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const [head, whole] = await peek(bytes)
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw new ImportError('The file is UTF-16, UTF-8 is needed: save it as "CSV UTF-8" and import that')
  }
  let isFirst = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf
  for await (const chunk of whole) {
    yield isFirst ? chunk.subarray(3) : chunk
    isFirst = false
  }
}

/** Bytes by which files are told apart. */
const HEAD_BYTES = 3

/** The file's beginning, `HEAD_BYTES` at least where there are as many, and the whole file with it as its first piece. */
async function peek(bytes: AsyncIterable<Uint8Array>): Promise<[Uint8Array, AsyncIterable<Uint8Array>]> {
  const iterator = bytes[Symbol.asyncIterator]()
  let head: Uint8Array = new Uint8Array()
  while (head.length < HEAD_BYTES) {
    const next = await iterator.next()
    if (next.done) break
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  async function* whole() {
    if (head.length > 0) yield head
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return [head, whole()]
}
