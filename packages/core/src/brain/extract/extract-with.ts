import { choose, sureness } from './choose.ts'
import { findItems } from './find-items.ts'
import { findTax } from './find-tax.ts'
import type { Learnt } from './learnt.ts'
import { nameBook } from './name-book.ts'
import { readFields } from './read-fields.ts'
import type { ExtractedReceipt, ExtractOptions, ReceiptLine } from './types.ts'

/** A date that could be read in two ways, where nothing says which, is not surer than this. */
const EITHER_WAY = 0.6
/** Items are not surer than the total that ends them. */
const round = (confidence: number) => Math.round(confidence * 1000) / 1000

/** As `extractReceipt`, with what was learnt passed in. */
export function extractWith(
  learnt: Learnt,
  lines: readonly ReceiptLine[],
  options: ExtractOptions = {},
): ExtractedReceipt {
  const fields = readFields(lines, nameBook(learnt.merchants, options.known), options)
  const chosen = choose(fields, learnt)
  const total = chosen.total?.best
  const { currency } = fields.currency
  const tax = findTax(fields.amounts, total?.value)
  const { items, confidence: itemsSureness } = findItems(fields.layout, fields.amounts, total?.value)
  const dateSureness = sureness(chosen, 'date', learnt)
  const isEitherWay = chosen.date?.best.value.isAmbiguous && !fields.isDateOrderKnown
  const totalSureness = sureness(chosen, 'total', learnt)
  return {
    merchant: chosen.merchant?.best.value.name ?? null,
    date: chosen.date?.best.value.date ?? null,
    total: total ? { amount: total.value.minor, currency } : null,
    tax: tax ? { amount: tax.amount.minor, currency } : null,
    currency,
    items,
    confidence: {
      merchant: round(sureness(chosen, 'merchant', learnt)),
      date: round(isEitherWay ? Math.min(EITHER_WAY, dateSureness) : dateSureness),
      total: round(totalSureness),
      tax: round(tax ? Math.min(tax.confidence, totalSureness) : 0),
      currency: round(fields.currency.confidence),
      items: round(Math.min(itemsSureness, totalSureness)),
    },
    lines: {
      ...(chosen.merchant && { merchant: chosen.merchant.best.line }),
      ...(chosen.date && { date: chosen.date.best.line }),
      ...(total && { total: total.line }),
      ...(tax && { tax: tax.amount.line }),
    },
  }
}
