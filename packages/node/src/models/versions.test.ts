import { trainRecommender } from '@tillwright/core/brain'
import { MODEL_TYPE } from '@tillwright/core/contract'
import { describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { type Shop, useSite } from '../testing/test-site.ts'
import { orderOf, trainedShop } from '../testing/trained-shop.ts'

describeOnDatabases('versions of models', (engine) => {
  const site = useSite(engine)

  async function trainAgain(shop: Shop, product: string): Promise<string> {
    const items = Array.from({ length: 9 }, (_, i) => orderOf(`${product}-${i}`, [product], { daysAgo: 0 }))
    await shop.api.orders.upsert({ items })
    return (await site.server.tools.train(shop.tenant)).modelVersion
  }
  const active = async ({ api }: Shop) => (await api.models.current()).modelVersion
  /** Which model answers a page. */
  const answering = async ({ shopper }: Shop) => (await shopper.recommendations.list()).modelVersion

  it('go back to the one before, which then stays whatever is trained', async () => {
    const shop = await trainedShop(site)
    const first = await active(shop)
    const second = await trainAgain(shop, 'lamp')
    expect(await answering(shop)).toBe(second)
    expect(await shop.api.models.rollback()).toMatchObject({ modelVersion: first, active: true })
    expect(await answering(shop)).toBe(first)
    expect(await shop.api.models.activation()).toEqual({ modelVersion: first, held: true })
    const third = await trainAgain(shop, 'milk')
    expect(await active(shop)).toBe(first)
    await shop.api.models.activate({ digest: third })
    expect(await answering(shop)).toBe(third)
    const fourth = await trainAgain(shop, 'saucer')
    expect(await active(shop)).toBe(fourth)
    expect((await shop.api.models.list()).items.map(({ modelVersion }) => modelVersion)).toContain(second)
  })

  it('have nothing to go back to at first', async () => {
    const shop = await trainedShop(site)
    await expect(shop.api.models.rollback()).rejects.toMatchObject({ code: 'conflict' })
    const none = await site.newShop()
    await expect(none.api.models.rollback()).rejects.toMatchObject({ code: 'conflict' })
  })

  describe('trained elsewhere', () => {
    const file = () => trainRecommender({ baskets: [{ items: ['lamp', 'cup'], at: Date.now() }] })

    it('are kept, and answer once they are activated', async () => {
      const shop = await trainedShop(site)
      const body = file()
      const kept = await shop.api.models.register({ body, type: MODEL_TYPE })
      expect(kept).toMatchObject({ active: false, counts: { baskets: 1, items: 2 }, bytes: body.length })
      expect(await answering(shop)).not.toBe(kept.modelVersion)
      await shop.api.models.activate({ digest: kept.modelVersion, hold: true })
      expect(await answering(shop)).toBe(kept.modelVersion)
    })

    it('are refused where they are none, or damaged', async () => {
      const shop = await site.newShop()
      const damaged = file()
      damaged[damaged.length - 3]! ^= 1
      for (const body of [damaged, new TextEncoder().encode('no model'), new Uint8Array()]) {
        const refused = shop.api.models.register({ body, type: MODEL_TYPE })
        await expect(refused).rejects.toMatchObject({ status: 422 })
      }
      expect((await shop.api.models.list()).items).toEqual([])
    })
  })

  it('that are not there are not activated', async () => {
    const [ours, theirs] = [await trainedShop(site), await trainedShop(site)]
    await trainAgain(theirs, 'lamp')
    const refused = ours.api.models.activate({ digest: await active(theirs) })
    await expect(refused).rejects.toMatchObject({ code: 'not_found' })
  })

  describe('side by side', () => {
    async function comparing() {
      const shop = await trainedShop(site)
      const champion = await active(shop)
      const challenger = await trainAgain(shop, 'lamp')
      await shop.api.models.activate({ digest: champion })
      const comparison = await shop.api.models.compare({ challenger, share: 0.5 })
      return { shop, champion, challenger, comparison }
    }

    it('answer their part of the visitors, each always the same, and clicks tell which is better', async () => {
      const { shop, champion, challenger, comparison } = await comparing()
      expect(comparison).toMatchObject({
        share: 0.5,
        verdict: 'undecided',
        champion: { modelVersion: champion, shown: 0 },
      })
      let eventCount = 0
      const answeredBy = { champion: 0, challenger: 0 }
      for (let i = 0; i < 60; i++) {
        const visitorId = `visitor-${i}`
        const ask = () => shop.shopper.recommendations.list({ kind: 'popular', visitorId })
        const { items, recommendationId, modelVersion } = await ask()
        expect((await ask()).modelVersion).toBe(modelVersion)
        const arm = modelVersion === challenger ? 'challenger' : 'champion'
        answeredBy[arm]++
        const event = (type: 'recommendation_shown' | 'recommendation_clicked') => ({
          id: `event-no-${eventCount++}`,
          type,
          at: new Date().toISOString(),
          recommendationId,
          productId: items[0]!.id,
          visitorId,
        })
        const clicked = arm === 'challenger' ? [event('recommendation_clicked')] : []
        await shop.shopper.events.send({ events: [event('recommendation_shown'), ...clicked] })
      }
      expect(Math.min(answeredBy.champion, answeredBy.challenger)).toBeGreaterThan(10)
      const result = await shop.api.models.comparison()
      expect(result).toMatchObject({
        champion: { shown: answeredBy.champion, clicked: 0 },
        challenger: { shown: answeredBy.challenger, clicked: answeredBy.challenger },
        difference: { clickRate: 1 },
        verdict: 'better',
      })
    })

    it('end with the one that is chosen, and trainings meanwhile did not answer', async () => {
      const { shop, champion, challenger } = await comparing()
      await trainAgain(shop, 'milk')
      expect(await active(shop)).toBe(champion)
      await expect(shop.api.models.compare({ challenger })).rejects.toMatchObject({ code: 'conflict' })
      expect(await shop.api.models.endComparison({ activate: 'challenger' })).toMatchObject({
        modelVersion: challenger,
      })
      expect(await active(shop)).toBe(challenger)
      await expect(shop.api.models.comparison()).rejects.toMatchObject({ code: 'not_found' })
    })

    it('are two, of which one answers now', async () => {
      const shop = await trainedShop(site)
      const refused = shop.api.models.compare({ challenger: await active(shop) })
      await expect(refused).rejects.toMatchObject({ code: 'conflict' })
      const unknown = shop.api.models.compare({ challenger: 'a'.repeat(64) })
      await expect(unknown).rejects.toMatchObject({ code: 'not_found' })
    })
  })
})
