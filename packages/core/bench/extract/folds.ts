import { bare } from '../../src/brain/extract/fold.ts'
import type { KnownReceipt } from './read-receipts.ts'

export const FOLDS = 5
/** Letters at the front that make two names one vendor's. */
const SAME_FRONT = 8
/** Wrong letters per letter up to which two names are one vendor's. */
const SAME_SHARE = 0.25

/**
 * The vendor of each receipt, as the place of the first receipt of theirs. Names are of one vendor where they begin alike or are a quarter of their
 * letters apart at most, so that branches and misprints are never on both sides of a cut.
 */
export function vendorsOf(receipts: readonly KnownReceipt[]): number[] {
  const keys = receipts.map(({ merchant, id }) => bare(merchant ?? id))
  const distinct = [...new Set(keys)]
  const heads = new Map<string, string>()
  const headOf = (key: string): string => {
    const head = heads.get(key) ?? key
    return head === key ? key : headOf(head)
  }
  for (const [i, key] of distinct.entries()) {
    for (const other of distinct.slice(0, i)) {
      if (isOneVendor(key, other)) heads.set(headOf(key), headOf(other))
    }
  }
  return keys.map((key) => keys.findIndex((other) => headOf(other) === headOf(key)))
}

/** The fold of each receipt: its place in the file modulo five, or with `unseen` the place of its vendor among the vendors, modulo five. */
export function foldsOf(vendors: readonly number[], isUnseen: boolean): number[] {
  const order = [...new Set(vendors)]
  return vendors.map((vendor, i) => (isUnseen ? order.indexOf(vendor) : i) % FOLDS)
}

function isOneVendor(a: string, b: string): boolean {
  if (a.slice(0, SAME_FRONT) === b.slice(0, SAME_FRONT)) return true
  const longer = Math.max(a.length, b.length)
  return Math.abs(a.length - b.length) <= SAME_SHARE * longer && distance(a, b) <= SAME_SHARE * longer
}

/** Source: Levenshtein 1966. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1), row[j]! + 1, next[j - 1]! + 1)
    }
    row = next
  }
  return row[b.length]!
}
