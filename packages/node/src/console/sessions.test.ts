import { expect, it, onTestFinished } from 'vitest'
import { createServer } from '../server.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { ORIGIN, openSite, type Shop, type TestSite, useSite } from '../testing/test-site.ts'

const HOUR_MS = 3_600_000

describeOnDatabases('the console', (engine) => {
  let now = Date.parse('2026-03-01T12:00:00Z')
  const site = useSite(engine, { clock: () => now })

  const linkFor = ({ tenant }: Shop) => site.server.console.linkToken(tenant)

  const open = (token: string, origin = ORIGIN) =>
    site.server.fetch(new Request(`${origin}/console?token=${encodeURIComponent(token)}`))

  /** The cookie as a browser sends it back. */
  async function cookieOf(shop: Shop): Promise<string> {
    const response = await open(await linkFor(shop))
    return response.headers.getSetCookie()[0]!.split(';')[0]!
  }

  const ask = (path: string, headers: Record<string, string>, method = 'GET') => site.send(path, { method, headers })

  it('turns a signed link into a cookie that scripts cannot read, and takes the token out of the address', async () => {
    const response = await open(await linkFor(await site.newShop()))
    expect([response.status, response.headers.get('location')]).toEqual([303, 'console'])
    expect(response.headers.getSetCookie()).toHaveLength(1)
    expect(response.headers.getSetCookie()[0]).toMatch(
      /^tw_console=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
    )
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  })

  it('binds the cookie to TLS where it came by it', async () => {
    const response = await open(await linkFor(await site.newShop()), 'https://tillwright.test')
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-tw_console=.+; Secure$/)
  })

  it('binds the cookie to TLS that ends at a trusted proxy, and believes nobody else', async () => {
    const proxied = await openSite(engine, { trustedProxies: 1 })
    onTestFinished(() => proxied.close())
    const headers = { 'x-forwarded-proto': 'https' }
    const cookieFrom = async (where: Pick<TestSite, 'send' | 'server'>, { tenant }: Shop) => {
      const token = await where.server.console.linkToken(tenant)
      return (await where.send(`/console?token=${token}`, { headers })).headers.getSetCookie()[0]
    }
    expect(await cookieFrom(proxied, await proxied.newShop())).toMatch(/^__Host-tw_console=.+; Secure$/)
    expect(await cookieFrom(site, await site.newShop())).toMatch(/^tw_console=/)
  })

  it('shows the shop of the link, and no other', async () => {
    const [shop, other] = [await site.newShop({ name: 'one' }), await site.newShop({ name: 'other' })]
    const status = async (cookie: string) => (await ask('/admin/status', { cookie })).json()
    expect(await status(await cookieOf(shop))).toMatchObject({ tenant: { id: shop.tenant.publicId } })
    expect(await status(await cookieOf(other))).toMatchObject({ tenant: { id: other.tenant.publicId } })
  })

  it.each([
    ['is cut short', (token: string) => token.slice(0, -1)],
    ['names another shop', (token: string) => token.replace(/^\d+/, (id) => String(Number(id) + 1))],
    ['claims a later end', (token: string) => token.replace(/\.(\d+)\./, (_, at) => `.${Number(at) + 1}.`)],
    ['has another signature', (token: string) => token.replace(/.{5}$/, 'AAAAA')],
    ['is empty', () => ''],
    ['is nonsense', () => '__proto__'],
  ])('refuses a link that %s', async (_what, tamper) => {
    const response = await open(tamper(await linkFor(await site.newShop())))
    expect([response.status, response.headers.getSetCookie()]).toEqual([401, []])
    expect(await response.text()).toContain('tillwright console')
  })

  it('refuses a link and a session once their time is over', async () => {
    const shop = await site.newShop()
    const token = await linkFor(shop)
    const cookie = await cookieOf(shop)
    now += 12 * HOUR_MS
    expect((await open(token)).status).toBe(303)
    expect((await ask('/admin/status', { cookie })).status).toBe(200)
    now += 1
    expect((await open(token)).status).toBe(401)
    expect((await ask('/admin/status', { cookie })).status).toBe(401)
  })

  it('ends a session when its link ends, however late the link was opened', async () => {
    const shop = await site.newShop()
    const token = await linkFor(shop)
    now += 11 * HOUR_MS
    const [setCookie] = (await open(token)).headers.getSetCookie()
    expect(setCookie).toMatch(/; Max-Age=3600$/)
    const [cookie = ''] = setCookie!.split(';')
    now += HOUR_MS
    expect((await ask('/admin/status', { cookie })).status).toBe(200)
    now += 1
    expect((await ask('/admin/status', { cookie })).status).toBe(401)
  })

  it('does not take a link for a session, nor a session for a link', async () => {
    const shop = await site.newShop()
    expect((await ask('/admin/status', { cookie: `tw_console=${await linkFor(shop)}` })).status).toBe(401)
    const [, session] = (await cookieOf(shop)).split('=')
    expect((await open(session!)).status).toBe(401)
  })

  it.each([
    ['another shop', (cookie: string) => cookie.replace(/=\d+/, (id) => `=${Number(id.slice(1)) + 1}`)],
    ['a later end', (cookie: string) => cookie.replace(/\.(\d+)\./, (_, at) => `.${Number(at) + 1}.`)],
  ])('refuses a session that claims %s', async (_what, tamper) => {
    const cookie = tamper(await cookieOf(await site.newShop()))
    expect((await ask('/admin/status', { cookie })).status).toBe(401)
  })

  it('writes for its own pages only: no other page can make a browser do it', async () => {
    const shop = await site.newShop()
    const cookie = await cookieOf(shop)
    const train = (headers: Record<string, string>) => ask('/api/models/train', { cookie, ...headers }, 'POST')
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
      { origin: ORIGIN, 'sec-fetch-site': 'same-site' },
    ]) {
      expect((await train(headers as Record<string, string>)).status, JSON.stringify(headers)).toBe(401)
    }
    expect((await shop.api.jobs.list()).items).toEqual([])
    expect((await train({ origin: ORIGIN, 'sec-fetch-site': 'same-origin' })).status).toBe(202)
  })

  it('is read by its own pages only', async () => {
    const cookie = await cookieOf(await site.newShop())
    expect((await ask('/admin/status', { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(401)
    expect((await ask('/admin/status', { cookie, origin: 'https://evil.example' })).status).toBe(401)
    const answer = await ask('/admin/status', { cookie, 'sec-fetch-site': 'same-origin' })
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, null])
  })

  it('asks for a link where there is no session', async () => {
    const response = await site.send('/console')
    expect(response.status).toBe(401)
    expect(await response.text()).toContain('tillwright console')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('goes on with links of another process of the same installation', async () => {
    const shop = await site.newShop()
    const beside = createServer({ database: site.url, dataDir: site.dataDir, clock: () => now })
    const token = await beside.console.linkToken(shop.tenant)
    await beside.close()
    expect((await open(token)).status).toBe(303)
  })
})
