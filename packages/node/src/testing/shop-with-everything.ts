import { randomBytes } from 'node:crypto'
import { pathParams, type Route } from '@tillwright/core/contract'
import { createKey } from '../keys/service.ts'
import { type RouteRequest, requestFor } from './contract-routes.ts'
import { signInAs } from './sign-in-as.ts'
import type { Shop, TestSite } from './test-site.ts'

/** Ids of something that a shop has, by the parameter that names it. */
export type Ids = Readonly<Record<string, string>>

/** Gives a shop something of each kind, with `mark` in its names, and returns what the parameters of routes name it by. */
export async function fillShop(site: Pick<TestSite, 'server' | 'send'>, shop: Shop, mark: string): Promise<Ids> {
  const { api } = shop
  const price = { amount: 100, currency: 'GBP' }
  const names = ['cup', 'pot', 'tin'].map((id) => `${mark} ${id}`)
  await api.products.upsert({ items: names.map((id) => ({ id, name: id, price })) })
  await api.customers.upsert({ items: [{ id: `${mark} customer`, name: `${mark} name` }] })
  await api.orders.upsert({
    items: names.map((productId, i) => ({
      id: `${mark} order ${i}`,
      placedAt: '2026-03-01T12:00:00Z',
      currency: 'GBP',
      customerId: `${mark} customer`,
      lines: names.map((name) => ({ productId: name, name: productId, quantity: 1, unitPriceMinor: 100 })),
    })),
  })
  await api.events.send({
    events: [{ id: `${mark}-event`, type: 'product_viewed', at: '2026-03-01T12:00:00Z', productId: names[0]! }],
  })
  const job = await api.products.import({ body: `id,name\n,${mark}\n`, type: 'text/csv' })
  await site.server.jobs.runDue()
  await site.server.tools.train(shop.tenant)
  const model = await api.models.current()
  const person = await signInAs(site, shop, 'customer')
  const administrator = await signInAs(site, shop, 'superadmin')
  await administrator.send(`/admin/roles/${mark}-role`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ description: mark, permissions: ['catalogue:read'] }),
  })
  const ports = { clock: Date.now, random: Math.random, secretBytes: (count: number) => randomBytes(count) }
  const key = await createKey(ports, shop.db, { kind: 'publishable', label: mark, origins: [] })
  return {
    productId: names[0]!,
    customerId: `${mark} customer`,
    orderId: `${mark} order 0`,
    jobId: job.id,
    digest: model.modelVersion,
    userId: person.id,
    sessionId: person.sessionId,
    role: `${mark}-role`,
    keyId: key.id,
    tenantId: shop.tenant.publicId,
  }
}

/** Ids that look like the others and name nothing. */
export const MISSING_IDS: Ids = {
  productId: 'no such product',
  customerId: 'no such customer',
  orderId: 'no such order',
  jobId: `job_${'0'.repeat(26)}`,
  digest: '0'.repeat(64),
  userId: `usr_${'0'.repeat(26)}`,
  sessionId: `ses_${'0'.repeat(26)}`,
  role: 'no-such-role',
  keyId: `key_${'0'.repeat(26)}`,
  tenantId: `ten_${'0'.repeat(26)}`,
}

/** A request for a route about the things that `ids` name. Throws for a parameter that they lack: add it to `fillShop`. */
export function requestAbout(route: Route, ids: Ids): RouteRequest {
  const params = pathParams(route.path).map((name) => {
    if (ids[name] === undefined) throw new Error(`fillShop and MISSING_IDS need something that ${name} names`)
    return [name, encodeURIComponent(ids[name])]
  })
  const body = BODIES[`${route.method} ${route.path}`]
  return requestFor(route, { params: Object.fromEntries(params) as Record<string, string>, body })
}

/** Bodies where the contract's example says something that the server does not take. */
const BODIES: Readonly<Record<string, object>> = {
  // Origins are not of every shape that text can have.
  'PUT /admin/keys/{key_id}': { label: 'changed' },
}

/** What of the contract belongs to the installation and not to one tenant. */
export function isOfInstallation({ access }: Route): boolean {
  return 'permission' in access && access.permission === 'tenants:write'
}
