import { afterAll, beforeAll, expect, it } from 'vitest'
import { listen } from '../../adapters/node.ts'
import { rawConnection } from '../../adapters/testing/raw-connection.ts'
import { createServer } from '../../server.ts'
import { ROUTES, requestFor } from '../../testing/contract-routes.ts'
import { describeOnDatabases } from '../../testing/describe-on-databases.ts'
import { signInAs } from '../../testing/sign-in-as.ts'
import { ORIGIN, openSite, SHOP_ORIGIN, type Shop, type TestSite } from '../../testing/test-site.ts'
import { HashQueueFullError } from '../passwords.ts'

const YEAR_SECONDS = 365 * 86_400

function expectSafe({ headers }: Response, what: string): void {
  const [, seconds] = /^max-age=(\d+)/.exec(headers.get('strict-transport-security') ?? '') ?? []
  expect(Number(seconds), what).toBeGreaterThanOrEqual(YEAR_SECONDS)
  expect(headers.get('x-content-type-options'), what).toBe('nosniff')
  expect(headers.get('content-security-policy'), what).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
  expect(headers.get('referrer-policy'), what).toBe('no-referrer')
  expect(headers.get('x-powered-by') ?? headers.get('server'), what).toBeNull()
}

describeOnDatabases('35 every answer', (engine) => {
  let site: TestSite
  let shop: Shop
  let hashesAreFull = false
  beforeAll(async () => {
    site = await openSite(engine, {
      limits: undefined,
      // A store that fails is a fault of the server's own: 500.
      files: {
        async put() {
          throw new Error('the disk is broken')
        },
        get: async () => null,
        async remove() {},
      } as never,
      hasher: {
        hash: async () => '',
        async verify() {
          if (hashesAreFull) throw new HashQueueFullError('too many')
          return false
        },
        isWeak: () => false,
      },
    })
    shop = await site.newShop()
  })
  afterAll(() => site?.close())

  const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
  const jsonType = { 'content-type': 'application/json' }

  it.each([
    [200, '/alive', {}],
    [200, '/api/products', { key: 'secret' }],
    [
      204,
      '/api/products',
      { method: 'OPTIONS', headers: { origin: SHOP_ORIGIN, 'access-control-request-method': 'GET' } },
    ],
    [400, '/api/products', { key: 'secret', method: 'POST', body: '{', headers: jsonType }],
    [400, '/api/products/%ff', {}],
    [401, '/api/products', {}],
    [401, '/auth/validate', {}],
    [403, '/api/customers', { key: 'publishable' }],
    [403, '/api/products', { key: 'publishable', headers: { origin: 'https://evil.example' } }],
    [404, '/nothing', {}],
    [404, '/api/nothing', {}],
    [404, '/api/products/missing', { key: 'secret' }],
    [405, '/api/events', { key: 'secret', method: 'DELETE' }],
    [413, '/api/products', { key: 'secret', method: 'POST', body: ' '.repeat(9 * 2 ** 20), headers: jsonType }],
    [414, `/api/products?search=${'x'.repeat(9_000)}`, { key: 'secret' }],
    [415, '/api/products', { key: 'secret', method: 'POST', body: '{}', headers: { 'content-type': 'text/xml' } }],
    [422, '/api/products', { key: 'secret', method: 'POST', body: '{}', headers: jsonType }],
    [
      500,
      '/api/products/import',
      { key: 'secret', method: 'POST', body: 'id,name\n', headers: { 'content-type': 'text/csv' } },
    ],
  ] as const)(
    '%i of %s carries the headers',
    async (status, path, { key, ...init }: { key?: string; headers?: object }) => {
      const keys = { secret: shop.secretKey, publishable: shop.publishableKey } as Record<string, string>
      const response = await site.send(path, {
        ...init,
        headers: { ...(key ? bearer(keys[key]!) : {}), ...(init.headers as Record<string, string>) },
      })
      expect([response.status, await response.text()]).toEqual([status, expect.any(String)])
      expectSafe(response, path)
    },
  )

  it('429 and 503 carry them, with Retry-After', async () => {
    const tooMany = []
    for (let i = 0; i < 6; i++) {
      const body = JSON.stringify({ token: 'x'.repeat(43) })
      tooMany.push(
        await site.send('/auth/verify-email', {
          method: 'POST',
          body,
          headers: { ...jsonType, ...bearer(shop.publishableKey) },
        }),
      )
    }
    const other = await site.newShop()
    hashesAreFull = true
    const full = await site.send('/auth/login', {
      method: 'POST',
      body: JSON.stringify({ email: 'a@example.com', password: 'x' }),
      headers: { ...jsonType, ...bearer(other.publishableKey) },
    })
    hashesAreFull = false
    const notYet = createServer({ database: site.url, dataDir: site.dataDir, widgets: site.dataDir })
    const starting = await notYet.fetch(new Request(`${ORIGIN}/api/products`))
    await notYet.close()
    expect([tooMany.at(-1)!.status, full.status, starting.status]).toEqual([429, 503, 503])
    for (const response of [tooMany.at(-1)!, full, starting]) {
      expectSafe(response, String(response.status))
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    }
  })

  it.each(ROUTES.filter(({ route }) => /^\/(auth|admin)\//.test(route.path)))(
    'of $id is kept by nobody',
    async ({ route }) => {
      const { path, method, headers, body } = requestFor(route)
      const response = await site.send(path, { method, headers, ...(body === undefined ? {} : { body }) })
      await response.body?.cancel()
      expect(response.headers.get('cache-control')).toBe('no-store')
      expectSafe(response, path)
    },
  )

  it('to what Node’s parser refuses is no exception', async () => {
    const host = await listen(site.server, { host: '127.0.0.1', port: 0 })
    for (const sent of ['nonsense\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', `GET / HTTP/1.1\r\nx: ${'a'.repeat(20_000)}`]) {
      const connection = await rawConnection(`http://127.0.0.1:${host.port}`)
      connection.send(sent)
      const [head = '', body = ''] = (await connection.ended()).split('\r\n\r\n')
      const [line = '', ...lines] = head.split('\r\n')
      const headers = lines.map((each) => each.split(': ', 2) as [string, string])
      expectSafe(new Response(body, { status: Number(line.split(' ')[1]), headers }), sent.slice(0, 20))
      expect(JSON.parse(body)).toMatchObject({ code: expect.stringMatching(/^(malformed_request|headers_too_large)$/) })
    }
    await host.finish()
  })

  it('to who is signed in is kept by nobody', async () => {
    const open = await openSite(engine)
    const person = await signInAs(open, await open.newShop(), 'owner')
    for (const path of ['/auth/validate', '/auth/account', '/auth/sessions', '/auth/account/export', '/admin/status']) {
      const response = await person.send(path)
      expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, 200, 'no-store'])
      expectSafe(response, path)
      await response.body?.cancel()
    }
    await open.close()
  })
})
