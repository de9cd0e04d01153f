import { describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { signInAs } from '../testing/sign-in-as.ts'
import { json, useSite } from '../testing/test-site.ts'

describeOnDatabases('categories', (engine) => {
  const time = { now: Date.parse('2026-03-20T12:00:00Z') }
  const site = useSite(engine, { clock: () => time.now })

  async function shopWithCategories() {
    const shop = await site.newShop()
    const { api } = shop
    const { id: accountId } = await api.accounts.create({ name: 'Current', kind: 'bank', currency: 'GBP' })
    const food = await api.categories.create({ name: 'Food', icon: '🍞' })
    const coffee = await api.categories.create({ name: 'Coffee', parentId: food.id })
    const travel = await api.categories.create({ name: 'Travel' })
    const add = (description: string, more: object = {}) =>
      api.transactions.create({ accountId, amountMinor: -500, description, ...more })
    return { shop, api, accountId, food, coffee, travel, add }
  }
  const runJobs = async () => {
    time.now += 61_000
    while ((await site.server.jobs.runDue()) > 0);
  }

  it('form a tree that never goes round, and not too deep', async () => {
    const { api, food, coffee } = await shopWithCategories()
    const round = api.categories.update({ categoryId: food.id, parentId: coffee.id })
    await expect(round).rejects.toMatchObject({ code: 'conflict' })
    let parentId = coffee.id
    for (const name of ['3', '4', '5']) parentId = (await api.categories.create({ name, parentId })).id
    await expect(api.categories.create({ name: '6', parentId })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('that go leave their children one higher, and what was in them where it is told', async () => {
    const { api, food, coffee, travel, add } = await shopWithCategories()
    const { id: transactionId } = await add('Bread', { categoryId: food.id })
    await api.categories.remove({ categoryId: food.id, moveTo: travel.id })
    expect((await api.transactions.get({ transactionId })).categoryId).toBe(travel.id)
    const { items } = await api.categories.list()
    expect(items.find(({ id }) => id === coffee.id)).toMatchObject({ parentId: null })
  })

  it('of one person are seen by nobody else, and everybody’s are not theirs to change', async () => {
    const { shop, food } = await shopWithCategories()
    const [ann, bob] = [await signInAs(site, shop, 'customer'), await signInAs(site, shop, 'customer')]
    await ann.send('/api/categories', json({ name: 'Knitting' }))
    const names = async (who: typeof ann) =>
      ((await (await who.send('/api/categories')).json()) as { items: { name: string }[] }).items.map(
        ({ name }) => name,
      )
    expect(await names(ann)).toEqual(['Coffee', 'Food', 'Knitting', 'Travel'])
    expect(await names(bob)).toEqual(['Coffee', 'Food', 'Travel'])
    const rename = { method: 'PATCH', body: '{"name":"Mine"}', headers: { 'content-type': 'application/json' } }
    expect((await ann.send(`/api/categories/${food.id}`, rename)).status).toBe(403)
  })

  it('have budgets, in which what is below them counts, and those of a month come first', async () => {
    const { api, food, coffee, add } = await shopWithCategories()
    await api.categories.setBudget({ categoryId: food.id, amountMinor: 10_000, currency: 'GBP' })
    await add('Bread', { categoryId: food.id })
    await add('Espresso', { categoryId: coffee.id, amountMinor: -300 })
    await add('Refund', { categoryId: food.id, amountMinor: 100 })
    await add('Last month', { categoryId: food.id, bookedOn: '2026-02-28' })
    const march = {
      month: '2026-03',
      items: [{ name: 'Food', budgetMinor: 10_000, spentMinor: 700, leftMinor: 9_300 }],
    }
    expect(await api.categories.budgets()).toMatchObject(march)
    await api.categories.setBudget({ categoryId: food.id, amountMinor: 500, currency: 'GBP', month: '2026-03' })
    expect((await api.categories.budgets()).items).toMatchObject([{ month: '2026-03', leftMinor: -200 }])
    expect((await api.categories.budgets({ month: '2026-02' })).items).toMatchObject([{ month: null, spentMinor: 500 }])
    await api.categories.removeBudget({ categoryId: food.id, currency: 'GBP', month: '2026-03' })
    expect(await api.categories.budgets()).toMatchObject(march)
  })

  describe('are chosen', () => {
    it('by the first rule that fits, before anybody guesses', async () => {
      const { api, food, travel, add } = await shopWithCategories()
      const rule = (categoryId: string, match: object, position: number) =>
        api.categoryRules.create({ categoryId, match, position })
      await rule(travel.id, { merchant: 'Shell', minMinor: 2_000 }, 1)
      await rule(food.id, { text: 'shell' }, 2)
      const small = await add('SHELL KINGS 587')
      const large = await add('SHELL KINGS 588', { merchant: 'SHELL 12', amountMinor: -5_000 })
      expect(small).toMatchObject({ categoryId: food.id, categorisedBy: 'rule', needsReview: false })
      expect(large).toMatchObject({ categoryId: travel.id, categorisedBy: 'rule' })
      await expect(rule(food.id, {}, 3)).rejects.toMatchObject({ errors: [{ path: 'match' }] })
    })

    it('by rules that are made later, when they are applied to what is there', async () => {
      const { api, food, travel, add } = await shopWithCategories()
      const [open, decided] = [await add('Bakery'), await add('Bakery', { categoryId: travel.id })]
      await api.categoryRules.create({ categoryId: food.id, match: { text: 'bakery' } })
      expect(await api.categoryRules.apply()).toEqual({ looked: 1, changed: 1 })
      expect(await api.transactions.get({ transactionId: open.id })).toMatchObject({ categoryId: food.id })
      expect(await api.transactions.get({ transactionId: decided.id })).toMatchObject({ categoryId: travel.id })
    })

    it('as people did before, where that is sure enough, and asked for where it is not', async () => {
      const { api, food, travel, add } = await shopWithCategories()
      const first = await add('TESCO STORES 3858')
      expect(first).toMatchObject({ categoryId: null, needsReview: false })
      await api.transactions.update({ transactionId: first.id, categoryId: food.id })
      expect(await add('Tesco Stores 6112')).toMatchObject({ categoryId: food.id, categorisedBy: 'model' })
      await add('TESCO STORES 3859', { categoryId: travel.id })
      await add('TESCO STORES 3859', { categoryId: food.id })
      await add('TESCO STORES 3859', { categoryId: travel.id })
      const asked = await add('TESCO STORES 1')
      expect(asked).toMatchObject({ categoryId: null, needsReview: true })
      expect(asked.suggestions.map(({ categoryId }) => categoryId).sort()).toEqual([food.id, travel.id].sort())
      expect((await api.transactions.list({ needsReview: true })).items.map(({ id }) => id)).toEqual([asked.id])
      await api.transactions.update({ transactionId: asked.id, categoryId: travel.id })
      expect((await api.transactions.list({ needsReview: true })).items).toEqual([])
    })

    it('by a categoriser that a job trains on what people chose', { timeout: 60_000 }, async () => {
      const { api, food, travel, add } = await shopWithCategories()
      expect(await api.categoryRules.categoriser()).toMatchObject({ modelVersion: null })
      for (let i = 0; i < 12; i++) {
        await add(`Green Grocer ${i}`, { categoryId: food.id })
        await add(`Night Train ${i}`, { categoryId: travel.id })
      }
      await runJobs()
      expect(await api.categoryRules.categoriser()).toMatchObject({ examples: 24, applyFrom: 0.9 })
      expect(await add('Green Grocer 99')).toMatchObject({ categoryId: food.id, categorisedBy: 'model' })
    })

    it('never by what only somebody else can see', async () => {
      const { shop, accountId, api } = await shopWithCategories()
      const ann = await signInAs(site, shop, 'customer')
      const account = (await (
        await ann.send('/api/accounts', json({ name: 'A', kind: 'cash', currency: 'GBP' }))
      ).json()) as { id: string }
      const knitting = (await (await ann.send('/api/categories', json({ name: 'Knitting' }))).json()) as { id: string }
      const wool = { accountId: account.id, amountMinor: -5, description: 'Wool and Co' }
      await ann.send('/api/transactions', json({ ...wool, categoryId: knitting.id }))
      const mine = (await (await ann.send('/api/transactions', json(wool))).json()) as object
      expect(mine).toMatchObject({ categoryId: knitting.id })
      const shops = await api.transactions.create({ accountId, amountMinor: -5, description: 'Wool and Co' })
      expect([shops.categoryId, ...shops.suggestions.map(({ categoryId }) => categoryId)]).not.toContain(knitting.id)
    })
  })
})
