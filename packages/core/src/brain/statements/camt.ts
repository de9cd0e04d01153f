import { parseAmount } from '../money/parse-amount.ts'
import { isoDay } from './calendar-day.ts'
import { type Collector, plain, type RawStatement } from './collect.ts'
import { StatementError } from './errors.ts'
import { createLineFinder } from './lines.ts'
import type { StatementBalance, StatementTransaction } from './types.ts'
import { child, childrenOf, readXml, textAt, type XmlElement } from './xml.ts'

/** camt.052 reports, camt.053 statements, camt.054 notifications: the message, and the parts of it that are about one account. */
const PARTS: Readonly<Record<string, string>> = {
  BkToCstmrAcctRpt: 'Rpt',
  BkToCstmrAcctRptV01: 'Rpt',
  BkToCstmrStmt: 'Stmt',
  BkToCstmrStmtV01: 'Stmt',
  BkToCstmrDbtCdtNtfctn: 'Ntfctn',
  BkToCstmrDbtCdtNtfctnV01: 'Ntfctn',
}
const OPENING = ['OPBD', 'PRCD']
const CLOSING = ['CLBD']
const AMOUNT = /^[+-]?\d{1,18}(\.\d{1,18})?$/
const MOST_DETAILS = 20

/**
 * ISO 20022 camt.052, .053 and .054 in all versions. An entry is one transaction, also where it stands for many payments: that is what the
 * bank books. Entries that are informational are left out.
 */
export function readCamt(source: string, collector: Collector, fallback: string): RawStatement[] {
  const lineOf = createLineFinder(source)
  const root = readXml(source)
  const message = isMessage(root) ? root : root.children.find(isMessage)
  if (!message) {
    const found = root.children[0]?.name ?? root.name
    throw new StatementError(
      'unknown_format',
      `The XML holds <${found}>, not a statement: expected camt.052, camt.053 or camt.054`,
    )
  }
  const parts = childrenOf(message, PARTS[message.name]!)
  if (parts.length === 0) {
    throw new StatementError(
      'damaged',
      `The message has a header and no <${PARTS[message.name]}>: there is no statement in it`,
      {
        line: lineOf(message.at),
      },
    )
  }
  return parts.map((part) => readPart(part, { collector, lineOf, fallback }))
}

function isMessage({ name }: XmlElement): boolean {
  return Object.hasOwn(PARTS, name)
}

interface Context {
  readonly collector: Collector
  readonly lineOf: (at: number) => number
  readonly fallback: string
}

function readPart(part: XmlElement, context: Context): RawStatement {
  const account = child(part, 'Acct')
  const balances = childrenOf(part, 'Bal')
  const entries = childrenOf(part, 'Ntry')
  const currency = currencyOf(account, balances, entries) ?? context.fallback
  const transactions: StatementTransaction[] = []
  for (const entry of entries) {
    context.collector.count()
    const read = readEntry(entry, part, context)
    if (typeof read === 'string') context.collector.reject(context.lineOf(entry.at), read)
    else if (read) transactions.push(read)
  }
  return {
    id: plain(
      textAt(account, 'Id', 'IBAN') ??
        textAt(account, 'Id', 'Othr', 'Id') ??
        textAt(account, 'Id', 'PrtryAcct', 'Id') ??
        textAt(account, 'Id', 'BBAN'),
    ),
    currency,
    transactions,
    openingBalance: balanceOf(balances, OPENING, context),
    closingBalance: balanceOf(balances, CLOSING, context),
  }
}

/** As the account says; else as the entries do, which are booked on it; else as its balances do. */
function currencyOf(
  account: XmlElement | undefined,
  balances: readonly XmlElement[],
  entries: readonly XmlElement[],
): string | undefined {
  const amounts = [...entries, ...balances].map((one) => child(one, 'Amt')?.attributes.Ccy)
  return [textAt(account, 'Ccy'), ...amounts].find((code) => code !== undefined && /^[A-Z]{3}$/.test(code))
}

function readEntry(
  entry: XmlElement,
  part: XmlElement,
  { collector, lineOf, fallback }: Context,
): StatementTransaction | string | null {
  const status = textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts') ?? 'BOOK'
  if (status === 'INFO') {
    collector.warn('Entries that only inform (status INFO) are left out')
    return null
  }
  const amount = signedAmount(entry, fallback)
  if (typeof amount === 'string') return amount
  const valuedAt = dayOf(child(entry, 'ValDt'))
  const bookedAt = dayOf(child(entry, 'BookgDt')) ?? valuedAt ?? isoDay(textAt(part, 'CreDtTm') ?? '')
  if (bookedAt === null) return 'the entry has no booking date such as 2026-03-31'
  if (!child(entry, 'BookgDt') && !child(entry, 'ValDt'))
    collector.warn('Entries without a date are booked on the day the message was made')
  const details = childrenOf(entry, 'NtryDtls').flatMap((one) => childrenOf(one, 'TxDtls'))
  const [only] = details
  const isBatch = details.length > 1
  return {
    bookedAt,
    valuedAt,
    ...amount,
    counterparty: counterpartyOf(details, amount.amount < 0),
    text: textOf(entry, details),
    reference: isBatch ? null : referenceOf(only),
    bankId: idOrNull(
      textAt(entry, 'AcctSvcrRef') ??
        textAt(only, 'Refs', 'AcctSvcrRef') ??
        (isBatch ? undefined : textAt(only, 'Refs', 'UETR')),
    ),
    isPending: status === 'PDNG' || status === 'FUTR',
    balanceAfter: null,
    line: lineOf(entry.at),
  }
}

