import { parseAmount } from '../money/parse-amount.ts'
import { compactDay } from './calendar-day.ts'
import { type Collector, plain, type RawStatement } from './collect.ts'
import { StatementError } from './errors.ts'
import { createLineFinder } from './lines.ts'
import { find, findAll, readSgml, type SgmlElement, valueAt } from './sgml.ts'
import type { StatementBalance, StatementTransaction } from './types.ts'

const STATEMENTS = new Set(['STMTRS', 'CCSTMTRS', 'INVSTMTRS'])
const RESPONSES = new Set(['SONRS', 'STMTTRNRS', 'CCSTMTTRNRS', 'INVSTMTTRNRS', 'ACCTINFOTRNRS'])
const ACCOUNTS = new Set(['BANKACCTFROM', 'CCACCTFROM', 'INVACCTFROM'])
const BANK_ENTRY = new Set(['STMTTRN'])
const PENDING_ENTRY = new Set(['STMTTRNP'])
/** Trades that move cash; the others (reinvestments, transfers of shares) do not. */
const CASH_TRADES = new Set(
  'BUYDEBT BUYMF BUYOPT BUYOTHER BUYSTOCK SELLDEBT SELLMF SELLOPT SELLOTHER SELLSTOCK INCOME INVEXPENSE MARGININTEREST RETOFCAP'.split(
    ' ',
  ),
)
const OTHER_TRADES = new Set('REINVEST TRANSFER CLOSUREOPT JRNLFUND JRNLSEC SPLIT'.split(' '))
const AMOUNT = /^([+-]?)(\d{1,20})(?:[.,](\d{0,20}))?$|^([+-]?)(\d{1,3}(?:,\d{3})+)\.(\d{0,20})$/

/** Open Financial Exchange 1 and 2: bank, credit card and investment statements. */
export function readOfx(source: string, collector: Collector, fallback: string): RawStatement[] {
  const lineOf = createLineFinder(source)
  const root = readSgml(source)
  const statements = findAll(root, STATEMENTS).map((one) => readOne(one, { collector, lineOf, fallback }))
  if (statements.length > 0) return statements
  for (const response of findAll(root, RESPONSES)) refuseError(response, lineOf)
  return findAll(root, ACCOUNTS).map((account) => ({ id: idOf(account), currency: fallback, transactions: [] }))
}

interface Context {
  readonly collector: Collector
  readonly lineOf: (at: number) => number
  readonly fallback: string
}

function refuseError(response: SgmlElement, lineOf: (at: number) => number): void {
  const status = find(response, 'STATUS')
  const code = valueAt(status, 'CODE')
  if (valueAt(status, 'SEVERITY') !== 'ERROR' && (code === undefined || code === '0')) return
  const message = plain(valueAt(status, 'MESSAGE')).slice(0, 200)
  throw new StatementError(
    'bank_error',
    `The bank answered with error ${code ?? '?'}${message ? `: ${message}` : ''}`,
    { line: lineOf(status!.at) },
  )
}

function readOne(statement: SgmlElement, context: Context): RawStatement {
  const { collector, lineOf, fallback } = context
  const stated = valueAt(statement, 'CURDEF')?.toUpperCase()
  const currency = stated !== undefined && /^[A-Z]{3}$/.test(stated) ? stated : (firstCurrency(statement) ?? fallback)
  const transactions: StatementTransaction[] = []
  const take = (element: SgmlElement, read: StatementTransaction | string) => {
    collector.count()
    if (typeof read === 'string') collector.reject(lineOf(element.at), read)
    else transactions.push(read)
  }
  for (const one of findAll(statement, BANK_ENTRY)) take(one, readEntry(one, currency, false, lineOf))
  for (const one of findAll(statement, PENDING_ENTRY)) take(one, readEntry(one, currency, true, lineOf))
  for (const one of findAll(statement, CASH_TRADES)) take(one, readTrade(one, currency, lineOf))
  const others = findAll(statement, OTHER_TRADES).length
  if (others > 0) collector.warn(`${others} trades that move no cash are left out`)
  const account = find(statement, 'BANKACCTFROM') ?? find(statement, 'CCACCTFROM') ?? find(statement, 'INVACCTFROM')
  return { id: idOf(account), currency, transactions, closingBalance: closingOf(statement, currency, context) }
}

function idOf(account: SgmlElement | undefined): string {
  return plain(valueAt(account, 'ACCTID'))
}

/** Of files that leave CURDEF empty. */
function firstCurrency(statement: SgmlElement): string | undefined {
  const [found] = findAll(statement, new Set(['CURSYM']))
  return found && /^[A-Z]{3}$/.test(found.value) ? found.value : undefined
}

