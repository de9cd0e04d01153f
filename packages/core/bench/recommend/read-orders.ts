import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** One sale that counts, of one product on one invoice. */
export interface Line {
  readonly invoice: string
  readonly item: string
  readonly name: string
  /** `YYYY-MM-DDTHH:MM:SS`, taken as UTC. */
  readonly time: string
  readonly customer: string
}

export interface OrderFile {
  readonly lines: readonly Line[]
  readonly rows: number
  /** Rows left out, by the first rule that they break. */
  readonly dropped: {
    readonly cancelled: number
    readonly quantity: number
    readonly price: number
    readonly code: number
  }
  /** SHA-256 of the unpacked file, hex. */
  readonly sha256: string
}

const COLUMNS = [
  'invoice',
  'stockcode',
  'description',
  'quantity',
  'invoice_date',
  'unit_price',
  'customer_id',
] as const
/** What is a product, rather than postage, a fee or a voucher. */
const PRODUCT_CODE = /^\d{5}[A-Z]{0,2}$/
const GZIP_MAGIC = 0x1f8b

/** Reads a file of order lines (CSV, plain or gzip) and keeps the eligible ones: sold, at a price, and a product. */
export function readOrderFile(path: string): OrderFile {
  const raw = readFileSync(path)
  const bytes = raw.readUInt16BE(0) === GZIP_MAGIC ? gunzipSync(raw) : raw
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const records = parseCsv(bytes.toString('utf8'))
  const header = records.next().value ?? []
  const at = COLUMNS.map((name) => header.indexOf(name))
  const missing = COLUMNS.filter((_, i) => at[i] === -1)
  if (missing.length > 0) throw new Error(`${path} lacks the columns ${missing.join(', ')}`)

  const dropped = { cancelled: 0, quantity: 0, price: 0, code: 0 }
  const lines: Line[] = []
  let rows = 0
  for (const record of records) {
    rows++
    const [invoice, code, name, quantity, time, price, customer] = at.map((column) => record[column] ?? '') as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    const item = code.trim().toUpperCase()
    if (/^[CA]/.test(invoice)) dropped.cancelled++
    else if (!(Number(quantity) > 0)) dropped.quantity++
    else if (!(Number(price) > 0)) dropped.price++
    else if (!PRODUCT_CODE.test(item)) dropped.code++
    else lines.push({ invoice, item, name, time, customer })
  }
  return { lines, rows, dropped, sha256 }
}

/** Records of RFC 4180 text, one array of cells each. */
function* parseCsv(text: string): Generator<string[]> {
  let at = 0
  while (at < text.length) {
    const end = text.indexOf('\n', at)
    const stop = end === -1 ? text.length : end
    const line = text.slice(at, text[stop - 1] === '\r' ? stop - 1 : stop)
    if (line.includes('"')) {
      const quoted = quotedRecord(text, at)
      yield quoted.cells
      at = quoted.next
    } else {
      if (line !== '') yield line.split(',')
      at = stop + 1
    }
  }
}

function quotedRecord(text: string, start: number): { cells: string[]; next: number } {
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  let at = start
  for (; at < text.length; at++) {
    const char = text[at]!
    if (isQuoted) {
      if (char !== '"') cell += char
      else if (text[at + 1] === '"') cell += text[++at]
      else isQuoted = false
    } else if (char === '"') isQuoted = true
    else if (char === ',') {
      cells.push(cell)
      cell = ''
    } else if (char === '\n') break
    else if (char !== '\r') cell += char
  }
  cells.push(cell)
  return { cells, next: at + 1 }
}
