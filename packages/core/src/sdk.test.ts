import { describe, expect, it, vi } from 'vitest'
import { exampleOf } from './contract/example-of.ts'
import { contract, versionedPath } from './contract/index.ts'
import {
  ApiError,
  type ClientOptions,
  ConfigurationError,
  ContractError,
  createClient,
  NetworkError,
  type Tillwright,
  TillwrightError,
} from './index.ts'
import { memoryPlatform, problemResponse } from './testing/index.ts'

const BASE = 'https://brain.example.com'
const JOB_ID = 'job_01jj6w2m8p0000000000000000'

const json = (body: unknown, status = 200) => Response.json(body, { status })

function setup(options: Partial<ClientOptions> = {}, platform = memoryPlatform()) {
  const client = createClient({ baseUrl: BASE, key: 'sk_test', retries: 0, platform, ...options })
  return { client, platform, sent: () => platform.requests.at(-1)! }
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of source) items.push(item)
  return items
}

function product(id: string) {
  return { ...exampleOf(contract.products.get.output), id }
}

describe('createClient', () => {
  describe('refuses what could never work', () => {
    const creating = (options: Partial<ClientOptions>) => () => setup(options)

    it.each(['', 'brain.example.com', '/relative', 'ftp://brain.example.com', 'https://', 'javascript:alert(1)'])(
      'such as the base address %j',
      (baseUrl) => {
        expect(creating({ baseUrl })).toThrow(ConfigurationError)
      },
    )

    it.each(['', 'secret', 'sk-123', 'pk_', 'pk_a b', 'sk_\n'])('such as the key %j', (key) => {
      expect(creating({ key })).toThrow(ConfigurationError)
    })

    it('such as a secret key in a browser', () => {
      const platform = memoryPlatform({ name: 'browser' })
      expect(() => setup({ key: 'sk_live' }, platform)).toThrow(/secret key in a browser is no secret/)
      expect(() => setup({ key: 'pk_live' }, platform)).not.toThrow()
    })

    it('such as nothing at all', () => {
      expect(() => createClient(undefined as never)).toThrow(ConfigurationError)
      expect(() => createClient({} as never)).toThrow(ConfigurationError)
    })

    it('and never repeats a key in a message', () => {
      const message = (() => {
        try {
          setup({ key: 'sk_live' }, memoryPlatform({ name: 'browser' }))
        } catch (error) {
          return (error as Error).message
        }
      })()
      expect(message).not.toContain('sk_live')
    })
  })

  describe('addresses', () => {
    it('carry the version of the API', async () => {
      const { client, platform, sent } = setup()
      platform.answer(json(product('a')))
      await client.products.get({ productId: 'a' })
      expect(sent().url).toBe(`${BASE}/api/v1/products/a`)
    })

    it('keep a path of the base address, without its last slash', async () => {
      const { client, platform, sent } = setup({ baseUrl: `${BASE}/shop//` })
      platform.answer(json({ status: 'ok' }))
      await client.system.alive()
      expect(sent().url).toBe(`${BASE}/shop/alive`)
    })

    it('encode what is in a path parameter', async () => {
      const { client, platform, sent } = setup()
      platform.answer(json(product('x')))
      await client.products.get({ productId: 'a/b?c=d#e%20 é' })
      expect(new URL(sent().url).pathname).toBe('/api/v1/products/a%2Fb%3Fc%3Dd%23e%2520%20%C3%A9')
    })

    it.each(['', '.', '..'])(
      'cannot be made of the path parameter %j, which would ask for another route',
      async (productId) => {
        const { client, platform } = setup()
        await expect(client.products.remove({ productId })).rejects.toThrow(ConfigurationError)
        expect(platform.requests).toHaveLength(0)
      },
    )

    it('repeat a query parameter for each item of a list, and leave out what is undefined', async () => {
      const { client, platform, sent } = setup({ key: 'pk_test' })
      platform.answer(json(exampleOf(contract.recommendations.list.output)))
      await client.recommendations.list({ kind: 'similar', items: ['a', 'b & c'], exclude: undefined, limit: 3 })
      expect([...new URL(sent().url).searchParams]).toEqual([
        ['key', 'pk_test'],
        ['kind', 'similar'],
        ['items', 'a'],
        ['items', 'b & c'],
        ['limit', '3'],
      ])
    })
  })

  it('splits its flat input into path, query and body', async () => {
    const { client, platform, sent } = setup()
    platform.answer(json(exampleOf(contract.orders.import.output), 202))
    await client.orders.import({ map: 'id=invoice', currency: 'GBP', body: 'invoice\n1\n', type: 'text/csv' })
    expect(sent().method).toBe('POST')
    expect(new URL(sent().url).pathname + new URL(sent().url).search).toBe(
      '/api/v1/orders/import?map=id%3Dinvoice&currency=GBP',
    )
    expect(sent().headers.get('content-type')).toBe('text/csv')
    expect(await sent().text()).toBe('invoice\n1\n')
  })

  it('sends a body as JSON', async () => {
    const { client, platform, sent } = setup()
    platform.answer(json({ created: 1, updated: 0, unchanged: 0 }))
    const items = [{ id: 'a', name: 'Tea', attributes: { colour: 'green' } }]
    expect(await client.products.upsert({ items })).toEqual({ created: 1, updated: 0, unchanged: 0 })
    expect(sent().headers.get('content-type')).toBe('application/json')
    expect(await sent().json()).toEqual({ items })
  })

  describe('keys', () => {
    it('travel in the query where they are publishable, so that reading needs no preflight', async () => {
      const { client, platform, sent } = setup({ key: 'pk_test' })
      platform.answer(json({ status: 'ok' }))
      await client.system.alive()
      expect(sent().url).toBe(`${BASE}/alive?key=pk_test`)
      expect(sent().headers.get('authorization')).toBeNull()
    })

    it('travel in the Authorization header where they are secret, which no log writes down', async () => {
      const { client, platform, sent } = setup({ key: 'sk_test' })
      platform.answer(json({ status: 'ok' }))
      await client.system.alive()
      expect(sent().url).toBe(`${BASE}/alive`)
      expect(sent().headers.get('authorization')).toBe('Bearer sk_test')
    })

    it('can be missing, where a session cookie does', async () => {
      const { client, platform, sent } = setup({ key: undefined })
      platform.answer(json({ status: 'ok' }))
      await client.system.alive()
      expect(sent().url).toBe(`${BASE}/alive`)
      expect(sent().headers.get('authorization')).toBeNull()
    })
  })

  describe('idempotency keys', () => {
    it('go with a POST, a fresh one with each call', async () => {
      const { client, platform } = setup()
      platform.answer(
        json(exampleOf(contract.models.train.output), 202),
        json(exampleOf(contract.models.train.output), 202),
      )
      await client.models.train()
      await client.models.train()
      const [first, second] = platform.requests.map((request) => request.headers.get('idempotency-key'))
      expect(first).toMatch(/^idk_[0-9a-v]{26}$/)
      expect(second).not.toBe(first)
    })

    it('are the same for every try of one call', async () => {
      const { client, platform } = setup({ retries: 2 })
      const busy = () => new Response(null, { status: 503, headers: { 'retry-after': '0' } })
      platform.answer(busy(), busy(), json({ created: 1, updated: 0, unchanged: 0 }))
      await client.products.upsert({ items: [{ id: 'a', name: 'Tea' }] })
      const keys = platform.requests.map((request) => request.headers.get('idempotency-key'))
      expect(keys).toHaveLength(3)
      expect(new Set(keys).size).toBe(1)
    })

    it('can be chosen by the caller', async () => {
      const { client, platform, sent } = setup()
      platform.answer(json(exampleOf(contract.jobs.retry.output)))
      await client.jobs.retry({ jobId: JOB_ID }, { idempotencyKey: 'mine' })
      expect(sent().headers.get('idempotency-key')).toBe('mine')
    })

    it('go with nothing but a POST', async () => {
      const { client, platform } = setup()
      platform.answer(json(product('a')), new Response(null, { status: 204 }))
      await client.products.get({ productId: 'a' })
      await client.products.remove({ productId: 'a' })
      expect(platform.requests.map((request) => request.headers.has('idempotency-key'))).toEqual([false, false])
    })
  })

  describe('lists', () => {
    const pages = (...all: { ids: string[]; nextCursor: string | null }[]) =>
      all.map(({ ids, nextCursor }) => json({ items: ids.map(product), nextCursor }))

    it('give their first page when awaited', async () => {
      const { client, platform } = setup()
      platform.answer(...pages({ ids: ['a', 'b'], nextCursor: 'c2' }))
      const page = await client.products.list({ limit: 2 })
      expect(page.items.map(({ id }) => id)).toEqual(['a', 'b'])
      expect(page.nextCursor).toBe('c2')
    })

    it('give every item of every page when walked, with the filters of the first', async () => {
      const { client, platform } = setup()
      platform.answer(
        ...pages({ ids: ['a'], nextCursor: 'c2' }, { ids: [], nextCursor: 'c3' }, { ids: ['b'], nextCursor: null }),
      )
      const ids: string[] = []
      for await (const { id } of client.products.list({ search: 'tea' })) ids.push(id)
      expect(ids).toEqual(['a', 'b'])
      expect(platform.requests.map((request) => new URL(request.url).search)).toEqual([
        '?search=tea',
        '?search=tea&cursor=c2',
        '?search=tea&cursor=c3',
      ])
    })

    it('fetch nothing before they are asked, and no page that is not reached', async () => {
      const { client, platform } = setup()
      const list = client.products.list()
      expect(platform.requests).toHaveLength(0)
      platform.answer(...pages({ ids: ['a', 'b'], nextCursor: 'c2' }))
      for await (const { id } of list) if (id === 'a') break
      expect(platform.requests).toHaveLength(1)
    })

    it('throw what the server refuses', async () => {
      const { client, platform } = setup()
      platform.answer(problemResponse('invalid_key'), problemResponse('invalid_key'))
      await expect(client.products.list()).rejects.toMatchObject({ code: 'invalid_key' })
      await expect(collect(client.products.list())).rejects.toMatchObject({ code: 'invalid_key' })
    })
  })

  describe('files', () => {
    it.each([
      ['text', 'id\n1\n'],
      ['bytes', new TextEncoder().encode('id\n1\n')],
      ['a blob', new Blob(['id\n', '1\n'], { type: 'application/octet-stream' })],
      ['a stream', new Blob(['id\n', '1\n']).stream()],
    ])('are sent from %s, under the type that is named', async (_, body) => {
      const { client, platform, sent } = setup()
      platform.answer(json(exampleOf(contract.products.import.output), 202))
      const job = await client.products.import({ body, type: 'text/csv' })
      expect(job.id).toBe(JOB_ID)
      expect(sent().headers.get('content-type')).toBe('text/csv')
      expect(await sent().text()).toBe('id\n1\n')
    })

    it('come back as a response that is read as one likes', async () => {
      const { client, platform } = setup()
      platform.answer(new Response('line,reason\n3,no id\n', { headers: { 'content-type': 'text/csv' } }))
      const response = await client.jobs.rejects({ jobId: JOB_ID })
      expect(response.headers.get('content-type')).toBe('text/csv')
      expect(await response.text()).toBe('line,reason\n3,no id\n')
    })
  })

  it('gives undefined where the answer has no body', async () => {
    const { client, platform } = setup()
    platform.answer(new Response(null, { status: 204 }))
    expect(await client.products.remove({ productId: 'a' })).toBeUndefined()
  })

  describe('event streams', () => {
    const job = (state: 'queued' | 'running' | 'done') => ({ ...exampleOf(contract.jobs.get.output), state })
    const event = (id: string, data: unknown) => `id: ${id}\ndata: ${JSON.stringify(data)}\n\n`
    const events = (...chunks: string[]) =>
      new Response(new Blob(chunks).stream(), { headers: { 'content-type': 'text/event-stream' } })
    /** A connection that breaks after what it has sent. */
    const broken = (...chunks: string[]) => {
      const pending = [...chunks]
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          const next = pending.shift()
          if (next === undefined) controller.error(new TypeError('terminated'))
          else controller.enqueue(new TextEncoder().encode(next))
        },
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    }
    const noWaiting = () => {
      const platform = memoryPlatform()
      return { ...platform, random: () => 0 }
    }

    it('give each event until the server ends them', async () => {
      const { client, platform, sent } = setup()
      platform.answer(
        events(event('1', job('running')), ': still here\n\n', event('2', job('done')), 'event: end\ndata: null\n\n'),
      )
      const seen = await collect(client.jobs.watch({ jobId: JOB_ID }))
      expect(seen.map(({ id, data }) => [id, data.state])).toEqual([
        ['1', 'running'],
        ['2', 'done'],
      ])
      expect(sent().headers.get('accept')).toBe('text/event-stream')
    })

    it('are opened again where they broke off, from the event that came last', async () => {
      const platform = noWaiting()
      const { client } = setup({}, platform)
      platform.answer(
        broken(event('1', job('queued')), 'id: 2\ndata: {"cut'),
        events(),
        events(event('2', job('running')), 'event: end\ndata: null\n\n'),
      )
      const seen = await collect(client.jobs.watch({ jobId: JOB_ID }))
      expect(seen.map(({ data }) => data.state)).toEqual(['queued', 'running'])
      expect(platform.requests.map((request) => request.headers.get('last-event-id'))).toEqual([null, '1', '1'])
    })

    it('are given up after five reconnections without an event', async () => {
      const platform = noWaiting()
      const { client } = setup({}, platform)
      platform.answer(...Array.from({ length: 9 }, () => events(': nothing\n\n')))
      await expect(collect(client.jobs.watch({ jobId: JOB_ID }))).rejects.toBeInstanceOf(NetworkError)
      expect(platform.requests).toHaveLength(6)
    })

    it('may break as often as they like, as long as events come in between', async () => {
      const platform = noWaiting()
      const { client } = setup({}, platform)
      const breaks = Array.from({ length: 12 }, (_, n) => broken(event(`${n}`, job('running'))))
      platform.answer(...breaks, events('event: end\n\n'))
      expect(await collect(client.jobs.watch({ jobId: JOB_ID }))).toHaveLength(12)
    })

    it('are read whatever the line ends are and wherever the pieces are cut', async () => {
      const { client, platform } = setup()
      const text = `id: 7\r\ndata: ${JSON.stringify(job('done'))}\r\n\r\nevent: end\r\ndata: null\r\n\r\n`
      const bytes = new TextEncoder().encode(text)
      const single = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
          controller.close()
        },
      })
      platform.answer(new Response(single))
      expect(await collect(client.jobs.watch({ jobId: JOB_ID }))).toMatchObject([{ id: '7', data: { state: 'done' } }])
    })

    it('join the lines of one event', async () => {
      const { client, platform } = setup()
      const lines = JSON.stringify(job('done'), null, 1).split('\n')
      platform.answer(events(`${lines.map((line) => `data: ${line}`).join('\n')}\n\n`, 'event: end\n\n'))
      const [only] = await collect(client.jobs.watch({ jobId: JOB_ID }))
      expect(only).toEqual({ id: null, data: job('done') })
    })

    it('throw ContractError for an event that is not JSON or does not fit', async () => {
      const { client, platform } = setup()
      platform.answer(events('data: {"half\n\n'), events('data: {"id":1}\n\n'))
      await expect(collect(client.jobs.watch({ jobId: JOB_ID }))).rejects.toBeInstanceOf(ContractError)
      await expect(collect(client.jobs.watch({ jobId: JOB_ID }))).rejects.toBeInstanceOf(ContractError)
    })

    it('throw what the server refuses, and do not try again', async () => {
      const { client, platform } = setup()
      platform.answer(problemResponse('not_found'))
      await expect(collect(client.jobs.watch({ jobId: JOB_ID }))).rejects.toMatchObject({ code: 'not_found' })
      expect(platform.requests).toHaveLength(1)
    })

    it('let the connection go when the loop is left', async () => {
      const { client, platform } = setup()
      const cancelled = vi.fn()
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new TextEncoder().encode(event('1', job('running')))),
        cancel: cancelled,
      })
      platform.answer(new Response(body))
      for await (const _ of client.jobs.watch({ jobId: JOB_ID })) break
      expect(cancelled).toHaveBeenCalledOnce()
    })

    it('throw the reason when they are aborted', async () => {
      const reason = new Error('enough')
      const controller = new AbortController()
      const { client, platform } = setup()
      platform.answer((request) => {
        const body = new ReadableStream<Uint8Array>({
          start(stream) {
            stream.enqueue(new TextEncoder().encode(event('1', job('running'))))
            request.signal.addEventListener('abort', () => stream.error(request.signal.reason))
          },
        })
        return Promise.resolve(new Response(body))
      })
      const watching = async () => {
        for await (const _ of client.jobs.watch({ jobId: JOB_ID }, { signal: controller.signal }))
          controller.abort(reason)
      }
      await expect(watching()).rejects.toBe(reason)
    })
  })

  describe('an answer that does not fit the contract', () => {
    it.each([
      ['misses a field', { id: 'a' }, 'name'],
      ['has a field of another type', { ...product('a'), name: 7 }, 'name'],
      ['has a wrong field deep inside', { ...product('a'), price: { amount: 1.5, currency: 'EUR' } }, 'price.amount'],
      ['is no object', ['a'], 'its root'],
      ['is null', null, 'its root'],
    ])('throws ContractError where it %s, and says where', async (_, answer, place) => {
      const { client, platform } = setup()
      platform.answer(json(answer))
      const error = await client.products.get({ productId: 'a' }).catch((thrown) => thrown)
      expect(error).toBeInstanceOf(ContractError)
      expect(error.message).toContain('products.get')
      expect(error.message).toContain(place)
    })

    it('throws ContractError where it is no JSON at all', async () => {
      const { client, platform } = setup()
      platform.answer(new Response('<html>Sign in to the Wi-Fi</html>', { headers: { 'content-type': 'text/html' } }))
      await expect(client.products.get({ productId: 'a' })).rejects.toBeInstanceOf(ContractError)
    })

    it('loses the fields that this SDK does not know, at every depth', async () => {
      const { client, platform } = setup()
      const known = product('a')
      platform.answer(json({ ...known, secret: 1, price: { ...known.price, taxed: true } }))
      expect(await client.products.get({ productId: 'a' })).toEqual(known)
    })

    it('gets the defaults of what it leaves out', async () => {
      const { client, platform } = setup()
      const { inStock: _, visible: __, ...rest } = product('a')
      platform.answer(json(rest))
      expect(await client.products.get({ productId: 'a' })).toMatchObject({ inStock: true, visible: true })
    })
  })

  describe('failures', () => {
    it('are all TillwrightErrors that say what to do next', async () => {
      const { client, platform } = setup()
      platform.answer(problemResponse('not_found', { detail: 'No product a' }), new TypeError('fetch failed'))
      const refused = await client.products.get({ productId: 'a' }).catch((error) => error)
      expect(refused).toBeInstanceOf(ApiError)
      expect(refused).toMatchObject({ status: 404, code: 'not_found', message: 'No product a', requestId: 'req_mock' })
      const lost = await client.products.get({ productId: 'a' }).catch((error) => error)
      expect(lost).toBeInstanceOf(NetworkError)
      expect([refused, lost].every((error) => error instanceof TillwrightError)).toBe(true)
    })

    it.each([
      ['a path without its parameter', (client: Tillwright) => client.orders.get({} as never)],
      ['a path that would lead elsewhere', (client: Tillwright) => client.orders.get({ orderId: '..' })],
      ['a body that is no JSON', (client: Tillwright) => client.products.upsert({ items: [1n] } as never)],
    ])('of the caller’s code are ConfigurationErrors, and nothing is sent: %s', async (_, call) => {
      const { client, platform } = setup()
      await expect(call(client)).rejects.toBeInstanceOf(ConfigurationError)
      expect(platform.requests).toHaveLength(0)
    })

    it('of the caller’s own making are the caller’s own reason', async () => {
      const { client, platform } = setup()
      const controller = new AbortController()
      platform.answer(() => new Promise(() => {}))
      const pending = client.system.alive({}, { signal: controller.signal }).catch((error) => error)
      controller.abort('changed my mind')
      expect(await pending).toBe('changed my mind')
    })
  })

  describe('hooks', () => {
    it('see each call, its good answer, and each further try', async () => {
      const seen: string[] = []
      const { client, platform } = setup({
        retries: 1,
        onRequest: ({ method, url }) => seen.push(`${method} ${new URL(url).pathname}`),
        onRetry: ({ attempt, error }) => seen.push(`retry ${attempt} after ${(error as ApiError).status}`),
        onResponse: (_, response) => seen.push(`answer ${response.status}`),
      })
      platform.answer(new Response(null, { status: 503, headers: { 'retry-after': '0' } }), json({ status: 'ok' }))
      await client.system.alive()
      expect(seen).toEqual(['GET /alive', 'retry 1 after 503', 'answer 200'])
    })
  })

  it('sends headers of the caller’s', async () => {
    const { client, platform, sent } = setup()
    platform.answer(json({ status: 'ok' }))
    await client.system.alive({}, { headers: { 'x-request-id': 'my-request-1' } })
    expect(sent().headers.get('x-request-id')).toBe('my-request-1')
  })

  it('uses the fetch that it is given instead of the platform’s', async () => {
    const own = vi.fn(async (_: Request) => json({ status: 'ok' }))
    const { client, platform } = setup({ fetch: own })
    await client.system.alive()
    expect(own).toHaveBeenCalledOnce()
    expect(platform.requests).toHaveLength(0)
  })

  it('calls every route of the contract at its versioned path', async () => {
    for (const [domain, routes] of Object.entries(contract)) {
      for (const [name, route] of Object.entries(routes)) {
        const { client, platform, sent } = setup()
        platform.answer(problemResponse('unavailable'))
        const input = 'params' in route ? exampleOf(route.params) : {}
        const body = 'body' in route && 'kind' in route.body ? { body: 'a', type: 'text/csv' } : {}
        const call = (client as never as Record<string, Record<string, (input: object) => AsyncIterable<unknown>>>)[
          domain
        ]![name]!
        const answer = call({ ...input, ...body })
        await (Symbol.asyncIterator in answer ? collect(answer) : (answer as Promise<unknown>)).catch(() => {})
        const pattern = versionedPath(route.path).replace(/\{\w+\}/g, '[^/]+')
        expect(`${sent().method} ${new URL(sent().url).pathname}`).toMatch(new RegExp(`^${route.method} ${pattern}$`))
      }
    }
  })

  it('makes two clients that never meet', async () => {
    const one = setup({ key: 'pk_one', baseUrl: 'https://one.example.com' })
    const two = setup({ key: 'pk_two', baseUrl: 'https://two.example.com' })
    one.platform.answer(json({ accepted: 1, duplicates: 0 }, 202))
    await one.client.events.track({ type: 'page_viewed' })
    await one.client.events.flush()
    await two.client.events.flush()
    expect(one.platform.requests.map(({ url }) => url)).toEqual(['https://one.example.com/api/v1/events?key=pk_one'])
    expect(two.platform.requests).toHaveLength(0)
    expect(await two.client.events.pending()).toBe(0)
    two.client.close()
    await one.client.events.track({ type: 'page_viewed' })
    expect(await one.client.events.pending()).toBe(1)
  })
})
