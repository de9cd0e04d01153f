import { writtenDay } from './calendar-day.ts'
import type { CsvRow } from './csv-rows.ts'
import { StatementError } from './errors.ts'
import type { ColumnRole } from './types.ts'
import { writtenAmount } from './written-amount.ts'

export type Columns = Readonly<Partial<Record<ColumnRole, number>>>

export interface Layout {
  readonly columns: Columns
  /** Rows before this one are preamble and header. */
  readonly firstRow: number
  /** The header's cells, if there is one. */
  readonly header: readonly string[] | null
}

/** What banks write above their columns, folded: lower case, no accents, words apart by one space. The first that fits wins, whole before part. */
const NAMES: Readonly<Record<ColumnRole, readonly string[]>> = {
  bookedAt: words(
    'booking date|posting date|posted date|post date|date posted|transaction date|trans date|trade date|completed date|date|buchungstag|buchungsdatum|buchung|datum|boekdatum|rentedatum|transactiedatum|date operation|date de l operation|date comptable|fecha|fecha operacion|fecha contable|data|data contabile|data operazione|data operacji|data transakcji|dato|bokforingsdag|bokforingsdatum|kirjauspaiva|datum uctovani|tarih|created|time',
  ),
  valuedAt: words(
    'value date|valuedate|valuta|wertstellung|valutadatum|date de valeur|date valeur|fecha valor|data valuta|data waluty|started date|interest date',
  ),
  amount: words(
    'amount|transaction amount|net amount|value|betrag|umsatz|bedrag|montant|importe|import|importo|valor|kwota|belop|belopp|summa|castka|tutar|amount eur|amount gbp|amount usd|betrag eur|bedrag eur|montant eur|net|total',
  ),
  debit: words(
    'debit|debit amount|paid out|money out|withdrawal|withdrawals|out|soll|lastschrift|debet|af|montant debit|cargo|cargos|addebito|addebiti|dare|uscite|obciazenia|ut',
  ),
  credit: words(
    'credit|credit amount|paid in|money in|deposit|deposits|in|haben|gutschrift|bij|montant credit|abono|abonos|accredito|accrediti|avere|entrate|uznania',
  ),
  direction: words(
    'debit credit|dr cr|d c|credit debit|credit debit indicator|af bij|soll haben|s h|sens|debit or credit|cr dr',
  ),
  currency: words('currency|ccy|currency code|wahrung|waehrung|devise|munt|muntsoort|moneda|divisa|valuta code|waluta'),
  counterparty: words(
    'counterparty|counter party|counterparty name|payee|merchant|merchant name|name|payer|recipient|beneficiary|auftraggeber begunstigter|beguenstigter zahlungspflichtiger|begunstigter zahlungspflichtiger|auftraggeber beguenstigter|auftraggeber empfanger|zahlungsempfanger|zahlungspflichtige r|empfanger|naam omschrijving|naam tegenpartij|tegenpartij|name counterparty|beneficiaire|beneficiario|nadawca odbiorca|partner name|to name|from to',
  ),
  text: words(
    'description|transaction description|details|narrative|memo|text|particulars|verwendungszweck|buchungstext|omschrijving|mededelingen|omschrijving 1|libelle|libelle operation|concepto|descripcion|descrizione|causale|opis|tytul|title|notes|note|information|purpose|remittance information|tekst|beskrivelse|meddelande',
  ),
  reference: words(
    'reference|customer reference|payment reference|kundenreferenz|kundenreferenz end to end|betalingskenmerk|referenz|end to end id|cheque number|check number|check no|referencia|riferimento',
  ),
  bankId: words(
    'transaction id|transactionid|id|bank reference|transaction reference|transaktions id|volgnr|tid|unique id|source id',
  ),
  balance: words(
    'balance|running balance|account balance|saldo|saldo nach buchung|solde|kontostand|saldo na boeking|balance after',
  ),
  account: words('account|account number|auftragskonto|rekening|iban bban|compte|cuenta|rekeningnummer|account no'),
  status: words('status|state|transaction status|umsatzstatus'),
}
/** Roles that are sure when a header has them; the rest must not take a column from these. */
const ORDER: readonly ColumnRole[] = [
  'valuedAt',
  'bookedAt',
  'direction',
  'balance',
  'amount',
  'debit',
  'credit',
  'currency',
  'counterparty',
  'reference',
  'bankId',
  'account',
  'status',
  'text',
]
const MOST_PREAMBLE = 40
const SAMPLE = 200
const MOST_UNREADABLE = 0.1

/**
 * Finds which column is what: as the caller says, by a header within the first 40 rows, or by what is in the columns. Throws `StatementError`
 * where there is no day or no amount.
 */
