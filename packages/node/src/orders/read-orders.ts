import { createReadStream } from 'node:fs'
import { parseMapping } from '../imports/columns.ts'
import type { DateOrder } from '../imports/parse-instant.ts'
import { type BadRow, type Row, readRows } from '../imports/read-rows.ts'
import { ORDER_IMPORT_FIELDS } from './import-fields.ts'
import { type OrderColumns, OrderColumnWriter } from './order-columns.ts'
import { orderLineParser, type ParsedLine } from './order-line-parser.ts'
import type { SightedProduct } from './sightings.ts'

/** Rows in one batch, and so in one transaction: some 15 ms of work, so that a server goes on answering between them. */
const BATCH_ROWS = 4_000

export interface ReadOrdersInput {
  readonly file: string
  readonly format: 'csv' | 'jsonl'
  /** `field=header` pairs; see `parseMapping`. */
  readonly map?: string
  /** Currency of rows that name none. */
  readonly currency: string
  readonly timeZone: string
  readonly dateOrder: DateOrder
}

export interface OrderBatch {
  readonly type: 'batch'
  readonly columns: OrderColumns
  readonly bad: readonly BadRow[]
  readonly rowCount: number
  readonly bytesRead: number
}

/** The last item: what the lines tell of products. */
export interface OrdersEnd {
  readonly type: 'end'
  readonly products: readonly SightedProduct[]
}

/** Reads and checks a file of order lines. Throws `ImportError` where the file as a whole is unusable. */
export async function* readOrders(input: ReadOrdersInput): AsyncGenerator<OrderBatch | OrdersEnd> {
  const fields = ORDER_IMPORT_FIELDS
  const mapping = input.map ? parseMapping(input.map, fields) : new Map()
  const parse = orderLineParser(input)
  const columns = new OrderColumnWriter()
  const bytes = createReadStream(input.file, { highWaterMark: 1 << 18 })
  const batches = readRows(bytes, { format: input.format, fields, mapping, batchRows: BATCH_ROWS })
  for await (const { rows, bad, bytesRead } of batches) {
    const { lines, refused } = check(rows, parse)
    yield {
      type: 'batch',
      columns: columns.write(lines),
      bad: [...bad, ...refused].sort((a, b) => a.line - b.line),
      rowCount: rows.length + bad.length,
      bytesRead,
    }
  }
  yield { type: 'end', products: columns.products() }
}

function check(rows: readonly Row[], parse: (row: Row) => ParsedLine | string) {
  const lines: ParsedLine[] = []
  const refused: BadRow[] = []
  for (const row of rows) {
    const line = parse(row)
    if (typeof line === 'string') refused.push({ line: row.line, reason: line, raw: row.raw })
    else lines.push(line)
  }
  return { lines, refused }
}
