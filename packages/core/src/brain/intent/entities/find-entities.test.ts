import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findEntities } from './find-entities.ts'
import type { EntityContext } from './types.ts'

/** A Saturday, noon in London. */
const CONTEXT: EntityContext = { now: Date.UTC(2026, 10, 21, 12), timeZone: 'Europe/London' }
const find = (text: string, context: Partial<EntityContext> = {}) => findEntities(text, { ...CONTEXT, ...context })
const datesIn = (text: string, context?: Partial<EntityContext>) =>
  find(text, context).flatMap((one) => (one.kind === 'dates' ? [[one.first, one.last]] : []))
const moneyIn = (text: string, context?: Partial<EntityContext>) =>
  find(text, context).flatMap((one) => (one.kind === 'money' ? [[one.amount, one.currency]] : []))

describe('money', () => {
  it.each([
    ['a gift under £20', 2000, 'GBP'],
    ['£1,299.99 please', 129_999, 'GBP'],
    ['send 50 quid to Ann', 5000, 'GBP'],
    ['12,50 € for lunch', 1250, 'EUR'],
    ['EUR 3.5', 350, 'EUR'],
    ['about 300 yen', 300, 'JPY'],
    ['¥1,200', 1200, 'JPY'],
    ['$2k', 200_000, 'USD'],
    ['99 pence', 99, 'GBP'],
    ['KWD 1.250', 1250, 'KWD'],
  ])('is read in minor units: %s', (text, amount, currency) => {
    expect(moneyIn(text)).toEqual([[amount, currency]])
  })

  it('of a dollar is the tenant’s dollar', () => {
    expect(moneyIn('$5', { currency: 'CAD' })).toEqual([[500, 'CAD']])
    expect(moneyIn('$5', { currency: 'GBP' })).toEqual([[500, 'USD']])
  })

  it.each([
    ['a gift under £20', [['at-most', 2000]]],
    ['no more than 20 pounds', [['at-most', 2000]]],
    ['£50 or more', [['at-least', 5000]]],
    ['over £50', [['at-least', 5000]]],
    [
      'between £10 and £20',
      [
        ['at-least', 1000],
        ['at-most', 2000],
      ],
    ],
    [
      'between 10 and 20 pounds',
      [
        ['at-least', 1000],
        ['at-most', 2000],
      ],
    ],
    [
      '£10-£20',
      [
        ['at-least', 1000],
        ['at-most', 2000],
      ],
    ],
    [
      'send £10 and £20',
      [
        [undefined, 1000],
        [undefined, 2000],
      ],
    ],
  ])('may be a limit: %s', (text, bounds) => {
    expect(find(text).flatMap((one) => (one.kind === 'money' ? [[one.bound, one.amount]] : []))).toEqual(bounds)
  })

  it('is not made of a number alone, or of finer than there is', () => {
    expect(moneyIn('50')).toEqual([])
    expect(moneyIn('¥1.5')).toEqual([])
  })
})

describe('dates', () => {
  it.each([
    ['what did I spend yesterday', '2026-11-20', '2026-11-20'],
    ['the day before yesterday', '2026-11-19', '2026-11-19'],
    ['last week', '2026-11-09', '2026-11-15'],
    ['this month', '2026-11-01', '2026-11-30'],
    ['last month', '2026-10-01', '2026-10-31'],
    ['last year', '2025-01-01', '2025-12-31'],
    ['in the last 7 days', '2026-11-15', '2026-11-21'],
    ['the past two months', '2026-09-22', '2026-11-21'],
    ['three weeks ago', '2026-10-31', '2026-10-31'],
    ['on Friday', '2026-11-20', '2026-11-20'],
    ['next friday', '2026-11-27', '2026-11-27'],
    ['last Saturday', '2026-11-14', '2026-11-14'],
    ['5 May', '2026-05-05', '2026-05-05'],
    ['the 5th of December', '2025-12-05', '2025-12-05'],
    ['May 5th, 2024', '2024-05-05', '2024-05-05'],
    ['29 February', '2024-02-29', '2024-02-29'],
    ['in May', '2026-05-01', '2026-05-31'],
    ['February 2024', '2024-02-01', '2024-02-29'],
    ['on 2026-03-01', '2026-03-01', '2026-03-01'],
    ['03/04/2026', '2026-04-03', '2026-04-03'],
    ['between 3 and 5 May', '2026-05-03', '2026-05-05'],
    ['from 28 April to 3 May', '2026-04-28', '2026-05-03'],
    ['3-5 May 2025', '2025-05-03', '2025-05-05'],
    ['from December to February', '2025-12-01', '2026-02-28'],
    ['since Monday', '2026-11-16', '2026-11-21'],
    ['since 1 October', '2026-10-01', '2026-11-21'],
  ])('are days and ranges: %s', (text, first, last) => {
    expect(datesIn(text)).toEqual([[first, last]])
  })

  it('without a year may be meant to lie ahead', () => {
    expect(datesIn('deliver on 5 May', { prefer: 'future' })).toEqual([['2027-05-05', '2027-05-05']])
    expect(datesIn('on Friday', { prefer: 'future' })).toEqual([['2026-11-27', '2026-11-27']])
  })

  it('have the month first in the United States', () => {
    expect(datesIn('03/04/2026', { language: 'en-US' })).toEqual([['2026-03-04', '2026-03-04']])
  })

  it('count from the day that it is where the person is', () => {
    const now = Date.UTC(2026, 10, 21, 23, 30)
    expect(datesIn('today', { now, timeZone: 'Asia/Tokyo' })).toEqual([['2026-11-22', '2026-11-22']])
    expect(datesIn('today', { now, timeZone: 'America/New_York' })).toEqual([['2026-11-21', '2026-11-21']])
  })

  it('end with the month where a month is shorter', () => {
    expect(datesIn('a month ago', { now: Date.UTC(2026, 2, 31, 12) })).toEqual([['2026-02-28', '2026-02-28']])
  })

  it.each(['may I return this', 'I sat down', 'march on', '31/02/2026', '32 May 2026x', 'Monday1'])(
    'are not seen where there are none: %s',
    (text) => {
      expect(datesIn(text)).toEqual([])
    },
  )

  it('need a time zone that there is', () => {
    expect(() => find('today', { timeZone: 'Mars/Olympus' })).toThrow(RangeError)
  })
})

