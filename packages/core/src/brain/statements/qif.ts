import { type WrittenDay, writtenDay } from './calendar-day.ts'
import { type Collector, plain, type RawStatement } from './collect.ts'
import { type DayFound, dateOrderOf } from './date-order.ts'
import { decimalMarkOf } from './decimal-mark.ts'
import type { DateOrder, DecimalMark, StatementBalance, StatementOptions, StatementTransaction } from './types.ts'
import { writtenAmount } from './written-amount.ts'

/** Sections with transactions, as they are written behind `!Type:`; the others hold lists of categories, classes, prices, … */
const TRANSACTIONS = /^(bank|cash|ccard|oth ?a|oth ?l|invst|invoice|port|401\(k\)\/403\(b\)|tax)\b/i
/** Investment actions that move cash out, and ones that move none. */
const CASH_OUT = /^(buy|miscexp|margint|cvrshrt|withdrwx?|xout|contribx?out)/i
const NO_CASH = /^(reinv|shrs|stksplit|grant|vest|exercis|expire|remind)|x$/i
const OPENING = /^opening balance$/i

/** A record as it stands in the file: its fields by letter, the first of each. */
interface Record {
  readonly fields: ReadonlyMap<string, string>
  readonly splits: readonly string[]
  readonly account: string
  readonly isInvestment: boolean
  readonly line: number
}

/**
 * Quicken Interchange Format. It names no currency and no order of day and month: the first is an option, the second is found in the
 * file or an option.
 */
export function readQif(
  source: string,
  collector: Collector,
  options: StatementOptions,
  currency: string,
): RawStatement[] {
  const { records, accounts } = readRecords(source, collector)
  const days = records.map(({ fields }) => writtenDay((fields.get('D') ?? '').replace(/\s+/g, '')))
  const found = records.flatMap(({ fields, line }, i): DayFound[] =>
    days[i] ? [{ day: days[i], text: fields.get('D')!, line }] : [],
  )
  const order = options.dateOrder ?? dateOrderOf(found)
  const amounts = records.map(({ fields, line }) => ({ text: fields.get('T') ?? fields.get('U') ?? '', line }))
  const mark = options.decimalMark ?? decimalMarkOf(amounts, currency)
  const groups = Map.groupBy(records.keys(), (i) => records[i]!.account)
  const ids = [...new Set([...accounts, ...groups.keys()])]
  return ids.map((id) => readAccount(id, groups.get(id) ?? [], { records, days, order, mark, currency, collector }))
}

interface Context {
  readonly records: readonly Record[]
  readonly days: readonly (WrittenDay | null)[]
  readonly order: DateOrder
  readonly mark: DecimalMark | undefined
  readonly currency: string
  readonly collector: Collector
}

function readAccount(written: string, indexes: readonly number[], context: Context): RawStatement {
  const { records, days, order, mark, currency, collector } = context
  let openingBalance: StatementBalance | null = null
  let id = written
  const transactions: StatementTransaction[] = []
  for (const i of indexes) {
    collector.count()
    const record = records[i]!
    const bookedAt = days[i]?.[order] ?? null
    const amount = amountOf(record, currency, mark)
    if (bookedAt === null)
      collector.reject(record.line, `"${(record.fields.get('D') ?? '').slice(0, 40)}" is no day in the order ${order}`)
    else if (amount === null) collector.warn('Investment actions that move no cash are left out')
    else if (typeof amount === 'string') collector.reject(record.line, amount)
    else if (OPENING.test(record.fields.get('P') ?? '') && transactions.length === 0 && !openingBalance) {
      openingBalance = { amount, currency, on: bookedAt }
      // By convention the category of the opening balance is the account itself, in brackets.
      id ||= /^\[(.+)\]$/.exec(record.fields.get('L') ?? '')?.[1] ?? ''
    } else transactions.push(transaction(record, bookedAt, amount, currency))
  }
  return { id: plain(id), currency, transactions, openingBalance }
}

function transaction(
  { fields, splits, line }: Record,
  bookedAt: string,
  amount: number,
  currency: string,
): StatementTransaction {
  const memo = plain(fields.get('M'))
  const payee = plain(fields.get('P') ?? fields.get('Y'))
  return {
    bookedAt,
    valuedAt: null,
    amount,
    currency,
    counterparty: payee,
    text: memo || plain(splits.join(' ')) || payee,
    reference: plain(fields.get('N')) || null,
    bankId: null,
    isPending: false,
    balanceAfter: null,
    line,
  }
}

/** Null for an investment action that moves no cash. */
function amountOf(
  { fields, isInvestment }: Record,
  currency: string,
  mark: DecimalMark | undefined,
): number | string | null {
  const action = isInvestment ? (fields.get('N') ?? '') : ''
  const written = fields.get('T') ?? fields.get('U') ?? fields.get('$')
  if (isInvestment && (NO_CASH.test(action) || written === undefined)) return null
  const amount = writtenAmount(written ?? '', currency, mark)
  return typeof amount === 'number' && CASH_OUT.test(action) && amount !== 0 ? -Math.abs(amount) : amount
}

function readRecords(source: string, collector: Collector): { records: Record[]; accounts: string[] } {
  const records: Record[] = []
  const accounts: string[] = []
  let section: 'transactions' | 'account' | 'other' = 'transactions'
  let isInvestment = false
  let account = ''
  let fields = new Map<string, string>()
  let splits: string[] = []
  let start = 0

  const finish = () => {
    if (section === 'account') {
      account = plain(fields.get('N'))
      if (account && !accounts.includes(account)) accounts.push(account)
    } else if (section === 'transactions' && (fields.has('D') || fields.has('T') || fields.has('U'))) {
      records.push({ fields, splits, account, isInvestment, line: start })
    }
    fields = new Map()
    splits = []
    start = 0
  }
  let number = 0
  for (const raw of lines(source)) {
    number++
    const line = raw.trimEnd()
    if (line === '') continue
    const letter = line[0]!
    if (letter === '!') {
      if (fields.size > 0) finish()
      const kind = /^!\s*type:\s*(.*)$/i.exec(line)?.[1]
      if (kind !== undefined) {
        section = TRANSACTIONS.test(kind) ? 'transactions' : 'other'
        isInvestment = /^(invst|port|401)/i.test(kind)
      } else if (/^!\s*account/i.test(line)) section = 'account'
      else if (!/^!\s*(option|clear)/i.test(line))
        collector.warn(`Line ${number} is left out: ${line.slice(0, 40)} is not known`)
      continue
    }
    if (letter === '^') {
      finish()
      continue
    }
    if (start === 0) start = number
    const value = line.slice(1).trim()
    if (letter === 'E') splits.push(value)
    if (!fields.has(letter)) fields.set(letter, value)
  }
  if (fields.size > 0) finish()
  return { records, accounts }
}

function* lines(source: string): Generator<string> {
  let from = 0
  while (from < source.length) {
    const end = source.indexOf('\n', from)
    const to = end < 0 ? source.length : end
    yield source.slice(from, to)
    from = to + 1
  }
}
