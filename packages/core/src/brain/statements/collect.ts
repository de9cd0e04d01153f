import { StatementError } from './errors.ts'
import type {
  RejectedEntry,
  Statement,
  StatementAccount,
  StatementBalance,
  StatementFormat,
  StatementTransaction,
} from './types.ts'

/** One statement as a format's reader hands it in. */
export interface RawStatement {
  readonly id: string
  readonly currency: string
  readonly transactions: readonly StatementTransaction[]
  readonly openingBalance?: StatementBalance | null
  readonly closingBalance?: StatementBalance | null
}

/** ISO 4217: no currency involved. */
export const NO_CURRENCY = 'XXX'
const MOST_REJECTED = 1_000
const MOST_WARNINGS = 100
const LONGEST_TEXT = 1_000

export interface Collector {
  warn(message: string): void
  reject(line: number, reason: string): void
  /** Counts an entry; throws when there are more than the options allow. */
  count(): void
  finish(format: StatementFormat, statements: readonly RawStatement[]): Statement
}

export function createCollector(maxTransactions: number): Collector {
  const warnings = new Set<string>()
  const rejected: RejectedEntry[] = []
  let rejections = 0
  let entries = 0
  const warn = (message: string) => {
    if (warnings.size < MOST_WARNINGS) warnings.add(message)
  }
  return {
    warn,
    reject(line, reason) {
      rejections++
      if (rejected.length < MOST_REJECTED) rejected.push({ line, reason })
    },
    count() {
      if (++entries > maxTransactions) {
        throw new StatementError('too_large', `The file has more than ${maxTransactions} entries: split it`)
      }
    },
    finish(format, statements) {
      const accounts = merge(statements, warn)
      const read = accounts.reduce((sum, { transactions }) => sum + transactions.length, 0)
      if (read === 0 && rejections > 0) {
        const [first] = rejected
        const rest = rejections > 1 ? ` (none of ${rejections} entries can be read)` : ''
        throw new StatementError('nothing_readable', first!.reason + rest, { line: first!.line })
      }
      if (rejections > rejected.length)
        warn(`${rejections} entries cannot be read; the first ${MOST_REJECTED} are listed`)
      if (accounts.length === 0) warn('The file is well-formed and holds no account')
      else if (read === 0) warn('The file holds no transaction')
      if (accounts.some(({ currency }) => currency === NO_CURRENCY))
        warn('The file names no currency: amounts are taken to have two decimals')
      return { format, accounts, warnings: [...warnings], rejected }
    },
  }
}

/** Text as it is kept: runs of space are one, no control characters, at most 1,000 characters. */
export function plain(text: string | undefined): string {
  return (text ?? '')
    .replace(/[\s\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .slice(0, LONGEST_TEXT)
    .toWellFormed()
}

/** Several statements of one account are one account, so that equal purchases in two of them are counted together. */
function merge(statements: readonly RawStatement[], warn: (message: string) => void): StatementAccount[] {
  const groups = Map.groupBy(statements, ({ id, currency }) => `${id}\n${currency}`)
  return [...groups.values()].map((group) => {
    const transactions: StatementTransaction[] = []
    const periods = group.map(({ transactions: own, openingBalance = null, closingBalance = null }, i) => {
      const before = group[i - 1]?.closingBalance
      if (
        before &&
        openingBalance &&
        before.currency === openingBalance.currency &&
        before.amount !== openingBalance.amount
      ) {
        warn(
          `Statements of ${group[0]!.id} do not follow each other: one ends with ${before.amount}, the next begins with ${openingBalance.amount}`,
        )
      }
      const from = transactions.length
      for (const one of own) transactions.push(one)
      return { openingBalance, closingBalance, from, to: transactions.length }
    })
    return {
      id: group[0]!.id,
      currency: group[0]!.currency,
      transactions,
      openingBalance: periods[0]!.openingBalance,
      closingBalance: periods.at(-1)!.closingBalance,
      statements: periods,
    }
  })
}
