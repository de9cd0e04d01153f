import { createDecipheriv } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SecretBoxError, secretBox } from './secret-box.ts'

const keyOf = (id: string, fill: number) => ({ id, key: new Uint8Array(32).fill(fill) })
const current = keyOf('2026a', 1)
const older = [keyOf('2025a', 2)]
const box = secretBox({ current, older })
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

test('opens what it sealed, text and bytes, empty too', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (plain, context) => {
      expect(box.open(box.seal(plain, context), context)).toEqual(plain)
    }),
    { seed: 1, numRuns: 200 },
  )
  expect(text(box.open(box.seal('geheim 🐌', 'totp'), 'totp'))).toBe('geheim 🐌')
})

test('names its version and key, and never gives the same text twice', () => {
  const sealed = Array.from({ length: 100 }, () => box.seal('secret', 'totp'))
  expect(sealed[0]).toMatch(/^v1\.2026a\.[\w-]{16}\.[\w-]{30}$/)
  expect(new Set(sealed.map((one) => one.split('.')[2])).size).toBe(100)
  expect(sealed.join()).not.toContain('secret')
})

test('is AES-256-GCM with the context as additional data', () => {
  const [, , nonce, body] = box
    .seal('secret', 'totp')
    .split('.')
    .map((part) => Buffer.from(part, 'base64url'))
  const decipher = createDecipheriv('aes-256-gcm', current.key, nonce!)
  decipher.setAAD(Buffer.from('totp'))
  decipher.setAuthTag(body!.subarray(-16))
  expect(Buffer.concat([decipher.update(body!.subarray(0, -16)), decipher.final()]).toString()).toBe('secret')
})

test('opens what an older key sealed, and says that it is not current', () => {
  const old = secretBox({ current: older[0]! }).seal('secret', 'totp')
  expect(text(box.open(old, 'totp'))).toBe('secret')
  expect(box.isCurrent(old)).toBe(false)
  expect(box.isCurrent(box.seal(box.open(old, 'totp'), 'totp'))).toBe(true)
  expect(secretBox({ current: keyOf('2026', 1) }).isCurrent(box.seal('secret', 'totp'))).toBe(false)
})

describe('refuses', () => {
  const sealed = box.seal('secret', 'totp:usr_1')
  const [version, id, nonce, body] = sealed.split('.') as [string, string, string, string]

  test.each([
    ['nothing', ''],
    ['another version', `v2.${id}.${nonce}.${body}`],
    ['an unknown key', `${version}.2024a.${nonce}.${body}`],
    ['the id of another key', `${version}.2025a.${nonce}.${body}`],
    ['no nonce', `${version}.${id}..${body}`],
    ['a short nonce', `${version}.${id}.${nonce.slice(4)}.${body}`],
    ['no body', `${version}.${id}.${nonce}.`],
    ['a shortened tag', `${version}.${id}.${nonce}.${body.slice(0, -4)}`],
    ['only a tag’s beginning', `${version}.${id}.${nonce}.${body.slice(0, 8)}`],
    ['a further part', `${sealed}.x`],
    ['a blank in front', ` ${sealed}`],
    ['a line break behind', `${sealed}\n`],
    ['padding', `${sealed}==`],
    ['a foreign character within', `${version}.${id}.${nonce}.${body.slice(0, 5)}*${body.slice(5)}`],
  ])('%s', (_, altered) => {
    expect(() => box.open(altered, 'totp:usr_1')).toThrow(SecretBoxError)
  })

  test('any one character changed', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    for (let at = 0; at < sealed.length; at++) {
      const other = alphabet[(alphabet.indexOf(sealed[at]!) + 1) % 64]!
      expect(() => box.open(sealed.slice(0, at) + other + sealed.slice(at + 1), 'totp:usr_1')).toThrow(SecretBoxError)
    }
  })

  test('another context: one person’s secret moved to another’s row', () => {
    expect(() => box.open(sealed, 'totp:usr_2')).toThrow(SecretBoxError)
    expect(() => box.open(sealed, '')).toThrow(SecretBoxError)
  })

  test('another key of the same id', () => {
    expect(() => secretBox({ current: keyOf('2026a', 9) }).open(sealed, 'totp:usr_1')).toThrow(SecretBoxError)
  })

  test('keys that are none', () => {
    expect(() => secretBox({ current: { id: 'a', key: new Uint8Array(16) } })).toThrow(/16 bytes/)
    expect(() => secretBox({ current: { ...current, id: 'a.b' } })).toThrow(SecretBoxError)
    expect(() => secretBox({ current: { ...current, id: '' } })).toThrow(SecretBoxError)
    expect(() => secretBox({ current, older: [current] })).toThrow(/Two keys/)
  })
})

test('a key that its owner wipes afterwards stays usable', () => {
  const mine = keyOf('a', 5)
  const own = secretBox({ current: mine })
  mine.key.fill(0)
  expect(text(secretBox({ current: keyOf('a', 5) }).open(own.seal('x', ''), ''))).toBe('x')
})
