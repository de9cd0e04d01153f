import type { Basket } from '@tillwright/core/brain'
import type { TenantDb } from '../db/open.ts'

/** Orders read at a time. */
const ORDERS_PER_QUERY = 2_000

/** All sales as training sees them, oldest first: what was sold at a price, not what came back or was given away. */
export async function readBaskets(db: TenantDb): Promise<Basket[]> {
  const baskets: Basket[] = []
  const strings = new Map<string, string>()
  let place: { at: number; key: number } | undefined
  for (;;) {
    const orders = await ordersAfter(db, place)
    if (orders.length === 0) return baskets
    const items = await soldItems(
      db,
      orders.map(({ key }) => key),
    )
    for (const { key, at, user } of orders) {
      const sold = items.get(key)
      if (sold) baskets.push({ items: sold.map((id) => intern(strings, id)), at, ...(user === null ? {} : { user }) })
    }
    const last = orders.at(-1)!
    place = { at: last.at, key: last.key }
  }
}

async function ordersAfter(db: TenantDb, place: { at: number; key: number } | undefined) {
  let query = db.query
    .selectFrom('orders')
    .where('sold_line_count', '>', 0)
    .orderBy('placed_at')
    .orderBy('key')
    .limit(ORDERS_PER_QUERY)
  if (place) {
    query = query.where((is) =>
      is.or([is('placed_at', '>', place.at), is.and([is('placed_at', '=', place.at), is('key', '>', place.key)])]),
    )
  }
  return query.select(['key', 'placed_at as at', 'customer_id as user']).execute()
}

async function soldItems(db: TenantDb, keys: readonly number[]): Promise<Map<number, string[]>> {
  const lines = await db.query
    .selectFrom('order_lines')
    .where('order_key', 'in', keys)
    .where('quantity', '>', 0)
    .where('unit_price_minor', '>', 0)
    .orderBy('order_key')
    .orderBy('line_no')
    .select(['order_key', 'product_id'])
    .execute()
  const items = new Map<number, string[]>()
  for (const { order_key, product_id } of lines) {
    const sold = items.get(order_key)
    if (sold) sold.push(product_id)
    else items.set(order_key, [product_id])
  }
  return items
}

/** One string object for each id, however many lines name it. */
function intern(strings: Map<string, string>, text: string): string {
  const known = strings.get(text)
  if (known !== undefined) return known
  strings.set(text, text)
  return text
}
