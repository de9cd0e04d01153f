import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ModelFileError } from './errors.ts'
import { type ModelHeader, readModelFile, writeModelFile } from './model-file.ts'

const HEADER: ModelHeader = {
  format: 'test',
  version: 3,
  trainedAt: Date.UTC(2026, 0, 31),
  counts: { baskets: 12 },
  metrics: { hitRate: 0.25 },
  extra: { note: 'Wärme · 熱' },
}
const SECTIONS = {
  bytes: Uint8Array.of(1, 2, 3),
  shorts: Uint16Array.of(1, 65_535),
  words: Uint32Array.of(0, 4_294_967_295, 7),
  signed: Int32Array.of(-1, 2_147_483_647),
  reals: Float32Array.of(0.5, -1e-30, Number.POSITIVE_INFINITY),
  empty: new Float32Array(0),
}
const FILE = writeModelFile(HEADER, SECTIONS)

/** What reading throws: a `ModelFileError` with a message, and nothing else. */
function refusal(bytes: Uint8Array): string {
  try {
    readModelFile(bytes, 'test', 3)
  } catch (error) {
    expect(error).toBeInstanceOf(ModelFileError)
    return (error as Error).message
  }
  return expect.unreachable('the file was taken')
}

const changed = (at: number, value: number): Uint8Array => Uint8Array.from(FILE, (byte, i) => (i === at ? value : byte))
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
/** Where the header ends and the sections begin. */
const DATA_AT = 12 + new DataView(FILE.buffer).getUint32(8, true)

describe('a model file', () => {
  it('comes back as it was written', () => {
    const file = readModelFile(FILE, 'test', 3)
    expect(file.header).toMatchObject(HEADER)
    expect(file.section('bytes', 'u8')).toEqual(SECTIONS.bytes)
    expect(file.section('shorts', 'u16')).toEqual(SECTIONS.shorts)
    expect(file.section('words', 'u32')).toEqual(SECTIONS.words)
    expect(file.section('signed', 'i32')).toEqual(SECTIONS.signed)
    expect(file.section('reals', 'f32')).toEqual(SECTIONS.reals)
    expect(file.section('empty', 'f32')).toHaveLength(0)
  })

  it('comes back as it was written, whatever is in it', () => {
    const real = fc.float({ noNaN: true })
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.array(fc.nat(), { maxLength: 50 }),
        fc.array(real),
        fc.string(),
        (u8, u32, f32, note) => {
          const sections = { u8, u32: Uint32Array.from(u32), f32: Float32Array.from(f32) }
          const file = readModelFile(writeModelFile({ ...HEADER, extra: { note } }, sections), 'test', 3)
          expect(file.section('u8', 'u8')).toEqual(u8)
          expect(file.section('u32', 'u32')).toEqual(sections.u32)
          expect(file.section('f32', 'f32')).toEqual(sections.f32)
          expect(file.header.extra).toEqual({ note })
        },
      ),
    )
  })

  it('is the same for the same content', () => {
    expect(writeModelFile(HEADER, SECTIONS)).toEqual(FILE)
  })

  it('begins with its magic word, and its sections at a multiple of 8', () => {
    expect(text(FILE.subarray(0, 8))).toBe('TWMODEL1')
    expect(DATA_AT % 8).toBe(0)
    expect(text(FILE.subarray(12, DATA_AT)).trimEnd()).toMatch(/,"sha256":"[0-9a-f]{64}"\}$/)
  })

  it('can be read from the middle of a buffer, whatever its alignment', () => {
    for (const offset of [1, 3, 8]) {
      const buffer = new Uint8Array(FILE.length + offset + 5)
      buffer.set(FILE, offset)
      const view = buffer.subarray(offset, offset + FILE.length)
      expect(readModelFile(view, 'test', 3).section('words', 'u32')).toEqual(SECTIONS.words)
    }
  })

  it('does not change with the bytes that it was read from', () => {
    const bytes = FILE.slice()
    const file = readModelFile(bytes, 'test', 3)
    bytes.fill(0)
    expect(file.section('words', 'u32')).toEqual(SECTIONS.words)
  })

  it('has no section of another name or type', () => {
    const file = readModelFile(FILE, 'test', 3)
    expect(() => file.section('nothing', 'u8')).toThrow(ModelFileError)
    expect(() => file.section('words', 'f32')).toThrow(/no section words of type f32/)
  })

  it('is refused wherever it is cut short', () => {
    for (let length = 0; length < FILE.length; length++) expect(refusal(FILE.subarray(0, length))).not.toBe('')
    for (const length of [100, DATA_AT, DATA_AT + 4]) {
      expect(refusal(FILE.subarray(0, length))).toContain(`cut short: it ends after ${length} bytes`)
    }
  })

  it('is refused whichever of its bytes is altered', () => {
    for (let at = 0; at < FILE.length; at++) {
      for (const mask of [0x01, 0x80, 0xff]) refusal(changed(at, FILE[at]! ^ mask))
    }
  })

  it('is refused with something behind its end', () => {
    expect(refusal(Uint8Array.of(...FILE, 0))).toContain('altered')
  })

  it('is refused as altered where a digit of its header or of its data differs', () => {
    const header = text(FILE)
    expect(refusal(changed(header.indexOf('"hitRate":0.25') + 12, 0x39))).toContain('altered')
    expect(refusal(changed(DATA_AT + 1, 9))).toContain('altered')
    expect(refusal(changed(FILE.length - 1, 1))).toContain('altered')
  })

  it('of another format or version is refused, and the message says what came', () => {
    expect(() => readModelFile(FILE, 'recommender', 3)).toThrow(
      'Expected a recommender model of version 3, got test version 3: train again',
    )
    expect(() => readModelFile(FILE, 'test', 4)).toThrow(/version 4, got test version 3/)
  })

  it.each([
    ['nothing', new Uint8Array(0)],
    ['zeros', new Uint8Array(1_000)],
    ['a web page', new TextEncoder().encode('<!doctype html><title>404</title>')],
    ['the magic word alone', FILE.subarray(0, 8)],
    ['a header of 4 GiB', Uint8Array.of(...FILE.subarray(0, 8), 255, 255, 255, 255, 0, 0)],
  ])('is not %s', (_, bytes) => {
    expect(refusal(bytes)).not.toBe('')
  })

  it.each([
    'null',
    '7',
    '[]',
    '{}',
    '{"format":"test","version":3}',
    '{"format":"test","version":3,"sections":[]}',
    '{"format":"test","version":3,"sections":[null],"sha256":"x"}',
    `{"format":"test","version":3,"sections":[{"name":"a","type":"toString","at":0,"length":1}],"sha256":"${'0'.repeat(64)}"}`,
    `{"format":"test","version":3,"sections":[{"name":"a","type":"u8","at":-1,"length":1}],"sha256":"${'0'.repeat(64)}"}`,
    `{"format":"test","version":3,"sections":[{"name":"a","type":"f32","at":0,"length":1e15}],"sha256":"${'0'.repeat(64)}"}`,
    '{"format":"test","version":3,"sections":[',
    '['.repeat(100_000),
  ])('with the header %j is refused', (header) => {
    const json = new TextEncoder().encode(header)
    const bytes = new Uint8Array(12 + json.length + 64)
    bytes.set(FILE.subarray(0, 8))
    new DataView(bytes.buffer).setUint32(8, json.length, true)
    bytes.set(json, 12)
    expect(refusal(bytes)).not.toBe('')
  })

  it('is never anything but read or refused, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(refusal(Uint8Array.of(...FILE.subarray(0, 8), ...bytes))).not.toBe('')
      }),
    )
  })
})
