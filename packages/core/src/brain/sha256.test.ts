import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from './sha256.ts'

const reference = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const filled = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) & 0xff)

describe('sha256', () => {
  it.each([0, 1, 3, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 1_000, 2 ** 20, 2 ** 20 + 55])(
    'is that of node:crypto for %i bytes',
    (length) => {
      expect(sha256(filled(length))).toBe(reference(filled(length)))
    },
  )

  it('is that of node:crypto for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(sha256(bytes)).toBe(reference(bytes))
      }),
    )
  })

  it('is that of the bytes that are seen, wherever they lie in their buffer', () => {
    const bytes = filled(200).subarray(7, 130)
    expect(sha256(bytes)).toBe(reference(bytes))
  })

  it('leaves its input as it was', () => {
    const bytes = filled(100)
    sha256(bytes)
    expect(bytes).toEqual(filled(100))
  })

  it('gives the known answers of FIPS 180-4', () => {
    const of = (text: string) => sha256(new TextEncoder().encode(text))
    expect(of('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})
