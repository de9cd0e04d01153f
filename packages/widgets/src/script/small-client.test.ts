import { createClient } from '@tillwright/core/script'
import { memoryPlatform } from '@tillwright/core/testing'
import { describe, expect, it } from 'vitest'
import { cannedRecommendations } from '../testing/products.ts'
import { createScriptClient } from './small-client.ts'

const SETTINGS = { server: 'https://brain.example.com/shop', key: 'pk_test', visitor: 'page' } as const

/** The script tag's client on a platform of its own. */
function start() {
  const platform = memoryPlatform({ name: 'browser' })
  const warnings: string[] = []
  const client = createScriptClient(SETTINGS, { ...platform, warn: (message) => warnings.push(message) })
  return { platform, warnings, ...client }
}

/** `createClient` on another, equal platform. */
function startWhole() {
  const platform = memoryPlatform({ name: 'browser' })
  return { platform, ...createClient({ baseUrl: SETTINGS.server, key: SETTINGS.key, visitor: 'page', platform }) }
}

function problem(status: number, headers: Record<string, string> = {}, body: object = {}): Response {
  return Response.json({ code: 'some_code', title: 'No', ...body }, { status, headers })
}

const accepted = () => Response.json({ accepted: 1, duplicates: 0 }, { status: 202 })

describe('recommendations', () => {
  it('are asked for with the very request that createClient makes', async () => {
    const query = { kind: 'similar', items: ['85123A', 'Ä/&?'], exclude: [], limit: 4, language: 'de-AT' } as const
    const [small, whole] = [start(), startWhole()]
    for (const { platform, recommendations } of [small, whole]) {
      platform.answer(Response.json(cannedRecommendations()))
      expect(await recommendations.list({ ...query, items: [...query.items], exclude: [] })).toEqual(
        cannedRecommendations(),
      )
    }
    expect(small.platform.requests[0]!.url).toBe(whole.platform.requests[0]!.url)
    expect(small.platform.requests[0]!.method).toBe('GET')
    expect([...small.platform.requests[0]!.headers]).toEqual([])
  })

  it('are asked for again when the server cannot be reached, twice at most', async () => {
    const { platform, recommendations } = start()
    platform.answer(new TypeError('Failed to fetch'), problem(503), Response.json(cannedRecommendations()))
    const answer = recommendations.list({ kind: 'popular' })
    await platform.advance(2_000)
    expect((await answer).items).toHaveLength(10)
    platform.answer(problem(503), problem(502), problem(500))
    const refused = expect(recommendations.list({ kind: 'popular' })).rejects.toThrow('No')
    await platform.advance(2_000)
    await refused
    expect(platform.requests).toHaveLength(6)
  })

  it('are not asked for again after an answer that says no', async () => {
    const { platform, recommendations } = start()
    platform.answer(problem(422, {}, { detail: 'kind: must be one of popular, bought-together, similar' }))
    await expect(recommendations.list({ kind: 'popular' })).rejects.toThrow('kind: must be one of')
    expect(platform.requests).toHaveLength(1)
  })

  it('wait as long as the server asks, but keep nobody waiting for longer than five seconds', async () => {
    const { platform, recommendations } = start()
    platform.answer(problem(429, { 'retry-after': '3' }), Response.json(cannedRecommendations()))
    const answer = recommendations.list({ kind: 'popular' })
    await platform.advance(2_999)
    expect(platform.requests).toHaveLength(1)
    await platform.advance(1)
    await answer
    platform.answer(problem(429, { 'retry-after': '6' }))
    await expect(recommendations.list({ kind: 'popular' })).rejects.toThrow('No')
  })

  it('are given up when their caller is gone', async () => {
    const { platform, recommendations } = start()
    const gone = new AbortController()
    platform.answer(() => new Promise(() => {}))
    const answer = expect(recommendations.list({ kind: 'popular' }, { signal: gone.signal })).rejects.toThrow()
    await platform.advance(0)
    gone.abort()
    await answer
    await platform.advance(10_000)
    expect(platform.requests).toHaveLength(1)
  })

  it('count as not reached where a proxy answers in HTML', async () => {
    const { platform, recommendations } = start()
    platform.answer(new Response('<h1>Bad gateway</h1>', { status: 502 }), Response.json(cannedRecommendations()))
    const answer = recommendations.list({ kind: 'popular' })
    await platform.advance(1_000)
    expect((await answer).kind).toBe('bought-together')
  })
})