describe('order ids and addresses', () => {
  it.each([
    ['where is #1042?', '1042'],
    ['status of order 88123', '88123'],
    ['my order number is TW-99812', 'TW-99812'],
    ['AB12345 has not come', 'AB12345'],
  ])('are found: %s', (text, id) => {
    expect(find(text).filter(({ kind }) => kind === 'order-id')).toMatchObject([{ id }])
  })

  it('are what a tenant says they look like', () => {
    expect(
      find('is 2026/77 on its way, or #12?', { orderId: /\d{4}\/\d+/ }).filter(({ kind }) => kind === 'order-id'),
    ).toMatchObject([{ id: '2026/77' }])
  })

  it('are not mail addresses, which are found too', () => {
    expect(find('write to ann.o+shop@mail.example.com.')).toMatchObject([
      { kind: 'email', address: 'ann.o+shop@mail.example.com', from: 9 },
    ])
  })
})

describe('names of a tenant', () => {
  const lists = {
    products: [
      { id: 'p1', name: 'Harbour rain jacket' },
      { id: 'p2', name: 'Coffee mug' },
      { id: 'p3', name: 'Harbour hat' },
    ],
    accounts: [{ id: 'a1', name: 'Savings' }],
  }
  const namesIn = (text: string) => find(text, { lists }).flatMap((one) => (one.kind === 'name' ? [one] : []))

  it('are found as they are spelt, and then for certain', () => {
    expect(namesIn('is the harbour rain jacket in stock')).toMatchObject([
      { list: 'products', id: 'p1', score: 1, from: 7 },
    ])
  })

  it.each([
    ['two coffe mugs', 'p2'],
    ['the harbuor rain jaket', 'p1'],
    ['a rain jacket', 'p1'],
    ['move it to my saving account', 'a1'],
  ])('are found with slips and words left out: %s', (text, id) => {
    const [name] = namesIn(text)
    expect(name).toMatchObject({ id })
    expect(name!.score).toBeLessThan(1)
  })

  it('are not found in what is merely alike', () => {
    expect(namesIn('the weather in the harbour')).toEqual([])
    expect(namesIn('muggy')).toEqual([])
  })
})

describe('places in a row', () => {
  it.each([
    ['the second one', 2],
    ['2nd please', 2],
    ['option 3', 3],
    ['the last one', -1],
    ['the last', -1],
    ['number two', 2],
  ])('are found: %s', (text, value) => {
    expect(find(text).flatMap((one) => (one.kind === 'ordinal' ? [one.value] : []))).toEqual([value])
  })

  it.each(['wait a second', 'first of all', 'my first name', 'the 3rd of May', 'last week'])(
    'are not seen where there are none: %s',
    (text) => {
      expect(find(text).filter(({ kind }) => kind === 'ordinal')).toEqual([])
    },
  )
})

describe('an utterance', () => {
  it('may hold several, which come in order and do not overlap', () => {
    const found = find('two mugs under £20 for order #77, since 1 May, three of them to ann@example.com')
    expect(found.map(({ kind }) => kind)).toEqual(['number', 'money', 'order-id', 'dates', 'number', 'email'])
    for (const [i, one] of found.entries()) {
      expect(one.from).toBeGreaterThanOrEqual(found[i - 1]?.to ?? 0)
    }
  })

  it('has numbers with and without commas', () => {
    expect(find('1,500 or 2.5 or -3').map((one) => one.kind === 'number' && one.value)).toEqual([1500, 2.5, -3])
  })

  it('of any kind is read without an error, and each find is what stands there', () => {
    const odd = fc.string({ maxLength: 60 })
    const likely = fc.array(
      fc.constantFrom('3', ' ', '-', 'May', '£', '.', ',', '/', 'last', 'week', '#', '@', 'a', '1999'),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          odd,
          likely.map((parts) => parts.join('')),
        ),
        (text) => {
          for (const one of find(text)) expect(text.slice(one.from, one.to)).toBe(one.text)
        },
      ),
    )
  })

  it.each([
    ['digits', '9'.repeat(10_000)],
    ['beginnings of ranges', 'from 3 '.repeat(2_000)],
    ['spaces', ' '.repeat(10_000)],
    ['beginnings of addresses', 'a@'.repeat(5_000)],
    ['groups of digits', '1,'.repeat(5_000)],
  ])('may be 10,000 %s', (_, text) => {
    expect(find(text).every(({ to }) => to <= 2_000)).toBe(true)
  })
})
