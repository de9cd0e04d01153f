import { type AmountInText, findAmounts } from './find-amounts.ts'
import { type Keyed, keyed } from './keywords.ts'
import type { Layout, Row } from './lay-out.ts'

/** An amount, its row, and what names it. */
export interface PlacedAmount extends AmountInText {
  readonly row: number
  readonly line: number
  /** The words before it in its row; those of the row above where it has none. */
  readonly label: Keyed
  readonly isLabelAbove: boolean
  /** Amounts after it in its row. */
  readonly after: number
  readonly before: number
}

/** Every amount of a receipt, with what names it. */
export function placeAmounts({ rows }: Layout, currency: string | null): PlacedAmount[] {
  return rows.flatMap((row, i) => {
    const amounts = findAmounts(row.text, currency)
    return amounts.map((amount, n) => {
      const own = keyed(row.text.slice(0, amounts[0]!.start))
      const above = nearestLabel(rows, i)
      const isLabelAbove = !own.words.some(isWord) && above !== null
      return {
        ...amount,
        row: i,
        line: lineAt(row, amount.start),
        label: isLabelAbove ? above : own,
        isLabelAbove,
        before: n,
        after: amounts.length - 1 - n,
      }
    })
  })
}

/** Rows that may lie between an amount and the row that names it, holding currencies and amounts only. */
const MAX_ROWS_ABOVE = 2

function nearestLabel(rows: readonly Row[], at: number): Keyed | null {
  for (let i = at - 1; i >= Math.max(0, at - MAX_ROWS_ABOVE); i--) {
    if (rows[i]!.keyed.words.some(isWord)) return rows[i]!.keyed
  }
  return null
}

/** More than a currency or a tax code. */
function isWord(word: string): boolean {
  return word.length > 2 && /\p{L}{3}/u.test(word) && !/^(?:MYR|EUR|GBP|USD|CHF)$/.test(word)
}

function lineAt({ pieces }: Row, start: number): number {
  let end = -1
  for (const { text, index } of pieces) {
    end += text.length + 1
    if (start < end) return index
  }
  return pieces.at(-1)!.index
}
