import { describe, expect, it } from 'vitest'
import { wireTable } from '../client/wire.ts'
import { exampleOf } from '../contract/example-of.ts'
import { forPages } from '../contract/for-pages.ts'
import { type Contract, contract } from '../contract/index.ts'
import { type ClientOptions, createClient as createNpmClient, type Tillwright } from '../index.ts'
import { memoryPlatform } from '../testing/index.ts'
import { createClient as createPageClient, createStaffClient } from './index.ts'
import { pageRoutes } from './page-routes.gen.ts'
import { allRoutes } from './routes.gen.ts'
import { packRoutes, unpackRoutes } from './unpack.ts'

describe('packed routes', () => {
  it('lose nothing of any route', () => {
    expect(unpackRoutes(packRoutes(wireTable(contract)))).toEqual(wireTable(contract))
  })

  it('in the source are those of the contract; if not, run `npm run generate`', () => {
    expect(allRoutes).toEqual(packRoutes(wireTable(contract)))
    expect(pageRoutes).toEqual(packRoutes(wireTable(forPages(contract) as Contract)))
  })

  it('of pages are no streams, whose reader the client for pages does not carry', () => {
    const wires = Object.values(unpackRoutes(pageRoutes)).flatMap((group) => Object.values(group))
    expect(wires.filter(({ output }) => output === 'stream')).toEqual([])
  })

  it('keep whatever a route may say', () => {
    const wire = {
      method: 'PUT',
      path: '/auth/v1/x/{id}',
      output: 'none',
      paged: false,
      timeoutMs: 5,
      query: ['a', 'b'],
    } as const
    const table = { odd: { one: { ...wire, body: 'json' }, two: { ...wire, body: 'file', query: [] } } } as const
    expect(unpackRoutes(packRoutes(table))).toEqual(table)
  })
})

describe('createClient for script tags', () => {
  const JOB_ID = 'job_01jj6w2m8p0000000000000000'
  const calls: readonly [string, (client: Tillwright) => PromiseLike<unknown>][] = [
    ['a probe', (client) => client.system.alive()],
    ['a list', (client) => client.products.list({ search: 'tea & cake', limit: 5 })],
    ['one item', (client) => client.products.get({ productId: 'a/b' })],
    ['a body', (client) => client.products.upsert({ items: [{ id: 'a', name: 'Tea' }] })],
    ['a removal', (client) => client.customers.remove({ customerId: '17850' })],
    [
      'a file',
      (client) => client.orders.import({ map: 'a=b', body: 'x\n', type: 'text/csv' }, { idempotencyKey: 'k' }),
    ],
    ['repeated parameters', (client) => client.recommendations.list({ kind: 'similar', items: ['a', 'b'] })],
    ['a POST without a body', (client) => client.jobs.retry({ jobId: JOB_ID })],
    ['a download', (client) => client.jobs.rejects({ jobId: JOB_ID })],
    ['a stream', async (client) => client.jobs.watch({ jobId: JOB_ID })[Symbol.asyncIterator]().next()],
    ['events', (client) => client.events.send({ events: [exampleOf(contract.events.send.body).events[0]!] })],
    ['a beacon', (client) => client.events.send({ events: [] }, { beacon: true })],
    ['tracking', (client) => client.events.track({ type: 'page_viewed' }).then(() => client.events.flush())],
    ['own headers', (client) => client.system.health({}, { headers: { 'x-request-id': 'mine-1234' } })],
  ]

  async function requestsOf(create: (options: ClientOptions) => Tillwright, key: string, call: (typeof calls)[0][1]) {
    const answer = async ({ headers }: Request) =>
      new Response(headers.get('accept') === 'text/event-stream' ? 'event: end\n\n' : '{}')
    const platform = memoryPlatform({ fetch: answer })
    const client = create({ baseUrl: 'https://brain.example.com', key, retries: 0, platform })
    await Promise.resolve(call(client)).catch(() => {}) // What comes of it does not matter here.
    return Promise.all(
      platform.requests.map(async (request) => ({
        method: request.method,
        url: request.url,
        headers: Object.fromEntries([...request.headers].filter(([name]) => name !== 'accept')),
        keepalive: request.keepalive,
        body: await request.text(),
      })),
    )
  }

  it.each(calls)('sends the same as the npm package for %s', async (_, call) => {
    for (const key of ['pk_test', 'sk_test']) {
      const fromScript = await requestsOf(createStaffClient, key, call)
      expect(fromScript.length).toBeGreaterThan(0)
      expect(fromScript).toEqual(await requestsOf(createNpmClient, key, call))
    }
  })

  it('has what pages may call, and nothing else', () => {
    const options = { baseUrl: 'https://brain.example.com', key: 'pk_test', platform: memoryPlatform() }
    const functionsOf = (client: object) =>
      Object.entries(client).flatMap(([domain, group]) => Object.keys(group).map((name) => `${domain}.${name}`))
    const page = functionsOf(createPageClient(options))
    expect(page).toEqual(expect.arrayContaining(['recommendations.list', 'events.track', 'auth.login', 'account.get']))
    expect(page).not.toEqual(expect.arrayContaining(['orders.list']))
    expect(functionsOf(createStaffClient(options))).toEqual(
      expect.arrayContaining([...page, 'orders.list', 'jobs.retry']),
    )
  })

  it('sends what pages send as the client with all routes does', async () => {
    const list = (client: Pick<Tillwright, 'recommendations'>) => client.recommendations.list({ kind: 'popular' })
    const sent = await requestsOf(createPageClient as never, 'pk_test', list)
    expect(sent).toHaveLength(1)
    expect(sent).toEqual(await requestsOf(createStaffClient, 'pk_test', list))
  })

  it('takes answers as they come', async () => {
    const platform = memoryPlatform()
    const client = createPageClient({ baseUrl: 'https://brain.example.com', key: 'pk_test', platform })
    platform.answer(Response.json({ accepted: 0, duplicates: 0, new: true }))
    expect(await client.events.send({ events: [] })).toEqual({ accepted: 0, duplicates: 0, new: true })
  })
})