function signedAmount(element: XmlElement, fallback: string): { amount: number; currency: string } | string {
  const written = child(element, 'Amt')
  const currency = written?.attributes.Ccy ?? fallback
  if (!/^[A-Z]{3}$/.test(currency)) return `"${currency.slice(0, 10)}" is not a currency such as EUR`
  if (!written || !AMOUNT.test(written.text))
    return `"${(written?.text ?? '').slice(0, 40)}" is not an amount such as 12.50`
  const amount = parseAmount(written.text.replace('+', ''), currency)
  if (typeof amount === 'string') return amount
  const side = textAt(element, 'CdtDbtInd')
  if (side !== 'CRDT' && side !== 'DBIT') return `CdtDbtInd must be CRDT or DBIT, got "${(side ?? '').slice(0, 10)}"`
  return { amount: side === 'DBIT' && amount !== 0 ? -amount : amount, currency }
}

function dayOf(date: XmlElement | undefined): string | null {
  return isoDay(textAt(date, 'Dt') ?? textAt(date, 'DtTm') ?? '')
}

function balanceOf(
  balances: readonly XmlElement[],
  codes: readonly string[],
  { collector, lineOf, fallback }: Context,
): StatementBalance | null {
  for (const code of codes) {
    const found = balances.find(
      (one) => textAt(one, 'Tp', 'CdOrPrtry', 'Cd') === code || textAt(one, 'Tp', 'Cd') === code,
    )
    if (!found) continue
    const amount = signedAmount(found, fallback)
    if (typeof amount !== 'string') return { ...amount, on: dayOf(child(found, 'Dt')) }
    collector.warn(`The balance in line ${lineOf(found.at)} is left out: ${amount}`)
  }
  return null
}

/** The other side: whom we paid, or who paid us. None where a collective entry has several. */
function counterpartyOf(details: readonly XmlElement[], isDebit: boolean): string {
  const names = new Set(
    details.map((one) => {
      const parties = child(one, 'RltdPties')
      const [side, ultimate] = isDebit ? (['Cdtr', 'UltmtCdtr'] as const) : (['Dbtr', 'UltmtDbtr'] as const)
      return plain(
        nameOf(child(parties, ultimate)) ??
          nameOf(child(parties, side)) ??
          textAt(parties, isDebit ? 'CdtrAcct' : 'DbtrAcct', 'Nm'),
      )
    }),
  )
  return names.size === 1 ? [...names][0]! : ''
}

function nameOf(party: XmlElement | undefined): string | undefined {
  return textAt(party, 'Pty', 'Nm') ?? textAt(party, 'Nm') ?? textAt(party, 'Agt', 'FinInstnId', 'Nm')
}

function textOf(entry: XmlElement, details: readonly XmlElement[]): string {
  const remittances = details.slice(0, MOST_DETAILS).flatMap((one) => {
    const remittance = child(one, 'RmtInf')
    const free = childrenOf(remittance, 'Ustrd').map(({ text }) => text)
    const structured = childrenOf(remittance, 'Strd').flatMap((part) => [
      textAt(part, 'CdtrRefInf', 'Ref'),
      ...childrenOf(part, 'AddtlRmtInf').map(({ text }) => text),
    ])
    return [...free, ...structured, textAt(one, 'AddtlTxInf')]
  })
  const parts = remittances.some(Boolean) ? remittances : [textAt(entry, 'AddtlNtryInf')]
  return plain([...new Set(parts.filter(Boolean))].join(' '))
}

function referenceOf(details: XmlElement | undefined): string | null {
  const refs = child(details, 'Refs')
  const structured = textAt(details, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref')
  return (
    [textAt(refs, 'EndToEndId'), structured, textAt(refs, 'TxId'), textAt(refs, 'InstrId'), textAt(refs, 'ChqNb')]
      .map(idOrNull)
      .find(Boolean) ?? null
  )
}

/** What banks write for "none". */
function idOrNull(id: string | undefined): string | null {
  const trimmed = plain(id)
  return trimmed === '' || /^(NOTPROVIDED|NOT PROVIDED|NONREF|0+)$/i.test(trimmed) ? null : trimmed
}
