import type { OrderInput } from '@tillwright/core/contract'
import { describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { json, type Shop, useSite } from '../testing/test-site.ts'

const TEA = { productId: 'tea', name: 'Green tea', quantity: 2, unitPriceMinor: 450 }
const CUP = { productId: 'cup', name: 'Blue cup', quantity: 1, unitPriceMinor: 1200 }

function order(id: string, changes: Partial<OrderInput> = {}): OrderInput {
  return { id, placedAt: '2026-01-31T09:30:00.000Z', currency: 'GBP', lines: [TEA, CUP], ...changes }
}

async function idsOf(listed: AsyncIterable<{ id: string }>): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of listed) ids.push(id)
  return ids
}

const write = (shop: Shop, ...items: OrderInput[]) => shop.api.orders.upsert({ items })

describeOnDatabases('orders', (engine) => {
  const site = useSite(engine)

  describe('an order that is written', () => {
    it('is kept with its lines in their order and its total in minor units', async () => {
      const { api } = await site.newShop()
      const items = [order('A1', { customerId: 'ann' })]
      expect(await api.orders.upsert({ items })).toEqual({ created: 1, updated: 0, unchanged: 0 })
      expect(await api.orders.get({ orderId: 'A1' })).toEqual({
        id: 'A1',
        placedAt: '2026-01-31T09:30:00.000Z',
        customerId: 'ann',
        kind: 'sale',
        total: { amount: 2100, currency: 'GBP' },
        lineCount: 2,
        lines: [TEA, CUP],
      })
    })

    it('changes nothing when it is written again', async () => {
      const shop = await site.newShop()
      await write(shop, order('A1'), order('A2'))
      expect(await write(shop, order('A2'), order('A1'))).toEqual({ created: 0, updated: 0, unchanged: 2 })
    })

    it('replaces what stood under its id: lines that changed, that came and that went', async () => {
      const shop = await site.newShop()
      await write(shop, order('A1'), order('A2'), order('A3'))
      const summary = await write(
        shop,
        order('A1', { lines: [{ ...TEA, quantity: 3 }, CUP] }),
        order('A2', { lines: [TEA, CUP, { ...TEA, quantity: -1 }] }),
        order('A3', { lines: [CUP] }),
        order('A4'),
      )
      expect(summary).toEqual({ created: 1, updated: 3, unchanged: 0 })
      const linesOf = async (orderId: string) => (await shop.api.orders.get({ orderId })).lines
      expect(await linesOf('A1')).toEqual([{ ...TEA, quantity: 3 }, CUP])
      expect(await linesOf('A2')).toEqual([TEA, CUP, { ...TEA, quantity: -1 }])
      expect(await linesOf('A3')).toEqual([CUP])
      const { items } = await shop.api.orders.list()
      expect(items.map(({ id, total, lineCount }) => [id, total.amount, lineCount])).toEqual([
        ['A4', 2100, 2],
        ['A3', 1200, 1],
        ['A2', 1650, 3],
        ['A1', 2550, 2],
      ])
    })

    it('counts as updated when time, customer, currency or a name alone has changed', async () => {
      const shop = await site.newShop()
      await write(shop, order('A1'))
      const changes = [
        { placedAt: '2026-01-31T09:30:00.001Z' },
        { customerId: 'ann' },
        { currency: 'EUR' },
        { lines: [{ ...TEA, name: 'Tea, green' }, CUP] },
      ]
      for (const change of changes) {
        expect(await write(shop, order('A1', change))).toEqual({ created: 0, updated: 1, unchanged: 0 })
        await write(shop, order('A1'))
      }
    })

    it('wins over an earlier one of the same id in the same call', async () => {
      const shop = await site.newShop()
      const summary = await write(shop, order('A1'), order('A1', { lines: [CUP] }))
      expect(summary).toEqual({ created: 1, updated: 0, unchanged: 1 })
      expect((await shop.api.orders.get({ orderId: 'A1' })).lines).toEqual([CUP])
    })

    it('means one instant whatever offset it is written with', async () => {
      const shop = await site.newShop()
      await write(shop, order('A1', { placedAt: '2026-01-31T11:30:00+02:00' }))
      expect(await write(shop, order('A1'))).toEqual({ created: 0, updated: 0, unchanged: 1 })
    })

    it('keeps the same product on several lines apart', async () => {
      const shop = await site.newShop()
      await write(shop, order('A1', { lines: [TEA, TEA, { ...TEA, unitPriceMinor: 400 }] }))
      const { lines, total } = await shop.api.orders.get({ orderId: 'A1' })
      expect(lines).toHaveLength(3)
      expect(total.amount).toBe(900 + 900 + 800)
    })

    it('keeps ids and names of any script, and a line without a name', async () => {
      const shop = await site.newShop()
      const lines = [
        { productId: "チ'ay 🫖/%_", name: 'שלום "tea"\\', quantity: 1, unitPriceMinor: 1 },
        { productId: 'nameless', quantity: 1, unitPriceMinor: 0 },
      ]
      const id = 'Nº 7/§ %2F'
      await write(shop, order(id, { lines }))
      expect((await shop.api.orders.get({ orderId: id })).lines).toEqual(lines)
    })

    it('holds more lines than one statement writes', async () => {
      const shop = await site.newShop()
      const lines = Array.from({ length: 10_000 }, (_, i) => ({
        productId: `p${i % 700}`,
        name: `Product ${i % 900}`,
        quantity: (i % 9) + 1,
        unitPriceMinor: i,
      }))
      await write(shop, order('long', { lines }))
      const stored = await shop.api.orders.get({ orderId: 'long' })
      expect(stored.lines).toEqual(lines)
      expect(stored.total.amount).toBe(lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0))
    })

    it('adds the products and customers it names, and leaves those that are there alone', async () => {
      const shop = await site.newShop()
      const { api } = shop
      await api.products.upsert({ items: [{ id: 'tea', name: 'Our own name', price: { amount: 1, currency: 'GBP' } }] })
      await api.customers.upsert({ items: [{ id: 'ann', name: 'Ann', country: 'Wales' }] })
      await write(shop, order('A1', { customerId: 'ann' }), order('A2', { customerId: 'bob' }))
      expect(await api.products.get({ productId: 'tea' })).toMatchObject({ name: 'Our own name', price: { amount: 1 } })
      expect(await api.products.get({ productId: 'cup' })).toMatchObject({ name: 'Blue cup', price: { amount: 1200 } })
      expect(await api.customers.get({ customerId: 'ann' })).toMatchObject({ name: 'Ann', country: 'Wales' })
      expect(await api.customers.get({ customerId: 'bob' })).toMatchObject({ id: 'bob' })
    })

    it('asks for one training, however many come; unchanged ones ask for none', async () => {
      const shop = await site.newShop()
      const trainings = async () => (await shop.api.jobs.list({ kind: 'recommendations.train' })).items.length
      await write(shop, order('A1'))
      await write(shop, order('A2'))
      expect(await trainings()).toBe(1)

      const other = await site.newShop()
      await write(other, order('A1'))
      await other.db.query.deleteFrom('jobs').execute()
      await write(other, order('A1'))
      expect((await other.api.jobs.list()).items).toEqual([])
    })
  })

  describe('returns', () => {
    it('are lines of negative quantity; an order of nothing else is a return, and never a sale', async () => {
      const shop = await site.newShop()
      await write(
        shop,
        order('sale', { lines: [TEA, { ...CUP, quantity: -1 }] }),
        order('return', { lines: [{ ...TEA, quantity: -2 }] }),
      )
      const { items } = await shop.api.orders.list()
      expect(Object.fromEntries(items.map(({ id, kind, total }) => [id, [kind, total.amount]]))).toEqual({
        sale: ['sale', 900 - 1200],
        return: ['return', -900],
      })
    })

    it('of a free piece come to nothing', async () => {
      const shop = await site.newShop()
      await write(shop, order('A1', { lines: [{ ...TEA, quantity: -1, unitPriceMinor: 0 }] }))
      expect(JSON.stringify((await shop.api.orders.get({ orderId: 'A1' })).total)).toBe('{"amount":0,"currency":"GBP"}')
    })
  })

  it('hold the largest amounts exactly, and stop where a double does', async () => {
    const shop = await site.newShop()
    const largest = { productId: 'yacht', quantity: 1, unitPriceMinor: Number.MAX_SAFE_INTEGER }
    await write(shop, order('one', { lines: [largest] }), order('two', { lines: [largest, largest] }))
    expect((await shop.api.orders.get({ orderId: 'one' })).total.amount).toBe(Number.MAX_SAFE_INTEGER)
    expect((await shop.api.orders.get({ orderId: 'two' })).total.amount).toBe(Number.MAX_SAFE_INTEGER)
  })

  describe('a list', () => {
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()

    it('goes newest first, page by page, each order once, also where many share an instant', async () => {
      const shop = await site.newShop()
      const items = Array.from({ length: 23 }, (_, i) =>
        order(`N${i}`, { placedAt: at(Math.floor(i / 10)), lines: [TEA] }),
      )
      await write(shop, ...items)
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await shop.api.orders.list({ limit: 4, ...(cursor === undefined ? {} : { cursor }) })
        expect(page.items.length).toBeLessThanOrEqual(4)
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      expect(seen).toHaveLength(23)
      expect(new Set(seen).size).toBe(23)
      const minutes = seen.map((id) => Math.floor(Number(id.slice(1)) / 10))
      expect(minutes).toEqual([...minutes].sort((a, b) => b - a))
    })

    it('has no further page after one that is full to the last', async () => {
      const shop = await site.newShop()
      await write(shop, order('A1'), order('A2'))
      expect((await shop.api.orders.list({ limit: 2 })).nextCursor).toBeNull()
    })

    it('shows no order twice when newer ones arrive between two pages', async () => {
      const shop = await site.newShop()
      await write(shop, ...[1, 2, 3, 4].map((i) => order(`A${i}`, { placedAt: at(i) })))
      const first = await shop.api.orders.list({ limit: 2 })
      await write(shop, order('new', { placedAt: at(9) }))
      const second = await shop.api.orders.list({ limit: 2, cursor: first.nextCursor! })
      expect(second.items.map(({ id }) => id)).toEqual(['A2', 'A1'])
    })

    it('narrows to a customer and to a span that begins with its start and ends before its end', async () => {
      const shop = await site.newShop()
      await write(
        shop,
        ...[1, 2, 3, 4].map((i) => order(`A${i}`, { placedAt: at(i), customerId: i % 2 ? 'odd' : 'even' })),
      )
      expect(await idsOf(shop.api.orders.list({ customerId: 'odd' }))).toEqual(['A3', 'A1'])
      expect(await idsOf(shop.api.orders.list({ from: at(2), to: at(4) }))).toEqual(['A3', 'A2'])
      expect(await idsOf(shop.api.orders.list({ from: at(2), customerId: 'even', limit: 1 }))).toEqual(['A4', 'A2'])
      expect(await idsOf(shop.api.orders.list({ customerId: 'nobody' }))).toEqual([])
    })

    it.each(['garbage', 'e30', Buffer.from('["x",1]').toString('base64url'), Buffer.from('[1]').toString('base64url')])(
      'refuses the cursor %s',
      async (cursor) => {
        const shop = await site.newShop()
        await expect(shop.api.orders.list({ cursor })).rejects.toMatchObject({
          code: 'invalid_input',
          errors: [{ path: 'cursor' }],
        })
      },
    )
  })

  describe('refusals', () => {
    it('name the path of what is wrong, and nothing of the call is written', async () => {
      const shop = await site.newShop()
      const answer = await shop.send(
        '/api/orders',
        json({ items: [order('good'), order('bad', { lines: [{ ...TEA, quantity: 0 }] })] }),
      )
      expect(answer.status).toBe(422)
      expect(await answer.json()).toMatchObject({
        code: 'invalid_input',
        errors: [{ path: 'items.1.lines.0.quantity' }],
      })
      expect((await shop.api.orders.list()).items).toEqual([])
    })

    it.each([
      ['no lines', { lines: [] }],
      ['a fraction of a piece', { lines: [{ ...TEA, quantity: 0.5 }] }],
      ['a fraction of a penny', { lines: [{ ...TEA, unitPriceMinor: 0.5 }] }],
      ['a negative price', { lines: [{ ...TEA, unitPriceMinor: -1 }] }],
      ['a currency that is none', { currency: 'gbp' }],
      ['a time without a zone', { placedAt: '2026-01-31T09:30:00' }],
      ['a day that does not exist', { placedAt: '2026-02-30T09:30:00Z' }],
      ['a name with NUL', { lines: [{ ...TEA, name: 'a\0b' }] }],
      ['an id with a line break', { id: 'a\nb' }],
    ])('meet %s', async (_, change) => {
      const shop = await site.newShop()
      await expect(write(shop, order('A1', change))).rejects.toMatchObject({ code: 'invalid_input' })
    })
  })

  describe('another tenant', () => {
    it('has no order of this one, and may have one of the same id', async () => {
      const [ours, theirs] = [await site.newShop(), await site.newShop()]
      await write(ours, order('A1', { customerId: 'ann' }))
      await expect(theirs.api.orders.get({ orderId: 'A1' })).rejects.toMatchObject({ status: 404, code: 'not_found' })
      expect((await theirs.api.orders.list({ customerId: 'ann' })).items).toEqual([])

      expect(await write(theirs, order('A1', { lines: [CUP] }))).toEqual({ created: 1, updated: 0, unchanged: 0 })
      expect((await ours.api.orders.get({ orderId: 'A1' })).lines).toEqual([TEA, CUP])
      expect((await theirs.api.orders.get({ orderId: 'A1' })).lines).toEqual([CUP])
    })
  })

  it('are kept from publishable keys', async () => {
    const { shopper } = await site.newShop()
    await expect(shopper.orders.list()).rejects.toMatchObject({ status: 403 })
  })

  it('written at the same time all arrive, each once', async () => {
    const shop = await site.newShop()
    const writes = Array.from({ length: 12 }, (_, i) =>
      write(shop, order(`own-${i}`), order('shared', { lines: [{ ...TEA, quantity: i + 1 }] })),
    )
    await Promise.all(writes)
    const ids = await idsOf(shop.api.orders.list())
    expect(ids.toSorted()).toEqual([...Array.from({ length: 12 }, (_, i) => `own-${i}`), 'shared'].toSorted())
    const { lines, total } = await shop.api.orders.get({ orderId: 'shared' })
    expect(lines).toHaveLength(1)
    expect(total.amount).toBe(lines[0]!.quantity * TEA.unitPriceMinor)
  })
})
