import type { Topic } from './keywords.ts'
import type { Layout, Row } from './lay-out.ts'
import type { PlacedAmount } from './place-amounts.ts'
import type { ReceiptItem } from './types.ts'

export interface ItemsFinding {
  readonly items: readonly ReceiptItem[]
  readonly confidence: number
}

/** Rows about these hold no goods. */
const NOT_GOODS: readonly Topic[] = [
  'total',
  'due',
  'subtotal',
  'tax',
  'cash',
  'card',
  'change',
  'rounding',
  'summary',
  'points',
  'date',
  'invoice',
  'phone',
  'identity',
  'street',
]
const ENDS: readonly Topic[] = ['total', 'due', 'subtotal']
/** Quantity and unit price: `2 x 3.50`, `2 @ 3.50`, `2 PCS 3.50`; the price is found as an amount. */
const QUANTITY =
  /(?:^|\s)(\d{1,4}(?:[.,]\d{1,3})?)\s*(?:X|×|@|\*|PCS?|STK?\.?|UN(?:IT|I)?S?|EA|KG|MAL)(?=\s|$|\p{Sc}|\d|RM)/iu
const CODE = /^(?:\d[\d-]{4,}|[*#]+)\s*|\s+(?:\d[\d-]{5,}|[*#]\w{0,2})$/g
const ADDS_UP = 0.85
const ADDS_UP_NOT = 0.4

/**
 * The goods above the total: rows that end in an amount, with what stands before it, or in the row above where nothing does. Surer where
 * they add up to the total, to a sum below it, or to the total without tax.
 */
export function findItems(
  layout: Layout,
  amounts: readonly PlacedAmount[],
  total: PlacedAmount | undefined,
): ItemsFinding {
  const end = endOf(layout.rows, amounts, total)
  const byRow = Map.groupBy(
    amounts.filter(({ row }) => row < end),
    ({ row }) => row,
  )
  const items = [...byRow].flatMap(([row, own]) => itemOf(layout.rows, row, own) ?? [])
  const sum = items.reduce((all, { amount }) => all + amount, 0)
  const printed = new Set(amounts.filter(({ row }) => row >= end).map(({ minor }) => minor))
  const confidence = items.length === 0 ? 0 : printed.has(sum) ? ADDS_UP : ADDS_UP_NOT
  return { items, confidence }
}

function endOf(rows: readonly Row[], amounts: readonly PlacedAmount[], total: PlacedAmount | undefined): number {
  const first = amounts.find(
    ({ label, row }) =>
      row > 0 && label.topics.some((topic) => ENDS.includes(topic)) && !label.topics.includes('price'),
  )
  return Math.min(first?.row ?? rows.length, total?.row ?? 0)
}

function itemOf(rows: readonly Row[], at: number, own: readonly PlacedAmount[]): ReceiptItem | null {
  const row = rows[at]!
  const last = own.at(-1)!
  if (row.keyed.topics.some((topic) => NOT_GOODS.includes(topic))) return null
  const before = row.text.slice(0, own[0]!.start)
  const quantityIn = QUANTITY.exec(row.text.slice(0, last.start))
  const inRow = named(quantityIn ? before.replace(QUANTITY, ' ') : before)
  const description = inRow || aboveOf(rows, at)
  if (description === '') return null
  const written = quantityIn ? Number(quantityIn[1]!.replace(',', '.')) : null
  const prices = own.slice(0, -1).flatMap(({ minor }) => (minor > 0 ? minor : []))
  const unit = prices.find((price) => Math.round(price * (written ?? 1)) === last.minor) ?? prices[0] ?? null
  const quantity = written ?? quantityBy(unit, last.minor) ?? 1
  const unitPrice = unit ?? (quantity === 1 ? last.minor : null)
  return { description, quantity, unitPrice, amount: last.minor }
}

function named(text: string): string {
  const trimmed = text
    .replace(CODE, '')
    .replace(/[\s.:*=-]+$|(?:\s|^)(?:RM|\p{Sc}|EUR|USD|GBP)\s*$|\s+\d{1,3}$/giu, '')
    .trim()
  return /\p{L}{3}/u.test(trimmed) ? trimmed : ''
}

function aboveOf(rows: readonly Row[], at: number): string {
  for (let i = at - 1; i >= Math.max(0, at - MAX_ROWS_ABOVE); i--) {
    const { text, keyed } = rows[i]!
    if (
      /[.,]\d\d\s*\p{L}{0,2}$/u.test(text) ||
      keyed.topics.some((topic) => NOT_GOODS.includes(topic) || topic === 'price')
    )
      return ''
    const name = named(text)
    if (name) return name
  }
  return ''
}

/** Rows between a name and its amount, with codes in them. */
const MAX_ROWS_ABOVE = 3
const MAX_QUANTITY = 999

function quantityBy(unit: number | null, amount: number): number | null {
  if (unit === null || unit <= 0 || amount % unit !== 0) return null
  const quantity = amount / unit
  return quantity >= 1 && quantity <= MAX_QUANTITY ? quantity : null
}
