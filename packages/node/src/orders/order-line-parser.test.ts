import { describe, expect, it } from 'vitest'
import { type BadRow, readRows } from '../imports/read-rows.ts'
import { ORDER_IMPORT_FIELDS } from './import-fields.ts'
import { type OrderLineParserOptions, orderLineParser, type ParsedLine } from './order-line-parser.ts'

const GOOD = {
  id: '536365',
  placedAt: '2026-01-31T10:00:00Z',
  customerId: '17850',
  productId: '85123A',
  name: 'Teapot',
  quantity: '6',
  unitPrice: '2.55',
  currency: '',
  country: 'United Kingdom',
}

/** Parses one row, given as the cells that differ from a good one. */
async function parse(
  cells: Partial<Record<keyof typeof GOOD, unknown>>,
  options: Partial<OrderLineParserOptions> = {},
) {
  async function* file() {
    yield Buffer.from(JSON.stringify({ ...GOOD, ...cells }))
  }
  const parser = orderLineParser({ currency: 'GBP', timeZone: 'UTC', dateOrder: 'ymd', ...options })
  const reading = { format: 'jsonl', fields: ORDER_IMPORT_FIELDS, mapping: new Map(), parse: parser } as const
  let result: ParsedLine | string | undefined
  const taker = {
    record(line: ParsedLine) {
      result = line
    },
    bad({ reason }: BadRow) {
      result = reason
    },
  }
  for await (const _bytesRead of readRows(file(), reading, taker));
  if (result === undefined) throw new Error('no row')
  return result
}

describe('orderLineParser', () => {
  it('reads a line', async () => {
    expect(await parse({})).toEqual({
      orderId: '536365',
      placedAt: Date.parse('2026-01-31T10:00:00Z'),
      customerId: '17850',
      country: 'United Kingdom',
      productId: '85123A',
      name: 'Teapot',
      quantity: 6,
      unitPriceMinor: 255,
      currency: 'GBP',
    } satisfies ParsedLine)
  })

  it('does without customer, name, currency and country', async () => {
    expect(await parse({ customerId: '', name: '', currency: '', country: '' })).toMatchObject({
      customerId: null,
      name: null,
      country: null,
      currency: 'GBP',
    })
  })

  it.each([
    [{ quantity: '-3' }, { quantity: -3 }],
    [{ quantity: '1000000000' }, { quantity: 1_000_000_000 }],
    [{ unitPrice: '0' }, { unitPriceMinor: 0 }],
    [{ unitPrice: '1,5' }, { unitPriceMinor: 150 }],
    [{ unitPrice: '9999999999999' }, { unitPriceMinor: 999_999_999_999_900 }],
    [{ currency: 'eur' }, { currency: 'EUR' }],
    [
      { currency: 'JPY', unitPrice: '300' },
      { currency: 'JPY', unitPriceMinor: 300 },
    ],
    [
      { currency: 'KWD', unitPrice: '1.234' },
      { currency: 'KWD', unitPriceMinor: 1_234 },
    ],
    [{ id: 'x'.repeat(128) }, { orderId: 'x'.repeat(128) }],
    [{ name: '🫖'.repeat(250) }, { name: '🫖'.repeat(250) }],
  ])('takes %j', async (cells, expected) => {
    expect(await parse({ ...(Object.hasOwn(cells, 'unitPrice') ? { quantity: '1' } : {}), ...cells })).toMatchObject(
      expected,
    )
  })

  it.each([
    [{ id: '' }, 'order id is empty'],
    [{ productId: '' }, 'product id is empty'],
    [{ id: 'x'.repeat(129) }, 'order id has 129 characters, at most 128 are allowed'],
    [{ productId: 'a\u0000b' }, 'product id holds control characters'],
    [{ customerId: 'a\u200bb' }, 'customer id holds control characters'],
    [{ id: '\ud800' }, 'order id holds control characters'],
    [{ placedAt: 'soon' }, '"soon" is not a date such as 2026-01-31T14:30:00'],
    [{ quantity: '0' }, 'quantity is 0'],
    [{ quantity: '1.5' }, 'quantity "1.5" is not a whole number'],
    [{ quantity: '1e3' }, 'quantity "1e3" is not a whole number'],
    [{ quantity: '' }, 'quantity "" is not a whole number'],
    [{ quantity: '1000000001' }, 'quantity 1000000001 is out of range'],
    [{ unitPrice: '' }, 'unit price "" is not an amount such as 12.50'],
    [{ unitPrice: '£2' }, 'unit price "£2" is not an amount such as 12.50'],
    [{ unitPrice: '1,234.50' }, 'unit price "1,234.50" is not an amount such as 12.50'],
    [{ unitPrice: '-1' }, 'unit price -1 is negative (a return has a negative quantity)'],
    [{ unitPrice: '0.001' }, 'unit price 0.001 is finer than the smallest unit of GBP (2 decimals)'],
    [{ unitPrice: '99999999999999' }, 'unit price 99999999999999 is too large'],
    [
      { quantity: '1000000000', unitPrice: '9999999999999' },
      '1000000000 pieces at 9999999999999 come to more than can be counted exactly',
    ],
    [{ currency: 'EURO' }, 'currency "EURO" is not an ISO 4217 code'],
    [{ name: 'x'.repeat(501) }, 'name has 501 characters, at most 500 are kept'],
    [{ name: 'a\u0000b' }, 'name holds characters that cannot be kept'],
    [{ name: 'a\ud800' }, 'name holds characters that cannot be kept'],
    [{ country: 'x'.repeat(101) }, 'country has 101 characters, at most 100 are kept'],
    [{ country: '\udc00' }, 'country holds characters that cannot be kept'],
  ])('refuses %j', async (cells, reason) => {
    expect(await parse(cells)).toBe(reason)
  })

  it('reads dates in the order and the zone of the shop', async () => {
    const options = { dateOrder: 'dmy', timeZone: 'Europe/London' } as const
    expect(await parse({ placedAt: '01/07/2026 08:26' }, options)).toMatchObject({
      placedAt: Date.parse('2026-07-01T07:26:00Z'),
    })
  })
})
