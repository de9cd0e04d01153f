import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@tillwright/core'
import { createServer, listen } from '@tillwright/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Child, startChild } from './child.ts'

const folderOf = (name: string) => fileURLToPath(new URL(`../examples/${name}`, import.meta.url))
/** Builds take their time on a small machine. */
const BUILD_MS = 180_000
const START_MS = 60_000

/** Three of four baskets with tea held milk. */
const ORDERS = [['tea', 'milk'], ['tea', 'milk', 'sugar'], ['milk', 'tea'], ['tea'], ['coffee']].map(
  (items, index) => ({
    id: `order-${index}`,
    placedAt: `2026-10-0${index + 1}T12:00:00Z`,
    currency: 'EUR',
    lines: items.map((productId) => ({ productId, name: `Organic ${productId}`, quantity: 1, unitPriceMinor: 250 })),
  }),
)

interface Shop {
  readonly dataDir: string
  readonly secretKey: string
}

/** A folder with a tenant in it, as the `tillwright` command would leave it. */
async function prepareShop(): Promise<Shop> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tillwright-example-'))
  const server = createServer({ dataDir })
  await server.migrate()
  const tenant = await server.tools.createTenant({ name: 'Corner Shop', currency: 'EUR' })
  const { key } = await server.tools.createKey(tenant, { kind: 'secret', label: 'test' })
  await server.close()
  return { dataDir, secretKey: key }
}

/** Sells, learns, and asks what goes with tea: every step over HTTP. */
async function learnAndAsk(baseUrl: string, key: string) {
  const tillwright = createClient({ baseUrl, key })
  try {
    await tillwright.orders.upsert({ items: ORDERS })
    const { id: jobId } = await tillwright.models.train()
    let state = 'queued'
    for await (const { data } of tillwright.jobs.watch({ jobId })) state = data.state
    const { items } = await tillwright.recommendations.list({ kind: 'bought-together', items: ['tea'], limit: 1 })
    return { state, answer: items.map(({ name, reasonText }) => `${name}: ${reasonText}`) }
  } finally {
    tillwright.close()
  }
}

const LEARNT = { state: 'done', answer: ['Organic milk: In 3 of 4 baskets with Organic tea'] }

describe.each(['express', 'fastify', 'hono'])('examples/%s', (name) => {
  let shop: Shop
  let child: Child
  let origin: string
  beforeAll(async () => {
    shop = await prepareShop()
    child = startChild(['server.ts'], {
      cwd: folderOf(name),
      env: { PORT: '0', TILLWRIGHT_DATA_DIR: shop.dataDir },
    })
    origin = (await child.said(/http:\/\/127\.0\.0\.1:\d+/))[0]
  }, START_MS)
  afterAll(async () => {
    await child?.stop()
    await rm(shop.dataDir, { recursive: true, force: true })
  })

  it('has a route of its own beside Tillwright', async () => {
    const response = await fetch(origin)
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('/brain/docs')])
    expect((await fetch(`${origin}/brain/docs`)).status).toBe(200)
  })

  it('serves the widgets', async () => {
    const response = await fetch(`${origin}/brain/widgets/loader.js`)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/javascript'),
    ])
  })

  it('takes orders, learns from them in its own jobs, and recommends', async () => {
    expect(await learnAndAsk(`${origin}/brain`, shop.secretKey)).toEqual(LEARNT)
  })

  it('refuses who has no key', async () => {
    const response = await fetch(`${origin}/brain/api/orders`)
    expect([response.status, await response.json()]).toMatchObject([401, { code: 'missing_key' }])
  })

  it('stops when it is told to, with nothing lost', async () => {
    expect(await child.stop()).toBe(0)
    const server = createServer({ dataDir: shop.dataDir })
    const tillwright = createClient({
      baseUrl: 'http://tillwright.test',
      key: shop.secretKey,
      fetch: (request) => server.fetch(request),
    })
    await server.migrate()
    expect((await tillwright.orders.list({})).items).toHaveLength(ORDERS.length)
    await server.close()
  })
})

