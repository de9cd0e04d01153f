import { createClient } from '@tillwright/core'
import { MODEL_TYPE } from '@tillwright/core/contract'
import {
  type DeviceLearner,
  type DeviceOptions,
  type DeviceStore,
  deviceAnswers,
  type LearningTask,
  memoryDeviceStore,
} from '@tillwright/core/device'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { ORIGIN, SHOP_ORIGIN, type Shop, useSite } from '../testing/test-site.ts'
import { orderOf, PRODUCTS, trainedShop } from '../testing/trained-shop.ts'

/** Longer than the device waits for more events. */
const LEARNING_BEGINS_MS = 1_500

describeOnDatabases('recommendations on the device', (engine) => {
  const site = useSite(engine)

  /** A page of the shop, and the server that it may lose. */
  function pageOf(shop: Shop, options: DeviceOptions & { visitor?: 'page' | 'device' } = {}) {
    const { visitor = 'page', ...device } = options
    const server = { isAway: false, answers: [] as string[] }
    const client = createClient({
      baseUrl: ORIGIN,
      key: shop.publishableKey,
      retries: 0,
      visitor,
      device: deviceAnswers({ store: memoryDeviceStore(), ...device }),
      fetch: async (request) => {
        if (server.isAway) throw new TypeError('Failed to fetch')
        const headers = new Headers(request.headers)
        headers.set('origin', SHOP_ORIGIN)
        server.answers.push(new URL(request.url).pathname)
        return site.server.fetch(new Request(request, { headers }))
      },
    })
    onTestFinished(() => client.close())
    return { client, server }
  }

  it('are those of the server, item by item, reason by reason, from the same file', async () => {
    const shop = await trainedShop(site)
    const { client, server } = pageOf(shop)
    const { model } = await client.recommendations.device()
    const small = await client.models.download({ digest: model!.digest })
    await shop.api.models.register({ body: await small.arrayBuffer(), type: MODEL_TYPE })
    await shop.api.models.activate({ digest: model!.digest })
    await client.device.refresh()
    for (const kind of ['popular', 'bought-together', 'similar', 'next', 'for-user', 'trending'] as const) {
      server.isAway = false
      const query = { kind, items: ['tea'], language: 'fr', limit: 3 }
      const theirs = await client.recommendations.list(query)
      server.isAway = true
      const ours = await client.recommendations.list(query)
      expect(theirs.source).toBe('server')
      expect(ours.source).toBe('device')
      expect(ours.items).toEqual(theirs.items)
      expect(ours.recommendationId).toMatch(/^rec_/)
    }
  })

  it('keep to the rules of the shop', async () => {
    const shop = await trainedShop(site)
    await shop.api.recommendationRules.create({ name: 'no tea', action: 'exclude', match: { ids: ['tea'] } })
    const until = new Date(Date.now() - 1_000).toISOString()
    await shop.api.recommendationRules.create({ name: 'past', action: 'exclude', match: { ids: ['cup'] }, until })
    const { client, server } = pageOf(shop)
    await client.device.refresh()
    server.isAway = true
    expect((await client.recommendations.list()).items.map(({ id }) => id)).toEqual(['cup', 'milk'])
  })

  it('know what the visitor looked at, which nobody else is told', async () => {
    const { client, server } = pageOf(await trainedShop(site))
    await client.device.refresh()
    server.isAway = true
    await client.events.track({ type: 'product_viewed', productId: 'lamp' })
    await client.events.track({ type: 'product_viewed', productId: 'milk' })
    const { items } = await client.recommendations.list({ kind: 'recently-viewed' })
    expect(items.map(({ id }) => id)).toEqual(['milk', 'lamp'])
  })

  it('remember a visitor beyond the page only where they may', async () => {
    const shop = await trainedShop(site)
    async function viewedAfterReload(visitor: 'page' | 'device') {
      const store = memoryDeviceStore()
      const first = pageOf(shop, { store, visitor })
      await first.client.device.refresh()
      await first.client.events.track({ type: 'product_viewed', productId: 'lamp' })
      first.client.close()
      const second = pageOf(shop, { store, visitor })
      second.server.isAway = true
      return (await second.client.recommendations.list({ kind: 'recently-viewed' })).items.map(({ id }) => id)
    }
    expect(await viewedAfterReload('page')).toEqual([])
    expect(await viewedAfterReload('device')).toEqual(['lamp'])
  })

  it('fetch a model once, and a shelf again only when it has changed', async () => {
    const shop = await trainedShop(site)
    const { client, server } = pageOf(shop)
    await client.device.refresh()
    const downloads = () => server.answers.filter((path) => /models\/[0-9a-f]{64}$/.test(path)).length
    expect(downloads()).toBe(1)
    await client.device.refresh()
    expect(downloads()).toBe(1)
    await shop.api.products.upsert({ items: [{ ...PRODUCTS[0]!, name: 'Sencha' }] })
    await client.device.refresh()
    expect(downloads()).toBe(1)
    server.isAway = true
    expect((await client.recommendations.list()).items[0]!.name).toBe('Sencha')
  })

  it('tell no page what products cost the shop, what is hidden, or how rules are called', async () => {
    const shop = await trainedShop(site)
    await shop.api.products.upsert({ items: [{ ...PRODUCTS[4]!, visible: false }] })
    await shop.api.recommendationRules.create({ name: 'Secret plan', action: 'boost', match: { brands: ['Clay'] } })
    const { shelf } = await shop.shopper.recommendations.device()
    const text = JSON.stringify(shelf)
    for (const secret of ['cost', 'Desk lamp', 'Secret plan']) expect(text).not.toContain(secret)
    expect(shelf!.rules).toHaveLength(1)
  })

  describe('go by what their visitor does', () => {
    /** A shop whose shoppers come back, so that its model has a network. */
    async function shopOfRegulars() {
      const shop = await site.newShop()
      await shop.api.products.upsert({
        items: Array.from({ length: 30 }, (_, i) => ({ id: `p${i}`, name: `Cup ${i}` })),
      })
      const orders = Array.from({ length: 480 }, (_, i) => {
        const [shopper, week] = [i % 60, Math.floor(i / 60)]
        const first = (shopper * 7) % 30
        const ids = [`p${first}`, `p${(first + 1) % 30}`, `p${(shopper * 11 + week * 13) % 30}`]
        return orderOf(`A${i}`, [...new Set(ids)], { customerId: `c${shopper}`, daysAgo: 60 - week * 7 })
      })
      await shop.api.orders.upsert({ items: orders })
      await site.server.tools.train(shop.tenant)
      return shop
    }
    const looks = (client: ReturnType<typeof pageOf>['client'], ...ids: string[]) => {
      for (const productId of ids) client.device.note({ type: 'product_viewed', productId })
    }

    it('from three events on, in weights that are gone once forgotten; never where they save data', async () => {
      const tasks: LearningTask[] = []
      const learning: DeviceLearner = {
        async learn(task) {
          tasks.push(task)
          return task.weights.map((weight) => -weight)
        },
      }
      const store = memoryDeviceStore()
      const { client } = pageOf(await shopOfRegulars(), { learning, store, visitor: 'device' })
      await client.device.refresh()
      looks(client, 'p9', 'p10')
      const asServerTaught = (await client.device.recommend({ kind: 'for-user' }))!.items.map(({ id }) => id)
      expect(await client.device.hasLearned()).toBe(false)
      looks(client, 'p9')
      await expect.poll(() => client.device.hasLearned(), { timeout: 10_000 }).toBe(true)
      expect(tasks).toHaveLength(1)
      expect(tasks[0]!.cases.length).toBeGreaterThan(0)
      const asLearned = (await client.device.recommend({ kind: 'for-user' }))!.items.map(({ id }) => id)
      expect(asLearned).not.toEqual(asServerTaught)
      expect(await store.get('own')).toBeDefined()
      await client.device.forget()
      expect(await store.get('own')).toBeUndefined()

      vi.stubGlobal('navigator', { connection: { saveData: true } })
      onTestFinished(() => void vi.unstubAllGlobals())
      await client.device.refresh()
      looks(client, 'p9', 'p10', 'p11', 'p12')
      await new Promise((resolve) => setTimeout(resolve, LEARNING_BEGINS_MS))
      expect(await client.device.hasLearned()).toBe(false)
      expect(tasks).toHaveLength(1)
    })

    it('only with a learner: without one they stay those of the lists', async () => {
      const { client } = pageOf(await shopOfRegulars())
      await client.device.refresh()
      const query = { kind: 'next' as const, items: ['p3'] }
      const before = await client.device.recommend(query)
      looks(client, 'p9', 'p10', 'p11', 'p12')
      expect((await client.device.recommend(query))!.items).toEqual(before!.items)
      expect(await client.device.hasLearned()).toBe(false)
    })
  })

  describe('are none', () => {
    it('before anything was kept: the error is the network’s', async () => {
      const { client, server } = pageOf(await trainedShop(site))
      server.isAway = true
      await expect(client.recommendations.list()).rejects.toMatchObject({ name: 'NetworkError' })
      expect(await client.device.recommend()).toBeNull()
    })

    it('where the model that was kept is damaged; the next refresh brings another', async () => {
      const store: DeviceStore = memoryDeviceStore()
      const shop = await trainedShop(site)
      const first = pageOf(shop, { store })
      await first.client.device.refresh()
      const kept = (await store.get('model')) as { digest: string; file: Uint8Array }
      await store.put('model', { ...kept, file: kept.file.with(kept.file.length - 5, 255 ^ kept.file.at(-5)!) })
      const { client, server } = pageOf(shop, { store })
      expect(await client.device.recommend()).toBeNull()
      await client.device.refresh()
      server.isAway = true
      expect((await client.recommendations.list()).source).toBe('device')
    })

    it('once they were told to forget', async () => {
      const { client } = pageOf(await trainedShop(site))
      await client.device.refresh()
      await client.device.forget()
      expect(await client.device.recommend()).toBeNull()
    })

    it('for what the server refuses: that stays refused', async () => {
      const { client } = pageOf(await trainedShop(site))
      await client.device.refresh()
      const refused = client.recommendations.list({ limit: 51 })
      await expect(refused).rejects.toMatchObject({ code: 'invalid_input' })
    })
  })
})
