import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnDatabases } from '../../testing/describe-on-databases.ts'
import { openSite, SHOP_ORIGIN, type Shop, type TestSite } from '../../testing/test-site.ts'

/** Origins that resemble the shop's. */
const RESEMBLING = [
  'null',
  '*',
  '',
  'http://shop.example',
  'https://shop.example:8443',
  'https://shop.example.',
  'https://shop.example/',
  'https://shop.example.evil.example',
  'https://evilshop.example',
  'https://evil.example/?https://shop.example',
  'https://shop.example@evil.example',
  'https://sub.shop.example',
  'https://SHOP.example',
  'https://shop.example, https://evil.example',
  'https://shop\u00adexample',
  'file://',
]

describeOnDatabases('34 pages of other origins', (engine) => {
  let site: TestSite
  let shop: Shop
  beforeAll(async () => {
    site = await openSite(engine)
    shop = await site.newShop()
  })
  afterAll(() => site?.close())

  const ask = (origin: string, init: RequestInit & { path?: string } = {}) =>
    site.send(init.path ?? `/api/products?key=${shop.publishableKey}`, {
      ...init,
      headers: { origin, ...(init.headers as Record<string, string>) },
    })
  const allowed = ({ headers }: Response) => [
    headers.get('access-control-allow-origin'),
    headers.get('access-control-allow-credentials'),
  ]

  it('may read answers where the tenant allows exactly theirs', async () => {
    const response = await ask(SHOP_ORIGIN)
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe(SHOP_ORIGIN)
    expect(response.headers.get('vary')).toContain('origin')
  })

  it('may ask beforehand where some tenant allows exactly theirs', async () => {
    const headers = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' }
    const response = await ask(SHOP_ORIGIN, { method: 'OPTIONS', headers })
    expect([response.status, ...allowed(response)]).toEqual([204, SHOP_ORIGIN, 'true'])
  })

  it.each(RESEMBLING)('are not taken for it: %s', async (origin) => {
    const answers = [
      await ask(origin),
      await ask(origin, { path: '/api/products', headers: { authorization: `Bearer ${shop.publishableKey}` } }),
      await ask(origin, { path: '/auth/validate' }),
      await ask(origin, { path: '/api/nothing' }),
      await ask(origin, { path: '/alive' }),
      await ask(origin, { method: 'OPTIONS', headers: { 'access-control-request-method': 'GET' } }),
      await ask(origin, {
        method: 'OPTIONS',
        path: '/auth/login',
        headers: { 'access-control-request-method': 'POST' },
      }),
    ]
    for (const answer of answers) expect(allowed(answer)).toEqual([null, null])
  })

  it('that another tenant allows are not this one’s', async () => {
    const fresh = await site.newShop()
    await fresh.db.query.updateTable('api_keys').set({ origins: '["https://other.example"]' }).execute()
    const refused = await site.send('/api/products', {
      headers: { origin: SHOP_ORIGIN, authorization: `Bearer ${fresh.publishableKey}` },
    })
    expect(await refused.json()).toMatchObject({ status: 403, code: 'origin_not_allowed' })
    expect(allowed(refused)).toEqual([null, null])
  })

  it('are never told "*", and never that cookies may come with it', async () => {
    for (const path of [
      '/alive',
      '/health',
      '/openapi.json',
      '/.well-known/jwks.json',
      '/widgets/loader.js',
      '/docs',
    ]) {
      for (const origin of [SHOP_ORIGIN, 'https://evil.example']) {
        const { headers } = await ask(origin, { path })
        if (headers.get('access-control-allow-origin') === '*') {
          // Files that are the same for everybody may be; with cookies, nothing may.
          expect(path).toMatch(/^\/(widgets|openapi|\.well-known)/)
          expect(headers.get('access-control-allow-credentials')).toBeNull()
        }
      }
    }
  })
})
