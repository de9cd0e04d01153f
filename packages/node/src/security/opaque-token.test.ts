import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { digestOf, newToken, safeEqual } from './opaque-token.ts'

test('a token is a prefix and 256 bits', () => {
  const asked: number[] = []
  const { token } = newToken((count) => {
    asked.push(count)
    return new Uint8Array(count).fill(255)
  }, 'rt')
  expect(asked).toEqual([32])
  expect(token).toBe(`rt_${'_'.repeat(42)}8`)
})

test('what is kept is its SHA-256, and two tokens never meet', () => {
  const tokens = Array.from({ length: 1_000 }, () => newToken(randomBytes, 'rt'))
  for (const { token, digest } of tokens) {
    expect(token).toMatch(/^rt_[\w-]{43}$/)
    expect(digest).toBe(createHash('sha256').update(token).digest('hex'))
    expect(digestOf(token)).toBe(digest)
  }
  expect(new Set(tokens.map(({ digest }) => digest)).size).toBe(1_000)
})

test.each([
  ['abc', 'abc', true],
  ['', '', true],
  ['abc', 'abd', false],
  ['abc', 'ab', false],
  ['abc', 'ABC', false],
  ['a', '', false],
  ['\ud800', '\ud801', false],
  ['\ud800', '\ufffd', false],
  ['🐌', '🐌', true],
])('%j and %j', (a, b, equal) => {
  expect(safeEqual(a, b)).toBe(equal)
})
