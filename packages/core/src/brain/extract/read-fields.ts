import { type CurrencyFinding, findCurrency } from './currencies.ts'
import { dateCandidates, type PlacedDate } from './date-candidates.ts'
import { type Layout, layOut } from './lay-out.ts'
import { merchantCandidates, type PlacedName } from './merchant-candidates.ts'
import type { NameBook } from './name-book.ts'
import { type OfferedName, offerNames } from './offer-names.ts'
import { type PlacedAmount, placeAmounts } from './place-amounts.ts'
import type { Candidate } from './rank.ts'
import { totalCandidates } from './total-candidates.ts'
import type { ExtractOptions, ReceiptLine } from './types.ts'

/** All that a receipt's fields may be, before anything is chosen. Training and reading start from the same. */
export interface Fields {
  readonly layout: Layout
  readonly currency: CurrencyFinding
  readonly amounts: readonly PlacedAmount[]
  readonly offered: readonly OfferedName[]
  readonly merchant: readonly Candidate<PlacedName>[]
  readonly date: readonly Candidate<PlacedDate>[]
  readonly isDateOrderKnown: boolean
  readonly total: readonly Candidate<PlacedAmount>[]
}

export function readFields(lines: readonly ReceiptLine[], book: NameBook, options: ExtractOptions = {}): Fields {
  const layout = layOut(lines)
  const currency = findCurrency(layout.rows, options.currency)
  const amounts = placeAmounts(layout, currency.currency)
  const offered = offerNames(layout)
  const dates = dateCandidates(layout, options.dateOrder, currency.currency)
  return {
    layout,
    currency,
    amounts,
    offered,
    merchant: merchantCandidates(offered, book),
    date: dates.candidates,
    isDateOrderKnown: dates.isOrderKnown,
    total: totalCandidates(layout, amounts),
  }
}
