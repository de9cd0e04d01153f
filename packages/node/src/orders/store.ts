import type { BulkInsert } from '../db/dialect.ts'
import type { TenantDb } from '../db/open.ts'
import { type Merge, mergePart, type OrderHead, type OrderLine, type OrderPart, orderTotals, WHOLE } from './merge.ts'
import { ORDER_COLUMNS, ORDER_LINE_COLUMNS, ORDER_LINE_NAME_COLUMNS } from './tables.ts'

/** Ids in one `in (…)`: well below SQLite's limit of parameters. */
export const IDS_PER_QUERY = 500

export interface StoredOrder extends OrderPart {
  /** Number of the order inside the database. */
  readonly key: number
}

export interface WriteCounts {
  readonly lines: { readonly added: number; readonly replaced: number; readonly unchanged: number }
  readonly orders: { readonly created: number; readonly updated: number; readonly unchanged: number }
}

/** Creates or replaces whole orders, each at most once a call. Writing the same again changes nothing. */
export async function writeOrders(
  tx: TenantDb,
  orders: readonly OrderPart[],
  now: number,
): Promise<WriteCounts & { readonly newIds: ReadonlySet<string> }> {
  const known = await findOrders(
    tx,
    orders.map(({ id }) => id),
  )
  const merges = orders.map((order) => mergePart(known.get(order.id), order, WHOLE))
  await writeMerges(tx, merges, known, now)
  const newIds = new Set(orders.map(({ id }) => id).filter((id) => !known.has(id)))
  return { ...countsOf(merges, known), newIds }
}

export interface OrderRow extends OrderHead {
  readonly totalMinor: number
  readonly lineCount: number
  readonly soldLineCount: number
}

export interface OrderFilter {
  readonly customerId?: string | undefined
  /** From this instant on, ms since 1970. */
  readonly from?: number | undefined
  /** Before this instant. */
  readonly to?: number | undefined
  /** Older than the order with this time and id. */
  readonly before?: { readonly placedAt: number; readonly id: string } | undefined
  readonly limit: number
}

/** Newest first. */
export async function listOrders(db: TenantDb, filter: OrderFilter): Promise<OrderRow[]> {
  const { customerId, from, to, before, limit } = filter
  let query = db.query.selectFrom('orders').orderBy('placed_at', 'desc').orderBy('id', 'desc').limit(limit)
  if (customerId !== undefined) query = query.where('customer_id', '=', customerId)
  if (from !== undefined) query = query.where('placed_at', '>=', from)
  if (to !== undefined) query = query.where('placed_at', '<', to)
  if (before) {
    query = query.where((is) =>
      is.or([
        is('placed_at', '<', before.placedAt),
        is.and([is('placed_at', '=', before.placedAt), is('id', '<', before.id)]),
      ]),
    )
  }
  return query
    .select([
      'id',
      'placed_at as placedAt',
      'customer_id as customerId',
      'currency',
      'total_minor as totalMinor',
      'line_count as lineCount',
      'sold_line_count as soldLineCount',
    ])
    .execute()
}

/** Totals of orders that were written at an instant or later, by their keys, after one. */
export async function ordersWrittenSince(
  db: TenantDb,
  since: number,
  afterKey: number,
  limit: number,
): Promise<(Pick<OrderHead, 'id' | 'placedAt' | 'currency'> & { key: number; totalMinor: number })[]> {
  return db.query
    .selectFrom('orders')
    .where('key', '>', afterKey)
    .where('updated_at', '>=', since)
    .orderBy('key')
    .limit(limit)
    .select(['key', 'id', 'placed_at as placedAt', 'currency', 'total_minor as totalMinor'])
    .execute()
}

export async function countOrders(db: TenantDb): Promise<{ orders: number; orderLines: number }> {
  const { orders, orderLines } = await db.query
    .selectFrom('orders')
    .select(({ fn }) => [fn.countAll<number>().as('orders'), fn.sum<number | null>('line_count').as('orderLines')])
    .executeTakeFirstOrThrow()
  return { orders, orderLines: Number(orderLines ?? 0) }
}

/** Takes a customer off their orders, which stay as anonymous sales. */
export async function forgetCustomer(tx: TenantDb, customerId: string): Promise<void> {
  await tx.query.updateTable('orders').set({ customer_id: null }).where('customer_id', '=', customerId).execute()
}

/** Orders with their lines, by id. */
export async function findOrders(db: TenantDb, ids: readonly string[]): Promise<Map<string, StoredOrder>> {
  const orders = new Map<string, StoredOrder & { lines: OrderLine[] }>()
  for (const some of slices(ids, IDS_PER_QUERY)) {
    const heads = await db.query
      .selectFrom('orders')
      .where('id', 'in', some)
      .select(['key', 'id', 'placed_at as placedAt', 'customer_id as customerId', 'currency'])
      .execute()
    if (heads.length === 0) continue
    const byKey = new Map<number, OrderLine[]>()
    for (const head of heads) {
      const lines: OrderLine[] = []
      byKey.set(head.key, lines)
      orders.set(head.id, { ...head, lines })
    }
    const lines = await db.query
      .selectFrom('order_lines')
      .leftJoin('order_line_names', 'order_line_names.key', 'order_lines.name_key')
      .where(
        'order_key',
        'in',
        heads.map(({ key }) => key),
      )
      .orderBy('order_key')
      .orderBy('line_no')
      .select(['order_key', 'product_id as productId', 'name', 'quantity', 'unit_price_minor as unitPriceMinor'])
      .execute()
    for (const { order_key, ...line } of lines) byKey.get(order_key)!.push(line)
  }
  return orders
}