describe('events', () => {
  const event = {
    id: 'evt_00000001',
    at: '2026-01-01T00:00:00.000Z',
    type: 'added_to_cart',
    productId: '22423',
  } as const

  it('are sent with the very request that createClient makes on the way out of a page', async () => {
    const [small, whole] = [start(), startWhole()]
    const bodies: { events: { sessionId?: string }[] }[] = []
    for (const { platform, events } of [small, whole]) {
      platform.answer(accepted())
      await events.track(event)
      platform.hide()
      await platform.advance(0)
      bodies.push((await platform.requests[0]!.json()) as (typeof bodies)[number])
    }
    const [request, model] = [small.platform.requests[0]!, whole.platform.requests[0]!]
    expect([request.method, request.url, [...request.headers]]).toEqual([model.method, model.url, [...model.headers]])
    expect(request.keepalive).toBe(true)
    for (const { events } of bodies) for (const sent of events) expect(sent.sessionId).toMatch(/^ses_/)
    expect(bodies.map(({ events }) => events.map((sent) => ({ ...sent, sessionId: '' })))).toEqual([
      [{ ...event, sessionId: '' }],
      [{ ...event, sessionId: '' }],
    ])
  })

  it('wait a second for company, and get an id and a time', async () => {
    const { platform, events } = start()
    platform.answer(accepted())
    await events.track({ type: 'product_viewed', productId: '22423' })
    await platform.advance(500)
    await events.track({ type: 'added_to_cart', productId: '22423' })
    await platform.advance(499)
    expect(platform.requests).toHaveLength(0)
    await platform.advance(1)
    const { events: sent } = (await platform.requests[0]!.json()) as { events: Record<string, string>[] }
    expect(sent.map(({ type, at }) => [type, at])).toEqual([
      ['product_viewed', '2026-01-01T00:00:00.000Z'],
      ['added_to_cart', '2026-01-01T00:00:00.500Z'],
    ])
    expect(new Set(sent.map(({ id }) => id)).size).toBe(2)
    expect(sent[0]!.id).toMatch(/^evt_[0-9a-z]{26}$/)
  })

  it('are sent again, with the same ids, until the server has them', async () => {
    const { platform, events } = start()
    platform.answer(new TypeError('Failed to fetch'), problem(503), accepted())
    await events.track({ type: 'purchased', orderId: '1001' })
    await platform.advance(10_000)
    const bodies = await Promise.all(platform.requests.map((request) => request.text()))
    expect(bodies).toHaveLength(3)
    expect(new Set(bodies).size).toBe(1)
  })

  it('wait as long as the server asks, though more of them come', async () => {
    const { platform, events } = start()
    platform.answer(async () => {
      await events.track({ type: 'page_viewed', path: '/meanwhile' })
      return problem(503, { 'retry-after': '30' })
    }, accepted())
    await events.track(event)
    await platform.advance(1_000)
    await events.track({ type: 'page_viewed', path: '/later' })
    await platform.advance(29_999)
    expect(platform.requests).toHaveLength(1)
    await platform.advance(1)
    expect(((await platform.requests[1]!.json()) as { events: unknown[] }).events).toHaveLength(3)
  })

  it('go at once when the network comes back', async () => {
    const { platform, events } = start()
    platform.setOnline(false)
    await events.track(event)
    await platform.advance(1_000)
    expect(platform.requests).toHaveLength(1)
    platform.answer(accepted())
    platform.setOnline(true)
    await platform.advance(0)
    expect(platform.requests).toHaveLength(2)
  })

  it('that are faulty are dropped with a warning, and the others sent without them', async () => {
    const { platform, events, warnings } = start()
    const errors = [{ path: 'events.1.quantity', message: 'must be at least 0' }]
    platform.answer(problem(422, {}, { title: 'Some of the input is not valid', errors }), accepted())
    for (const productId of ['a', 'b', 'c']) await events.track({ ...event, id: `evt_0000000${productId}`, productId })
    await platform.advance(2_000)
    const { events: sent } = (await platform.requests[1]!.json()) as { events: { productId: string }[] }
    expect(sent.map(({ productId }) => productId)).toEqual(['a', 'c'])
    expect(warnings).toEqual(['events were refused: Some of the input is not valid'])
  })

  it('are dropped, all of them, when the server refuses them whole', async () => {
    const { platform, events, warnings } = start()
    platform.answer(problem(403, {}, { title: 'This website may not use the API key' }))
    await events.track(event)
    await platform.advance(60_000)
    expect(platform.requests).toHaveLength(1)
    expect(warnings).toEqual(['events were refused: This website may not use the API key'])
  })

  it('go out a hundred at a time', async () => {
    const { platform, events } = start()
    platform.answer(accepted(), accepted())
    for (let i = 0; i < 150; i++) await events.track({ type: 'page_viewed', path: `/${i}` })
    await platform.advance(2_000)
    const sizes = await Promise.all(
      platform.requests.map(async (request) => ((await request.json()) as { events: unknown[] }).events.length),
    )
    expect(sizes).toEqual([100, 50])
  })
})
