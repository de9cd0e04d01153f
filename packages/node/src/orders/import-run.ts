import { MAX_ORDER_LINES } from '@tillwright/core/contract'
import type { BulkInsert } from '../db/dialect.ts'
import type { TenantDb } from '../db/open.ts'
import type { BadRow } from '../imports/read-rows.ts'
import { type Merge, mergePart, type OrderLine, type OrderPart, totalWithinLimits, WHOLE } from './merge.ts'
import type { OrderColumns, OrderHeadColumns } from './order-columns.ts'
import {
  ADD_LINES,
  findOrders,
  IDS_PER_QUERY,
  learnNameKeys,
  REPLACE_ORDERS,
  type StoredOrder,
  slices,
  sum,
  writeMerges,
} from './store.ts'
import { IMPORT_PROGRESS_COLUMNS, ORDER_COLUMNS, ORDER_LINE_COLUMNS } from './tables.ts'

/** Progress of an import that never ended is swept after this time. */
const ABANDONED_AFTER_MS = 7 * 86_400_000

export interface LineCounts {
  readonly added: number
  readonly replaced: number
  readonly unchanged: number
}

/** What writing a batch did, and the lines that were one too many for their order. */
export interface WrittenBatch extends LineCounts {
  readonly refused: readonly BadRow[]
}

/** Part of an order, and where its lines stand among the batch's. */
interface Part {
  readonly head: OrderHeadColumns
  readonly from: number
}

/**
 * The writing half of an import, batch by batch. In a later batch an order continues where it ended in an earlier one of
 * the same run; `finish` drops what stands beyond the last part. When a call fails, the run is over.
 */
export class ImportRun {
  readonly #id: string
  /** Orders that have as many lines as an order can have: what else comes for them is not looked at. */
  readonly #full = new Set<string>()
  /** Texts that batches share, by their numbers, and the keys of those that are names of lines. */
  #texts: string[] = []
  #nameKeys: (number | undefined)[] = []

  /** A run that is tried again needs a fresh `id`. */
  constructor(id: string) {
    this.#id = id
  }

  /** Takes over the texts of a batch; once for each, in order, before it is written. */
  learn({ isFresh, strings }: OrderColumns): void {
    if (isFresh) {
      this.#texts = []
      this.#nameKeys = []
    }
    for (const text of strings) this.#texts.push(text)
  }

