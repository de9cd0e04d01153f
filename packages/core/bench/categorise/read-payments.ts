import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** A payment as it was published. */
export interface Payment {
  /** ms since 1970. */
  readonly at: number
  readonly text: string
  /** Minor units. */
  readonly amount: number
  readonly account: string
  readonly category: string
  /** Whatever else is known before the category is: `cost_centre:RV12N`. */
  readonly facts: readonly string[]
}

export interface Published {
  readonly payments: readonly Payment[]
  readonly files: number
  /** Files whose rows another one has as well. */
  readonly twice: readonly string[]
  /** Rows without day, merchant, amount or category. */
  readonly incomplete: number
}

const NEEDED = ['date', 'gross', 'merchant', 'category'] as const
const FACTS = ['vat_code', 'cost_centre_code', 'directorate']

/**
 * Reads each CSV (`.gz` too) below a folder that has the columns date, gross, merchant and category; card_last4, vat_code, cost_centre_code,
 * directorate and source_file are taken where they are. A source whose rows are the same as another's is one that was published twice, and
 * counts once.
 */
export function readPayments(folder: string): Published {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.csv(\.gz)?$/.test(name))
  const rows = paths.flatMap((path) => {
    const bytes = readFileSync(join(folder, path))
    return readTable((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'), path)
  })
  if (rows.length === 0) throw new Error(`No CSV with ${NEEDED.join(', ')} below ${folder}`)
  const sources = Map.groupBy(rows, ({ source_file = '' }) => source_file)
  const seen = new Set<string>()
  const twice: string[] = []
  const kept = [...sources].flatMap(([name, own]) => {
    const digest = digestOf(own)
    if (seen.has(digest)) {
      twice.push(name)
      return []
    }
    seen.add(digest)
    return own
  })
  const payments = kept.flatMap((row) => toPayment(row) ?? [])
  return { payments, files: sources.size, twice, incomplete: kept.length - payments.length }
}

type Row = Readonly<Record<string, string>>

function digestOf(rows: readonly Row[]): string {
  const lines = rows.map(({ source_file: _, ...row }) => JSON.stringify(row)).sort()
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}

function toPayment(row: Row): Payment | undefined {
  const at = Date.parse(row.date ?? '')
  const amount = Math.round(Number(row.gross) * 100)
  if (Number.isNaN(at) || !Number.isFinite(amount) || !row.merchant || !row.category) return undefined
  const facts = FACTS.flatMap((name) => (row[name] ? [`${name}:${row[name]}`] : []))
  return { at, text: row.merchant, amount, account: row.card_last4 ?? '', category: row.category, facts }
}

function readTable(source: string, path: string): Row[] {
  const cells = parseCsv(source, path)
  const header = cells.next().value ?? []
  if (!NEEDED.every((name) => header.includes(name))) return []
  return Array.from(cells, (row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])))
}

function* parseCsv(source: string, path: string): Generator<string[], undefined> {
  let row: string[] = []
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y
  while (field.lastIndex < source.length) {
    const at = field.lastIndex
    const match = field.exec(source)
    if (!match) throw new Error(`${path} is not CSV at character ${at}: ${JSON.stringify(source.slice(at, at + 40))}`)
    row.push(match[1]?.replaceAll('""', '"') ?? match[2]!)
    if (match[3] === ',') continue
    yield row
    row = []
  }
}
