import { ModelFileError } from './errors.ts'
import { sha256 } from './sha256.ts'

/**
 * Layout of a model file: `TWMODEL1` (8 bytes), the header's length in bytes (u32, little-endian), the header (UTF-8
 * JSON, padded with spaces so that data start at a multiple of 8), then the sections' bytes, each starting at a multiple
 * of 8. Numbers are little-endian.
 */
const MAGIC = 'TWMODEL1'
const PREAMBLE = MAGIC.length + 4
const ALIGNMENT = 8

const ARRAYS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, i32: Int32Array, f32: Float32Array } as const
interface ArrayTypes {
  u8: Uint8Array
  u16: Uint16Array
  u32: Uint32Array
  i32: Int32Array
  f32: Float32Array
}
type ArrayType = keyof ArrayTypes
export type Section = ArrayTypes[ArrayType]

export interface ModelHeader {
  /** What the file is for: `recommender`, `intent`, … */
  readonly format: string
  readonly version: number
  /** ms since 1970. */
  readonly trainedAt: number
  readonly counts: Readonly<Record<string, number>>
  readonly metrics: Readonly<Record<string, number>>
  /** Whatever else the format needs, as JSON. */
  readonly extra?: Readonly<Record<string, unknown>>
}

interface StoredHeader extends ModelHeader {
  readonly sections: readonly {
    readonly name: string
    readonly type: ArrayType
    readonly at: number
    readonly length: number
  }[]
  /** SHA-256 of the whole file, in hex, taken while these 64 digits are zeros. The last key of the header. */
  readonly sha256: string
}

const DIGEST_LENGTH = 64
const UNSIGNED = '0'.repeat(DIGEST_LENGTH)
const SPACE = 0x20

export interface ModelFile {
  readonly header: ModelHeader
  /** The named section, typed as it was written. Throws `ModelFileError` where there is none. */
  section<T extends ArrayType>(name: string, type: T): ArrayTypes[T]
  has(name: string): boolean
}

export function writeModelFile(header: ModelHeader, sections: Readonly<Record<string, Section>>): Uint8Array {
  let size = 0
  const placed = Object.entries(sections).map(([name, array]) => {
    const at = size
    size = align(at + array.byteLength)
    return { name, type: typeOf(array), at, length: array.length, array }
  })
  const data = new Uint8Array(size)
  for (const { at, array } of placed) data.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)

  const stored: StoredHeader = {
    ...header,
    sections: placed.map(({ name, type, at, length }) => ({ name, type, at, length })),
    sha256: UNSIGNED,
  }
  const json = new TextEncoder().encode(JSON.stringify(stored))
  const dataAt = align(PREAMBLE + json.length)
  const file = new Uint8Array(dataAt + size).fill(SPACE, 0, dataAt)
  file.set(new TextEncoder().encode(MAGIC))
  new DataView(file.buffer).setUint32(MAGIC.length, dataAt - PREAMBLE, true)
  file.set(json, PREAMBLE)
  file.set(data, dataAt)
  file.set(new TextEncoder().encode(sha256(file)), digestAt(PREAMBLE + json.length))
  return file
}

/** Reads and checks a model file. Throws `ModelFileError` with what was expected and what came. */
export function readModelFile(bytes: Uint8Array, format: string, version: number): ModelFile {
  const magic = new TextDecoder().decode(bytes.subarray(0, MAGIC.length))
  if (magic !== MAGIC) throw new ModelFileError('Not a Tillwright model file: it does not start with TWMODEL1')
  const dataAt =
    bytes.length < PREAMBLE ? Number.POSITIVE_INFINITY : PREAMBLE + view(bytes).getUint32(MAGIC.length, true)
  if (dataAt > bytes.length) throw cutShort(bytes.length)

  const header = parseHeader(bytes.subarray(PREAMBLE, dataAt))
  if (header.format !== format || header.version !== version) {
    throw new ModelFileError(
      `Expected a ${format} model of version ${version}, got ${header.format} version ${header.version}: train again`,
      { code: 'model_file_version' },
    )
  }
  const end = header.sections.reduce((most, { at, type, length }) => Math.max(most, at + bytesOf(type) * length), 0)
  if (dataAt + end > bytes.length) throw cutShort(bytes.length)
  const unsigned = unsignedCopy(bytes, dataAt)
  if (sha256(unsigned) !== header.sha256) {
    throw new ModelFileError('The model file was altered: its SHA-256 is not the one in its header')
  }
  return {
    header,
    has: (name) => header.sections.some((section) => section.name === name),
    section<T extends ArrayType>(name: string, type: T) {
      const section = header.sections.find((candidate) => candidate.name === name && candidate.type === type)
      if (!section) throw new ModelFileError(`The model file has no section ${name} of type ${type}`)
      return new ARRAYS[type](unsigned.buffer, dataAt + section.at, section.length) as ArrayTypes[T]
    },
  }
}

/** The same file with more sections, or others of the same name. Throws as `readModelFile` does. */
export function withSections(
  bytes: Uint8Array,
  format: string,
  version: number,
  more: Readonly<Record<string, Section>>,
): Uint8Array {
  const file = readModelFile(bytes, format, version)
  const { sections, sha256: _, ...header } = file.header as StoredHeader
  const kept = sections.map(({ name, type }) => [name, file.section(name, type)] as const)
  return writeModelFile(header, { ...Object.fromEntries(kept), ...more })
}

function parseHeader(bytes: Uint8Array): StoredHeader {
  try {
    const header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as StoredHeader
    const wellFormed =
      typeof header.format === 'string' &&
      /^[0-9a-f]{64}$/.test(header.sha256) &&
      Array.isArray(header.sections) &&
      header.sections.every(({ type, at, length }) => Object.hasOwn(ARRAYS, type) && isOffset(at) && isOffset(length))
    if (wellFormed) return header
  } catch (cause) {
    throw new ModelFileError('The model file has an unreadable header', { cause })
  }
  throw new ModelFileError('The model file has an incomplete header')
}

/** The file as it was when it was signed. A copy, so that typed arrays are aligned wherever `bytes` came from. */
function unsignedCopy(bytes: Uint8Array, dataAt: number): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(bytes)
  let jsonEnd = dataAt
  while (copy[jsonEnd - 1] === SPACE) jsonEnd--
  copy.set(new TextEncoder().encode(UNSIGNED), digestAt(jsonEnd))
  return copy
}

/** Where the digest stands in a header that ends with `"sha256":"…"}` before `jsonEnd`. */
function digestAt(jsonEnd: number): number {
  return jsonEnd - '"}'.length - DIGEST_LENGTH
}

function cutShort(length: number): ModelFileError {
  return new ModelFileError(`The model file was cut short: it ends after ${length} bytes`)
}

function isOffset(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function typeOf(array: Section): ArrayType {
  return (Object.keys(ARRAYS) as ArrayType[]).find((type) => array instanceof ARRAYS[type])!
}

function bytesOf(type: ArrayType): number {
  return ARRAYS[type].BYTES_PER_ELEMENT
}

function align(at: number): number {
  return Math.ceil(at / ALIGNMENT) * ALIGNMENT
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
