import { parseAmount } from '@tillwright/core/brain'
import { type DateOrder, instantParser } from '../imports/parse-instant.ts'
import type { Row } from '../imports/read-rows.ts'
import { ORDER_IMPORT_FIELDS } from './import-fields.ts'

export interface ParsedLine {
  readonly orderId: string
  readonly placedAt: number
  readonly customerId: string | null
  readonly country: string | null
  readonly productId: string
  readonly name: string | null
  readonly quantity: number
  readonly unitPriceMinor: number
  readonly currency: string
}

export interface OrderLineParserOptions {
  /** Currency of rows that name none. */
  readonly currency: string
  readonly timeZone: string
  readonly dateOrder: DateOrder
}

const MAX_ID_LENGTH = 128
const MAX_NAME_LENGTH = 500
const MAX_COUNTRY_LENGTH = 100
const MAX_QUANTITY = 1_000_000_000
const MAX_DIGITS = 10
const [ZERO, NINE, MINUS] = [48, 57, 45]
const CURRENCY = /^[A-Z]{3}$/
const CONTROL = /\p{C}/u
/** Ids remembered as sound; a shop has thousands, a file millions of lines. */
const MAX_REMEMBERED_IDS = 50_000

/** Places of the fields in `ORDER_IMPORT_FIELDS`. */
const [ORDER_ID, PLACED_AT, CUSTOMER_ID, PRODUCT_ID, NAME, QUANTITY, UNIT_PRICE, ROW_CURRENCY, COUNTRY] = (
  ['id', 'placedAt', 'customerId', 'productId', 'name', 'quantity', 'unitPrice', 'currency', 'country'] as const
).map((name) => ORDER_IMPORT_FIELDS.findIndex((field) => field.name === name)) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
]

/** Checks one row of `ORDER_IMPORT_FIELDS`; gives the line, or why not as a phrase. */
export function orderLineParser(options: OrderLineParserOptions): (row: Row) => ParsedLine | string {
  const parseInstant = instantParser(options.timeZone, options.dateOrder)
  const problemWithOrderId = idChecker('order id')
  const problemWithProductId = idChecker('product id')
  const problemWithCustomerId = idChecker('customer id')
  return (row) => {
    const orderId = row.value(ORDER_ID)
    const customerId = row.value(CUSTOMER_ID)
    const productId = row.value(PRODUCT_ID)
    const wrongId =
      problemWithOrderId(orderId) ??
      problemWithProductId(productId) ??
      (customerId === '' ? undefined : problemWithCustomerId(customerId))
    if (wrongId) return wrongId
    const placedAt = parseInstant(row.value(PLACED_AT))
    if (typeof placedAt === 'string') return placedAt
    const pieces = row.value(QUANTITY)
    const quantity = wholeNumber(pieces)
    if (quantity === undefined) return `quantity "${pieces.slice(0, 40)}" is not a whole number`
    if (quantity === 0) return 'quantity is 0'
    if (Math.abs(quantity) > MAX_QUANTITY) return `quantity ${pieces} is out of range`
    const rowCurrency = row.value(ROW_CURRENCY)
    const currency = rowCurrency === '' ? options.currency : rowCurrency.toUpperCase()
    if (rowCurrency !== '' && !CURRENCY.test(currency)) {
      return `currency "${rowCurrency.slice(0, 40)}" is not an ISO 4217 code`
    }
    const price = row.value(UNIT_PRICE)
    const unitPriceMinor = parseAmount(price, currency)
    if (typeof unitPriceMinor === 'string') return `unit price ${unitPriceMinor}`
    if (unitPriceMinor < 0) return `unit price ${price} is negative (a return has a negative quantity)`
    if (Math.abs(quantity * unitPriceMinor) > Number.MAX_SAFE_INTEGER) {
      return `${pieces} pieces at ${price} come to more than can be counted exactly`
    }
    const name = row.value(NAME)
    const country = row.value(COUNTRY)
    const wrongText =
      problemWithText('name', name, MAX_NAME_LENGTH) ?? problemWithText('country', country, MAX_COUNTRY_LENGTH)
    if (wrongText) return wrongText
    return {
      orderId,
      placedAt,
      customerId: customerId || null,
      country: country || null,
      productId,
      name: name || null,
      quantity,
      unitPriceMinor,
      currency,
    }
  }
}

/** `-?\d{1,10}` as a number: a regular expression and `Number` take three times as long, and files have millions. */
function wholeNumber(text: string): number | undefined {
  const start = text.charCodeAt(0) === MINUS ? 1 : 0
  const digits = text.length - start
  if (digits === 0 || digits > MAX_DIGITS) return undefined
  let number = 0
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < ZERO || code > NINE) return undefined
    number = number * 10 + code - ZERO
  }
  return start === 1 ? -number : number
}

/** Text that every database keeps as it is; JSON can spell what none does. */
function problemWithText(what: string, text: string, maxLength: number): string | undefined {
  if (text.length > maxLength) return `${what} has ${text.length} characters, at most ${maxLength} are kept`
  return text.isWellFormed() && !text.includes('\0') ? undefined : `${what} holds characters that cannot be kept`
}

function idChecker(what: string): (id: string) => string | undefined {
  const sound = new Set<string>()
  let last: string | undefined
  return (id) => {
    // Most lines follow one of the same order.
    if (id === last) return undefined
    if (sound.has(id)) {
      last = id
      return undefined
    }
    if (id === '') return `${what} is empty`
    if (id.length > MAX_ID_LENGTH) return `${what} has ${id.length} characters, at most ${MAX_ID_LENGTH} are allowed`
    if (CONTROL.test(id)) return `${what} holds control characters`
    if (sound.size > MAX_REMEMBERED_IDS) sound.clear()
    sound.add(id)
    last = id
    return undefined
  }
}