export function findColumns(
  rows: readonly CsvRow[],
  given: Readonly<Partial<Record<ColumnRole, number | string>>> | undefined,
): Layout {
  const said = Object.entries(given ?? {}) as [ColumnRole, number | string][]
  const byHeader = headerLayout(rows, said)
  if (byHeader) return byHeader
  if (said.length > 0) {
    const columns = Object.fromEntries(said.filter(([, column]) => typeof column === 'number')) as Columns
    if (isEnough(columns)) return { columns, firstRow: firstWithDay(rows, columns.bookedAt!), header: null }
  }
  const byContent = contentLayout(rows)
  if (byContent) return byContent
  throw new StatementError(
    'unknown_format',
    'No line names a column of days and one of amounts, and no columns look like them: say which they are with columns',
    { line: rows[0]?.line },
  )
}

/** A header folded: `Auftraggeber / Begünstigter` is `auftraggeber begunstigter`. */
export function foldHeader(cell: string): string {
  return cell
    .slice(0, 100)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function headerLayout(rows: readonly CsvRow[], said: readonly [ColumnRole, number | string][]): Layout | null {
  let best: Layout | null = null
  for (const [i, { cells }] of rows.slice(0, MOST_PREAMBLE).entries()) {
    const columns = columnsOf(cells, said)
    if (!isEnough(columns) || cells.some((cell) => writtenDay(cell) !== null)) continue
    if (!best || Object.keys(columns).length > Object.keys(best.columns).length)
      best = { columns, firstRow: i + 1, header: cells }
  }
  return best
}

function columnsOf(cells: readonly string[], said: readonly [ColumnRole, number | string][]): Columns {
  const folded = cells.map(foldHeader)
  const columns: Partial<Record<ColumnRole, number>> = {}
  const taken = new Set<number>()
  const take = (role: ColumnRole, column: number) => {
    columns[role] = column
    taken.add(column)
  }
  for (const [role, column] of said) {
    const at = typeof column === 'number' ? column : folded.indexOf(foldHeader(column))
    if (at >= 0 && at < cells.length) take(role, at)
  }
  for (const role of ORDER) {
    if (columns[role] !== undefined) continue
    const at = NAMES[role]
      .map((name) => folded.findIndex((cell, i) => cell === name && !taken.has(i)))
      .find((i) => i >= 0)
    if (at !== undefined) take(role, at)
  }
  for (const role of ['bookedAt', 'amount', 'debit', 'credit', 'balance', 'counterparty', 'text'] as const) {
    if (
      columns[role] !== undefined ||
      (role === 'amount' && (columns.debit !== undefined || columns.credit !== undefined))
    )
      continue
    const at = folded.findIndex(
      (cell, i) => !taken.has(i) && NAMES[role].some((name) => name.length > 3 && ` ${cell} `.includes(` ${name} `)),
    )
    if (at >= 0) take(role, at)
  }
  return columns
}

function isEnough({ bookedAt, valuedAt, amount, debit, credit }: Columns): boolean {
  return (bookedAt ?? valuedAt) !== undefined && (amount !== undefined || (debit !== undefined && credit !== undefined))
}

/** Without a header that is known, from the first row with a day: the first column of days; the amounts; and of the rest the one with the most letters. */
function contentLayout(rows: readonly CsvRow[]): Layout | null {
  const start = rows.findIndex(({ cells }) => cells.some((cell) => writtenDay(cell) !== null))
  if (start < 0) return null
  const sample = rows.slice(start, start + SAMPLE)
  const width = sample.reduce((most, { cells }) => Math.max(most, cells.length), 0)
  const fits = (column: number, test: (cell: string) => boolean) => {
    const cells = sample.map(({ cells }) => cells[column] ?? '').filter(Boolean)
    return (
      cells.length >= Math.max(1, sample.length / 2) &&
      cells.filter((cell) => !test(cell)).length <= MOST_UNREADABLE * cells.length
    )
  }
  const all = Array.from({ length: width }, (_, column) => column)
  const days = all.filter((column) => fits(column, (cell) => writtenDay(cell) !== null))
  const amounts = all.filter(
    (column) =>
      !days.includes(column) &&
      fits(column, (cell) => /\d[.,]\d{1,3}\)?-?$/.test(cell) && typeof writtenAmount(cell, 'XXX') === 'number'),
  )
  const letters = (column: number) =>
    sample.reduce((sum, { cells }) => sum + (cells[column]?.match(/\p{L}/gu)?.length ?? 0), 0)
  const text = all.filter((column) => letters(column) > sample.length).sort((a, b) => letters(b) - letters(a))[0]
  const [bookedAt, valuedAt] = days
  const [amount, balance] = amounts
  if (bookedAt === undefined || amount === undefined || amounts.length > 2) return null
  const columns = {
    bookedAt,
    amount,
    ...(valuedAt !== undefined && { valuedAt }),
    ...(balance !== undefined && { balance }),
    ...(text !== undefined && { text }),
  }
  return { columns, firstRow: firstWithDay(rows, bookedAt), header: null }
}

function firstWithDay(rows: readonly CsvRow[], column: number): number {
  return Math.max(
    0,
    rows.findIndex(({ cells }) => writtenDay(cells[column] ?? '') !== null),
  )
}

function words(list: string): string[] {
  return list.split('|')
}
