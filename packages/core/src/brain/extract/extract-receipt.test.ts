import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extractReceipt } from './extract-receipt.ts'
import { findAmounts } from './find-amounts.ts'
import { INVENTED } from './receipts.suite.ts'

const lines = (source: string) => source.split('\n').map((text) => ({ text }))

describe.each(INVENTED)('$name', ({ lines: receipt, options, merchant, date, total, currency, tax }) => {
  it('has its merchant, date and total read', () => {
    expect(extractReceipt(receipt, options)).toMatchObject({
      merchant,
      date,
      total: { amount: total, currency },
      currency,
    })
  })

  if (tax !== undefined) {
    it('has its tax read', () => {
      expect(extractReceipt(receipt, options).tax).toEqual({ amount: tax, currency })
    })
  }
})

describe('a receipt', () => {
  const [british] = INVENTED

  it('has its goods read, and they add up', () => {
    const { items, total } = extractReceipt(british!.lines)
    expect(items).toEqual([
      { description: 'Oat biscuits', quantity: 1, unitPrice: 240, amount: 240 },
      { description: 'Tea towel', quantity: 1, unitPrice: 650, amount: 650 },
      { description: 'Jam', quantity: 2, unitPrice: 325, amount: 650 },
    ])
    expect(items.reduce((sum, { amount }) => sum + amount, 0)).toBe(total!.amount)
  })

  it('has goods named by the row above, where codes and prices have rows of their own', () => {
    const { items } = extractReceipt(
      lines(
        'Nook Hardware Ltd\n14/03/2025\nCHOPPING BOARD\nEZ10 - 24\n8970669\n2 X 9.50 19.00\nTAPE 48MM\n1 PC * 3.880 0.00 3.88\nTOTAL RM 22.88',
      ),
    )
    expect(items).toEqual([
      { description: 'CHOPPING BOARD', quantity: 2, unitPrice: 950, amount: 1900 },
      { description: 'TAPE 48MM', quantity: 1, unitPrice: 388, amount: 388 },
    ])
  })

  it('says which line each field is from', () => {
    const { lines: places } = extractReceipt(british!.lines)
    expect(british!.lines[places.merchant!]!.text).toContain('HOLLY')
    expect(british!.lines[places.date!]!.text).toContain('14/03/2025')
    expect(british!.lines[places.total!]!.text).toContain('15.40')
  })

  it('is read alike however its boxes are written', () => {
    const boxed = INVENTED.find(({ name }) => name.includes('side by side'))!
    const as = (form: (x: number, y: number, w: number, h: number) => never) =>
      boxed.lines.map(({ text, box }) => {
        const { x, y, width, height } = box as { x: number; y: number; width: number; height: number }
        return { text, box: form(x, y, width, height) }
      })
    const expected = extractReceipt(boxed.lines)
    for (const form of [
      (x: number, y: number, w: number, h: number) => ({ x0: x, y0: y, x1: x + w, y1: y + h }),
      (x: number, y: number, w: number, h: number) => ({ left: x, top: y, right: x + w, bottom: y + h }),
      (x: number, y: number, w: number, h: number) => ({ left: x, top: y, width: w, height: h }),
      (x: number, y: number, w: number, h: number) => [x, y, x + w, y + h],
      (x: number, y: number, w: number, h: number) => [x, y, x + w, y, x + w, y + h, x, y + h],
    ]) {
      expect(extractReceipt(as(form as never))).toEqual(expected)
    }
  })

  it('has the merchant that the tenant knows, as the tenant writes it, where OCR misread a letter', () => {
    const { merchant } = extractReceipt(lines('MARSH FND HARDWARE\n6 Quay Road\n09/12/2024\nTOTAL £7.50'), {
      known: ['Marsh End Hardware'],
    })
    expect(merchant).toBe('Marsh End Hardware')
  })

  it('has a shared sign resolved by the currency that is asked for', () => {
    const dollars = lines('Snug Cafe\n01/08/2024\nTotal $4.50')
    expect(extractReceipt(dollars).currency).toBe('USD')
    expect(extractReceipt(dollars, { currency: 'CAD' }).total).toEqual({ amount: 450, currency: 'CAD' })
    expect(extractReceipt(dollars, { currency: 'GBP' }).currency).toBe('USD')
  })

  it('is surer of a currency that is named than of one that is guessed', () => {
    const named = extractReceipt(lines('Snug Cafe\nTotal EUR 4.50')).confidence.currency
    const shared = extractReceipt(lines('Snug Cafe\nTotal $4.50')).confidence.currency
    expect(named).toBeGreaterThan(0.9)
    expect(shared).toBeLessThan(0.7)
  })
})

