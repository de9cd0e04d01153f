import { createHash } from 'node:crypto'
import type { TenantDb } from '../db/open.ts'

/** What a shop has, apart from the database's own numbers and times of writing. */
export interface ShopState {
  readonly orders: number
  readonly lines: number
  readonly totalMinor: number
  readonly products: number
  readonly customers: number
  /** SHA-256 over every order, line, product and customer. */
  readonly digest: string
}

export async function shopState({ query }: TenantDb): Promise<ShopState> {
  const orders = await query
    .selectFrom('orders')
    .select(['key', 'id', 'placed_at', 'customer_id', 'currency', 'line_count', 'sold_line_count', 'total_minor'])
    .execute()
  const idOf = new Map(orders.map(({ key, id }) => [key, id]))
  const lines = await query
    .selectFrom('order_lines')
    .leftJoin('order_line_names', 'order_line_names.key', 'order_lines.name_key')
    .select(['order_key', 'line_no', 'product_id', 'name', 'quantity', 'unit_price_minor'])
    .execute()
  const products = await query
    .selectFrom('products')
    .select(['id', 'name', 'price_minor', 'currency', 'visible', 'in_stock', 'search'])
    .execute()
  const customers = await query.selectFrom('customers').select(['id', 'email', 'name', 'country']).execute()
  const rows = [
    ...orders.map(({ key: _, ...order }) => ['order', ...Object.values(order)]),
    ...lines.map(({ order_key, ...line }) => ['line', idOf.get(order_key), ...Object.values(line)]),
    ...products.map((product) => ['product', ...Object.values(product)]),
    ...customers.map((customer) => ['customer', ...Object.values(customer)]),
  ]
  const texts = rows.map((row) => JSON.stringify(row)).sort()
  return {
    orders: orders.length,
    lines: lines.length,
    totalMinor: orders.reduce((sum, { total_minor }) => sum + total_minor, 0),
    products: products.length,
    customers: customers.length,
    digest: createHash('sha256').update(texts.join('\n')).digest('hex'),
  }
}
