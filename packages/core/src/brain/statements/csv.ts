import { type WrittenDay, writtenDay } from './calendar-day.ts'
import { type Collector, plain, type RawStatement } from './collect.ts'
import { findColumns, foldHeader, type Layout } from './csv-columns.ts'
import { type CsvRow, readRows } from './csv-rows.ts'
import { dateOrderOf } from './date-order.ts'
import { decimalMarkOf } from './decimal-mark.ts'
import { StatementError } from './errors.ts'
import type {
  ColumnRole,
  DateOrder,
  DecimalMark,
  StatementBalance,
  StatementOptions,
  StatementTransaction,
} from './types.ts'
import { writtenAmount } from './written-amount.ts'

const SEPARATORS = [',', ';', '\t', '|'] as const
const SAMPLE_UNITS = 20_000
const MORE_ROWS = 1_000
/** Marks of money that went out, folded, beside an amount without a sign. */
const OUT = new Set('d dr db debit debet af out s soll cargo withdrawal uscita ausgabe debited'.split(' '))
const IN = new Set('c cr credit bij in h haben abono deposit entrata einnahme credited'.split(' '))
const PENDING = /\b(pending|vorgemerkt|authori[sz]ed|reserved|gereserveerd|en attente|pendiente|umsatz vorgemerkt)\b/
/** Not booked, and not to be: Revolut and others list them. */
const VOID = /\b(reverted|declined|failed|cancell?ed|rejected)\b/

/** A bank's CSV: separator, header, decimal mark and order of days are found in it. */
export function readCsv(
  source: string,
  collector: Collector,
  options: StatementOptions,
  fallback: string,
): RawStatement[] {
  const maxRows = (options.maxTransactions ?? Number.POSITIVE_INFINITY) + MORE_ROWS
  const rows = separatedRows(source, options, maxRows)
  const layout = findColumns(rows, options.columns)
  const lines = rows.slice(layout.firstRow)
  const currency = currencyOf(layout, lines, fallback)
  return readLines(lines, layout, { collector, options, currency })
}

/** The cells of a CSV, by the separator under which most columns are known. */
export function separatedRows(source: string, options: StatementOptions, maxRows: number): CsvRow[] {
  const text = source.replace(/^sep=(.)\r?\n/i, '')
  const sample = text.slice(0, SAMPLE_UNITS)
  const separator = options.columns || text === source ? bestSeparator(sample, options) : source[4]!
  return readRows(text, separator, maxRows)
}

interface Context {
  readonly collector: Collector
  readonly options: StatementOptions
  readonly currency: string
}

interface Line {
  readonly row: CsvRow
  readonly cell: (role: ColumnRole) => string
  readonly day: WrittenDay | null
}

/** The separator under which a layout is found, most columns first. */
function bestSeparator(sample: string, options: StatementOptions): string {
  const whole = sample.length < SAMPLE_UNITS ? sample : sample.slice(0, sample.lastIndexOf('\n') + 1)
  let best: { separator: string; roles: number } | undefined
  for (const separator of SEPARATORS) {
    if (!whole.includes(separator)) continue
    try {
      const roles = Object.keys(
        findColumns(readRows(whole, separator, Number.POSITIVE_INFINITY), options.columns).columns,
      ).length
      if (!best || roles > best.roles) best = { separator, roles }
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
    }
  }
  return best?.separator ?? [...SEPARATORS].sort((a, b) => whole.split(b).length - whole.split(a).length)[0]!
}

function readLines(
  rows: readonly CsvRow[],
  { columns }: Layout,
  { collector, options, currency }: Context,
): RawStatement[] {
  const lines = rows.map((row): Line => {
    const cell = (role: ColumnRole) => row.cells[columns[role] ?? -1] ?? ''
    return { row, cell, day: writtenDay(cell('bookedAt') || cell('valuedAt')) }
  })
  const days = lines.flatMap(({ day, cell, row }) =>
    day ? [{ day, text: cell('bookedAt') || cell('valuedAt'), line: row.line }] : [],
  )
  const order = options.dateOrder ?? dateOrderOf(days)
  const amounts = lines.flatMap(({ day, cell, row }) =>
    day
      ? (['amount', 'debit', 'credit', 'balance'] as const).map((role) => ({ text: cell(role), line: row.line }))
      : [],
  )
  const mark = options.decimalMark ?? decimalMarkOf(amounts, currency)
  const groups = new Map<string, { id: string; currency: string; transactions: StatementTransaction[] }>()
  for (const line of lines) {
    if (isFurniture(line)) continue
    collector.count()
    const own = ownCurrency(line, currency)
    const read =
      own === null
        ? `"${line.cell('currency').slice(0, 10)}" is not a currency such as EUR`
        : readLine(line, { order, mark, currency: own })
    if (typeof read === 'string') collector.reject(line.row.line, read)
    else if (read === null) collector.warn('Entries that were declined or taken back are left out')
    else {
      const id = plain(line.cell('account'))
      const key = `${id}\n${read.currency}`
      const group = groups.get(key) ?? { id, currency: read.currency, transactions: [] }
      groups.set(key, group)
      group.transactions.push(read)
    }
  }
  return [...groups.values()].map((group) => ({ ...group, ...runningBalances(group.transactions, group.currency) }))
}

