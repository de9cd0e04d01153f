import type { Event, EventType } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'

const EVENTS_PER_READ = 2_000
const ORDERS_PER_READ = 500

export interface Span {
  /** ms since 1970: from this instant on, and before that one. */
  readonly from: number
  readonly to: number
}

/** Events of a type that happened in a span, in the order of time. */
export async function* eventsOf(
  db: TenantDb,
  type: EventType,
  { from, to }: Span,
): AsyncGenerator<Event & { ms: number }> {
  let place: { at: number; seq: number } | undefined
  for (;;) {
    let query = db.query
      .selectFrom('events')
      .where('type', '=', type)
      .where('at', '>=', from)
      .where('at', '<', to)
      .orderBy('at')
      .orderBy('seq')
      .limit(EVENTS_PER_READ)
    if (place) {
      const { at, seq } = place
      query = query.where((is) => is.or([is('at', '>', at), is.and([is('at', '=', at), is('seq', '>', seq)])]))
    }
    const rows = await query.select(['at', 'seq', 'data']).execute()
    for (const { at, data } of rows) yield { ...(JSON.parse(data) as Event), ms: at }
    const last = rows.at(-1)
    if (rows.length < EVENTS_PER_READ || !last) return
    place = { at: last.at, seq: last.seq }
  }
}

/** Everybody of whom there is an event in a span, once each: the random id of the browser, or of the visit. */
export async function* visitorsIn(db: TenantDb, { from, to }: Span): AsyncGenerator<string> {
  let last = ''
  for (;;) {
    const rows = await db.query
      .selectFrom('events')
      .where('at', '>=', from)
      .where('at', '<', to)
      .where(({ eb, fn }) => eb(fn.coalesce('visitor_id', 'session_id'), '>', last))
      .orderBy(({ fn }) => fn.coalesce('visitor_id', 'session_id'))
      .limit(EVENTS_PER_READ)
      .distinct()
      .select(({ fn }) => fn.coalesce('visitor_id', 'session_id').as('who'))
      .execute()
    for (const { who } of rows) if (who !== null) yield who
    if (rows.length < EVENTS_PER_READ) return
    last = rows.at(-1)!.who!
  }
}

export interface SoldOrder {
  readonly id: string
  readonly at: number
  readonly customerId: string | null
  readonly totalMinor: number
  /** What each product came to, in minor units. */
  readonly amounts: ReadonlyMap<string, number>
}

/** Orders by id, as far as they are known. */
export function ordersById(db: TenantDb, ids: readonly string[]): Promise<SoldOrder[]> {
  return inChunks(ids, async (chunk) =>
    withLines(db, await db.query.selectFrom('orders').where('id', 'in', chunk).select(ORDER).execute()),
  )
}

/** Orders that customers placed in a span. */
export function ordersOfCustomers(
  db: TenantDb,
  customerIds: readonly string[],
  { from, to }: Span,
): Promise<SoldOrder[]> {
  return inChunks(customerIds, async (chunk) =>
    withLines(
      db,
      await db.query
        .selectFrom('orders')
        .where('customer_id', 'in', chunk)
        .where('placed_at', '>=', from)
        .where('placed_at', '<', to)
        .select(ORDER)
        .execute(),
    ),
  )
}

const ORDER = ['key', 'id', 'placed_at as at', 'customer_id as customerId', 'total_minor as totalMinor'] as const

type OrderRow = Omit<SoldOrder, 'amounts'> & { readonly key: number }

async function withLines(db: TenantDb, orders: readonly OrderRow[]): Promise<SoldOrder[]> {
  if (orders.length === 0) return []
  const amounts = new Map(orders.map(({ key }) => [key, new Map<string, number>()]))
  const lines = await db.query
    .selectFrom('order_lines')
    .where('order_key', 'in', [...amounts.keys()])
    .select(['order_key', 'product_id', 'quantity', 'unit_price_minor'])
    .execute()
  for (const { order_key, product_id, quantity, unit_price_minor } of lines) {
    const of = amounts.get(order_key)!
    of.set(product_id, (of.get(product_id) ?? 0) + quantity * unit_price_minor)
  }
  return orders.map(({ key, ...order }) => ({ ...order, amounts: amounts.get(key)! }))
}

async function inChunks<T>(ids: readonly string[], read: (chunk: string[]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = []
  for (let at = 0; at < ids.length; at += ORDERS_PER_READ)
    found.push(...(await read(ids.slice(at, at + ORDERS_PER_READ))))
  return found
}
