import type { Order, OrderInput, RouteInput, TillwrightContract, WriteSummary } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { problem } from '../http/problem-error.ts'
import type { Clock } from '../ports.ts'
import { type OrderPart, orderTotals } from './merge.ts'
import type { OrderPorts, SoldBasket } from './ports.ts'
import type { SightedProduct } from './sightings.ts'
import {
  countOrders,
  findOrders,
  forgetCustomer,
  listOrders,
  type OrderRow,
  ordersWrittenSince,
  writeOrders,
} from './store.ts'

type Listing = RouteInput<TillwrightContract['orders']['list']> & { limit: number }

export type OrdersService = ReturnType<typeof ordersService>

export function ordersService({ clock }: { clock: Clock }, ports: OrderPorts) {
  async function write(
    tx: TenantDb,
    inputs: readonly OrderInput[],
  ): Promise<{ summary: WriteSummary; fresh: readonly OrderPart[] }> {
    const orders = [...new Map(inputs.map((input) => [input.id, orderPart(input)])).values()]
    await ports.addCustomers(tx, customersOf(orders))
    await ports.addProducts(tx, productsOf(orders))
    const { orders: counts, newIds } = await writeOrders(tx, orders, clock())
    const { created, updated, unchanged } = counts
    if (created + updated > 0) await ports.ordersChanged(tx)
    const fresh = orders.filter(({ id }) => newIds.has(id))
    if (fresh.length > 0) {
      await ports.ordersCreated(
        tx,
        fresh.map((order) => presentSummary({ ...order, ...orderTotals(order.lines) })),
      )
    }
    return { summary: { created, updated, unchanged: unchanged + inputs.length - orders.length }, fresh }
  }

  return {
    async list(db: TenantDb, { cursor, limit, customerId, from, to }: Listing) {
      const place = cursor === undefined ? undefined : decodeCursor<[number, string]>(cursor, ['number', 'string'])
      const rows = await listOrders(db, {
        customerId,
        from: from === undefined ? undefined : Date.parse(from),
        to: to === undefined ? undefined : Date.parse(to),
        before: place && { placedAt: place[0], id: place[1] },
        limit: limit + 1,
      })
      return toPage(rows, limit, ({ placedAt, id }) => [placedAt, id], presentSummary)
    },
    async get(db: TenantDb, id: string): Promise<Order> {
      const order = (await findOrders(db, [id])).get(id)
      if (!order) throw problem('not_found', `There is no order ${id}`)
      return { ...presentSummary({ ...order, ...orderTotals(order.lines) }), lines: order.lines.map(presentLine) }
    },
    /** Creates or replaces orders; a later one of the same id wins. */
    async upsert(db: TenantDb, inputs: readonly OrderInput[]): Promise<WriteSummary> {
      const { summary, fresh } = await db.transaction((tx) => write(tx, inputs))
      ports.sold(db.tenantId, fresh.flatMap(soldBasket))
      return summary
    },
    count: countOrders,
    writtenSince: ordersWrittenSince,
    forgetCustomer,
  }
}

function orderPart({ id, placedAt, customerId, currency, lines }: OrderInput): OrderPart {
  return {
    id,
    placedAt: Date.parse(placedAt),
    customerId: customerId ?? null,
    currency,
    lines: lines.map(({ productId, name, quantity, unitPriceMinor }) => ({
      productId,
      name: name || null,
      quantity,
      unitPriceMinor,
    })),
  }
}

/** None of an order that sold nothing. */
function soldBasket({ lines, placedAt, customerId }: OrderPart): SoldBasket[] {
  const sold = lines.filter(({ quantity, unitPriceMinor }) => quantity > 0 && unitPriceMinor > 0)
  const items = sold.map(({ productId }) => productId)
  return items.length === 0 ? [] : [{ items, at: placedAt, ...(customerId === null ? {} : { user: customerId }) }]
}

function customersOf(orders: readonly OrderPart[]): { id: string; country: null }[] {
  const ids = new Set(orders.map(({ customerId }) => customerId).filter((id) => id !== null))
  return [...ids].map((id) => ({ id, country: null }))
}

function productsOf(orders: readonly OrderPart[]): SightedProduct[] {
  const products = new Map<string, SightedProduct>()
  for (const { lines, currency } of orders) {
    for (const { productId: id, name, unitPriceMinor } of lines) {
      products.set(id, { id, name: name ?? id, priceMinor: unitPriceMinor || null, currency })
    }
  }
  return [...products.values()]
}

function presentSummary(order: OrderRow) {
  return {
    id: order.id,
    placedAt: new Date(order.placedAt).toISOString(),
    ...(order.customerId === null ? {} : { customerId: order.customerId }),
    kind: order.soldLineCount > 0 ? ('sale' as const) : ('return' as const),
    total: { amount: order.totalMinor, currency: order.currency },
    lineCount: order.lineCount,
  }
}

function presentLine({ productId, name, quantity, unitPriceMinor }: OrderPart['lines'][number]) {
  return { productId, ...(name === null ? {} : { name }), quantity, unitPriceMinor }
}
