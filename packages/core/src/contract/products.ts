import * as z from 'zod/mini'
import { anyKey, file, route, secretKeyOr } from './define.ts'
import { Job } from './jobs.ts'
import { foreignId, instant, Money, minorUnits, page, pageQuery, text, WriteSummary, webAddress } from './schema.ts'

/** Largest file that an import takes: 4 GiB. It streams, so memory does not grow with it. */
export const MAX_IMPORT_BYTES = 4 * 2 ** 30
export const IMPORT_TYPES = ['text/csv', 'application/x-ndjson', 'application/jsonl'] as const

/** Query of every import: which column feeds which field, and what holds where no column does. */
export const importQuery = {
  /** `field=column` pairs, comma-separated: `id=invoice,productId=sku`. Without it, well-known headers are recognised. */
  map: z.optional(text(2000)),
  /** Currency of amounts that name none, ISO 4217. Default: the tenant's. */
  currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))),
  /** Order of day and month in dates such as 01/02/2026. Without it such dates are refused, ISO dates are not. */
  dateOrder: z.optional(z.enum(['dmy', 'mdy'])),
  /** Name to show for the file. */
  name: z.optional(text(200)),
}

const productFields = {
  id: foreignId(),
  name: text(500),
  description: z.optional(text(20_000)),
  url: z.optional(webAddress()),
  imageUrl: z.optional(webAddress()),
  price: z.optional(Money),
  /** What a piece costs the shop, in minor units of the price's currency. Never shown to a publishable key. */
  costMinor: z.optional(minorUnits().check(z.gte(0))),
  categories: z.optional(z.array(text(200, 1)).check(z.maxLength(20))),
  brand: z.optional(text(200)),
  attributes: z.optional(z.record(text(100, 1), text(500))),
  /** Out of stock is never recommended. */
  inStock: z._default(z.boolean(), true),
  /** Hidden is never recommended and never shown to a publishable key. */
  visible: z._default(z.boolean(), true),
}

export const ProductInput = z.object(productFields)
export type ProductInput = z.input<typeof ProductInput>

export const Product = z.object({ ...productFields, updatedAt: instant() })
export type Product = z.output<typeof Product>

export const products = {
  list: route({
    method: 'GET',
    path: '/api/products',
    access: anyKey,
    query: z.object({
      ...pageQuery,
      /** Words that must all occur in name, brand or id. */
      search: z.optional(text(200)),
      category: z.optional(text(200)),
    }),
    output: page(Product),
    paged: true,
  }),
  get: route({
    method: 'GET',
    path: '/api/products/{product_id}',
    access: anyKey,
    params: z.object({ productId: foreignId() }),
    output: Product,
    errors: ['not_found'],
  }),
  /** Creates or replaces up to 1,000 products by id. */
  upsert: route({
    method: 'POST',
    path: '/api/products',
    access: secretKeyOr('catalogue:write'),
    body: z.object({ items: z.array(ProductInput).check(z.minLength(1), z.maxLength(1000)) }),
    output: WriteSummary,
    maxBodyBytes: 8 * 2 ** 20,
  }),
  remove: route({
    method: 'DELETE',
    path: '/api/products/{product_id}',
    access: secretKeyOr('catalogue:write'),
    params: z.object({ productId: foreignId() }),
    output: null,
    errors: ['not_found'],
  }),
  import: route({
    method: 'POST',
    path: '/api/products/import',
    access: secretKeyOr('catalogue:write'),
    query: z.object(importQuery),
    body: file(IMPORT_TYPES, MAX_IMPORT_BYTES),
    output: Job,
    status: 202,
    timeoutMs: 15 * 60_000,
  }),
}
