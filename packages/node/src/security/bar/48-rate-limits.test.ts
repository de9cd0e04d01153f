import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Engine } from '../../db/dialect.ts'
import { ROUTE_RULES } from '../../limits/index.ts'
import { createServer, type Server, type ServerOptions } from '../../server.ts'
import { describeOnDatabases } from '../../testing/describe-on-databases.ts'
import { describeOnRedis, REDIS_URL, redisProxy } from '../../testing/describe-on-redis.ts'
import { addPerson, signInAs, TEST_PASSWORD } from '../../testing/sign-in-as.ts'
import { ORIGIN, openSite, SHOP_ORIGIN, type Shop, type TestSite } from '../../testing/test-site.ts'

interface Limited {
  readonly site: TestSite
  readonly shop: Shop
  readonly time: { now: number }
}

/** A site whose limits are on, with a clock that stands still unless a test moves it. */
async function limitedSite(engine: Engine, options: Partial<ServerOptions> = {}): Promise<Limited> {
  const time = { now: Date.now() }
  const site = await openSite(engine, { limits: undefined, clock: () => time.now, ...options })
  return { site, shop: await site.newShop(), time }
}

interface Call {
  readonly path: string
  readonly bearer?: string
  readonly address?: string
  readonly headers?: Record<string, string>
  readonly body?: object
}

