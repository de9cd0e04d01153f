import type { PlacedAmount } from './place-amounts.ts'

export interface TaxFinding {
  readonly amount: PlacedAmount
  readonly confidence: number
}

/** No value-added or sales tax is a larger part of what it is part of. */
const MAX_SHARE = 0.4
const SUMMED = 0.9
const NAMED = 0.7
const RATE_IN_LABEL = 0.85

/**
 * The tax of a receipt: an amount in a row that names a tax, no more than a part of the total. One that adds up with another amount to the total,
 * or whose row has a rate, is surer. Where there are several rates, the sum where it is printed, else the largest.
 */
export function findTax(amounts: readonly PlacedAmount[], total: PlacedAmount | undefined): TaxFinding | null {
  if (!total) return null
  const limit = Math.abs(total.minor) * MAX_SHARE
  const named = amounts.filter(
    ({ label, minor, after, isLabelAbove }) =>
      after === 0 &&
      !isLabelAbove &&
      label.topics.includes('tax') &&
      !label.topics.some(
        (topic) => topic === 'identity' || topic === 'subtotal' || topic === 'inclusive' || topic === 'exclusive',
      ) &&
      Math.abs(minor) <= limit,
  )
  const present = new Set(amounts.map(({ minor }) => minor))
  const scored = named.map((amount) => ({ amount, confidence: sureness(amount, total, present) }))
  const [best] = scored.toSorted((a, b) => b.confidence - a.confidence || b.amount.minor - a.amount.minor)
  return best ?? null
}

function sureness(tax: PlacedAmount, total: PlacedAmount, present: ReadonlySet<number>): number {
  if (tax.minor !== 0 && present.has(total.minor - tax.minor)) return SUMMED
  return tax.label.words.some((word) => /^\d{1,2}$/.test(word)) ? RATE_IN_LABEL : NAMED
}