  async write(tx: TenantDb, columns: OrderColumns, now: number): Promise<WrittenBatch> {
    const known = await findOrders(
      tx,
      columns.orders.map(({ id }) => id).filter((id) => !this.#full.has(id)),
    )
    const offsets = known.size > 0 ? await this.#offsets(tx, [...known.keys()]) : new Map<string, number>()
    const fresh: Part[] = []
    const merges: Merge[] = []
    const progress: unknown[] = []
    const excess = new Map<number, number>()
    let from = 0
    for (const [place, whole] of columns.orders.entries()) {
      const before = known.get(whole.id)
      const offset = this.#full.has(whole.id) ? MAX_ORDER_LINES : (offsets.get(whole.id) ?? 0)
      const lineCount = Math.min(whole.lineCount, MAX_ORDER_LINES - offset)
      const head = { ...whole, lineCount }
      if (lineCount < whole.lineCount) excess.set(place, whole.lineCount - lineCount)
      if (lineCount > 0) {
        if (before) merges.push(mergePart(before, this.#partOf(columns, head, from), { offset, isLast: false }))
        else fresh.push({ head, from })
        progress.push(this.#id, head.id, offset + lineCount, now)
        if (offset + lineCount === MAX_ORDER_LINES) this.#full.add(head.id)
      }
      from += whole.lineCount
    }
    await this.#insert(tx, columns, fresh, now)
    await writeMerges(tx, merges, known, now)
    await tx.insertMany(REPLACE_PROGRESS, progress)
    return {
      added:
        sum(fresh, ({ head }) => head.lineCount) +
        sum(merges, ({ lines, addedFrom }) => Math.max(0, lines.length - addedFrom)),
      replaced: sum(merges, ({ replaced }) => replaced.length),
      unchanged: sum(merges, ({ unchangedCount }) => unchangedCount),
      refused: refusedLines(columns, excess),
    }
  }

  /** Drops lines that stand beyond what the run brought, and forgets the run. Returns how many lines went. */
  async finish(tx: TenantDb, now: number): Promise<number> {
    const shrunk = await tx.query
      .selectFrom('order_import_progress as progress')
      .innerJoin('orders', 'orders.id', 'progress.order_id')
      .where('progress.run', '=', this.#id)
      .whereRef('orders.line_count', '>', 'progress.line_count')
      .select(['orders.id', 'progress.line_count'])
      .execute()
    const known: ReadonlyMap<string, StoredOrder> = await findOrders(
      tx,
      shrunk.map(({ id }) => id),
    )
    const merges = shrunk.map(({ id, line_count }) => {
      const order = known.get(id)!
      return mergePart(order, { ...order, lines: order.lines.slice(0, line_count) }, WHOLE)
    })
    await writeMerges(tx, merges, known, now)
    await tx.query
      .deleteFrom('order_import_progress')
      .where((is) => is.or([is('run', '=', this.#id), is('started_at', '<', now - ABANDONED_AFTER_MS)]))
      .execute()
    return sum(merges, ({ droppedCount }) => droppedCount)
  }

  /** How many lines earlier batches brought to each order. */
  async #offsets(tx: TenantDb, ids: readonly string[]): Promise<Map<string, number>> {
    const counts = new Map<string, number>()
    for (const some of slices(ids, IDS_PER_QUERY)) {
      const rows = await tx.query
        .selectFrom('order_import_progress')
        .where('run', '=', this.#id)
        .where('order_id', 'in', some)
        .select(['order_id', 'line_count'])
        .execute()
      for (const { order_id, line_count } of rows) counts.set(order_id, line_count)
    }
    return counts
  }

  #partOf(
    columns: OrderColumns,
    { id, placedAt, customerId, currency, lineCount }: OrderHeadColumns,
    from: number,
  ): OrderPart {
    const { product, name, quantity, unitPriceMinor } = columns
    const lines = Array.from(
      { length: lineCount },
      (_, i): OrderLine => ({
        productId: this.#texts[product[from + i]!]!,
        name: this.#texts[name[from + i]!]! || null,
        quantity: quantity[from + i]!,
        unitPriceMinor: unitPriceMinor[from + i]!,
      }),
    )
    return { id, placedAt, customerId, currency, lines }
  }

  /** Writes orders that the shop does not have, from the columns as they are: most of an import, and most of its time. */
  async #insert(tx: TenantDb, columns: OrderColumns, parts: readonly Part[], now: number): Promise<void> {
    if (parts.length === 0) return
    const { product, name, quantity, unitPriceMinor } = columns
    await this.#learnNames(tx, columns, parts)
    const keys = await tx.reserve('order_keys', parts.length)
    const orders: unknown[] = new Array(parts.length * ORDER_WIDTH)
    const lines: unknown[] = new Array(sum(parts, ({ head }) => head.lineCount) * LINE_WIDTH)
    let orderAt = 0
    let lineAt = 0
    for (const [i, { head, from }] of parts.entries()) {
      const key = keys[i]!
      let totalMinor = 0
      let soldLineCount = 0
      for (let place = 0; place < head.lineCount; place++) {
        const at = from + place
        const pieces = quantity[at]!
        totalMinor += pieces * unitPriceMinor[at]!
        if (pieces > 0) soldLineCount++
        lines[lineAt++] = key
        lines[lineAt++] = place + 1
        lines[lineAt++] = this.#texts[product[at]!]
        lines[lineAt++] = this.#nameKeys[name[at]!] ?? null
        lines[lineAt++] = pieces
        lines[lineAt++] = unitPriceMinor[at]!
      }
      orders[orderAt++] = key
      orders[orderAt++] = head.id
      orders[orderAt++] = head.placedAt
      orders[orderAt++] = head.customerId
      orders[orderAt++] = head.currency
      orders[orderAt++] = head.lineCount
      orders[orderAt++] = soldLineCount
      orders[orderAt++] = totalWithinLimits(totalMinor)
      orders[orderAt++] = now
    }
    await tx.insertMany(REPLACE_ORDERS, orders)
    await tx.insertMany(ADD_LINES, lines)
  }

  /** Finds or makes the keys of the names that lines of `parts` carry. */
  async #learnNames(tx: TenantDb, { name }: OrderColumns, parts: readonly Part[]): Promise<void> {
    const missing = new Map<string, number>()
    for (const { head, from } of parts) {
      for (let at = from; at < from + head.lineCount; at++) {
        const number = name[at]!
        const text = this.#texts[number]!
        if (text !== '' && this.#nameKeys[number] === undefined) missing.set(text, number)
      }
    }
    const keys = new Map<string, number>()
    await learnNameKeys(tx, new Set(missing.keys()), keys)
    for (const [text, number] of missing) this.#nameKeys[number] = keys.get(text)
  }
}

/** The last lines of the orders that have too many, as many as `excess` says for each place. */
function refusedLines({ orders, suspects }: OrderColumns, excess: ReadonlyMap<number, number>): BadRow[] {
  return [...excess].flatMap(([place, count]) =>
    suspects
      .filter(({ order }) => order === place)
      .slice(-count)
      .map(({ line, raw }) => ({
        line,
        raw,
        reason: `order ${orders[place]!.id} has more than ${MAX_ORDER_LINES} lines`,
      })),
  )
}

const ORDER_WIDTH = Object.keys(ORDER_COLUMNS).length
const LINE_WIDTH = Object.keys(ORDER_LINE_COLUMNS).length

const REPLACE_PROGRESS: BulkInsert = {
  table: 'order_import_progress',
  columns: IMPORT_PROGRESS_COLUMNS,
  onConflict: { key: ['tenant_id', 'run', 'order_id'], update: ['line_count'] },
}
