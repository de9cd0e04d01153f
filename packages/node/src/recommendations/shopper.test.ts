import { readLabel } from '@tillwright/core/contract'
import { describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { type Shop, useSite } from '../testing/test-site.ts'
import { orderOf, trainedShop } from '../testing/trained-shop.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()

describeOnDatabases('recommendations for a shopper', (engine) => {
  const site = useSite(engine)

  function view(shop: Shop, visitorId: string, productId: string, minute: number) {
    const id = `${visitorId}-${productId}-${minute}`
    const event = {
      id,
      type: 'product_viewed' as const,
      at: at(minute),
      visitorId,
      sessionId: `s-${visitorId}`,
      productId,
    }
    return shop.shopper.events.send({ events: [event] })
  }

  describe('of what they looked at', () => {
    it('are the last first, each once, without what is on the page or cannot be bought', async () => {
      const shop = await trainedShop(site)
      for (const [minute, id] of ['tea', 'cup', 'lamp', 'milk', 'tea', 'gone'].entries())
        await view(shop, 'ann', id, minute)
      await shop.api.products.upsert({ items: [{ id: 'cup', name: 'Blue cup', inStock: false }] })
      const { items, strategies } = await shop.shopper.recommendations.list({
        kind: 'recently-viewed',
        visitorId: 'ann',
        items: ['milk'],
      })
      expect(items.map(({ id }) => id)).toEqual(['tea', 'lamp'])
      expect(items[0]).toMatchObject({ reason: { kind: 'viewed', at: at(4) }, reasonText: 'You looked at this' })
      expect(strategies).toEqual(['recently-viewed'])
    })

    it('are found by the visit, too, and need no model', async () => {
      const shop = await site.newShop()
      await shop.api.products.upsert({ items: [{ id: 'tea', name: 'Tea' }] })
      await view(shop, 'bob', 'tea', 0)
      const answer = await shop.shopper.recommendations.list({ kind: 'recently-viewed', sessionId: 's-bob' })
      expect(answer.items.map(({ id }) => id)).toEqual(['tea'])
    })

    it('are what the page itself says, where it keeps that', async () => {
      const shop = await trainedShop(site)
      const viewed = [
        { id: 'lamp', at: at(1) },
        { id: 'milk', at: at(2) },
      ]
      const { items } = await shop.shopper.recommendations.ask({ kind: 'recently-viewed', viewed })
      expect(items.map(({ id }) => id)).toEqual(['milk', 'lamp'])
    })

    it('are none for a stranger, and the answer says why', async () => {
      const shop = await trainedShop(site)
      const answer = await shop.shopper.recommendations.list({ kind: 'recently-viewed', visitorId: 'nobody' })
      expect(answer).toMatchObject({ items: [], notice: { code: 'no_history' } })
    })

    it('are another tenant’s secret', async () => {
      const [ours, theirs] = [await trainedShop(site), await trainedShop(site)]
      await view(ours, 'cat', 'tea', 0)
      const answer = await theirs.shopper.recommendations.list({ kind: 'recently-viewed', visitorId: 'cat' })
      expect(answer.items).toEqual([])
    })
  })

  it('never tell a page what a customer bought, or what the shop hides', async () => {
    const { shopper } = await trainedShop(site)
    for (const asked of [{ customerId: 'C1' }, { allow: ['hidden' as const] }]) {
      await expect(shopper.recommendations.ask(asked)).rejects.toMatchObject({ code: 'wrong_key_kind' })
    }
  })

  it('go by a customer’s orders, for the shop’s own server', async () => {
    const shop = await trainedShop(site)
    await shop.api.orders.upsert({ items: [orderOf('C1-1', ['lamp'], { customerId: 'C1' })] })
    const answer = await shop.api.recommendations.ask({ kind: 'for-user', customerId: 'C1' })
    expect(answer.items.length).toBeGreaterThan(0)
  })

  it('keep to a filter', async () => {
    const { shopper } = await trainedShop(site)
    const idsOf = async (filter: object) =>
      (await shopper.recommendations.ask({ kind: 'popular', filter })).items.map(({ id }) => id)
    expect(await idsOf({ categories: ['Kitchen', 'Fresh'] })).toEqual(['cup', 'milk'])
    expect(await idsOf({ maxPriceMinor: 450 })).toEqual(['tea', 'milk'])
    expect(await idsOf({ brands: ['Clay'], minPriceMinor: 901 })).toEqual([])
  })

  it('show what is sold out, and to the shop what is hidden, when they are asked to', async () => {
    const shop = await trainedShop(site)
    await shop.api.products.upsert({
      items: [
        { id: 'tea', name: 'Green tea', inStock: false },
        { id: 'cup', name: 'Blue cup', visible: false },
      ],
    })
    const idsOf = async (client: Shop['api'], allow: ('out_of_stock' | 'hidden')[]) =>
      (await client.recommendations.ask({ kind: 'popular', allow })).items.map(({ id }) => id)
    expect(await idsOf(shop.shopper, [])).toEqual(['milk'])
    expect(await idsOf(shop.shopper, ['out_of_stock'])).toEqual(['tea', 'milk'])
    expect(await idsOf(shop.api, ['out_of_stock', 'hidden'])).toEqual(['tea', 'cup', 'milk'])
  })

  it('never tell a page what a product costs the shop', async () => {
    const shop = await trainedShop(site)
    for (const path of ['products', 'products/tea', 'recommendations?kind=popular']) {
      const answer = await site.send(`/api/${path}`, { headers: { authorization: `Bearer ${shop.publishableKey}` } })
      expect(answer.status).toBe(200)
      expect(await answer.text()).not.toContain('costMinor')
    }
    expect(await shop.api.products.get({ productId: 'tea' })).toMatchObject({ costMinor: 400 })
  })

  it('take carts of thousands, with duplicates and strangers in them', async () => {
    const { shopper } = await trainedShop(site)
    const items = Array.from({ length: 10_000 }, (_, i) => (i % 3 === 0 ? 'tea' : `unknown-${i % 500}`))
    const { items: found } = await shopper.recommendations.ask({ kind: 'bought-together', items })
    expect(found.map(({ id }) => id)).toContain('cup')
    expect(found.map(({ id }) => id)).not.toContain('tea')
  })

  it('say how much they stand on', async () => {
    const { shopper } = await trainedShop(site)
    expect((await shopper.recommendations.list()).basis).toEqual({ baskets: 5, size: 'first_orders' })
  })

  it('carry in their id what they were', async () => {
    const { shopper } = await trainedShop(site)
    const { recommendationId, modelVersion } = await shopper.recommendations.list({
      kind: 'similar',
      placement: 'cart-top',
    })
    expect(readLabel(recommendationId)).toEqual({
      kind: 'similar',
      model: modelVersion!.slice(0, 8),
      isHeldOut: false,
      placement: 'cart-top',
    })
    expect(readLabel('anything else')).toBeNull()
  })

  describe('who are held out', () => {
    async function sampled(holdoutShows: 'nothing' | 'popular') {
      const shop = await trainedShop(site)
      await shop.api.recommendationRules.setSettings({ holdoutShare: 0.5, holdoutShows })
      const answers = []
      for (let i = 0; i < 40; i++) {
        const query = { kind: 'bought-together' as const, items: ['tea'], visitorId: `v${i}`, limit: 1 }
        answers.push(await shop.shopper.recommendations.list(query))
      }
      return { shop, answers }
    }

    it('are about as many as were wanted, always the same, and see what sells well', async () => {
      const { shop, answers } = await sampled('popular')
      const heldOut = answers.filter(({ notice }) => notice?.code === 'holdout')
      expect(heldOut.length).toBeGreaterThan(8)
      expect(heldOut.length).toBeLessThan(32)
      for (const { items, recommendationId } of heldOut) {
        expect(items[0]!.reason.kind).toBe('popular')
        expect(readLabel(recommendationId)!.isHeldOut).toBe(true)
      }
      const again = await shop.shopper.recommendations.list({
        kind: 'bought-together',
        items: ['tea'],
        visitorId: 'v0',
      })
      expect(again.notice?.code === 'holdout').toBe(heldOut.includes(answers[0]!))
    })

    it('see nothing, where the shop wants that', async () => {
      const { answers } = await sampled('nothing')
      const heldOut = answers.filter(({ notice }) => notice?.code === 'holdout')
      expect(heldOut.length).toBeGreaterThan(8)
      for (const { items } of heldOut) expect(items).toEqual([])
    })

    it('are nobody of whom nothing is known', async () => {
      const shop = await trainedShop(site)
      await shop.api.recommendationRules.setSettings({ holdoutShare: 0.5, holdoutShows: 'nothing' })
      expect((await shop.shopper.recommendations.list()).items.length).toBeGreaterThan(0)
    })
  })
})