describe('examples/next', () => {
  let shop: Shop
  let child: Child
  let origin: string
  beforeAll(async () => {
    shop = await prepareShop()
    const cwd = folderOf('next')
    const next = createRequire(join(cwd, 'package.json')).resolve('next/dist/bin/next')
    const env = {
      NEXT_TELEMETRY_DISABLED: '1',
      TILLWRIGHT_DATA_DIR: shop.dataDir,
      TILLWRIGHT_KEY: shop.secretKey,
    }
    const build = startChild([next, 'build'], { cwd, env })
    if ((await build.ended()) !== 0) throw new Error(build.output())
    child = startChild([next, 'start', '--port', '0', '--hostname', '127.0.0.1'], { cwd, env })
    await child.said(/Ready/)
    origin = (await child.said(/http:\/\/127\.0\.0\.1:\d+/))[0]
  }, BUILD_MS)
  afterAll(async () => {
    await child?.stop()
    await rm(shop.dataDir, { recursive: true, force: true })
  })

  it('renders a page before anything was learnt', async () => {
    expect(await (await fetch(origin)).text()).toContain('Nothing yet: import orders first.')
  })

  it('answers below /brain, and its page shows what was learnt', async () => {
    expect(await learnAndAsk(`${origin}/brain`, shop.secretKey)).toEqual(LEARNT)
    const page = await (await fetch(origin)).text()
    expect(page).toContain('Organic tea')
    expect(page).not.toContain(shop.secretKey)
  })

  it('refuses who has no key', async () => {
    expect((await fetch(`${origin}/brain/api/orders`)).status).toBe(401)
  })
})

describe('examples/node-service', () => {
  const closing: (() => Promise<unknown>)[] = []
  let shop: Shop
  let child: Child
  let brainUrl: string
  const ask = async (target: string, method = 'GET') => {
    const [, address] = await child.said(/Listening on (http:\/\/127\.0\.0\.1:\d+)/)
    const response = await fetch(address + target, { method })
    return [response.status, await response.json()] as const
  }
  const start = (url: string, key: string) => {
    const env = { PORT: '0', TILLWRIGHT_URL: url, TILLWRIGHT_KEY: key }
    child = startChild(['service.ts'], { cwd: folderOf('node-service'), env })
    closing.push(child.stop)
    return child
  }
  beforeAll(async () => {
    shop = await prepareShop()
    const server = createServer({ dataDir: shop.dataDir })
    await server.migrate()
    server.jobs.start()
    const listening = await listen(server, { host: '127.0.0.1', port: 0 })
    closing.push(async () => {
      await server.close()
      await listening.finish()
    })
    brainUrl = `http://127.0.0.1:${listening.port}`
    expect(await learnAndAsk(brainUrl, shop.secretKey)).toEqual(LEARNT)
    start(brainUrl, shop.secretKey)
  }, START_MS)
  afterAll(async () => {
    for (const close of closing.toReversed()) await close()
    await rm(shop.dataDir, { recursive: true, force: true })
  })

  it('recommends, and says why', async () => {
    const [status, [first]] = await ask('/related?product=tea')
    expect([status, first]).toEqual([
      200,
      { id: 'milk', name: 'Organic milk', why: 'In 3 of 4 baskets with Organic tea' },
    ])
  })

  it('adds up orders page by page', async () => {
    const revenue = (orders: number, pieces: number) => [200, { orders, totalMinor: { EUR: pieces * 250 } }]
    expect(await ask('/revenue')).toEqual(revenue(5, 9))
    expect(await ask('/revenue?since=2026-10-04T00:00:00Z')).toEqual(revenue(2, 2))
  })

  it('passes on what the server refuses, with its code', async () => {
    expect(await ask('/product?id=coffee')).toMatchObject([200, { name: 'Organic coffee' }])
    expect(await ask('/product?id=wine')).toMatchObject([404, { error: 'not_found', requestId: expect.any(String) }])
  })

  it('says which input is wrong', async () => {
    const [status, { error, errors }] = await ask('/revenue?since=yesterday')
    expect([status, error]).toEqual([422, 'invalid_input'])
    expect(new Set(errors.map(({ path }: { path: string }) => path))).toEqual(new Set(['from']))
  })

  it('has sent every event that it tracked by the time it has stopped', async () => {
    expect(await ask('/viewed?product=tea', 'POST')).toEqual([200, { kept: true }])
    expect(await child.stop()).toBe(0)
    const tillwright = createClient({ baseUrl: brainUrl, key: shop.secretKey })
    const { items } = await tillwright.events.list({ type: 'product_viewed' })
    expect(items).toMatchObject([{ productId: 'tea' }])
    tillwright.close()
  })

  it('tells its own trouble from its caller’s when the server does not know its key', async () => {
    start(brainUrl, 'sk_of_nobody')
    expect(await ask('/product?id=tea')).toMatchObject([502, { error: 'invalid_key' }])
  })

  it('asks its caller to come again while the server is away', async () => {
    start('http://127.0.0.1:1', shop.secretKey)
    expect(await ask('/product?id=tea')).toMatchObject([503, { error: expect.stringContaining('try again later') }])
  })
})

describe('every example', () => {
  it.each(['storefront', 'express', 'fastify', 'hono', 'next', 'node-service'])('examples/%s has a README', (name) => {
    expect(existsSync(join(folderOf(name), 'README.md'))).toBe(true)
  })
})
