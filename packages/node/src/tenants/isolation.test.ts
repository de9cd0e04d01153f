import type { Route } from '@tillwright/core/contract'
import { beforeAll, expect, it } from 'vitest'
import { keyKindsOf, ROUTES } from '../testing/contract-routes.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { fillShop, type Ids, isOfInstallation, requestAbout } from '../testing/shop-with-everything.ts'
import { type Shop, useSite } from '../testing/test-site.ts'

const MARK = 'theirs'
const withIds = ROUTES.filter(
  ({ route }) => route.params && keyKindsOf(route).includes('secret') && !isOfInstallation(route),
)
/** They name nothing that could be recognised. */
const FIGURES = [
  'categoryRules.categoriser',
  'chatDesk.intents',
  'reports.get',
  'reports.export',
  'audit.verify',
  'recommendations.batchStatistics',
  'recommendations.report',
  'recommendationRules.settings',
]
/** Shops have none until they begin one. */
const NOT_BEGUN = 'models.comparison'
const reading = ROUTES.filter(
  ({ id, route }) =>
    route.method === 'GET' && !route.params && keyKindsOf(route).includes('secret') && id !== NOT_BEGUN,
)

describeOnDatabases('a shop’s key', (engine) => {
  const site = useSite(engine)
  let owner: Shop
  let stranger: Shop
  /** What the owner has, by the parameter that names it. */
  let ids: Ids

  beforeAll(async () => {
    owner = await site.newShop({ name: `${MARK} shop` })
    stranger = await site.newShop()
    ids = await fillShop(site, owner, MARK)
  })

  const callOf = (route: Route) => {
    const { path, method, headers, body } = requestAbout(route, ids)
    return [path, { method, headers, ...(body === undefined ? {} : { body }) }] as const
  }

  it.each(withIds)('finds nothing of another shop by its id: $id', async ({ route }) => {
    const response = await stranger.send(...callOf(route))
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'not_found' }])
  })

  it.each(reading)('is told nothing of another shop: $id', async ({ id, route }) => {
    const own = await owner.send(...callOf(route))
    expect(own.status).toBe(200)
    const ownText = await own.text()
    if (!FIGURES.includes(id))
      expect(ownText).toMatch(
        new RegExp(`${MARK}|${ids.digest}|${ids.jobId}|${ids.batchId}|${ids.userId}|${ids.modelVersion}`),
      )
    const response = await stranger.send(...callOf(route))
    const text = await response.text()
    expect([200, 404]).toContain(response.status)
    for (const secret of [MARK, ids.digest!, ids.jobId!, ids.userId!, ids.keyId!, owner.tenant.publicId])
      expect(text).not.toContain(secret)
  })

  it('writes things of its own under the ids of another shop’s, which stay as they are', async () => {
    const other = await site.newShop()
    const [productId, customerId, orderId] = [ids.productId!, ids.customerId!, ids.orderId!]
    const order = { id: orderId, placedAt: '2020-01-01T00:00:00Z', currency: 'EUR' }
    const line = { productId, quantity: 7, unitPriceMinor: 7 }
    expect(await other.api.products.upsert({ items: [{ id: productId, name: 'mine' }] })).toMatchObject({ created: 1 })
    expect(await other.api.customers.upsert({ items: [{ id: customerId, name: 'mine' }] })).toMatchObject({
      created: 1,
    })
    expect(await other.api.orders.upsert({ items: [{ ...order, lines: [line] }] })).toMatchObject({ created: 1 })
    await other.api.products.remove({ productId })
    await other.api.customers.remove({ customerId })
    expect((await owner.api.products.get({ productId })).name).toBe(productId)
    expect((await owner.api.customers.get({ customerId })).name).toBe(`${MARK} name`)
    expect(await owner.api.orders.get({ orderId })).toMatchObject({ customerId, lines: { length: 3 } })
  })

  it('is not answered from what was kept for another shop under the same Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'same-for-both' }
    const [path, init] = callOf(ROUTES.find(({ id }) => id === 'models.train')!.route)
    const [one, other] = [await site.newShop(), await site.newShop()]
    const first = await one.send(path, { ...init, headers })
    const second = await other.send(path, { ...init, headers })
    expect([first.status, second.status]).toEqual([202, 202])
    expect(second.headers.get('idempotency-replayed')).toBeNull()
    expect((await second.json()) as object).not.toMatchObject({ id: ((await first.json()) as { id: string }).id })
  })
})
