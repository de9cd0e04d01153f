import * as z from 'zod/mini'
import { file, route, secretKeyOr } from './define.ts'
import { Job } from './jobs.ts'
import { IMPORT_TYPES, importQuery, MAX_IMPORT_BYTES } from './products.ts'
import { foreignId, instant, page, pageQuery, text, WriteSummary } from './schema.ts'

const customerFields = {
  id: foreignId(),
  email: z.optional(z.email().check(z.maxLength(254))),
  name: z.optional(text(300)),
  country: z.optional(text(100)),
}

export const CustomerInput = z.object(customerFields)
export type CustomerInput = z.input<typeof CustomerInput>

export const Customer = z.object({ ...customerFields, updatedAt: instant() })
export type Customer = z.output<typeof Customer>

export const customers = {
  list: route({
    method: 'GET',
    path: '/api/customers',
    access: secretKeyOr('customers:read'),
    query: z.object({ ...pageQuery, search: z.optional(text(200)) }),
    output: page(Customer),
    paged: true,
  }),
  get: route({
    method: 'GET',
    path: '/api/customers/{customer_id}',
    access: secretKeyOr('customers:read'),
    params: z.object({ customerId: foreignId() }),
    output: Customer,
    errors: ['not_found'],
  }),
  /** Creates or replaces up to 1,000 customers by id. */
  upsert: route({
    method: 'POST',
    path: '/api/customers',
    access: secretKeyOr('customers:write'),
    body: z.object({ items: z.array(CustomerInput).check(z.minLength(1), z.maxLength(1000)) }),
    output: WriteSummary,
    maxBodyBytes: 4 * 2 ** 20,
  }),
  /** Erases the customer and takes the name off their orders, which stay as anonymous sales. */
  remove: route({
    method: 'DELETE',
    path: '/api/customers/{customer_id}',
    access: secretKeyOr('customers:write'),
    params: z.object({ customerId: foreignId() }),
    output: null,
    errors: ['not_found'],
  }),
  import: route({
    method: 'POST',
    path: '/api/customers/import',
    access: secretKeyOr('customers:write'),
    query: z.object(importQuery),
    body: file(IMPORT_TYPES, MAX_IMPORT_BYTES),
    output: Job,
    status: 202,
    timeoutMs: 15 * 60_000,
  }),
}
