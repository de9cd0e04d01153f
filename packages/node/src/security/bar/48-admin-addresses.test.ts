import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Engine } from '../../db/dialect.ts'
import { createServer, type ServerOptions } from '../../server.ts'
import { ROUTES, requestFor } from '../../testing/contract-routes.ts'
import { describeOnDatabases } from '../../testing/describe-on-databases.ts'
import { type SignedInPerson, signInAs } from '../../testing/sign-in-as.ts'
import { ORIGIN, openSite, type Shop, type TestSite } from '../../testing/test-site.ts'

const INSIDE = '10.1.2.3'
const OUTSIDE = '203.0.113.7'
const ADMIN_ADDRESSES = ['10.0.0.0/8', '2001:db8::/32']
const ADMIN_ROUTES = ROUTES.filter(({ route }) => route.path.startsWith('/admin/'))

interface Office {
  readonly site: TestSite
  readonly shop: Shop
  readonly owner: SignedInPerson
  readonly time: { now: number }
  ask(path: string, address: string | undefined, headers?: Record<string, string>, method?: string): Promise<Response>
}

async function openOffice(engine: Engine, options: Partial<ServerOptions> = {}): Promise<Office> {
  const time = { now: Date.now() }
  const site = await openSite(engine, { adminAddresses: ADMIN_ADDRESSES, clock: () => time.now, ...options })
  const shop = await site.newShop()
  const owner = await signInAs(site, shop, 'owner')
  return {
    site,
    shop,
    owner,
    time,
    ask: (path, remoteAddress, headers = {}, method = 'GET') =>
      site.server.fetch(
        new Request(ORIGIN + path, { method, headers: { authorization: `Bearer ${owner.accessToken}`, ...headers } }),
        { remoteAddress },
      ),
  }
}

async function refusals({ shop }: Office): Promise<object[]> {
  const rows = await shop.db.query
    .selectFrom('audit_log')
    .where('kind', '=', 'access.denied')
    .orderBy('number')
    .select(['actor_id as actorId', 'address', 'data'])
    .execute()
  return rows.map(({ data, ...row }) => ({ ...row, ...(JSON.parse(data) as object) }))
}