/** A line under the table (totals, remarks) rather than an entry: neither a day nor an amount where they belong. */
function isFurniture({ cell, day }: Line): boolean {
  const hasAmount = (['amount', 'debit', 'credit'] as const).some((role) => /\d/.test(cell(role)))
  return (
    day === null &&
    (!hasAmount || (cell('bookedAt') || cell('valuedAt')) === '' || !/\d/.test(cell('bookedAt') || cell('valuedAt')))
  )
}

function readLine(
  { row, cell, day }: Line,
  { order, mark, currency }: { order: DateOrder; mark: DecimalMark | undefined; currency: string },
): StatementTransaction | string | null {
  const status = foldHeader(cell('status'))
  if (VOID.test(status)) return null
  const bookedAt = day?.[order]
  if (bookedAt === undefined)
    return `"${(cell('bookedAt') || cell('valuedAt')).slice(0, 40)}" is no day in the order ${order}`
  const amount = amountOf(cell, currency, mark)
  if (typeof amount === 'string') return amount
  const balance = cell('balance') === '' ? null : writtenAmount(cell('balance'), currency, mark)
  const counterparty = plain(cell('counterparty'))
  return {
    bookedAt,
    valuedAt: writtenDay(cell('valuedAt'))?.[order] ?? null,
    amount,
    currency,
    counterparty,
    text: plain(cell('text')) || counterparty,
    reference: plain(cell('reference')) || null,
    bankId: plain(cell('bankId')) || null,
    isPending: PENDING.test(status),
    balanceAfter: typeof balance === 'number' ? balance : null,
    line: row.line,
  }
}

function amountOf(
  cell: (role: ColumnRole) => string,
  currency: string,
  mark: DecimalMark | undefined,
): number | string {
  const single = cell('amount')
  if (single !== '') {
    const amount = writtenAmount(single, currency, mark)
    if (typeof amount === 'string') return amount
    const direction = foldHeader(cell('direction'))
    if (direction === '') return amount
    if (OUT.has(direction)) return amount === 0 ? 0 : -Math.abs(amount)
    return IN.has(direction) ? Math.abs(amount) : `"${cell('direction').slice(0, 20)}" says neither debit nor credit`
  }
  const [debit, credit] = (['debit', 'credit'] as const).map((role) =>
    cell(role) === '' ? 0 : writtenAmount(cell(role), currency, mark),
  )
  if (typeof debit === 'string') return debit
  if (typeof credit === 'string') return credit
  if (cell('debit') === '' && cell('credit') === '') return 'the row has no amount'
  if (debit !== 0 && credit !== 0) return 'the row has a debit and a credit'
  return debit !== 0 ? -Math.abs(debit!) : Math.abs(credit!)
}

/** As a column says on every line; else as the header does: `Amount (EUR)`. */
function currencyOf({ columns, header }: Layout, lines: readonly CsvRow[], fallback: string): string {
  const said =
    columns.currency === undefined
      ? undefined
      : lines.find(({ cells }) => /^[A-Z]{3}$/.test(cells[columns.currency!] ?? ''))
  if (said) return said.cells[columns.currency!]!
  const above =
    header &&
    [columns.amount, columns.debit, columns.credit].flatMap(
      (column) => /\b([A-Z]{3})\b\)?$/.exec(header[column ?? -1] ?? '')?.[1] ?? [],
    )
  return above?.[0] ?? fallback
}

function ownCurrency({ cell }: Line, currency: string): string | null {
  const written = cell('currency').toUpperCase()
  if (written === '') return currency
  return /^[A-Z]{3}$/.test(written) ? written : null
}

/**
 * Opening and closing balance from the balances behind the entries, oldest first or newest first, whichever they follow. Neither where they
 * follow in no order, for example because entries are left out.
 */
function runningBalances(
  transactions: readonly StatementTransaction[],
  currency: string,
): { openingBalance?: StatementBalance; closingBalance?: StatementBalance } {
  const booked = transactions.filter(({ isPending }) => !isPending)
  if (booked.length === 0 || booked.some(({ balanceAfter }) => balanceAfter === null)) return {}
  const follows = (list: readonly StatementTransaction[]) =>
    list.every((one, i) => i === 0 || list[i - 1]!.balanceAfter! + one.amount === one.balanceAfter!)
  const inOrder = [booked, booked.toReversed()].find(follows)
  if (!inOrder) return {}
  const [first, last] = [inOrder[0]!, inOrder.at(-1)!]
  return {
    openingBalance: { amount: first.balanceAfter! - first.amount, currency, on: first.bookedAt },
    closingBalance: { amount: last.balanceAfter!, currency, on: last.bookedAt },
  }
}
