import { describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { json, type Shop, useSite } from '../testing/test-site.ts'

const ANN = { id: 'c1', email: 'ann@shop.example', name: 'Ann Ångström', country: 'Sweden' }

const write = (shop: Shop, ...items: { id: string; email?: string; name?: string; country?: string }[]) =>
  shop.api.customers.upsert({ items })

async function idsOf(listed: AsyncIterable<{ id: string }>): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of listed) ids.push(id)
  return ids
}

/** Every text that a tenant's tables hold. */
async function everythingOf({ db }: Shop): Promise<string> {
  const tables = ['customers', 'orders', 'order_lines', 'events', 'products', 'jobs', 'idempotency'] as const
  const rows = await Promise.all(tables.map((table) => db.query.selectFrom(table).selectAll().execute()))
  return JSON.stringify(rows)
}

describeOnDatabases('customers', (engine) => {
  const site = useSite(engine)

  it('come back as they were written', async () => {
    const shop = await site.newShop()
    expect(await write(shop, ANN, { id: 'c2' })).toEqual({ created: 2, updated: 0, unchanged: 0 })
    expect(await shop.api.customers.get({ customerId: 'c1' })).toEqual({ ...ANN, updatedAt: expect.any(String) })
    expect(await shop.api.customers.get({ customerId: 'c2' })).toEqual({ id: 'c2', updatedAt: expect.any(String) })
  })

  it('are counted as created, updated and unchanged; the later of one id wins', async () => {
    const shop = await site.newShop()
    await write(shop, ANN, { id: 'c2' })
    const summary = await write(shop, ANN, { id: 'c2', name: 'Bo' }, { id: 'c3' }, { id: 'c3', name: 'Cy' })
    expect(summary).toEqual({ created: 1, updated: 1, unchanged: 2 })
    expect((await shop.api.customers.get({ customerId: 'c3' })).name).toBe('Cy')
  })

  it('are listed page by page in the order of their ids, each once', async () => {
    const shop = await site.newShop()
    const ids = Array.from({ length: 13 }, (_, i) => `c${String(i).padStart(2, '0')}`)
    await write(shop, ...ids.toReversed().map((id) => ({ id })))
    expect(await idsOf(shop.api.customers.list({ limit: 5 }))).toEqual(ids)
  })

  it('are found by a part of id, name or email, whatever its case', async () => {
    const shop = await site.newShop()
    await write(shop, ANN, { id: 'x-9', name: 'Bo', email: 'BO@shop.example' }, { id: 'c3', name: '50% off_' })
    const found = (search: string) => idsOf(shop.api.customers.list({ search }))
    expect(await found('ann@')).toEqual(['c1'])
    expect(await found('ANN')).toEqual(['c1'])
    expect(await found('bo@SHOP')).toEqual(['x-9'])
    expect(await found('X-')).toEqual(['x-9'])
    expect(await found('Ångström')).toEqual(['c1'])
    expect(await found('0%')).toEqual(['c3'])
    expect(await found('n_')).toEqual([])
  })

  it.each([
    ['an email without a host', { email: 'ann@' }],
    ['an empty id', { id: '' }],
    ['half of an emoji as a name', { name: '\ud83d' }],
  ])('with %s are refused', async (_, change) => {
    const shop = await site.newShop()
    await expect(write(shop, { ...ANN, ...change })).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('are shown to no publishable key', async () => {
    const { shopper } = await site.newShop()
    await expect(shopper.customers.list()).rejects.toMatchObject({ status: 403 })
    await expect(shopper.customers.get({ customerId: 'c1' })).rejects.toMatchObject({ status: 403 })
    await expect(shopper.customers.remove({ customerId: 'c1' })).rejects.toMatchObject({ status: 403 })
  })

  it('of another tenant are out of reach', async () => {
    const [ours, theirs] = [await site.newShop(), await site.newShop()]
    await write(ours, ANN)
    await expect(theirs.api.customers.get({ customerId: 'c1' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(theirs.api.customers.remove({ customerId: 'c1' })).rejects.toMatchObject({ code: 'not_found' })
    expect(await idsOf(theirs.api.customers.list({ search: 'ann' }))).toEqual([])
    expect((await ours.api.customers.get({ customerId: 'c1' })).name).toBe(ANN.name)
  })

  describe('an erasure', () => {
    const ID = 'erase-me-7f3a'
    const lines = [{ productId: 'tea', name: 'Tea', quantity: 1, unitPriceMinor: 450 }]

    it('leaves no trace of the person in any table, and the sales as they were', async () => {
      const shop = await site.newShop()
      await write(shop, { ...ANN, id: ID, name: 'Erased Person', email: 'erased@person.example' }, { id: 'other' })
      const order = (id: string, customerId: string) => ({
        id,
        placedAt: '2026-01-31T09:30:00Z',
        currency: 'GBP',
        customerId,
        lines,
      })
      await shop.api.orders.upsert({ items: [order('A1', ID), order('A2', 'other')] })
      const event = { type: 'product_viewed', at: '2026-01-31T09:29:00Z', productId: 'tea' }
      const events = [
        {
          ...event,
          id: 'event-of-person',
          customerId: ID,
          visitorId: 'visitor-of-person',
          sessionId: 'visit-of-person',
        },
        { ...event, id: 'event-of-other', customerId: 'other' },
      ]
      expect((await shop.send('/api/events', json({ events }))).status).toBe(202)

      await shop.api.customers.remove({ customerId: ID })

      const everything = await everythingOf(shop)
      const traces = [ID, 'Erased Person', 'erased@person.example', 'visitor-of-person', 'visit-of-person']
      for (const trace of traces) expect(everything).not.toContain(trace)
      expect((await shop.api.events.list()).items).toHaveLength(2)
      const { customerId, ...sale } = await shop.api.orders.get({ orderId: 'A1' })
      expect(customerId).toBeUndefined()
      expect(sale).toMatchObject({ kind: 'sale', total: { amount: 450 }, lines })
      expect((await shop.api.orders.get({ orderId: 'A2' })).customerId).toBe('other')
    })

    it('is told apart from one of somebody who is not there', async () => {
      const shop = await site.newShop()
      await write(shop, { ...ANN, id: ID })
      await shop.api.customers.remove({ customerId: ID })
      await expect(shop.api.customers.remove({ customerId: ID })).rejects.toMatchObject({ code: 'not_found' })
    })
  })
})