function ask(server: Server, { path, bearer, address, headers = {}, body }: Call): Promise<Response> {
  const request = new Request(ORIGIN + path, {
    method: body ? 'POST' : 'GET',
    headers: {
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return server.fetch(request, { remoteAddress: address })
}

/** A sign-in route that costs no hash: it takes a mailed token, and this is none. */
function signInCall(shop: Shop, address: string | undefined, headers: Record<string, string> = {}): Call {
  const body = { token: 'x'.repeat(43) }
  return {
    path: '/auth/verify-email',
    bearer: shop.publishableKey,
    headers,
    body,
    ...(address === undefined ? {} : { address }),
  }
}

/** How many of `count` calls at once were not refused as too many. */
async function letIn(count: number, call: (i: number) => Promise<Response>): Promise<number> {
  const answers = await Promise.all(Array.from({ length: count }, (_, i) => call(i)))
  return answers.filter(({ status }) => status !== 429).length
}

describeOnDatabases('48 rate limits', (engine) => {
  let shared: Limited
  beforeAll(async () => {
    shared = await limitedSite(engine)
  })
  afterAll(() => shared?.site.close())

  /** Runs a test with a shop of its own, on a site of its own where it needs other options. */
  async function withSite(run: (parts: Limited) => Promise<void>, options?: Partial<ServerOptions>): Promise<void> {
    if (!options) return run({ ...shared, shop: await shared.site.newShop() })
    const parts = await limitedSite(engine, options)
    try {
      await run(parts)
    } finally {
      await parts.site.close()
    }
  }

  it('let through five sign-ins a minute of a tenant and address, exactly, however many come at once', () =>
    withSite(async ({ site, shop }) => {
      expect(await letIn(50, () => ask(site.server, signInCall(shop, '203.0.113.7')))).toBe(5)
      expect(await letIn(10, () => ask(site.server, signInCall(shop, '203.0.113.8')))).toBe(5)
      const other = await site.newShop()
      expect(await letIn(10, () => ask(site.server, signInCall(other, '203.0.113.7')))).toBe(5)
    }))

  it('count all sign-in routes together', () =>
    withSite(async ({ site, shop }) => {
      const email = 'nobody@example.com'
      const bodies = [
        ['/auth/forgot-password', { email }],
        ['/auth/resend-verification', { email }],
        ['/auth/magic-link', { email }],
        ['/auth/verify-email', { token: 'x'.repeat(43) }],
        ['/auth/magic-link/use', { token: 'x'.repeat(43) }],
        ['/auth/login', { email, password: 'a guess' }],
      ] as const
      const statuses = []
      for (const [path, body] of bodies) {
        const answer = await ask(site.server, { path, body, bearer: shop.publishableKey, address: '203.0.113.7' })
        statuses.push(answer.status)
      }
      expect(statuses.slice(0, 5)).not.toContain(429)
      expect(statuses.at(-1)).toBe(429)
    }))

  it('say after which time there is room again, and that is true', () =>
    withSite(async ({ site, shop, time }) => {
      const call = signInCall(shop, '203.0.113.7', { origin: SHOP_ORIGIN })
      for (let i = 0; i < 5; i++) await ask(site.server, call)
      const refused = await ask(site.server, call)
      expect(await refused.json()).toMatchObject({ status: 429, code: 'rate_limited' })
      expect(refused.headers.get('ratelimit-policy')).toBe('"sign-in";q=5;w=60')
      expect(refused.headers.get('ratelimit')).toBe('"sign-in";r=0;t=60')
      // The page may read them.
      expect(refused.headers.get('access-control-allow-origin')).toBe(SHOP_ORIGIN)
      expect(refused.headers.get('access-control-expose-headers')).toMatch(/retry-after, ratelimit, ratelimit-policy/)
      const seconds = Number(refused.headers.get('retry-after'))
      expect(seconds).toBe(12)
      time.now += (seconds - 1) * 1_000
      expect((await ask(site.server, call)).status).toBe(429)
      time.now += 1_000
      expect((await ask(site.server, call)).status).not.toBe(429)
    }))

  it.each([
    ['page', '/api/recommendations', ROUTE_RULES.page.limit],
    ['api', '/api/products', ROUTE_RULES.api.limit],
  ] as const)('of %s hold for each key and address', (_name, path, limit) =>
    withSite(async ({ site, shop }) => {
      const call = (address: string, bearer = shop.publishableKey) => ask(site.server, { path, bearer, address })
      expect(await letIn(limit + 20, () => call('203.0.113.7'))).toBe(limit)
      expect((await call('203.0.113.8')).status).toBe(200)
      const other = await site.newShop()
      expect((await call('203.0.113.7', other.publishableKey)).status).toBe(200)
      // A shop's server calls for all of its shoppers.
      expect(await letIn(limit + 20, () => call('203.0.113.7', shop.secretKey))).toBe(limit + 20)
    }),
  )

  it('hold for a person, however many sessions they open', () =>
    withSite(async ({ site, shop, time }) => {
      const person = await signInAs(site, shop, 'admin')
      const again = await ask(site.server, {
        path: '/auth/refresh',
        bearer: shop.publishableKey,
        address: '203.0.113.9',
        body: { refreshToken: person.refreshToken },
      })
      const { accessToken } = (await again.json()) as { accessToken: string }
      time.now += 1
      const tokens = [person.accessToken, accessToken]
      const call = (i: number) =>
        ask(site.server, { path: '/auth/validate', bearer: tokens[i % 2]!, address: '203.0.113.7' })
      expect(await letIn(120, call)).toBe(ROUTE_RULES.api.limit)
    }))

  it('hold for who comes without a valid key or session', () =>
    withSite(async ({ site }) => {
      const { limit } = ROUTE_RULES.denied
      const call = (i: number) =>
        ask(site.server, { path: '/api/products', bearer: `sk_guess${i}`, address: '203.0.113.7' })
      expect(await letIn(limit + 20, call)).toBe(limit)
    }))

  it('leave probes alone', () =>
    withSite(async ({ site }) => {
      expect(await letIn(300, () => ask(site.server, { path: '/alive', address: '203.0.113.7' }))).toBe(300)
    }))

  it('count the peer, whatever X-Forwarded-For says, where no proxy is trusted', () =>
    withSite(async ({ site, shop }) => {
      const call = (i: number) =>
        ask(site.server, signInCall(shop, '203.0.113.7', { 'x-forwarded-for': `198.51.100.${i}`, 'x-real-ip': `${i}` }))
      expect(await letIn(20, call)).toBe(5)
    }))

  it('count what the outermost trusted proxy saw, read from the right', () =>
    withSite(
      async ({ site, shop }) => {
        const call = (forwarded: string) =>
          ask(site.server, signInCall(shop, '10.0.0.1', { 'x-forwarded-for': forwarded }))
        expect(await letIn(20, (i) => call(`198.51.100.${i}, 203.0.113.7, 10.0.0.2`))).toBe(5)
        expect(await letIn(20, (i) => call(`203.0.113.${i + 10}, 10.0.0.2`))).toBe(20)
      },
      { trustedProxies: 2 },
    ))

  it('are not spent by a page of another origin: nobody is kept from signing in by what they look at', () =>
    withSite(async ({ site, shop }) => {
      const address = '203.0.113.7'
      const type = { 'content-type': 'text/plain' }
      const body = { email: 'nobody@example.com', password: 'a guess' }
      for (const origin of ['https://evil.example', 'null']) {
        for (const path of ['/auth/login', '/auth/forgot-password', '/auth/refresh']) {
          // The only tenant there is, whom one visits without a key; and one whose key the page has read.
          for (const bearer of [{}, { bearer: shop.publishableKey }]) {
            for (let i = 0; i < 10; i++) {
              const refused = await ask(site.server, { path, address, body, headers: { ...type, origin }, ...bearer })
              expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'origin_not_allowed' }])
              expect(refused.headers.get('access-control-allow-origin')).toBeNull()
            }
          }
        }
      }
      const { email } = await addPerson(shop, 'customer')
      for (const origin of [SHOP_ORIGIN, ORIGIN]) {
        const login = { path: '/auth/login', address, body: { email, password: TEST_PASSWORD }, headers: { origin } }
        expect((await ask(site.server, login)).status).toBe(200)
      }
    }, {}))

  it('are told of to who runs the server where a proxy stands in front that is not trusted, once', () =>
    withSite(async ({ site }) => {
      const warnings = () => site.log.lines.filter(({ message }) => /TILLWRIGHT_TRUSTED_PROXIES/.test(message))
      await ask(site.server, { path: '/alive' })
      expect(warnings()).toEqual([])
      const headers = { 'x-forwarded-for': '198.51.100.7' }
      for (let i = 0; i < 3; i++) await ask(site.server, { path: '/alive', headers })
      expect(warnings()).toMatchObject([{ level: 'warn' }])
      expect(JSON.stringify(warnings())).not.toContain('198.51.100.7')
    }, {}))

  it('are not warned of where proxies are trusted', () =>
    withSite(
      async ({ site }) => {
        await ask(site.server, { path: '/alive', headers: { 'x-forwarded-for': '198.51.100.7' } })
        expect(site.log.lines.filter(({ message }) => /TILLWRIGHT_TRUSTED_PROXIES/.test(message))).toEqual([])
      },
      { trustedProxies: 1 },
    ))

  it('count IPv6 by /64, and IPv4 in IPv6 clothes as what it is', () =>
    withSite(async ({ site, shop }) => {
      const call = (address: string) => ask(site.server, signInCall(shop, address))
      expect(await letIn(20, (i) => call(`2001:db8:1:2:${i}::${i}`))).toBe(5)
      expect(await letIn(5, (i) => call(`2001:db8:1:${i + 3}::1`))).toBe(5)
      expect(await letIn(20, (i) => call(['203.0.113.7', '::ffff:203.0.113.7', '64:ff9b::203.0.113.7'][i % 3]!))).toBe(
        5,
      )
      // Callers whose address nobody knows share one limit.
      expect(await letIn(20, (i) => call(`nonsense ${i}`))).toBe(5)
    }))

  it('of sign-ins hold exactly over two nodes of one database, and over a restart', () =>
    withSite(async ({ site, shop, time }) => {
      const node = () =>
        createServer({ database: site.url, dataDir: site.dataDir, widgets: site.dataDir, clock: () => time.now })
      const second = node()
      await second.migrate()
      const servers = [site.server, second]
      expect(await letIn(40, (i) => ask(servers[i % 2]!, signInCall(shop, '203.0.113.7')))).toBe(5)
      await second.close()
      const third = node()
      await third.migrate()
      expect((await ask(third, signInCall(shop, '203.0.113.7'))).status).toBe(429)
      await third.close()
    }))

  describeOnRedis('in Redis', () => {
    it('hold exactly over two nodes', () =>
      withSite(
        async ({ site, shop, time }) => {
          const second = createServer({
            database: site.url,
            dataDir: site.dataDir,
            widgets: site.dataDir,
            clock: () => time.now,
            redis: REDIS_URL,
          })
          await second.migrate()
          const servers = [site.server, second]
          const call = (i: number) =>
            ask(servers[i % 2]!, { path: '/api/products', bearer: shop.publishableKey, address: '203.0.113.7' })
          expect(await letIn(160, call)).toBe(ROUTE_RULES.api.limit)
          expect(await letIn(40, (i) => ask(servers[i % 2]!, signInCall(shop, '203.0.113.7')))).toBe(5)
          await second.close()
        },
        { redis: REDIS_URL },
      ))

    it('hold in each process while Redis is away, and are never off', async () => {
      const proxy = await redisProxy()
      await withSite(
        async ({ site, shop }) => {
          const call = (address: string) => ask(site.server, signInCall(shop, address))
          expect(await letIn(3, () => call('203.0.113.7'))).toBe(3)
          await proxy.cut()
          // What was spent here before counts on.
          expect(await letIn(20, () => call('203.0.113.7'))).toBe(2)
          expect(await letIn(20, () => call('203.0.113.8'))).toBe(5)
        },
        { redis: proxy.url },
      )
    })

    it('hold where Redis never was there', async () => {
      const proxy = await redisProxy()
      await proxy.cut()
      await withSite(
        async ({ site, shop }) => {
          expect(await letIn(20, () => ask(site.server, signInCall(shop, '203.0.113.7')))).toBe(5)
        },
        { redis: proxy.url },
      )
    })
  })
})