describe('the date of a receipt', () => {
  const dated = (date: string, rest = 'Total 4.50') => lines(`Snug Cafe\n${date}\n${rest}`)

  it.each([
    ['dmy', '2003-02-01'],
    ['mdy', '2003-01-02'],
    ['ymd', '2001-02-03'],
  ] as const)('01/02/03 in the order %s is %s', (dateOrder, date) => {
    expect(extractReceipt(dated('01/02/03'), { dateOrder }).date).toBe(date)
  })

  it('is not sure where the day and the month may be either way', () => {
    const { date, confidence } = extractReceipt(dated('01/02/03'))
    expect(date).toBe('2003-02-01')
    expect(confidence.date).toBeLessThanOrEqual(0.6)
    expect(extractReceipt(dated('13/02/03')).confidence.date).toBeGreaterThan(0.6)
  })

  it('is read in the order of another date on the receipt', () => {
    const receipt = dated('Date 03/04/2025 10:00', 'Total 4.50\nReturn by 04/28/2025')
    expect(extractReceipt(receipt).date).toBe('2025-03-04')
  })

  it.each(['31/02/2024', '31/02/03', '00/01/2024', '29-02-2023', '2024-13-01', '99/99/99'])('%s is none', (text) => {
    expect(extractReceipt(dated(text))).toMatchObject({ date: null, confidence: { date: 0 } })
  })
})

describe('whatever the lines are', () => {
  const word = fc.constantFrom(
    'TOTAL',
    'Summe',
    'CASH',
    'RM',
    '£',
    '€12',
    '12.00-',
    '(3.40)',
    '1.234,56',
    '1e9',
    'NaN',
    '31/02/2020',
    '01/02/03',
    'SDN BHD',
    '🍕',
    'שלום',
    '\u202e',
    '\u0000',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
  )
  const box = fc.option(fc.array(fc.double(), { maxLength: 9 }), { nil: undefined })
  const receipt = fc.array(fc.record({ text, box }, { requiredKeys: ['text'] }), { maxLength: 25 }) as fc.Arbitrary<
    { text: string }[]
  >

  it('never throws, and gives no total that no line has', () => {
    fc.assert(
      fc.property(receipt, (given) => {
        const { total, lines: places, confidence } = extractReceipt(given)
        for (const one of Object.values(confidence)) expect(one).toBeGreaterThanOrEqual(0)
        for (const one of Object.values(confidence)) expect(one).toBeLessThan(1)
        if (total === null) return
        const amounts = findAmounts(clean(given[places.total!]!.text), total.currency).map(({ minor }) => minor)
        const digits = String(Math.abs(total.amount)).replace(/^0+|0+$/g, '')
        expect(
          amounts.includes(total.amount) ||
            given
              .map((one) => clean(one.text))
              .join('')
              .replace(/\D/g, '')
              .includes(digits),
        ).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('gives the same answer for the same lines', () => {
    fc.assert(
      fc.property(receipt, (given) => {
        expect(extractReceipt(given)).toEqual(extractReceipt(structuredClone(given)))
      }),
      { numRuns: 50 },
    )
  })

  it('gives nothing for nothing', () => {
    for (const none of [[], [{ text: '' }], [{ text: ' \u0000\u200b ' }]]) {
      expect(extractReceipt(none)).toEqual({
        merchant: null,
        date: null,
        total: null,
        tax: null,
        currency: null,
        items: [],
        confidence: { merchant: 0, date: 0, total: 0, tax: 0, currency: 0, items: 0 },
        lines: {},
      })
    }
  })

  it('gives no total where the text has no amount', () => {
    expect(extractReceipt(lines('HOLLY LTD\nTOTAL\nCASH\n14/03/2025 16:22\nTEL 01584 555010')).total).toBeNull()
  })

  it('reads 10,000 lines and lines of 100 kB, the end among them', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => ({ text: `Thing ${i} 1.00` }))
    expect(extractReceipt([...many, { text: 'TOTAL £10000.00' }]).total).toEqual({ amount: 1_000_000, currency: 'GBP' })
    for (const unit of ['9', '1.', '(', 'a ', '12/', '🍕', 'ﷺ', '1 ', '- ']) {
      const long = Array.from({ length: 50 }, () => ({ text: unit.repeat(100_000 / unit.length) }))
      expect(extractReceipt([...long, { text: 'TOTAL £3.00' }]).total?.currency).toBe('GBP')
    }
  })

  it('takes what is no text and no box for nothing', () => {
    const odd = [{ text: undefined }, null, { text: 7, box: 'x' }, { text: 'TOTAL £3', box: {} }] as never
    expect(extractReceipt(odd).total).toEqual({ amount: 300, currency: 'GBP' })
  })
})

function clean(text: string): string {
  return text.normalize('NFKC')
}
