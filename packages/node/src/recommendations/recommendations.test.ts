import { describe, expect, it, onTestFinished } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { importFile } from '../testing/import-file.ts'
import { orderFile } from '../testing/order-file.ts'
import { openSite, type Shop, useSite } from '../testing/test-site.ts'

const DAY_MS = 86_400_000

const PRODUCTS = [
  { id: 'tea', name: 'Green tea', categories: ['Drinks'], price: { amount: 450, currency: 'GBP' }, url: '/tea' },
  { id: 'cup', name: 'Blue cup', categories: ['Kitchen'] },
  { id: 'saucer', name: 'Blue saucer', categories: ['Kitchen'] },
  { id: 'milk', name: 'Milk', categories: ['Fresh'] },
  { id: 'lamp', name: 'Desk lamp', categories: ['Light'] },
]

/** Tea is in five baskets: three with a cup, one with milk; nobody bought the saucer; the lamp came back. */
const BASKETS = [['tea', 'cup'], ['cup', 'tea'], ['tea', 'cup', 'milk'], ['tea'], ['tea']]

function order(id: string, products: readonly string[], quantity = 1) {
  const lines = products.map((productId) => ({ productId, quantity, unitPriceMinor: 100 }))
  return { id, placedAt: new Date(Date.now() - DAY_MS).toISOString(), currency: 'GBP', lines }
}

