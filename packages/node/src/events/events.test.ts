import type { Event } from '@tillwright/core/contract'
import { seededRandom } from '@tillwright/core/testing'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../db/open.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { json, useSite } from '../testing/test-site.ts'
import { countEvents } from './store.ts'

function event(id: string, fields: Partial<Event> = {}): Event {
  return { id, type: 'product_viewed', at: '2026-03-01T12:00:00Z', productId: 'teapot', ...fields }
}

function batch(count: number, from = 0): Event[] {
  return Array.from({ length: count }, (_, i) => event(`event-${String(from + i).padStart(5, '0')}`))
}

describeOnDatabases('events', (engine) => {
  const site = useSite(engine)

  it('are stored in batches of up to 500, and no larger ones', async () => {
    const { api, send } = await site.newShop()
    expect(await api.events.send({ events: batch(500) })).toEqual({ accepted: 500, duplicates: 0 })
    const refused = await send('/api/events', json({ events: batch(501) }))
    expect([refused.status, await refused.json()]).toMatchObject([422, { errors: [{ path: 'events' }] }])
    expect((await send('/api/events', json({ events: [] }))).status).toBe(422)
    expect((await api.events.list({ limit: 1 })).items).toHaveLength(1)
  })

  it('are answered with 202, and are on disk by then: another connection sees them', async () => {
    const { send, tenant } = await site.newShop()
    expect((await send('/api/events', json({ events: batch(3) }))).status).toBe(202)
    const other = openDatabase(site.url)
    onTestFinished(() => other.close())
    expect(await countEvents(other.tenant(tenant.id))).toBe(3)
  })

  it('come back as they were sent, the last to arrive first, with the time of their arrival in UTC', async () => {
    const { api } = await site.newShop()
    const full = event('event-full', {
      at: '2026-03-01T12:00:00.5+01:00',
      sessionId: 'session 1',
      visitorId: 'visitor 1',
      customerId: 'customer 1',
      productIds: ['a', 'b', 'a'],
      orderId: 'order 1',
      recommendationId: 'rec_1',
      position: 0,
      quantity: 2,
      value: { amount: -5, currency: 'EUR' },
      query: 'thé “vert” 🫖',
      path: '/a',
    })
    await api.events.send({ events: [event('event-first')] })
    await api.events.send({ events: [full] })
    const { items } = await api.events.list()
    expect(items.map(({ receivedAt, ...sent }) => sent)).toEqual([full, event('event-first')])
    for (const { receivedAt } of items) expect(receivedAt).toMatch(/^\d{4}-\d\d-\d\dT.+Z$/)
  })

  it('lose fields that the contract does not know', async () => {
    const { api, send } = await site.newShop()
    await send('/api/events', json({ events: [{ ...event('event-00'), isAdmin: true }] }))
    expect((await api.events.list()).items[0]).not.toHaveProperty('isAdmin')
  })

  it('are all refused with one that is wrong, named by its place', async () => {
    const { api, send } = await site.newShop()
    const refused = await send('/api/events', json({ events: [...batch(2), event('x')] }))
    expect([refused.status, await refused.json()]).toMatchObject([422, { errors: [{ path: 'events.2.id' }] }])
    expect((await api.events.list()).items).toEqual([])
  })

  it('with an id that is known are counted and dropped, within a batch and in a later one', async () => {
    const { api } = await site.newShop()
    const first = event('event-01', { productId: 'first' })
    const again = event('event-01', { productId: 'second' })
    expect(await api.events.send({ events: [first, again, event('event-02')] })).toEqual({ accepted: 2, duplicates: 1 })
    expect(await api.events.send({ events: [again, event('event-03')] })).toEqual({ accepted: 1, duplicates: 1 })
    const { items } = await api.events.list()
    expect(items.map(({ id, productId }) => [id, productId])).toEqual([
      ['event-03', 'teapot'],
      ['event-02', 'teapot'],
      ['event-01', 'first'],
    ])
  })

  it('with the same ids are two shops’ own', async () => {
    const [one, other] = [await site.newShop(), await site.newShop()]
    expect(await one.api.events.send({ events: batch(3) })).toEqual({ accepted: 3, duplicates: 0 })
    expect(await other.api.events.send({ events: batch(3) })).toEqual({ accepted: 3, duplicates: 0 })
  })

  it('that thirty requests bring at once, each in an order of its own, are stored once and no request fails', async () => {
    const { api, send, db } = await site.newShop()
    const random = seededRandom(7)
    const events = batch(300)
    const answers = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const mine = events.map((one) => ({ one, place: random() })).sort((a, b) => a.place - b.place)
        const response = await send('/api/events', json({ events: mine.slice(0, 200).map(({ one }) => one) }))
        return { status: response.status, ...((await response.json()) as { accepted: number; duplicates: number }) }
      }),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(202))
    for (const { accepted, duplicates } of answers) expect(accepted + duplicates).toBe(200)
    const accepted = answers.reduce((sum, answer) => sum + answer.accepted, 0)
    expect(await countEvents(db)).toBe(accepted)
    expect(await api.events.send({ events })).toMatchObject({ duplicates: accepted })
  })

  it('are sent with a publishable key, and listed with a secret one only', async () => {
    const { shopper, publishableKey } = await site.newShop()
    expect(await shopper.events.send({ events: batch(1) })).toEqual({ accepted: 1, duplicates: 0 })
    const refused = await site.send('/api/events', { headers: { authorization: `Bearer ${publishableKey}` } })
    expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'wrong_key_kind' }])
  })

  it('are taken as text/plain, with the key in the address, from a page on its way out', async () => {
    const { publishableKey } = await site.newShop()
    const headers = { 'content-type': 'text/plain;charset=UTF-8', origin: 'https://shop.example' }
    const init = { method: 'POST', headers, body: JSON.stringify({ events: batch(2) }) }
    const response = await site.send(`/api/v1/events?key=${publishableKey}`, init)
    expect([response.status, await response.json()]).toEqual([202, { accepted: 2, duplicates: 0 }])
    expect(response.headers.get('access-control-allow-origin')).toBe('https://shop.example')
  })

  it('are found by type, product, session, recommendation and time, page by page', async () => {
    const { api } = await site.newShop()
    const at = (hour: number) => `2026-03-01T${String(hour).padStart(2, '0')}:00:00Z`
    await api.events.send({
      events: [
        event('event-01', { at: at(1), sessionId: 's1' }),
        event('event-02', { at: at(2), type: 'searched', query: 'x' }),
        event('event-03', { at: at(3), productId: 'cup', sessionId: 's1' }),
        event('event-04', { at: at(4), recommendationId: 'rec_1' }),
      ],
    })
    const idsFor = async (query: Parameters<typeof api.events.list>[0]) =>
      (await Array.fromAsync(api.events.list({ ...query, limit: 1 }))).map(({ id }) => id)
    expect(await idsFor({})).toEqual(['event-04', 'event-03', 'event-02', 'event-01'])
    expect(await idsFor({ type: 'searched' })).toEqual(['event-02'])
    expect(await idsFor({ productId: 'cup' })).toEqual(['event-03'])
    expect(await idsFor({ sessionId: 's1' })).toEqual(['event-03', 'event-01'])
    expect(await idsFor({ recommendationId: 'rec_1' })).toEqual(['event-04'])
    expect(await idsFor({ from: at(2), to: at(4) })).toEqual(['event-03', 'event-02'])
  })
})
