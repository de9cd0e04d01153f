import { createReadStream } from 'node:fs'
import { parseMapping } from '../imports/columns.ts'
import type { DateOrder } from '../imports/parse-instant.ts'
import { type BadRow, readRows } from '../imports/read-rows.ts'
import { ORDER_IMPORT_FIELDS } from './import-fields.ts'
import { type OrderColumns, OrderColumnWriter } from './order-columns.ts'
import { orderLineParser } from './order-line-parser.ts'
import type { SightedProduct } from './sightings.ts'

/** Rows in one batch, and so in one transaction: some 15 ms of work, so that a server goes on answering between them. */
const BATCH_ROWS = 4_000
const PIECE_BYTES = 1 << 18

export interface ReadOrdersInput {
  readonly file: string
  readonly format: 'csv' | 'jsonl'
  /** `field=header` pairs; see `parseMapping`. */
  readonly map?: string
  /** Currency of rows that name none. */
  readonly currency: string
  readonly timeZone: string
  readonly dateOrder: DateOrder
  /** Lines of one order beyond these are marked as suspects. Default: any number is fine. */
  readonly maxOrderLines?: number
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
  const columns = new OrderColumnWriter(input.maxOrderLines ?? Number.POSITIVE_INFINITY)
  let bad: BadRow[] = []
  const options = { format: input.format, fields, mapping, parse: orderLineParser(input) }
  const taker = { record: columns.add, bad: (row: BadRow) => bad.push(row) }
  const takeBatch = (bytesRead: number): OrderBatch => {
    const rowCount = columns.lineCount + bad.length
    const batch: OrderBatch = { type: 'batch', columns: columns.take(), bad, rowCount, bytesRead }
    bad = []
    return batch
  }
  let bytesRead = 0
  for await (bytesRead of readRows(createReadStream(input.file, { highWaterMark: PIECE_BYTES }), options, taker)) {
    if (columns.lineCount + bad.length >= BATCH_ROWS) yield takeBatch(bytesRead)
  }
  yield takeBatch(bytesRead)
  yield { type: 'end', products: columns.products() }
}