describeOnDatabases('recommendations', (engine) => {
  const site = useSite(engine)

  async function trainedShop(): Promise<Shop> {
    const shop = await site.newShop()
    await shop.api.products.upsert({ items: PRODUCTS })
    await shop.api.orders.upsert({ items: BASKETS.map((basket, i) => order(`A${i}`, basket)) })
    await shop.api.orders.upsert({ items: [order('R1', ['lamp'], -1)] })
    await site.server.tools.train(shop.tenant)
    return shop
  }

  const idsOf = async (list: PromiseLike<{ items: readonly { id: string }[] }>) =>
    (await list).items.map(({ id }) => id)

  it('of what is popular: what sold most, with how often and what a card needs', async () => {
    const { shopper, api } = await trainedShop()
    const answer = await shopper.recommendations.list({ kind: 'popular' })
    expect(answer).toMatchObject({
      recommendationId: expect.stringMatching(/^rec_/),
      kind: 'popular',
      source: 'server',
      modelVersion: (await api.models.current()).modelVersion,
      strategies: ['popular'],
      notice: { code: 'few_candidates' },
    })
    expect(answer.items.map(({ id }) => id)).toEqual(['tea', 'cup', 'milk'])
    expect(answer.items[0]).toEqual({
      id: 'tea',
      name: 'Green tea',
      url: '/tea',
      price: { amount: 450, currency: 'GBP' },
      score: expect.any(Number),
      reason: { kind: 'popular', baskets: 5, days: 30 },
      reasonText: 'Bought 5 times in the last 30 days',
    })
  })

  it('of what was bought together: the baskets behind it, counted', async () => {
    const { shopper } = await trainedShop()
    const { items, strategies } = await shopper.recommendations.list({
      kind: 'bought-together',
      items: ['tea'],
      limit: 2,
    })
    expect(items.map(({ id, reason }) => [id, reason])).toEqual([
      ['cup', { kind: 'bought-together', with: 'tea', together: 3, of: 5 }],
      ['milk', { kind: 'bought-together', with: 'tea', together: 1, of: 5 }],
    ])
    expect(strategies).toEqual(['bought-together'])
  })

  it('of what is similar: also what nobody has bought', async () => {
    const { shopper } = await trainedShop()
    const { items } = await shopper.recommendations.list({ kind: 'similar', items: ['cup'], limit: 1 })
    expect(items).toMatchObject([
      { id: 'saucer', reason: { kind: 'similar', with: 'cup', words: expect.arrayContaining(['blue']) } },
    ])
  })

  it('fill up from the next way where the one asked for has too little, and say so', async () => {
    const { shopper } = await trainedShop()
    const answer = await shopper.recommendations.list({ kind: 'similar', items: ['tea'], limit: 3 })
    expect(answer.strategies).toEqual(['similar', 'bought-together', 'popular'])
    expect(answer.items.map(({ id, reason }) => [id, reason.kind])).toEqual([
      ['cup', 'bought-together'],
      ['milk', 'bought-together'],
    ])
    expect(answer.notice?.code).toBe('few_candidates')
  })

  it('for a product that the model does not know are what sells, and a notice names it', async () => {
    const { shopper } = await trainedShop()
    const answer = await shopper.recommendations.list({ kind: 'bought-together', items: ['brand-new'], limit: 2 })
    expect(answer.items.map(({ id }) => id)).toEqual(['tea', 'cup'])
    expect(answer.notice).toMatchObject({ code: 'unknown_product', message: expect.stringContaining('brand-new') })
  })

  it('leave out the products asked about and those to be excluded', async () => {
    const { shopper } = await trainedShop()
    const found = idsOf(shopper.recommendations.list({ kind: 'popular', items: ['tea'], exclude: ['milk'] }))
    expect(await found).toEqual(['cup'])
  })

  it.each([
    ['en', 'In 3 of 5 baskets with Green tea'],
    ['de-CH', 'In 3 von 5 Warenkörben mit Green tea'],
    ['FR', 'Dans 3 paniers sur 5 avec Green tea'],
    ['es-419', 'En 3 de 5 cestas con Green tea'],
    ['ja', 'In 3 of 5 baskets with Green tea'],
    ['__proto__', 'In 3 of 5 baskets with Green tea'],
  ])('give their reason in %s', async (language, text) => {
    const { shopper } = await trainedShop()
    const input = { kind: 'bought-together' as const, items: ['tea'], language, limit: 1 }
    expect((await shopper.recommendations.list(input)).items[0]!.reasonText).toBe(text)
  })

  describe('never show', () => {
    it('what is hidden, sold out or removed, from the very next answer on', async () => {
      const { api, shopper } = await trainedShop()
      const popular = () => idsOf(shopper.recommendations.list({ kind: 'popular' }))
      expect(await popular()).toEqual(['tea', 'cup', 'milk'])
      await api.products.upsert({ items: [{ ...PRODUCTS[0]!, visible: false }] })
      expect(await popular()).toEqual(['cup', 'milk'])
      await api.products.upsert({ items: [{ ...PRODUCTS[1]!, inStock: false }] })
      expect(await popular()).toEqual(['milk'])
      await api.products.remove({ productId: 'milk' })
      expect(await popular()).toEqual([])
      await api.products.upsert({ items: PRODUCTS })
      expect(await popular()).toEqual(['tea', 'cup', 'milk'])
    })

    it('what is hidden, though all changes happen within one tick of the clock', async () => {
      const still = await openSite(engine, { clock: () => Date.UTC(2026, 0, 31) })
      onTestFinished(() => still.close())
      const { api, shopper, tenant } = await still.newShop()
      await api.products.upsert({ items: PRODUCTS })
      await api.orders.upsert({ items: [{ ...order('A1', ['tea', 'cup']), placedAt: '2026-01-30T00:00:00Z' }] })
      await still.server.tools.train(tenant)
      const popular = () => idsOf(shopper.recommendations.list({ kind: 'popular' }))
      expect((await popular()).toSorted()).toEqual(['cup', 'tea'])
      await api.products.upsert({ items: [{ ...PRODUCTS[0]!, visible: false }] })
      expect(await popular()).toEqual(['cup'])
    })

    it('what another tenant sells', async () => {
      await trainedShop()
      const other = await site.newShop()
      expect((await other.shopper.recommendations.list({ kind: 'bought-together', items: ['tea'] })).items).toEqual([])
    })
  })

  it('show a new name and price at once', async () => {
    const { api, shopper } = await trainedShop()
    await shopper.recommendations.list()
    await api.products.upsert({ items: [{ ...PRODUCTS[0]!, name: 'Sencha', price: { amount: 1, currency: 'GBP' } }] })
    expect((await shopper.recommendations.list()).items[0]).toMatchObject({ name: 'Sencha', price: { amount: 1 } })
  })

  it('follow a new model at once', async () => {
    const shop = await trainedShop()
    const { modelVersion } = await shop.shopper.recommendations.list()
    await shop.api.orders.upsert({ items: Array.from({ length: 9 }, (_, i) => order(`L${i}`, ['lamp'])) })
    await site.server.tools.train(shop.tenant)
    const answer = await shop.shopper.recommendations.list()
    expect(answer.modelVersion).not.toBe(modelVersion)
    expect(answer.items[0]!.id).toBe('lamp')
  })

  it('have an id of their own each time, though the rest is the same', async () => {
    const { shopper } = await trainedShop()
    const [first, second] = [await shopper.recommendations.list(), await shopper.recommendations.list()]
    expect(first.recommendationId).not.toBe(second.recommendationId)
    expect({ ...first, recommendationId: '' }).toEqual({ ...second, recommendationId: '' })
  })

  it('of an empty shop are none, and the answer says what to do', async () => {
    const { shopper, tenant } = await site.newShop()
    const untrained = await shopper.recommendations.list({ kind: 'bought-together', items: ['tea'] })
    expect(untrained).toMatchObject({
      items: [],
      modelVersion: null,
      strategies: [],
      notice: { code: 'no_model', message: expect.stringContaining('import orders') },
    })
    await site.server.tools.train(tenant)
    expect(await shopper.recommendations.list()).toMatchObject({ items: [], modelVersion: expect.any(String) })
  })

  it.each(['?kind=magic', '?limit=0', '?limit=51', '?language=x', `?items=${'x'.repeat(129)}`])(
    'refuse %s',
    async (query) => {
      const { send } = await site.newShop()
      expect((await send(`/api/recommendations${query}`)).status).toBe(422)
    },
  )
})

