import { describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { type Shop, useSite } from '../testing/test-site.ts'

const TEA = {
  id: 'tea',
  name: 'Green Tea',
  description: 'Loose leaves',
  url: 'https://shop.example/tea',
  imageUrl: '/img/tea.jpg',
  price: { amount: 450, currency: 'GBP' },
  categories: ['Drinks', 'Tea'],
  brand: 'Leafy',
  attributes: { origin: 'Uji' },
  inStock: true,
  visible: true,
}

const write = (shop: Shop, ...items: Parameters<Shop['api']['products']['upsert']>[0]['items']) =>
  shop.api.products.upsert({ items })

async function idsOf(listed: AsyncIterable<{ id: string }>): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of listed) ids.push(id)
  return ids
}

describeOnDatabases('products', (engine) => {
  const site = useSite(engine)

  it('come back as they were written, in stock and visible unless they say otherwise', async () => {
    const shop = await site.newShop()
    await write(shop, TEA, { id: 'cup', name: 'Cup' })
    expect(await shop.api.products.get({ productId: 'tea' })).toEqual({ ...TEA, updatedAt: expect.any(String) })
    expect(await shop.api.products.get({ productId: 'cup' })).toEqual({
      id: 'cup',
      name: 'Cup',
      inStock: true,
      visible: true,
      updatedAt: expect.any(String),
    })
  })

  it('are counted as created, updated and unchanged', async () => {
    const shop = await site.newShop()
    expect(await write(shop, TEA, { id: 'cup', name: 'Cup' })).toEqual({ created: 2, updated: 0, unchanged: 0 })
    expect(await write(shop, { id: 'cup', name: 'Mug' }, TEA, { id: 'pot', name: 'Pot' })).toEqual({
      created: 1,
      updated: 1,
      unchanged: 1,
    })
  })

  it('lose what a later version does not name', async () => {
    const shop = await site.newShop()
    await write(shop, TEA)
    await write(shop, { id: 'tea', name: 'Tea' })
    const { updatedAt: _, ...tea } = await shop.api.products.get({ productId: 'tea' })
    expect(tea).toEqual({ id: 'tea', name: 'Tea', inStock: true, visible: true })
  })

  it('keep their time of change when nothing about them changes', async () => {
    const shop = await site.newShop()
    await write(shop, TEA)
    await shop.db.query.updateTable('products').set({ updated_at: 1 }).execute()
    await write(shop, TEA)
    expect((await shop.api.products.get({ productId: 'tea' })).updatedAt).toBe('1970-01-01T00:00:00.001Z')
  })

  it('of the same id in one call: the later wins', async () => {
    const shop = await site.newShop()
    expect(await write(shop, TEA, { ...TEA, name: 'Later' })).toMatchObject({ created: 1, unchanged: 1 })
    expect((await shop.api.products.get({ productId: 'tea' })).name).toBe('Later')
  })

  it('go when they are removed, once', async () => {
    const shop = await site.newShop()
    await write(shop, TEA)
    await shop.api.products.remove({ productId: 'tea' })
    await expect(shop.api.products.get({ productId: 'tea' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(shop.api.products.remove({ productId: 'tea' })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('are listed page by page in the order of their ids, each once', async () => {
    const shop = await site.newShop()
    const ids = Array.from({ length: 25 }, (_, i) => `p${String(i).padStart(2, '0')}`)
    await write(shop, ...ids.toReversed().map((id) => ({ id, name: id })))
    expect(await idsOf(shop.api.products.list({ limit: 7 }))).toEqual(ids)
    expect((await shop.api.products.list({ limit: 25 })).nextCursor).toBeNull()
  })

  describe('a search', () => {
    it('finds products whose name, brand and id hold all of its words, whatever their case', async () => {
      const shop = await site.newShop()
      await write(shop, TEA, { id: 'tea-2', name: 'Black tea', brand: 'Éclat' }, { id: 'cup', name: 'Cup' })
      const found = (search: string) => idsOf(shop.api.products.list({ search }))
      expect(await found('TEA')).toEqual(['tea', 'tea-2'])
      expect(await found('  leafy   TEA ')).toEqual(['tea'])
      expect(await found('éclat')).toEqual(['tea-2'])
      expect(await found('ÉCLAT')).toEqual(['tea-2'])
      expect(await found('tea cup')).toEqual([])
      expect(await found(' ')).toEqual(['cup', 'tea', 'tea-2'])
    })

    it('takes wildcards and quotes for themselves', async () => {
      const shop = await site.newShop()
      await write(
        shop,
        { id: 'a', name: '100% wool' },
        { id: 'b', name: '100 wool_en' },
        { id: 'c', name: `O'Neill\\` },
      )
      const found = (search: string) => idsOf(shop.api.products.list({ search }))
      expect(await found('100%')).toEqual(['a'])
      expect(await found('l_e')).toEqual(['b'])
      expect(await found("o'n")).toEqual(['c'])
      expect(await found('\\')).toEqual(['c'])
    })
  })

  it('are narrowed to a whole category, not to a part of its name', async () => {
    const shop = await site.newShop()
    await write(
      shop,
      { id: 'a', name: 'A', categories: ['Tea'] },
      { id: 'b', name: 'B', categories: ['Tea pots', 'x"y\\'] },
      { id: 'c', name: 'C', categories: ['Cups', 'Tea'] },
    )
    expect(await idsOf(shop.api.products.list({ category: 'Tea' }))).toEqual(['a', 'c'])
    expect(await idsOf(shop.api.products.list({ category: 'x"y\\' }))).toEqual(['b'])
    expect(await idsOf(shop.api.products.list({ category: 'tea' }))).toEqual(['a', 'c'])
    expect(await idsOf(shop.api.products.list({ category: 'Te' }))).toEqual([])
  })

  describe('hidden', () => {
    it('are shown to the shop itself and to no publishable key', async () => {
      const shop = await site.newShop()
      await write(
        shop,
        TEA,
        { id: 'secret', name: 'Not yet', visible: false },
        { id: 'gone', name: 'X', inStock: false },
      )
      expect(await idsOf(shop.api.products.list())).toEqual(['gone', 'secret', 'tea'])
      expect(await idsOf(shop.shopper.products.list())).toEqual(['gone', 'tea'])
      expect(await idsOf(shop.shopper.products.list({ search: 'not' }))).toEqual([])
      expect((await shop.api.products.get({ productId: 'secret' })).visible).toBe(false)
      const asked = shop.shopper.products.get({ productId: 'secret' })
      await expect(asked).rejects.toMatchObject({ code: 'not_found' })
    })
  })

  it('are written by no publishable key', async () => {
    const { shopper } = await site.newShop()
    await expect(shopper.products.upsert({ items: [TEA] })).rejects.toMatchObject({ status: 403 })
    await expect(shopper.products.remove({ productId: 'tea' })).rejects.toMatchObject({ status: 403 })
  })

  it.each([
    ['a script as its address', { url: 'javascript:alert(1)' }],
    ['an address of another host without a scheme', { imageUrl: '//evil.example/x.png' }],
    ['an empty id', { id: '' }],
    ['half a penny', { price: { amount: 0.5, currency: 'GBP' } }],
    ['21 categories', { categories: Array.from({ length: 21 }, (_, i) => `c${i}`) }],
  ])('with %s are refused', async (_, change) => {
    const shop = await site.newShop()
    await expect(write(shop, { ...TEA, ...change })).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('of another tenant are out of reach, and may have the same ids', async () => {
    const [ours, theirs] = [await site.newShop(), await site.newShop()]
    await write(ours, TEA)
    await expect(theirs.api.products.get({ productId: 'tea' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(theirs.api.products.remove({ productId: 'tea' })).rejects.toMatchObject({ code: 'not_found' })
    expect(await write(theirs, { id: 'tea', name: 'Theirs' })).toMatchObject({ created: 1 })
    expect((await ours.api.products.get({ productId: 'tea' })).name).toBe('Green Tea')
  })
})
