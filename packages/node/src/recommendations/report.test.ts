import { expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { type Shop, useSite } from '../testing/test-site.ts'
import { orderOf, trainedShop } from '../testing/trained-shop.ts'

const HOUR_MS = 3_600_000
const span = () => ({
  from: new Date(Date.now() - 24 * HOUR_MS).toISOString(),
  to: new Date(Date.now() + HOUR_MS).toISOString(),
})

let eventCount = 0
const event = <T extends object>(fields: T) => ({
  id: `event-no-${eventCount++}`,
  at: new Date().toISOString(),
  ...fields,
})

describeOnDatabases('the report of recommendations', (engine) => {
  const site = useSite(engine)

  /** Is shown an answer, clicks its first product, and buys it. */
  async function buy(shop: Shop, visitorId: string, orderId: string) {
    const query = { kind: 'bought-together' as const, items: ['tea'], visitorId, placement: 'product-page', limit: 1 }
    const { recommendationId, items } = await shop.shopper.recommendations.list(query)
    const productId = items[0]!.id
    await shop.shopper.events.send({
      events: [
        event({ type: 'recommendation_shown' as const, recommendationId, productIds: [productId], visitorId }),
        event({ type: 'recommendation_clicked' as const, recommendationId, productId, position: 0, visitorId }),
        event({ type: 'purchased' as const, orderId, productIds: [productId], visitorId }),
      ],
    })
    await shop.api.orders.upsert({ items: [orderOf(orderId, [productId, 'lamp'], { daysAgo: 0 })] })
  }

  it('joins what was shown, clicked and ordered by the answer’s id', async () => {
    const shop = await trainedShop(site)
    await buy(shop, 'ann', 'W1')
    await shop.shopper.events.send({
      events: [event({ type: 'recommendation_shown' as const, recommendationId: 'own' })],
    })
    const report = await shop.api.recommendations.report(span())
    expect(report.total).toEqual({
      shown: 2,
      clicked: 1,
      orders: 1,
      revenueMinor: 100,
      lastClickOrders: 1,
      lastClickRevenueMinor: 200,
    })
    expect(report.byKind).toMatchObject([
      { kind: 'bought-together', orders: 1 },
      { kind: 'unknown', shown: 1 },
    ])
    expect(report.byPlacement).toMatchObject([{ placement: 'product-page', clicked: 1 }])
    expect(report).toMatchObject({ currency: 'GBP', windowDays: 7, holdout: null })
  })

  it('finds orders of customers who clicked, though no page told of them', async () => {
    const shop = await trainedShop(site)
    const { recommendationId } = await shop.shopper.recommendations.list({ kind: 'popular' })
    const clicked = { type: 'recommendation_clicked' as const, recommendationId, productId: 'tea', customerId: 'C7' }
    await shop.shopper.events.send({
      events: [event({ ...clicked, at: new Date(Date.now() - HOUR_MS).toISOString() })],
    })
    await shop.api.orders.upsert({ items: [orderOf('W2', ['tea'], { customerId: 'C7', daysAgo: 0 })] })
    expect((await shop.api.recommendations.report(span())).total).toMatchObject({ orders: 1, revenueMinor: 100 })
  })

  it('sets visitors who saw recommendations beside those who were held out', async () => {
    const shop = await trainedShop(site)
    await shop.api.recommendationRules.setSettings({ holdoutShare: 0.5 })
    for (let i = 0; i < 20; i++) {
      const visitorId = `visitor-${i}`
      const { notice } = await shop.shopper.recommendations.list({ kind: 'popular', visitorId })
      const bought =
        notice?.code === 'holdout'
          ? []
          : [
              event({
                type: 'purchased' as const,
                orderId: `H${i}`,
                visitorId,
                value: { amount: 500, currency: 'GBP' },
              }),
            ]
      await shop.shopper.events.send({ events: [event({ type: 'page_viewed' as const, visitorId }), ...bought] })
    }
    const { holdout } = await shop.api.recommendations.report(span())
    expect(holdout!.shown.visitors + holdout!.heldOut.visitors).toBe(20)
    expect(holdout!.shown).toMatchObject({
      orders: holdout!.shown.visitors,
      revenueMinor: 500 * holdout!.shown.visitors,
    })
    expect(holdout!.heldOut).toMatchObject({ orders: 0, revenueMinor: 0 })
    expect(holdout!.difference).toMatchObject({ ordersPerVisitor: 1, low: 1, high: 1 })
  })

  it('is of one tenant', async () => {
    const [ours, theirs] = [await trainedShop(site), await site.newShop()]
    await buy(ours, 'ann', 'W3')
    expect((await theirs.api.recommendations.report(span())).total.shown).toBe(0)
  })

  it.each([
    ['ends before it begins', '2026-02-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['is longer than 92 days', '2026-01-01T00:00:00Z', '2026-04-04T00:00:00Z'],
  ])('is refused of a span that %s', async (_, from, to) => {
    const { api } = await site.newShop()
    await expect(api.recommendations.report({ from, to })).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
