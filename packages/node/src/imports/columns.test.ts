import { describe, expect, it } from 'vitest'
import { type ImportField, type Mapping, parseMapping, resolveColumns } from './columns.ts'
import { ImportError } from './errors.ts'

const FIELDS: ImportField[] = [
  { name: 'id', required: true, aliases: ['invoice_no', 'order'] },
  { name: 'productId', required: true, aliases: ['sku'] },
  { name: 'name', aliases: ['description'] },
]
const NONE: Mapping = new Map()

const headersOf = (headers: string[], mapping = NONE) =>
  Object.fromEntries([...resolveColumns(headers, FIELDS, mapping)].map(([field, { header }]) => [field, header]))

describe('resolveColumns', () => {
  it('finds fields by name and alias, whatever their case, spaces and punctuation', () => {
    expect(headersOf(['Invoice No.', 'S K U', 'DESCRIPTION'])).toEqual({
      id: 'Invoice No.',
      productId: 'S K U',
      name: 'DESCRIPTION',
    })
  })

  it("prefers a field's own name to its aliases, and earlier aliases to later ones", () => {
    expect(headersOf(['order', 'invoice_no', 'sku', 'product_id'])).toMatchObject({
      id: 'invoice_no',
      productId: 'product_id',
    })
  })

  it('takes the first of columns with the same name', () => {
    expect(headersOf(['id', 'sku', 'sku'])).toEqual({ id: 'id', productId: 'sku' })
  })

  it('does without fields that are not required', () => {
    expect(headersOf(['id', 'sku', 'whatever'])).toEqual({ id: 'id', productId: 'sku' })
  })

  it('follows the mapping where it names a field', () => {
    const mapping = parseMapping('id=Rechnung, productId=Artikel:upper', FIELDS)
    expect(headersOf(['Rechnung', 'Artikel', 'id'], mapping)).toEqual({ id: 'Rechnung', productId: 'Artikel' })
  })

  it('says which required fields are missing, what the file has, and what to do', () => {
    expect(() => headersOf(['a', 'b'])).toThrow(
      new ImportError(
        'No column was recognised as id, productId; the file has "a", "b". ' +
          'Say which is which, for instance: --map id=COLUMN,productId=COLUMN',
      ),
    )
  })

  it('refuses a mapped column that the file does not have', () => {
    expect(() => headersOf(['id', 'sku'], parseMapping('id=nope', FIELDS))).toThrow(/no column "nope".*"id", "sku"/)
  })

  it('is not fooled by headers that are names of every object', () => {
    expect(headersOf(['__proto__', 'constructor', 'id', 'sku'])).toEqual({ id: 'id', productId: 'sku' })
  })

  it('does not repeat a thousand headers in its message', () => {
    const headers = Array.from({ length: 1_000 }, (_, i) => 'x'.repeat(200) + i)
    expect(() => headersOf(headers)).toThrow(/No column/)
    try {
      headersOf(headers)
    } catch (error) {
      expect((error as Error).message.length).toBeLessThan(3_000)
    }
  })
})

describe('parseMapping', () => {
  it('reads pairs with spaces, equals signs and colons in headers', () => {
    const mapping = parseMapping(' id = Order: No = 1 , productId=a:b:lower', FIELDS)
    expect(mapping.get('id')).toEqual({ header: 'Order: No = 1' })
    expect(mapping.get('productId')!.header).toBe('a:b')
    expect(mapping.get('productId')!.transform!('ABC')).toBe('abc')
  })

  it.each(['nope=x', 'id', '=x', 'id=', '', 'id=a,,productId=b', '__proto__=x'])('refuses %j', (text) => {
    expect(() => parseMapping(text, FIELDS)).toThrow(/write field=header with a field of id, productId, name/)
  })
})
