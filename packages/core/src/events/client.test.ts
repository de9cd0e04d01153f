import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod/mini'
import { Event } from '../contract/events.ts'
import { ApiError, ConfigurationError, createClient } from '../index.ts'
import { type MemoryPlatformOptions, memoryPlatform, problemResponse } from '../testing/index.ts'

const NOW = Date.UTC(2026, 0, 31, 9, 30)
const accepted = () => Response.json({ accepted: 1, duplicates: 0 }, { status: 202 })

function setup(options: MemoryPlatformOptions = {}) {
  const platform = memoryPlatform({ now: NOW, ...options })
  const onEventProblem = vi.fn()
  const client = createClient({
    baseUrl: 'https://brain.example.com',
    key: 'pk_test',
    retries: 0,
    platform,
    onEventProblem,
  })
  const sent = () =>
    Promise.all(platform.requests.map(async (request) => (await request.clone().json()).events as Event[]))
  const namesOf = async () => (await sent()).map((batch) => batch.map(({ productId }) => productId))
  return { client, platform, onEventProblem, sent, namesOf }
}

describe('tracking events', () => {
  it('fills in id, time and visit, and sends what fits the contract', async () => {
    const { client, platform, sent } = setup()
    platform.answer(accepted())
    await client.events.track({ type: 'product_viewed', productId: '85123A' })
    await platform.advance(1_000)
    const [[event]] = (await sent()) as [[Event]]
    expect(event).toMatchObject({ type: 'product_viewed', productId: '85123A', at: '2026-01-31T09:30:00.000Z' })
    expect(event.id).toMatch(/^evt_/)
    expect(event.sessionId).toMatch(/^ses_/)
    expect(event.visitorId).toBeUndefined()
    expect(z.safeParse(Event, event).success).toBe(true)
  })

  it('keeps what the caller fills in, and takes undefined for not filled in', async () => {
    const { client, platform, sent } = setup()
    platform.answer(accepted())
    await client.events.track({ type: 'page_viewed', id: 'my-own-id', at: '2026-01-01T00:00:00Z', sessionId: 'mine' })
    await client.events.track({ type: 'page_viewed', id: undefined, at: undefined })
    await client.events.flush()
    const [[first, second]] = (await sent()) as [[Event, Event]]
    expect(first).toMatchObject({ id: 'my-own-id', at: '2026-01-01T00:00:00Z', sessionId: 'mine' })
    expect(second).toMatchObject({ id: expect.stringMatching(/^evt_/), at: '2026-01-31T09:30:00.000Z' })
  })

  it('gives all events of one page the same visit, and those of another page another', async () => {
    const visits = new Set<string | undefined>()
    for (const seed of [1, 2]) {
      const { client, platform, sent } = setup({ seed })
      platform.answer(accepted())
      await client.events.track({ type: 'page_viewed' })
      await client.events.track({ type: 'page_viewed' })
      await client.events.flush()
      for (const { sessionId } of (await sent()).flat()) visits.add(sessionId)
    }
    expect(visits.size).toBe(2)
  })

  it('says nothing of a visit on a server, where one process serves everybody', async () => {
    const { client, platform, sent } = setup({ name: 'server' })
    platform.answer(accepted())
    await client.events.track({ type: 'purchased', orderId: '1' })
    await client.events.flush()
    expect((await sent()).flat()[0]!.sessionId).toBeUndefined()
  })

  it('sends up to 100 at once, in order', async () => {
    const { client, platform, sent } = setup({ fetch: async () => accepted() })
    for (let n = 0; n < 230; n++) await client.events.track({ type: 'searched', query: `${n}` })
    await platform.advance(1_000)
    const batches = await sent()
    expect(batches.map((batch) => batch.length)).toEqual([100, 100, 30])
    expect(batches.flat().map(({ query }) => Number(query))).toEqual(Array.from({ length: 230 }, (_, n) => n))
    expect(await client.events.pending()).toBe(0)
  })

  it('drops the events that the server finds fault with, tells of them, and sends the others again', async () => {
    const { client, platform, onEventProblem, namesOf } = setup()
    const errors = [
      { path: 'events.1.productId', message: 'must be printable' },
      { path: 'events.1.position', message: 'must be a whole number' },
      { path: 'events.3.at', message: 'must be an instant' },
    ]
    platform.answer(problemResponse('invalid_input', { errors }), accepted())
    for (const productId of ['a', 'bad', 'c', 'worse', 'e'])
      await client.events.track({ type: 'product_viewed', productId })
    await client.events.flush()
    expect(await namesOf()).toEqual([
      ['a', 'bad', 'c', 'worse', 'e'],
      ['a', 'c', 'e'],
    ])
    expect(onEventProblem).toHaveBeenCalledExactlyOnceWith({
      dropped: 2,
      error: expect.objectContaining({ code: 'invalid_input' }),
    })
    expect(await client.events.pending()).toBe(0)
  })

  it('goes on dropping while the server goes on finding fault', async () => {
    const { client, platform, onEventProblem, namesOf } = setup()
    const fault = (index: number) =>
      problemResponse('invalid_input', { errors: [{ path: `events.${index}.productId`, message: 'no' }] })
    platform.answer(fault(0), fault(1), accepted())
    for (const productId of ['a', 'b', 'c']) await client.events.track({ type: 'product_viewed', productId })
    await client.events.flush()
    expect(await namesOf()).toEqual([['a', 'b', 'c'], ['b', 'c'], ['b']])
    expect(onEventProblem.mock.calls[0]![0].dropped).toBe(2)
  })

  it.each([
    ['a key that is not valid', 'invalid_key'],
    ['a website that may not use the key', 'origin_not_allowed'],
    ['a fault that names an event which was not sent', 'invalid_input'],
  ] as const)('drops a batch for %s, tells why, and does not loop', async (_, code) => {
    const refusal = () => problemResponse(code, { errors: [{ path: 'events.7.id', message: 'no' }] })
    const { client, platform, onEventProblem } = setup({ fetch: async () => refusal() })
    await client.events.track({ type: 'page_viewed' })
    await client.events.track({ type: 'page_viewed' })
    await client.events.flush()
    await platform.advance(1_000_000)
    expect(platform.requests).toHaveLength(1)
    expect(onEventProblem).toHaveBeenCalledExactlyOnceWith({ dropped: 2, error: expect.objectContaining({ code }) })
    expect(await client.events.pending()).toBe(0)
  })

  it.each([
    ['the server is away', () => problemResponse('unavailable')],
    ['it is asked too often', () => problemResponse('rate_limited')],
    ['there is no network', () => new TypeError('fetch failed')],
  ])('keeps everything while %s, and sends it later under the same ids', async (_, failure) => {
    const { client, platform, onEventProblem, sent } = setup()
    platform.answer(failure(), accepted())
    await client.events.track({ type: 'page_viewed' })
    await client.events.flush()
    expect(await client.events.pending()).toBe(1)
    expect(onEventProblem).toHaveBeenCalledExactlyOnceWith({ dropped: 0, error: expect.any(Error) })
    await platform.advance(30_000)
    const [first, second] = await sent()
    expect(second).toEqual(first)
    expect(await client.events.pending()).toBe(0)
  })

  it('waits as long as the server asks', async () => {
    const { client, platform } = setup()
    platform.answer(problemResponse('rate_limited', { headers: { 'retry-after': '90' } }), accepted())
    await client.events.track({ type: 'page_viewed' })
    await client.events.flush()
    await platform.advance(89_000)
    expect(platform.requests).toHaveLength(1)
    await platform.advance(1_000)
    expect(platform.requests).toHaveLength(2)
  })

  it('sends a beacon when the page is hidden: simple headers, the key in the address, outliving the page', async () => {
    const { client, platform, sent } = setup()
    platform.answer(accepted())
    await client.events.track({ type: 'page_viewed' })
    platform.hide()
    await platform.advance(0)
    const [beacon] = platform.requests
    expect(beacon!.keepalive).toBe(true)
    expect([...beacon!.headers.keys()].filter((name) => name !== 'accept')).toEqual(['content-type'])
    expect(beacon!.headers.get('content-type')).toBe('text/plain')
    expect(new URL(beacon!.url).search).toBe('?key=pk_test')
    expect((await sent()).flat()).toHaveLength(1)
  })

  it('keeps what a beacon carried until an answer confirms it', async () => {
    const { client, platform, sent } = setup()
    platform.answer(new TypeError('fetch failed'), accepted())
    await client.events.track({ type: 'page_viewed' })
    platform.hide()
    await platform.advance(1_000)
    const [beacon, regular] = await sent()
    expect(regular).toEqual(beacon)
    expect(await client.events.pending()).toBe(0)
  })

  describe('that are lost', () => {
    function quiet() {
      const platform = memoryPlatform({ now: NOW })
      const client = createClient({ baseUrl: 'https://brain.example.com', key: 'pk_test', retries: 0, platform })
      return { client, platform }
    }

    it('are told to the developer, once, where nobody asks for problems', async () => {
      const { client, platform } = quiet()
      for (let n = 0; n < 2; n++) {
        platform.answer(problemResponse('origin_not_allowed'))
        await client.events.track({ type: 'page_viewed' })
        await client.events.flush()
      }
      expect(platform.warnings).toHaveLength(1)
      expect(platform.warnings[0]).toContain('events are dropped: ApiError: This website may not use the API key')
    })

    it('are not told of while they may yet be sent', async () => {
      const { client, platform } = quiet()
      platform.answer(new TypeError('fetch failed'))
      await client.events.track({ type: 'page_viewed' })
      await client.events.flush()
      expect(platform.warnings).toEqual([])
    })

    it('are told to whoever asks for problems, and to nobody else', async () => {
      const { client, platform, onEventProblem } = setup()
      platform.answer(problemResponse('origin_not_allowed'))
      await client.events.track({ type: 'page_viewed' })
      await client.events.flush()
      expect(onEventProblem).toHaveBeenCalledWith({ error: expect.any(ApiError), dropped: 1 })
      expect(platform.warnings).toEqual([])
    })

    it('because the client is closed are refused', async () => {
      const { client } = quiet()
      client.close()
      await expect(client.events.track({ type: 'page_viewed' })).rejects.toBeInstanceOf(ConfigurationError)
      expect(await client.events.pending()).toBe(0)
    })
  })
})
