import type { RecommendationRule } from '@tillwright/core/contract'
import { describe, expect, it, onTestFinished } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { openSite, type Shop, useSite } from '../testing/test-site.ts'
import { trainedShop } from '../testing/trained-shop.ts'

const HOUR_MS = 3_600_000

type NewRule = Omit<RecommendationRule, 'id' | 'updatedAt' | 'enabled'> & { enabled?: boolean }

const rule = (action: NewRule['action'], match: NewRule['match'], more: Partial<NewRule> = {}): NewRule => ({
  name: `${action} for a test`,
  action,
  match,
  ...more,
})

describeOnDatabases('rules of recommendations', (engine) => {
  const site = useSite(engine)
  const popular = async ({ shopper }: Shop, more: object = {}) =>
    (await shopper.recommendations.list({ kind: 'popular', ...more })).items.map(({ id }) => id)

  it('change answers from the very next one on', async () => {
    const shop = await trainedShop(site)
    expect(await popular(shop)).toEqual(['tea', 'cup', 'milk'])
    const { id } = await shop.api.recommendationRules.create(rule('exclude', { ids: ['tea'] }))
    expect(await popular(shop)).toEqual(['cup', 'milk'])
    await shop.api.recommendationRules.replace({ ruleId: id, ...rule('boost', { ids: ['milk'] }, { factor: 10 }) })
    expect(await popular(shop)).toEqual(['milk', 'tea', 'cup'])
    await shop.api.recommendationRules.remove({ ruleId: id })
    expect(await popular(shop)).toEqual(['tea', 'cup', 'milk'])
  })

  it('pin what nobody recommended, and the answer says that the shop chose it', async () => {
    const shop = await trainedShop(site)
    await shop.api.recommendationRules.create(rule('pin', { ids: ['lamp'] }, { position: 1 }))
    const { items, strategies } = await shop.shopper.recommendations.list({ kind: 'popular', language: 'de' })
    expect(items.map(({ id }) => id)).toEqual(['tea', 'lamp', 'cup', 'milk'])
    expect(items[1]).toMatchObject({ reason: { kind: 'pinned' }, reasonText: 'Vom Laden ausgewählt' })
    expect(strategies).toEqual(['popular', 'pinned'])
  })

  it('never show what is hidden or sold out, however it is pinned', async () => {
    const shop = await trainedShop(site)
    await shop.api.recommendationRules.create(rule('pin', { ids: ['lamp', 'milk'] }))
    await shop.api.products.upsert({ items: [{ id: 'lamp', name: 'Desk lamp', visible: false }] })
    await shop.api.products.upsert({ items: [{ id: 'milk', name: 'Milk', inStock: false }] })
    expect(await popular(shop)).toEqual(['tea', 'cup'])
  })

  it('hold where they are meant to: for a kind, a place, or a cart', async () => {
    const shop = await trainedShop(site)
    const { create } = shop.api.recommendationRules
    await create(rule('exclude', { ids: ['milk'] }, { kinds: ['bought-together'] }))
    await create(rule('exclude', { ids: ['cup'] }, { placements: ['cart'] }))
    await create(rule('pin', { ids: ['saucer'] }, { context: { brands: ['Clay'] } }))
    expect(await popular(shop)).toEqual(['tea', 'cup', 'milk'])
    expect(await popular(shop, { placement: 'cart' })).toEqual(['tea', 'milk'])
    expect(await popular(shop, { items: ['cup'] })).toEqual(['saucer', 'tea', 'milk'])
  })

  it('begin and end when they are to, also in answers that are remembered', async () => {
    const time = { now: Date.now() }
    const still = await openSite(engine, { clock: () => time.now })
    onTestFinished(() => still.close())
    const shop = await trainedShop(still)
    const from = new Date(time.now + 60_000).toISOString()
    const until = new Date(time.now + 120_000).toISOString()
    await shop.api.recommendationRules.create(rule('exclude', { ids: ['tea'] }, { from, until }))
    const seen = []
    for (const wait of [0, 60_000, 59_999, 1]) {
      time.now += wait
      seen.push((await popular(shop)).includes('tea'))
    }
    expect(seen).toEqual([true, false, false, true])
  })

  it('that exclude everything leave an answer that says so', async () => {
    const shop = await trainedShop(site)
    await shop.api.recommendationRules.create(rule('only', { brands: ['Nobody'] }))
    expect(await shop.shopper.recommendations.list()).toMatchObject({
      items: [],
      notice: { code: 'rules_exclude_all', message: expect.stringContaining('preview') },
    })
  })

  it('that are switched off do nothing', async () => {
    const shop = await trainedShop(site)
    await shop.api.recommendationRules.create(rule('exclude', {}, { enabled: false }))
    expect(await popular(shop)).toEqual(['tea', 'cup', 'milk'])
  })

  it('are previewed with what each of them does, a draft and a day to come included', async () => {
    const shop = await trainedShop(site)
    const from = new Date(Date.now() + HOUR_MS).toISOString()
    const kept = await shop.api.recommendationRules.create(rule('exclude', { ids: ['tea'] }, { from }))
    const preview = await shop.api.recommendationRules.preview({
      query: { kind: 'popular' },
      draft: rule('pin', { ids: ['lamp'] }),
      at: new Date(Date.now() + 2 * HOUR_MS).toISOString(),
    })
    expect(preview.without).toEqual(['tea', 'cup', 'milk'])
    expect(preview.answer.items.map(({ id }) => id)).toEqual(['lamp', 'cup', 'milk'])
    expect(preview.effects.map(({ ruleId }) => ruleId)).toEqual([kept.id, 'draft'])
    expect(preview.effects[1]!.changes).toContainEqual({ id: 'lamp', before: null, after: 0 })
    expect(preview.effects[0]!.changes).toContainEqual({ id: 'tea', before: 1, after: null })
    expect(await popular(shop)).toEqual(['tea', 'cup', 'milk'])
  })

  it('are previewed in their next form, without the present one', async () => {
    const shop = await trainedShop(site)
    const kept = await shop.api.recommendationRules.create(rule('exclude', { ids: ['tea'] }))
    const preview = await shop.api.recommendationRules.preview({
      query: { kind: 'popular' },
      draft: rule('exclude', { ids: ['milk'] }),
      replaces: kept.id,
    })
    expect(preview.answer.items.map(({ id }) => id)).toEqual(['tea', 'cup'])
    expect(preview.effects.map(({ ruleId }) => ruleId)).toEqual(['draft'])
  })

  it('are listed, counted in the audit log, and another tenant’s are out of reach', async () => {
    const [ours, theirs] = [await trainedShop(site), await site.newShop()]
    const made = await ours.api.recommendationRules.create(rule('exclude', { ids: ['tea'] }))
    expect((await ours.api.recommendationRules.list()).items).toEqual([made])
    expect((await theirs.api.recommendationRules.list()).items).toEqual([])
    const foreign = theirs.api.recommendationRules.remove({ ruleId: made.id })
    await expect(foreign).rejects.toMatchObject({ code: 'not_found' })
    const log = await site.server.database.system
      .selectFrom('audit_log')
      .where('tenant_id', '=', ours.tenant.id)
      .where('kind', 'like', 'recommendation%')
      .select(['kind', 'data'])
      .execute()
    expect(log).toEqual([{ kind: 'recommendation_rule.created', data: expect.stringContaining(made.id) }])
  })

  describe('are refused', () => {
    it.each<[string, NewRule, string]>([
      ['a pin without products', rule('pin', { categories: ['Drinks'] }), 'match.ids'],
      [
        'an end before the beginning',
        rule('boost', {}, { from: '2026-02-01T00:00:00Z', until: '2026-01-01T00:00:00Z' }),
        'until',
      ],
      ['a price range that is none', rule('boost', { minPriceMinor: 2, maxPriceMinor: 1 }), 'match.maxPriceMinor'],
      ['a factor of one', rule('boost', {}, { factor: 1 }), 'factor'],
    ])('for %s', async (_, input, path) => {
      const { api } = await site.newShop()
      const refused = { code: 'invalid_input', errors: [{ path }] }
      await expect(api.recommendationRules.create(input)).rejects.toMatchObject(refused)
      if (path !== 'factor') {
        await expect(api.recommendationRules.preview({ query: {}, draft: input })).rejects.toMatchObject(refused)
      }
    })

    it('to pages', async () => {
      const { shopper } = await site.newShop()
      await expect(shopper.recommendationRules.list()).rejects.toMatchObject({ code: 'wrong_key_kind' })
    })
  })

  describe('as settings', () => {
    it('are what they are by default until somebody sets them', async () => {
      const { api } = await site.newShop()
      const defaults = { diversity: 0, marginWeight: 0, holdoutShare: 0, holdoutShows: 'popular' }
      expect(await api.recommendationRules.settings()).toEqual(defaults)
      await api.recommendationRules.setSettings({ diversity: 0.5 })
      expect(await api.recommendationRules.settings()).toEqual({ ...defaults, diversity: 0.5 })
    })

    it('put what earns more further up, as far as they say', async () => {
      const shop = await trainedShop(site)
      await shop.api.recommendationRules.setSettings({ marginWeight: 1 })
      expect(await popular(shop)).toEqual(['cup', 'tea', 'milk'])
    })
  })
})
