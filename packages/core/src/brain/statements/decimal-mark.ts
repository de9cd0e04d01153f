import { StatementError } from './errors.ts'
import type { DecimalMark } from './types.ts'
import { decimalMarkIn, isOpen } from './written-amount.ts'

/**
 * The decimal mark of a file's amounts: the one that most of those that tell agree on; undefined where none tells and none needs one. Throws
 * `StatementError` (`ambiguous_amounts`) where amounts such as 1.234 could be a thousand or one.
 */
export function decimalMarkOf(
  amounts: readonly { text: string; line: number }[],
  currency: string,
): DecimalMark | undefined {
  let points = 0
  let commas = 0
  for (const { text } of amounts) {
    const mark = decimalMarkIn(text)
    if (mark === '.') points++
    else if (mark === ',') commas++
  }
  if (points !== commas) return points > commas ? '.' : ','
  const open = amounts.find(({ text }) => isOpen(text, currency))
  if (!open) return undefined
  throw new StatementError(
    'ambiguous_amounts',
    `${open.text.trim()} can be a thousand or one and a bit, and no amount in the file tells which: set decimalMark to . or ,`,
    { line: open.line },
  )
}
