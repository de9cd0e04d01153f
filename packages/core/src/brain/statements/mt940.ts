import { parseAmount } from '../money/parse-amount.ts'
import { calendarDay, daysOf, fullYear } from './calendar-day.ts'
import { type Collector, plain, type RawStatement } from './collect.ts'
import { StatementError } from './errors.ts'
import { readDetails } from './mt940-details.ts'
import type { StatementBalance, StatementTransaction } from './types.ts'

/** Fields of MT940 and MT942, and `NS`, which some banks add. Anything else that looks like a field is text that was wrapped. */
const FIELD = /^:(13D?|20|21|25P?|28C?|34F|60[FM]|61|62[FM]|64|65|86|90[CD]|NS):(.*)$/s
const BALANCE = /^([CD])(\d{6})([A-Z]{3})?(\d+(?:,\d*)?)$/
/** Value date, entry date, mark, funds code, amount, type of transaction, what follows. */
const ENTRY = /^(\d{6})(\d{4})?(R[CD]|E[CD]|[CD])([A-Z])?(\d{1,15}(?:,\d{0,4})?)([A-Z][A-Z0-9 ]{3})?(.*)$/s
const REFERENCE_LENGTH = 16
/** What banks write for "none". */
const NO_REFERENCE = /^(NONREF|NOREF|0*|N|X)$/i

interface Field {
  readonly tag: string
  readonly lines: string[]
  readonly line: number
}

/** SWIFT MT940 (end of day) and MT942 (interim), with the dialects of `readDetails`. */
export function readMt940(source: string, collector: Collector, fallback: string): RawStatement[] {
  const messages = cut(readFields(source))
  const statements = messages.flatMap((fields) => {
    const read = readMessage(fields, collector, fallback)
    return read ? [read] : []
  })
  if (statements.length > 0) return statements
  const tags = [...new Set(messages.flat().map(({ tag }) => `:${tag}:`))].slice(0, 5).join(' ')
  throw new StatementError(
    'damaged',
    `The file has ${tags} and no account, balance or entry: it is a part of a statement`,
    { line: messages[0]?.[0]?.line },
  )
}

