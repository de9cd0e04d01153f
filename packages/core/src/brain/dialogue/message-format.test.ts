import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMessage, MessageSyntaxError } from './message-format.ts'
import { valueAt } from './path.ts'
import { writeValue } from './write-value.ts'

const locale = { language: 'en-GB', timeZone: 'Europe/London' }
const format = (message: string, data: unknown = {}, language = 'en-GB') =>
  formatMessage(message, {
    language,
    valueOf: (path) => valueAt(data, path),
    write: (value, style) => writeValue(value, style, { ...locale, language }),
  })

describe('a message', () => {
  it.each([
    ['Hello {name}!', { name: 'Ann' }, 'Hello Ann!'],
    ['Order {slots.order.id}', { slots: { order: { id: '1042' } } }, 'Order 1042'],
    ['{n, plural, =0 {none} one {# item} other {# items}}', { n: 0 }, 'none'],
    ['{n, plural, =0 {none} one {# item} other {# items}}', { n: 1 }, '1 item'],
    ['{n, plural, =0 {none} one {# item} other {# items}}', { n: 1234 }, '1,234 items'],
    ['{n, plural, offset:1 =1 {you} one {you and # other} other {you and # others}}', { n: 2 }, 'you and 1 other'],
    ['the {n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}', { n: 22 }, 'the 22nd'],
    ['{x, select, a {first} other {something {y}}}', { x: 'b', y: 'else' }, 'something else'],
    ["it''s '{n}' and '#'", { n: 1 }, "it's {n} and #"],
    ["don't", {}, "don't"],
    ['{missing} here', {}, 'here'],
    ['{price}', { price: { amount: 1250, currency: 'GBP' } }, '£12.50'],
    ['{price}', { price: { amount: 5000, currency: 'GBP' } }, '£50'],
    ['{price}', { price: { amount: 1299, currency: 'JPY' } }, '¥1,299'],
    ['{day, date}', { day: '2026-05-03' }, '3 May 2026'],
    ['{at, date}', { at: '2026-06-30T23:30:00Z' }, '1 July 2026'],
    ['{days}', { days: { first: '2026-10-01', last: '2026-10-31' } }, 'October 2026'],
    ['{days}', { days: { first: '2026-05-03', last: '2026-05-03' } }, '3 May 2026'],
    ['{days}', { days: { first: '2025-01-01', last: '2025-12-31' } }, '2025'],
    ['{names, list}', { names: ['a', { name: 'b' }, 'c'] }, 'a, b and c'],
    ['{who}', { who: { list: 'accounts', id: 'acc_1', name: 'Savings' } }, 'Savings'],
  ])('is filled in: %s', (message, data, text) => {
    expect(format(message, data)).toBe(text)
  })

  it('has the plurals of its language', () => {
    const message = '{n, plural, one {# plik} few {# pliki} many {# plików} other {# pliku}}'
    expect([1, 3, 5, 22].map((n) => format(message, { n }, 'pl'))).toEqual([
      '1 plik',
      '3 pliki',
      '5 plików',
      '22 pliki',
    ])
  })

  it.each([
    ['{', 'A name was expected'],
    ['{n', '"," was expected'],
    ['}', 'no beginning'],
    ['{n, plural, one {x}}', '"other" is missing'],
    ['{n, colour}', 'is no style'],
    ['{n, plural, other {x}', '"}" was expected'],
  ])('that is none is refused with the place: %s', (message, why) => {
    expect(() => format(message)).toThrow(MessageSyntaxError)
    expect(() => format(message)).toThrow(why)
  })

  it('reaches own properties only', () => {
    expect(format('{constructor}{a.__proto__}{a.constructor.name}', { a: {} })).toBe('')
  })

  it('of any kind is either written or refused by name', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      'a',
      ',',
      ' ',
      'plural',
      'other',
      '#',
      "'",
      'select',
      '=1',
      '{n}',
      'offset:',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          expect(typeof format(pieces.join(''), { n: 1, a: 2 })).toBe('string')
        } catch (error) {
          expect(error).toBeInstanceOf(MessageSyntaxError)
        }
      }),
    )
  })
})
