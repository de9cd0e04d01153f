import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CROCKFORD, fromBase32, RFC4648, toBase32 } from './base32.ts'
import { digestOf } from './opaque-token.ts'
import {
  newRecoveryCodes,
  newTotpSecret,
  normaliseRecoveryCode,
  recoveryCodeDigest,
  totpStepOf,
  totpUri,
} from './totp.ts'

/** RFC 6238, appendix B: the secret is `12345678901234567890`. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('codes', () => {
  test.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('RFC 6238, at %d s', (seconds, eightDigits) => {
    const code = eightDigits.slice(2)
    expect(totpStepOf({ secret, code, now: seconds * 1000 })).toBe(Math.floor(seconds / 30))
  })

  test('are good in their step and the ones beside it, and name their own step', () => {
    const code = '050471' // of step 37037037, 1111111110 s to 1111111140 s
    const at = (seconds: number) => totpStepOf({ secret, code, now: seconds * 1000 })
    expect([1_111_111_079, 1_111_111_080, 1_111_111_110, 1_111_111_139, 1_111_111_169, 1_111_111_170].map(at)).toEqual([
      null,
      37_037_037,
      37_037_037,
      37_037_037,
      37_037_037,
      null,
    ])
  })

  test('may be typed with a space', () => {
    expect(totpStepOf({ secret, code: ' 050 471 ', now: 1_111_111_111_000 })).toBe(37_037_037)
  })

  test.each([
    '',
    '05047',
    '50471',
    '0504711',
    '050472',
    '０５０４７１',
    '14050471',
    '05047a',
    '-50471',
    `${' '.repeat(999)}050471`,
  ])('refuses %j', (code) => {
    expect(totpStepOf({ secret, code, now: 1_111_111_111_000 })).toBeNull()
  })

  test('work in the first step of all', () => {
    expect(totpStepOf({ secret, code: '755224', now: 0 })).toBe(0)
  })

  test.each(['', 'GEZDGNBV', 'not base32!', secret.toLowerCase()])('a damaged secret is an error: %j', (damaged) => {
    expect(() => totpStepOf({ secret: damaged, code: '050471', now: 0 })).toThrow(RangeError)
  })
})

test('a secret has 160 bits in 32 base32 characters', () => {
  const made = newTotpSecret((count) => Buffer.from('12345678901234567890').subarray(0, count))
  expect(made).toBe(secret)
  expect(newTotpSecret(randomBytes)).toMatch(/^[A-Z2-7]{32}$/)
})

test('the URI says what apps read, whatever the names hold', () => {
  expect(totpUri({ secret, issuer: 'Käse & Brot', account: 'a:b+c@shop.example' })).toBe(
    `otpauth://totp/K%C3%A4se%20%26%20Brot:a%20b%2Bc%40shop.example?secret=${secret}&issuer=K%C3%A4se%20%26%20Brot&algorithm=SHA1&digits=6&period=30`,
  )
  const uri = new URL(totpUri({ secret, issuer: 'x&secret=AAAA\ud800', account: '?#/' }))
  expect(uri.searchParams.getAll('secret')).toEqual([secret])
})

describe('base32', () => {
  test.each([
    ['', ''],
    ['fooba', 'MZXW6YTB'],
    ['foobafooba', 'MZXW6YTBMZXW6YTB'],
  ])('RFC 4648: %j', (plain, encoded) => {
    expect(toBase32(Buffer.from(plain), RFC4648)).toBe(encoded)
    expect(Buffer.from(fromBase32(encoded, RFC4648)!).toString()).toBe(plain)
  })

  test('comes back as it went', () => {
    const bytes = fc
      .integer({ min: 0, max: 20 })
      .chain((fives) => fc.uint8Array({ minLength: fives * 5, maxLength: fives * 5 }))
    fc.assert(
      fc.property(bytes, fc.constantFrom(RFC4648, CROCKFORD), (plain, alphabet) => {
        expect(fromBase32(toBase32(plain, alphabet), alphabet)).toEqual(plain)
      }),
      { seed: 3 },
    )
  })
})

describe('recovery codes', () => {
  const codes = newRecoveryCodes(randomBytes, 10)

  test('are ten different ones of 120 bits, of which SHA-256 is kept', () => {
    const asked: number[] = []
    newRecoveryCodes((count) => new Uint8Array(asked.push(count) && count), 2)
    expect(asked).toEqual([15, 15])
    expect(new Set(codes.map(({ code }) => code)).size).toBe(10)
    for (const { code, digest } of codes) {
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/)
      expect(digest).toBe(digestOf(code.replaceAll('-', '')))
      expect(recoveryCodeDigest(code)).toBe(digest)
    }
  })

  test('are read as people type them', () => {
    const plain = '0123456789ABCDEFGHJKMNP1'
    expect(normaliseRecoveryCode('oi23-4567 89ab–cdef ghjk mnpL\n')).toBe(plain)
    expect(normaliseRecoveryCode(plain.toLowerCase())).toBe(plain)
  })

  test.each([
    '',
    'ABCD',
    '0123456789ABCDEFGHJKMNPU',
    '0123456789ABCDEFGHJKMNPQR',
    '0123456789ABCDEFGHJKMNP*',
    `0123456789ABCDEFGHJKMNPQ${'-'.repeat(10_000)}`,
  ])('refuses %j', (text) => {
    expect(normaliseRecoveryCode(text)).toBeNull()
    expect(recoveryCodeDigest(text)).toBeNull()
  })
})