describeOnDatabases('48 administration from some addresses only', (engine) => {
  let office: Office
  beforeAll(async () => {
    office = await openOffice(engine)
  })
  afterAll(() => office?.site.close())

  it.each(ADMIN_ROUTES)('refuses $id from elsewhere, whoever asks', async ({ route }) => {
    const { method, path, headers, body } = requestFor(route)
    for (const bearer of [office.owner.accessToken, office.shop.secretKey, undefined]) {
      const request = new Request(ORIGIN + path, {
        method,
        headers: { ...headers, ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) },
        ...(body === undefined ? {} : { body }),
      })
      const response = await office.site.server.fetch(request, { remoteAddress: OUTSIDE })
      expect([response.status, await response.json()]).toMatchObject([403, { code: 'address_not_allowed' }])
    }
  })

  it.each([INSIDE, `::ffff:${INSIDE}`, '2001:db8:1::1'])('lets %s in', async (address) => {
    expect((await office.ask('/admin/users', address)).status).toBe(200)
    expect((await office.ask('/admin/v1/users', address)).status).toBe(200)
  })

  it.each([
    '/admin/users',
    '/admin/v1/users',
    '/admin/',
    '/admin',
    '/admin/no-such-thing',
    '/console',
    '/console?token=x',
  ])('refuses %s, method and preflight alike, before anything is looked for', async (path) => {
    for (const method of ['GET', 'HEAD', 'PUT']) {
      expect((await office.ask(path, OUTSIDE, {}, method)).status).toBe(403)
    }
    const asked = { origin: 'https://shop.example', 'access-control-request-method': 'PUT' }
    expect((await office.ask(path, OUTSIDE, asked, 'OPTIONS')).status).toBe(403)
  })

  it.each([undefined, '', 'unknown', '11.0.0.1', '2001:db9::1'])('does not let %s in', async (address) => {
    expect((await office.ask('/admin/users', address)).status).toBe(403)
  })

  it.each(['//admin/users', '/%61dmin/users', '/Admin/users', '/api/../admin%2fusers'])(
    'has no way around it: %s',
    async (path) => {
      const response = await office.ask(path, OUTSIDE)
      expect([403, 404]).toContain(response.status)
      expect(await response.text()).not.toContain(office.owner.email)
    },
  )

  it('believes no header where no proxy is trusted', async () => {
    for (const header of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'cf-connecting-ip', 'client-ip']) {
      expect((await office.ask('/admin/users', OUTSIDE, { [header]: INSIDE })).status).toBe(403)
    }
  })

  it('leaves everything else open to everybody', async () => {
    expect((await office.ask('/api/products', OUTSIDE)).status).toBe(200)
    expect((await office.ask('/auth/validate', OUTSIDE)).status).toBe(200)
    expect((await office.ask('/alive', OUTSIDE)).status).toBe(200)
  })

  it('makes nothing of a session of the console from elsewhere', async () => {
    const { server } = office.site
    const token = await server.console.linkToken(office.shop.tenant)
    const opened = await server.fetch(new Request(`${ORIGIN}/console?token=${token}`), { remoteAddress: INSIDE })
    const cookie = opened.headers.getSetCookie()[0]!.split(';', 1)[0]!
    const ask = (path: string, remoteAddress: string) =>
      server.fetch(new Request(ORIGIN + path, { headers: { cookie } }), { remoteAddress })
    for (const path of ['/admin/status', '/api/orders']) expect((await ask(path, INSIDE)).status).toBe(200)
    expect((await ask('/admin/status', OUTSIDE)).status).toBe(403)
    expect((await ask('/api/orders', OUTSIDE)).status).toBe(401)
    // It is in nobody's way.
    expect((await ask(`/api/products?key=${office.shop.publishableKey}`, OUTSIDE)).status).toBe(200)
  })

  it('writes into the log whom of those it knows it refused, once a minute, and nobody else', async () => {
    const other = await openOffice(engine)
    for (const path of ['/admin/users', '/admin/audit', '/admin/a', '/admin/b']) {
      await other.ask(path, OUTSIDE)
      await other.ask(path, OUTSIDE, { authorization: `Bearer ${other.shop.publishableKey}` })
      await other.ask(path, OUTSIDE, { authorization: 'Bearer sk_nobody' })
    }
    const refusal = { actorId: other.owner.id, address: OUTSIDE, route: 'GET /admin', code: 'address_not_allowed' }
    expect(await refusals(other)).toEqual([refusal])
    await other.site.close()
  })

  it('counts refusals, so that nobody can ask without end', async () => {
    const other = await openOffice(engine, { limits: undefined })
    const statuses = await Promise.all(
      Array.from({ length: 120 }, async () => (await other.ask('/admin/users', OUTSIDE)).status),
    )
    expect(statuses.filter((status) => status === 403)).toHaveLength(100)
    expect(statuses.filter((status) => status === 429)).toHaveLength(20)
    await other.site.close()
  })
})

describeOnDatabases('48 administration from some addresses only, behind two proxies', (engine) => {
  let office: Office
  beforeAll(async () => {
    office = await openOffice(engine, { trustedProxies: 2 })
  })
  afterAll(() => office?.site.close())

  const from = (forwarded: string, peer = '192.0.2.1') =>
    office.ask('/admin/users', peer, { 'x-forwarded-for': forwarded })

  it('goes by what the outermost of them saw', async () => {
    expect((await from(`${INSIDE}, 192.0.2.2`)).status).toBe(200)
    expect((await from(`${OUTSIDE}, ${INSIDE}, 192.0.2.2`)).status).toBe(200)
    expect((await from(`${INSIDE}, ${OUTSIDE}, 192.0.2.2`)).status).toBe(403)
    expect((await from(`${OUTSIDE}, 192.0.2.2`)).status).toBe(403)
  })

  it('refuses who came past one of them, whatever they claim and wherever they are', async () => {
    expect((await from(INSIDE)).status).toBe(403)
    expect((await from(INSIDE, INSIDE)).status).toBe(403)
    expect((await office.ask('/admin/users', INSIDE)).status).toBe(403)
  })
})

describeOnDatabases('48 administration without a list', (engine) => {
  it('is open to every address', async () => {
    const open = await openOffice(engine, { adminAddresses: undefined })
    for (const address of [INSIDE, OUTSIDE, undefined])
      expect((await open.ask('/admin/users', address)).status).toBe(200)
    await open.site.close()
  })

  it('is not what an empty or a mistyped list means', () => {
    for (const adminAddresses of [[], [''], ['10.0.0.0/8', 'office']]) {
      expect(() => createServer({ database: ':memory:', adminAddresses })).toThrow(RangeError)
    }
  })
})