describeOnDatabases('a training', (engine) => {
  it('runs beside the server, which goes on answering', async () => {
    const site = await openSite(engine)
    onTestFinished(() => site.close())
    const shop = await site.newShop()
    await importFile(site, shop, 'orders', orderFile(5, { orders: 1_500 }).csv)
    const { id: jobId } = await shop.api.models.train()
    await site.server.database.system.updateTable('jobs').set({ run_at: 0 }).where('id', '=', jobId).execute()
    let isOver = false
    const run = site.server.jobs.runDue().finally(() => (isOver = true))
    let answeredMeanwhile = 0
    while (!isOver) {
      const { state } = await shop.api.jobs.get({ jobId })
      if (state === 'running') answeredMeanwhile++
      await new Promise((resolve) => setImmediate(resolve))
    }
    await run
    expect(await shop.api.jobs.get({ jobId })).toMatchObject({ state: 'done' })
    expect(answeredMeanwhile).toBeGreaterThan(0)
  })

  it('that fails is tried again, and what failed is told; the model before goes on answering', async () => {
    let ahead = 0
    const site = await openSite(engine, { clock: () => Date.now() + ahead })
    onTestFinished(() => site.close())
    const shop = await site.newShop()
    await shop.api.orders.upsert({ items: BASKETS.map((basket, i) => order(`A${i}`, basket)) })
    await site.server.tools.train(shop.tenant)
    const { modelVersion } = await shop.api.models.current()

    const { schema } = site.server.database.system
    await schema.alterTable('order_lines').renameTo('order_lines_away').execute()
    const { id: jobId } = await shop.api.models.train()
    await site.server.jobs.runDue()
    expect(await shop.api.jobs.get({ jobId })).toMatchObject({
      state: 'queued',
      attempts: 1,
      error: expect.stringContaining('order_lines'),
    })
    expect((await shop.shopper.recommendations.list()).modelVersion).toBe(modelVersion)

    await schema.alterTable('order_lines_away').renameTo('order_lines').execute()
    ahead = 60_000
    await site.server.jobs.runDue()
    expect(await shop.api.jobs.get({ jobId })).toMatchObject({ state: 'done', attempts: 2, error: null })
    expect((await shop.shopper.recommendations.list()).modelVersion).not.toBe(modelVersion)
  })
})
