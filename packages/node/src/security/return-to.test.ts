import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safeReturnTo } from './return-to.ts'

const ALLOWED = ['https://shop.example', 'http://localhost:3000']

test.each([
  ['/', '/'],
  ['/orders', '/orders'],
  ['/orders?page=2&q=a%20b#top', '/orders?page=2&q=a%20b#top'],
  ['/a/../b', '/b'],
  ['/search?next=https%3A%2F%2Fother.example%2Fx', '/search?next=https%3A%2F%2Fother.example%2Fx'],
  ['/Käse', '/K%C3%A4se'],
  ['/a//b', '/a//b'],
  ['/100%', '/100%'],
  ['https://shop.example/orders?x=1#y', '/orders?x=1#y'],
  ['https://shop.example', '/'],
  ['HTTPS://SHOP.example:443/orders', '/orders'],
  ['http://localhost:3000/a', '/a'],
])('%s leads to %s', (text, path) => {
  expect(safeReturnTo(text, ALLOWED)).toBe(path)
})

describe('leads home', () => {
  test.each([
    '',
    'orders',
    '?x',
    '#x',
    '//evil.example',
    '///evil.example',
    '////evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '/\\/evil.example',
    '/a\\b',
    '/%2fevil.example',
    '/%2Fevil.example',
    '/%5cevil.example',
    '/%5C%5Cevil.example',
    '%2f%2fevil.example',
    '/%252fevil.example',
    '/%25252fevil.example',
    '/%2525252525252525252fevil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/a/%2e%2e//evil.example',
    '/a/%252e%252e//evil.example',
    '/a/..%2f%2fevil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '\u0000//evil.example',
    '/%09/evil.example',
    '/%00',
    '/a%0d%0aSet-Cookie:%20x=1',
    '/a?x=%0d%0aLocation:%20https://evil.example',
    '/a\u007f',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'javascript://shop.example/%0aalert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://shop.example/x',
    'file:///etc/passwd',
    'https:evil.example',
    'https:/evil.example',
    'https://evil.example',
    'http://shop.example/orders',
    'https://shop.example.evil.example/',
    'https://evilshop.example/',
    'https://shop.example:8443/',
    'https://shop.example@evil.example/',
    'https://user@shop.example/orders',
    'https://user:pw@shop.example/orders',
    'https://shop.example//evil.example',
    'https://shop.example/\\evil.example',
    'https://shop.example/.//evil.example',
    'https://shop.example/%2fevil.example',
    'ftp://shop.example/',
    '/\ud800',
    `/${'x'.repeat(3_000)}`,
  ])('%j', (text) => {
    expect(safeReturnTo(text, ALLOWED)).toBe('/')
  })

  test('what is allowed nowhere: an origin that is “null”', () => {
    expect(safeReturnTo('data:text/html,x', ['null'])).toBe('/')
    expect(safeReturnTo('foo://x/y', ['null'])).toBe('/')
  })
})

test('whatever comes in, a browser stays where it is, and a second pass changes nothing', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2f',
    '%5c',
    '%2e',
    '%25',
    '2f',
    '5c',
    '\t',
    '\n',
    '%09',
    '@',
    ':',
    '?',
    '#',
    'evil.example',
    'https:',
    'a',
    ' ',
  )
  const text = fc.oneof(
    fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join('')),
    fc.webUrl(),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(text, (asked) => {
      const path = safeReturnTo(asked, ALLOWED)
      expect(path).toMatch(/^\/(?![/\\])/)
      let seen = path
      for (let layer = 0; layer < 4; layer++) {
        expect(new URL(seen, 'https://tills.example/deep/page').origin).toBe('https://tills.example')
        seen = seen.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      }
      expect(safeReturnTo(path, [])).toBe(path)
    }),
    { seed: 11, numRuns: 5_000 },
  )
})
