import * as z from 'zod/mini'
import { file, route, secretKeyOr } from './define.ts'
import { Job } from './jobs.ts'
import { IMPORT_TYPES, importQuery, MAX_IMPORT_BYTES } from './products.ts'
import { currency, foreignId, instant, Money, minorUnits, page, pageQuery, text, WriteSummary } from './schema.ts'

/** Largest number of lines in one order. */
export const MAX_ORDER_LINES = 10_000

const MAX_QUANTITY = 1_000_000_000

export const OrderLineInput = z.object({
  productId: foreignId(),
  /** Name at the time of sale. */
  name: z.optional(text(500)),
  /** Pieces; negative when they came back. */
  quantity: z.int().check(
    z.gte(-MAX_QUANTITY),
    z.lte(MAX_QUANTITY),
    z.refine((quantity) => quantity !== 0, 'must not be 0'),
  ),
  /** Price of one piece in minor units of the order's currency. */
  unitPriceMinor: minorUnits().check(z.gte(0)),
})
export type OrderLineInput = z.input<typeof OrderLineInput>

export const OrderInput = z.object({
  id: foreignId(),
  placedAt: instant(),
  currency: currency(),
  customerId: z.optional(foreignId()),
  /** All lines of the order, in the order in which they were added to the basket. */
  lines: z.array(OrderLineInput).check(z.minLength(1), z.maxLength(MAX_ORDER_LINES)),
})
export type OrderInput = z.input<typeof OrderInput>

export const OrderSummary = z.object({
  id: foreignId(),
  placedAt: instant(),
  customerId: z.optional(foreignId()),
  /** A return holds nothing but pieces that came back; it never counts as a sale. */
  kind: z.enum(['sale', 'return']),
  total: Money,
  lineCount: z.int(),
})
export type OrderSummary = z.output<typeof OrderSummary>

export const Order = z.object({ ...OrderSummary.shape, lines: z.array(OrderLineInput) })
export type Order = z.output<typeof Order>

export const orders = {
  list: route({
    method: 'GET',
    path: '/api/orders',
    access: secretKeyOr('orders:read'),
    query: z.object({
      ...pageQuery,
      customerId: z.optional(foreignId()),
      from: z.optional(instant()),
      to: z.optional(instant()),
    }),
    output: page(OrderSummary),
    paged: true,
  }),
  get: route({
    method: 'GET',
    path: '/api/orders/{order_id}',
    access: secretKeyOr('orders:read'),
    params: z.object({ orderId: foreignId() }),
    output: Order,
    errors: ['not_found'],
  }),
  /** Creates or replaces up to 500 orders by id, each with all of its lines. */
  upsert: route({
    method: 'POST',
    path: '/api/orders',
    access: secretKeyOr('orders:write'),
    body: z.object({ items: z.array(OrderInput).check(z.minLength(1), z.maxLength(500)) }),
    output: WriteSummary,
    maxBodyBytes: 8 * 2 ** 20,
  }),
  /** Queues an import of a file of order lines, one line a row. Follow the job for its progress and its rejects. */
  import: route({
    method: 'POST',
    path: '/api/orders/import',
    access: secretKeyOr('orders:write'),
    query: z.object(importQuery),
    body: file(IMPORT_TYPES, MAX_IMPORT_BYTES),
    output: Job,
    status: 202,
    timeoutMs: 15 * 60_000,
  }),
}
