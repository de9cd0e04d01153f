import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonLinesSplitter } from './json-lines.ts'

function readPieces(pieces: readonly Uint8Array[]) {
  const read = {
    objects: [] as { line: number; value: object }[],
    broken: [] as { line: number; reason: string; raw: string }[],
  }
  const splitter = jsonLinesSplitter({
    object: (value, line) => read.objects.push({ line, value }),
    broken: (line, reason, raw) => read.broken.push({ line, reason, raw }),
  })
  for (const piece of pieces) splitter.push(piece)
  splitter.end()
  return read
}

const read = (text: string | Uint8Array) => readPieces([typeof text === 'string' ? Buffer.from(text) : text])

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  return sorted.slice(1).map((to, i) => bytes.subarray(sorted[i], to))
}

describe('jsonLinesSplitter', () => {
  it('reads an object a line', () => {
    expect(read('{"a":1}\n{"a":"x"}\n')).toEqual({
      objects: [
        { line: 1, value: { a: 1 } },
        { line: 2, value: { a: 'x' } },
      ],
      broken: [],
    })
  })

  it('reads back any objects, cut into pieces at any byte', () => {
    const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.oneof(fc.string({ unit: 'binary' }), fc.integer()))
    fc.assert(
      fc.property(
        fc.array(object, { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n', '\n\n'),
        fc.array(fc.nat(500), { maxLength: 20 }),
        (objects, newline, places) => {
          const text = objects.map((value) => JSON.stringify(value) + newline).join('')
          const { objects: got, broken } = readPieces(cut(Buffer.from(text), places))
          expect(broken).toEqual([])
          expect(got.map(({ value }) => JSON.stringify(value))).toEqual(objects.map((value) => JSON.stringify(value)))
        },
      ),
    )
  })

  it.each([
    ['what is not JSON', '{"a":', 'is not JSON'],
    ['a list', '[1]', 'is JSON but not an object'],
    ['null', 'null', 'is JSON but not an object'],
    ['a number', '42', 'is JSON but not an object'],
  ])('refuses %s, and reads on at the next line', (_what, line, reason) => {
    expect(read(`${line}\n{"a":1}`)).toEqual({
      objects: [{ line: 2, value: { a: 1 } }],
      broken: [{ line: 1, reason, raw: line }],
    })
  })

  it('refuses bytes that are not UTF-8', () => {
    const { objects, broken } = read(
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}\n{"b":1}')]),
    )
    expect(broken).toMatchObject([{ line: 1, reason: 'holds bytes that are not UTF-8' }])
    expect(objects).toEqual([{ line: 2, value: { b: 1 } }])
  })

  it('takes a replacement character that was written as such', () => {
    expect(read('{"a":"\ufffd"}').broken).toEqual([])
  })

  it('keeps a member called __proto__ apart from the prototype', () => {
    const [first] = read('{"__proto__":{"id":"evil"}}').objects
    expect(Object.hasOwn(first!.value, 'id')).toBe(false)
    expect((first!.value as { id?: unknown }).id).not.toBe('evil')
  })

  it('refuses a line of 3 MB and reads on after it', () => {
    const bytes = Buffer.from(`{"a":1}\n{"a":"${'x'.repeat(3_000_000)}"}\n{"a":2}\n`)
    const { objects, broken } = readPieces(cut(bytes, [100, 1_100_000, 2_500_000]))
    expect(broken).toMatchObject([{ line: 2, reason: 'a line of more than 1048576 bytes' }])
    expect(objects.map(({ line }) => line)).toEqual([1, 3])
  })

  it('refuses an endless last line once', () => {
    const bytes = Buffer.from(`{"a":1}\n${'x'.repeat(3_000_000)}`)
    const { objects, broken } = readPieces(cut(bytes, [1_000_000, 2_000_000]))
    expect([objects.length, broken.length]).toEqual([1, 1])
  })

  it('reads nothing from nothing', () => {
    expect(read('')).toEqual({ objects: [], broken: [] })
    expect(read('\n \r\n\n')).toEqual({ objects: [], broken: [] })
  })

  it('passes over a byte order mark', () => {
    expect(read('\ufeff{"a":1}').objects).toEqual([{ line: 1, value: { a: 1 } }])
  })
})