function readEntry(
  element: SgmlElement,
  currency: string,
  isPending: boolean,
  lineOf: (at: number) => number,
): StatementTransaction | string {
  const bookedAt = dayOf(
    valueAt(element, 'DTPOSTED') ?? (isPending ? valueAt(element, 'DTTRAN') : undefined),
    'DTPOSTED',
  )
  if (bookedAt.day === null) return bookedAt.reason
  const amount = amountOf(valueAt(element, 'TRNAMT'), 'TRNAMT', currency)
  if (typeof amount === 'string') return amount
  const name = plain(valueAt(element, 'NAME') ?? valueAt(element, 'PAYEE', 'NAME') ?? valueAt(element, 'NAME2'))
  const memo = plain(valueAt(element, 'MEMO') ?? valueAt(element, 'MEMO2'))
  return {
    bookedAt: bookedAt.day,
    valuedAt: compactDay(valueAt(element, 'DTAVAIL') ?? valueAt(element, 'VALUEDATE') ?? ''),
    amount,
    currency,
    counterparty: name,
    text: memo || name,
    reference: referenceOf(element),
    bankId: plain(valueAt(element, 'FITID')) || null,
    isPending,
    balanceAfter: null,
    line: lineOf(element.at),
  }
}

/** A cheque's number or the bank's reference; `0` is what banks write for none. */
function referenceOf(element: SgmlElement): string | null {
  return ['CHECKNUM', 'REFNUM'].map((name) => plain(valueAt(element, name))).find((text) => !/^0*$/.test(text)) ?? null
}

function readTrade(
  element: SgmlElement,
  currency: string,
  lineOf: (at: number) => number,
): StatementTransaction | string {
  // BUYSTOCK has INVBUY, SELLMF has INVSELL, and both have INVTRAN; INCOME has INVTRAN itself.
  const body = find(element, 'INVBUY') ?? find(element, 'INVSELL') ?? element
  const details = find(body, 'INVTRAN')
  const bookedAt = dayOf(valueAt(details, 'DTSETTLE') ?? valueAt(details, 'DTTRADE'), 'DTTRADE')
  if (bookedAt.day === null) return bookedAt.reason
  const amount = amountOf(valueAt(body, 'TOTAL'), 'TOTAL', currency)
  if (typeof amount === 'string') return amount
  const what = [element.name, valueAt(body, 'SECID', 'UNIQUEID'), valueAt(details, 'MEMO')].filter(Boolean).join(' ')
  return {
    bookedAt: bookedAt.day,
    valuedAt: compactDay(valueAt(details, 'DTTRADE') ?? ''),
    amount,
    currency,
    counterparty: '',
    text: plain(what),
    reference: null,
    bankId: plain(valueAt(details, 'FITID')) || null,
    isPending: false,
    balanceAfter: null,
    line: lineOf(element.at),
  }
}

function closingOf(statement: SgmlElement, currency: string, { collector, lineOf }: Context): StatementBalance | null {
  const ledger = find(statement, 'LEDGERBAL')
  const cash = find(statement, 'INVBAL', 'AVAILCASH')
  const written = valueAt(ledger, 'BALAMT') ?? cash?.value
  if (!written) return null
  const amount = amountOf(written, 'the balance', currency)
  if (typeof amount === 'number')
    return { amount, currency, on: compactDay(valueAt(ledger, 'DTASOF') ?? valueAt(statement, 'DTASOF') ?? '') }
  collector.warn(`The balance in line ${lineOf((ledger ?? cash)!.at)} is left out: ${amount}`)
  return null
}

function dayOf(written: string | undefined, field: string): { day: string } | { day: null; reason: string } {
  const day = compactDay(written ?? '')
  return day
    ? { day }
    : { day: null, reason: written ? `${field} ${written.slice(0, 40)} is no day` : `the entry has no ${field}` }
}

/** A single point or comma separates decimals, as the standard says (OFX 2.2 §3.2.9.2); commas may group only where a point follows. */
function amountOf(written: string | undefined, field: string, currency: string): number | string {
  if (!written) return `the entry has no ${field}`
  const match = AMOUNT.exec(written.replace(/\s/g, ''))
  if (!match) return `${field}: "${written.slice(0, 40)}" is not an amount such as -12.50`
  const sign = match[1] ?? match[4]
  const whole = (match[2] ?? match[5])!.replaceAll(',', '').replace(/^0+(?=\d)/, '')
  const decimals = match[3] ?? match[6]
  const amount = parseAmount(decimals ? `${whole}.${decimals}` : whole, currency)
  if (typeof amount === 'string') return `${field}: ${amount}`
  return sign === '-' && amount !== 0 ? -amount : amount
}