function readFields(source: string): (Field | 'end')[] {
  const fields: (Field | 'end')[] = []
  let number = 0
  let pending = ''
  for (const raw of source.split('\n')) {
    number++
    let line = pending + raw.replace(/[\u0001\u0003\r]/g, '')
    // A field's colon that was wrapped away from it.
    pending = line === ':' ? ':' : ''
    if (pending) continue
    line = line.replace(/^\{4:$|^\{[1-5]:.*\{4:$/, '')
    if (/^-\}?(XXX)?\s*$/.test(line) || /^-\}?\{5:/.test(line)) {
      fields.push('end')
      continue
    }
    const match = FIELD.exec(line)
    if (match) fields.push({ tag: match[1]!, lines: [match[2]!], line: number })
    else {
      const last = fields.at(-1)
      if (last !== undefined && last !== 'end') last.lines.push(line)
    }
  }
  return fields
}

/** A message begins with :20:, or where the one before it has ended. */
function cut(fields: readonly (Field | 'end')[]): Field[][] {
  const messages: Field[][] = []
  let current: Field[] = []
  for (const field of fields) {
    const isStart = field === 'end' || (field.tag === '20' && current.length > 0)
    if (isStart && current.length > 0) {
      messages.push(current)
      current = []
    }
    if (field !== 'end') current.push(field)
  }
  if (current.length > 0) messages.push(current)
  return messages
}

function readMessage(fields: readonly Field[], collector: Collector, fallback: string): RawStatement | null {
  const first = (...tags: string[]) => fields.find(({ tag }) => tags.includes(tag))
  const opening = first('60F', '60M')
  const closing = fields.findLast(({ tag }) => tag === '62F' || tag === '62M')
  const account = first('25', '25P')
  const entries = fields.filter(({ tag }) => tag === '61')
  const available = first('64', '65')
  if (!opening && !closing && !account && !available && entries.length === 0) return null
  const named = /^(.*\d)([A-Z]{3})$/.exec(account?.lines[0]?.trim() ?? '')
  const floor = /^([A-Z]{3})/.exec(first('34F')?.lines[0] ?? '')
  const currency =
    currencyIn(opening) ?? currencyIn(closing) ?? currencyIn(available) ?? floor?.[1] ?? named?.[2] ?? fallback
  if (!account) collector.warn('A statement has no :25:, so its account is not known')
  const transactions = readEntries(fields, currency, collector)
  return {
    id: plain((named && currency === named[2] ? named[1] : account?.lines[0]) ?? ''),
    currency,
    transactions,
    openingBalance: balanceIn(opening, currency, collector),
    closingBalance: balanceIn(closing, currency, collector),
  }
}

function readEntries(fields: readonly Field[], currency: string, collector: Collector): StatementTransaction[] {
  const transactions: StatementTransaction[] = []
  fields.forEach((field, i) => {
    if (field.tag !== '61') return
    collector.count()
    const details: string[][] = []
    for (let next = i + 1; fields[next]?.tag === '86' || fields[next]?.tag === 'NS'; next++)
      details.push(fields[next]!.lines)
    const isPrivate = fields[i + 1]?.tag === 'NS'
    const read = readEntry(field, details, isPrivate, currency, collector)
    if (typeof read === 'string') collector.reject(field.line, read)
    else transactions.push(read)
  })
  return transactions
}

function readEntry(
  field: Field,
  details: readonly string[][],
  isPrivate: boolean,
  currency: string,
  collector: Collector,
): StatementTransaction | string {
  let [line = '', ...more] = field.lines
  // An amount that was wrapped.
  if (/^\d{6}(\d{4})?[RE]?[CD][A-Z]?$/.test(line) && /^\d/.test(more[0] ?? ''))
    [line, more] = [line + more[0], more.slice(1)]
  const match = ENTRY.exec(line)
  if (!match) return `:61:${line.slice(0, 40)} is not an entry such as 2603310331D12,50NTRFNONREF`
  const [, value, entry, mark, , written, , rest = ''] = match
  const valued = dayOf(value!, collector)
  const bookedAt = bookedDay(value!, entry, valued)
  if (bookedAt === null) return `${value}${entry ?? ''} is no day`
  const amount = parseAmount(trimmed(written!), currency)
  if (typeof amount === 'string') return amount
  // A reversed credit takes money away, a reversed debit brings it back.
  const isDebit = mark!.startsWith('R') ? mark === 'RC' : mark!.endsWith('D')
  const { reference, bankId, note } = references(rest)
  const supplement = [note, ...more].join(' ')
  const told = readDetails(details, isPrivate)
  return {
    bookedAt,
    valuedAt: valued,
    amount: isDebit && amount !== 0 ? -amount : amount,
    currency,
    counterparty: told.counterparty || plain(note),
    text: told.text || plain(supplement),
    reference: told.reference ?? reference,
    bankId,
    isPending: mark!.startsWith('E'),
    balanceAfter: null,
    line: field.line,
  }
}

/** Customer's reference of at most 16 characters, `//`, the bank's; and what some banks write behind the 16. */
function references(rest: string): { reference: string | null; bankId: string | null; note: string } {
  const [own = '', ...banks] = rest.split('//')
  const reference = own.slice(0, REFERENCE_LENGTH).trim()
  const bank = banks.join('//').trim()
  const isWide = /^.{16}\S/.test(own) && / {2,}\S/.test(own)
  return {
    reference: orNull(isWide || own.length <= REFERENCE_LENGTH ? reference : own.trim()),
    bankId: orNull(bank),
    note: isWide ? own.slice(REFERENCE_LENGTH).trim() : '',
  }
}

function orNull(reference: string): string | null {
  const text = plain(reference)
  return NO_REFERENCE.test(text) ? null : text
}

/** The entry date has no year: the one that is nearest to the value date. */
function bookedDay(value: string, entry: string | undefined, valued: string | null): string | null {
  if (entry === undefined || entry === '0000') return valued
  const year = fullYear(Number(value.slice(0, 2)))
  const [month, day] = [Number(entry.slice(0, 2)), Number(entry.slice(2))]
  const apart = month - Number(value.slice(2, 4))
  return calendarDay(year + (apart > 6 ? -1 : apart < -6 ? 1 : 0), month, day) ?? valued
}

/** YYMMDD. Where months are counted as 30 days, 30 February is the end of February. */
function dayOf(text: string, collector: Collector): string | null {
  const [year, month, day] = [fullYear(Number(text.slice(0, 2))), Number(text.slice(2, 4)), Number(text.slice(4, 6))]
  if (month === 2 && (day === 29 || day === 30) && day > daysOf(year, month)) {
    collector.warn(`${day} February ${year} is taken for the end of that month`)
    return calendarDay(year, month, daysOf(year, month))
  }
  return calendarDay(year, month, day)
}

function currencyIn(field: Field | undefined): string | undefined {
  return BALANCE.exec(field?.lines[0]?.trim() ?? '')?.[3]
}

function balanceIn(field: Field | undefined, currency: string, collector: Collector): StatementBalance | null {
  if (!field) return null
  const match = BALANCE.exec(field.lines[0]!.trim())
  const amount = match ? parseAmount(trimmed(match[4]!), match[3] ?? currency) : 'it is not such as C260331EUR12,50'
  if (typeof amount === 'string') {
    collector.warn(`The balance in line ${field.line} is left out: ${amount}`)
    return null
  }
  const sign = match![1] === 'D' && amount !== 0 ? -1 : 1
  return { amount: sign * amount, currency: match![3] ?? currency, on: dayOf(match![2]!, collector) }
}

/** `000000000473,17` and `5,` as `473,17` and `5`. */
function trimmed(amount: string): string {
  return amount.replace(/,$/, '').replace(/^0+(?=\d)/, '')
}