/** Writes what merges say is to change. */
export async function writeMerges(
  tx: TenantDb,
  merges: readonly Merge[],
  known: ReadonlyMap<string, StoredOrder>,
  now: number,
  nameKeyOf = new Map<string, number>(),
): Promise<void> {
  const keyOf = await orderKeys(tx, merges, known)
  await learnNameKeys(tx, namesIn(merges), nameKeyOf)
  const added: unknown[] = []
  const replaced: unknown[] = []
  const pushLine = (values: unknown[], { head, lines }: Merge, place: number) => {
    const { productId, name, quantity, unitPriceMinor } = lines[place]!
    const nameKey = name === null ? null : nameKeyOf.get(name)!
    values.push(keyOf.get(head.id)!, place + 1, productId, nameKey, quantity, unitPriceMinor)
  }
  for (const merge of merges) {
    for (const place of merge.replaced) pushLine(replaced, merge, place)
    for (let place = merge.addedFrom; place < merge.lines.length; place++) pushLine(added, merge, place)
  }
  const changed = merges.filter(({ isChanged }) => isChanged)
  await tx.insertMany(
    REPLACE_ORDERS,
    changed.flatMap((merge) => orderRow(keyOf.get(merge.head.id)!, merge, now)),
  )
  await tx.insertMany(ADD_LINES, added)
  await tx.insertMany(REPLACE_LINES, replaced)
  for (const { head, lines, droppedCount } of merges) {
    if (droppedCount === 0) continue
    await tx.query
      .deleteFrom('order_lines')
      .where('order_key', '=', keyOf.get(head.id)!)
      .where('line_no', '>', lines.length)
      .execute()
  }
}

/** Keys of orders by id: those they have, and fresh ones. */
async function orderKeys(
  tx: TenantDb,
  merges: readonly Merge[],
  known: ReadonlyMap<string, StoredOrder>,
): Promise<Map<string, number>> {
  const keys = new Map([...known].map(([id, { key }]) => [id, key]))
  const fresh = merges.map(({ head }) => head.id).filter((id) => !known.has(id))
  const reserved = fresh.length > 0 ? await tx.reserve('order_keys', fresh.length) : []
  for (const [i, id] of fresh.entries()) keys.set(id, reserved[i]!)
  return keys
}

function orderRow(key: number, { head, lines }: Merge, now: number): unknown[] {
  const { lineCount, soldLineCount, totalMinor } = orderTotals(lines)
  return [key, head.id, head.placedAt, head.customerId, head.currency, lineCount, soldLineCount, totalMinor, now]
}

function namesIn(merges: readonly Merge[]): Set<string> {
  const names = new Set<string>()
  for (const { lines, replaced, addedFrom } of merges) {
    for (const place of replaced) addName(names, lines[place]!)
    for (let place = addedFrom; place < lines.length; place++) addName(names, lines[place]!)
  }
  return names
}

function addName(names: Set<string>, { name }: OrderLine): void {
  if (name !== null) names.add(name)
}

/** Adds the keys of `names` to `keys`; names that are new to the shop are stored. */
export async function learnNameKeys(
  tx: TenantDb,
  names: ReadonlySet<string>,
  keys: Map<string, number>,
): Promise<void> {
  const missing = () => [...names].filter((name) => !keys.has(name))
  for (const some of slices(missing(), IDS_PER_QUERY)) {
    const rows = await tx.query
      .selectFrom('order_line_names')
      .where('name', 'in', some)
      .select(['name', 'key'])
      .execute()
    for (const { name, key } of rows) keys.set(name, key)
  }
  const fresh = missing()
  if (fresh.length === 0) return
  const reserved = await tx.reserve('order_line_name_keys', fresh.length)
  const added = await tx.insertMany(
    ADD_NAMES,
    fresh.flatMap((name, i) => [reserved[i], name]),
  )
  // Fewer than asked for: another transaction was first with some.
  if (added < fresh.length) return learnNameKeys(tx, names, keys)
  for (const [i, name] of fresh.entries()) keys.set(name, reserved[i]!)
}

function countsOf(merges: readonly Merge[], known: ReadonlyMap<string, unknown>): WriteCounts {
  const created = merges.filter(({ head }) => !known.has(head.id)).length
  const changed = merges.filter(({ isChanged }) => isChanged).length
  return {
    lines: {
      added: sum(merges, ({ lines, addedFrom }) => Math.max(0, lines.length - addedFrom)),
      replaced: sum(merges, ({ replaced }) => replaced.length),
      unchanged: sum(merges, ({ unchangedCount }) => unchangedCount),
    },
    orders: { created, updated: changed - created, unchanged: merges.length - changed },
  }
}

export const ADD_LINES: BulkInsert = { table: 'order_lines', columns: ORDER_LINE_COLUMNS }
const ADD_NAMES: BulkInsert = { table: 'order_line_names', columns: ORDER_LINE_NAME_COLUMNS, onConflict: 'ignore' }
const REPLACE_LINES: BulkInsert = {
  ...ADD_LINES,
  onConflict: {
    key: ['order_key', 'line_no'],
    update: ['product_id', 'name_key', 'quantity', 'unit_price_minor'],
  },
}
export const REPLACE_ORDERS: BulkInsert = {
  table: 'orders',
  columns: ORDER_COLUMNS,
  onConflict: {
    key: ['tenant_id', 'id'],
    update: ['placed_at', 'customer_id', 'currency', 'line_count', 'sold_line_count', 'total_minor', 'updated_at'],
  },
}
export function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0)
}

export function* slices<T>(items: readonly T[], size: number): Iterable<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}
