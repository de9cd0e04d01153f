import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { ORIGIN, openSite, SHOP_ORIGIN, type Shop, type TestSite } from '../testing/test-site.ts'

const PASSWORD = 'a quiet harbour at dusk'
const FOREIGN = 'https://evil.example'

describeOnDatabases('a session in a browser', (engine) => {
  let site: TestSite
  let shop: Shop
  let other: Shop
  let cookie: string
  beforeAll(async () => {
    site = await openSite(engine, { limits: 'off' })
    shop = await site.newShop()
    other = await site.newShop({ name: 'Other' })
    await post(`/auth/register?key=${shop.publishableKey}`, { email: 'ann@example.com', password: PASSWORD })
    cookie = cookiesOf(await signIn(`?key=${shop.publishableKey}`, { origin: SHOP_ORIGIN }))
  })
  afterAll(() => site?.close())

  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    site.send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const signIn = (query: string, headers: Record<string, string>) =>
    post(`/auth/login${query}`, { email: 'ann@example.com', password: PASSWORD, delivery: 'cookie' }, headers)
  const cookiesOf = (answer: Response) =>
    answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
  const session = async (query: string, headers: Record<string, string>) =>
    (await site.send(`/auth/session${query}`, { headers })).json() as Promise<{
      status: string
      user?: { email: string }
    }>

  describe('is asked for without an error', () => {
    it('by whoever has one, and by whoever has none', async () => {
      const known = await session(`?key=${shop.publishableKey}`, { cookie, origin: SHOP_ORIGIN })
      expect(known).toMatchObject({ status: 'signed_in', user: { email: 'ann@example.com' } })
      expect(await session(`?key=${shop.publishableKey}`, { origin: SHOP_ORIGIN })).toEqual({ status: 'signed_out' })
    })

    it('when the access token has run out: another can be had', async () => {
      const refreshOnly = cookie
        .split('; ')
        .filter((pair) => !pair.includes('tw_access'))
        .join('; ')
      expect(await session(`?key=${shop.publishableKey}`, { cookie: refreshOnly })).toEqual({ status: 'expired' })
    })

    it('of one tenant by another, which learns nothing of it', async () => {
      expect(await session(`?key=${other.publishableKey}`, { cookie })).not.toHaveProperty('user')
      expect(await session('', { cookie, 'x-tillwright-tenant': other.tenant.publicId })).not.toHaveProperty('user')
    })
  })

  describe('is for pages of the shop', () => {
    it('which may read answers and refusals with their cookies, and no other page', async () => {
      for (const path of ['/auth/session', '/auth/account', '/auth/account/export']) {
        for (const sent of [cookie, '']) {
          const query = `?key=${shop.publishableKey}`
          const own = await site.send(path + query, { headers: { origin: SHOP_ORIGIN, cookie: sent } })
          expect(own.headers.get('access-control-allow-origin')).toBe(SHOP_ORIGIN)
          expect(own.headers.get('access-control-allow-credentials')).toBe('true')
          const foreign = await site.send(path + query, { headers: { origin: FOREIGN, cookie: sent } })
          expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
          expect(foreign.status).toBeGreaterThanOrEqual(400)
        }
      }
    })

    it('which are told to prove again who somebody is', async () => {
      const answer = await site.send(`/auth/account?key=${shop.publishableKey}`, {
        method: 'DELETE',
        headers: { origin: SHOP_ORIGIN },
      })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('access-control-allow-origin')).toBe(SHOP_ORIGIN)
    })

    it('and not for those that name the tenant from elsewhere', async () => {
      const tenant = { 'x-tillwright-tenant': shop.tenant.publicId }
      const refused = [
        { ...tenant, origin: FOREIGN },
        { ...tenant, origin: SHOP_ORIGIN },
        { ...tenant, origin: 'null' },
        tenant,
        { 'x-tillwright-tenant': 'ten_01jj6w2m8p0000000000000000', origin: ORIGIN },
        { 'x-tillwright-tenant': shop.tenant.name, origin: ORIGIN },
      ]
      for (const headers of refused) {
        const answer = await signIn('', headers)
        expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []])
      }
      const read = await site.send('/auth/session', { headers: { ...tenant, 'sec-fetch-site': 'cross-site', cookie } })
      expect(read.status).toBe(401)
      expect((await signIn('', { ...tenant, origin: ORIGIN })).status).toBe(200)
    })

    it('and no browser lets another page send the tenant’s name', async () => {
      const preflight = await site.send('/auth/login', {
        method: 'OPTIONS',
        headers: {
          origin: SHOP_ORIGIN,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'x-tillwright-tenant',
        },
      })
      expect(preflight.headers.get('access-control-allow-headers')).not.toContain('tenant')
    })
  })

  it('of one tenant does not reach routes for people from the page of another', async () => {
    const of = (tenant: string) =>
      site.send('/auth/account', { headers: { cookie, 'x-tillwright-tenant': tenant } }).then(({ status }) => status)
    expect(await of(shop.tenant.publicId)).toBe(200)
    expect(await of(other.tenant.publicId)).toBe(401)
  })
})
