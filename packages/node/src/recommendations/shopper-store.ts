import type { TenantDb } from '../db/open.ts'

/** Orders and events of a shopper that answers take into account: the latest. */
const LATEST_ORDERS = 200
const LATEST_EVENTS = 200

export interface Touch {
  readonly id: string
  /** ms since 1970. */
  readonly at: number
}

/** What a customer bought, oldest first. */
export async function boughtByCustomer(db: TenantDb, customerId: string): Promise<Touch[]> {
  const orders = await db.query
    .selectFrom('orders')
    .where('customer_id', '=', customerId)
    .where('sold_line_count', '>', 0)
    .orderBy('placed_at', 'desc')
    .orderBy('key', 'desc')
    .limit(LATEST_ORDERS)
    .select(['key', 'placed_at as at'])
    .execute()
  if (orders.length === 0) return []
  const placedAt = new Map(orders.map(({ key, at }) => [key, at]))
  const lines = await db.query
    .selectFrom('order_lines')
    .where('order_key', 'in', [...placedAt.keys()])
    .where('quantity', '>', 0)
    .where('unit_price_minor', '>', 0)
    .orderBy('order_key')
    .orderBy('line_no')
    .select(['order_key', 'product_id as id'])
    .execute()
  return lines.map(({ order_key, id }) => ({ id, at: placedAt.get(order_key)! })).sort((a, b) => a.at - b.at)
}

export interface Visit {
  readonly viewed: readonly Touch[]
  readonly bought: readonly Touch[]
}

/** What a browser looked at and bought, oldest first, by the random id of the browser or of its visit. */
export async function visitOf(
  db: TenantDb,
  who: { readonly visitorId?: string | undefined; readonly sessionId?: string | undefined },
): Promise<Visit> {
  const { visitorId, sessionId } = who
  const events = db.query
    .selectFrom('events')
    .where('type', 'in', ['product_viewed', 'added_to_cart', 'purchased'])
    .orderBy('seq', 'desc')
    .limit(LATEST_EVENTS)
    .select(['type', 'at', 'product_id as productId', 'data'])
  const rows = await (visitorId === undefined
    ? events.where('session_id', '=', sessionId!)
    : events.where('visitor_id', '=', visitorId)
  ).execute()
  const [viewed, bought]: [Touch[], Touch[]] = [[], []]
  for (const { type, at, productId, data } of rows.reverse()) {
    if (type !== 'purchased') {
      if (productId !== null) viewed.push({ id: productId, at })
      continue
    }
    const { productIds = [] } = JSON.parse(data) as { productIds?: string[] }
    for (const id of productIds.length > 0 ? productIds : productId === null ? [] : [productId]) bought.push({ id, at })
  }
  return { viewed, bought }
}
