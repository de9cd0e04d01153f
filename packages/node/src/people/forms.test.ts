import { afterAll, beforeAll, expect, it } from 'vitest'
import { createServer, type Server } from '../server.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { addPerson, signInAs, TEST_PASSWORD } from '../testing/sign-in-as.ts'
import { json, ORIGIN, openSite, SHOP_ORIGIN, type Shop, type TestSite } from '../testing/test-site.ts'
import { FORM_ACCOUNTS } from './forms.ts'

const MINUTE_MS = 60_000
/** At one each twelve seconds: two units come back until then. */
const MANY = FORM_ACCOUNTS.limit + 2
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
/** As browsers send it. */
const PAGE = { origin: SHOP_ORIGIN, 'user-agent': BROWSER, 'sec-fetch-site': 'cross-site' }
/** A page that no browser shows. */
const FORGED = { origin: SHOP_ORIGIN, 'user-agent': 'python-requests/2.32' }

interface Sent {
  readonly status: number
  readonly text: string
}

describeOnDatabases('forms to sign in and up', (engine) => {
  let site: TestSite
  const time = { now: Date.now() }
  beforeAll(async () => {
    site = await openSite(engine, { limits: undefined, clock: () => time.now })
  })
  afterAll(() => site?.close())

  interface Sending {
    readonly address: string
    readonly headers?: Record<string, string>
    readonly key?: string
    readonly server?: Server
  }
  async function send(shop: Shop, path: string, body: object, sending: Sending): Promise<Sent> {
    const { address, headers = {}, key = shop.publishableKey, server = site.server } = sending
    const init = json(body, { authorization: `Bearer ${key}`, ...headers })
    const response = await server.fetch(new Request(ORIGIN + path, init), { remoteAddress: address })
    const text = await response.text()
    return { status: response.status, text: text.replace(/"requestId":"[^"]+"/, '') }
  }
  async function login(shop: Shop, email: string, sending: Sending, extra: object = {}): Promise<Sent> {
    // Not too fast for the limit of sign-ins.
    time.now += MINUTE_MS / 5
    return send(shop, '/auth/login', { email, password: TEST_PASSWORD, ...extra }, sending)
  }
  async function suspicions(shop: Shop): Promise<Record<string, unknown>[]> {
    const rows = await shop.db.query
      .selectFrom('audit_log')
      .where('kind', '=', 'form.suspicious')
      .orderBy('number')
      .select(['data', 'address'])
      .execute()
    return rows.map(({ data, address }) => ({ ...(JSON.parse(data) as object), address }))
  }
  const accountsOf = (shop: Shop, count: number) =>
    Promise.all(Array.from({ length: count }, async () => (await addPerson(shop, 'customer')).email))

  it('of a person in a browser go through, and nothing is noted', async () => {
    const shop = await site.newShop()
    const [email] = await accountsOf(shop, 1)
    const { status } = await login(shop, email!, { address: '203.0.113.70', headers: PAGE }, { delivery: 'cookie' })
    expect(status).toBe(200)
    await send(shop, '/auth/forgot-password', { email }, { address: '203.0.113.70', headers: PAGE })
    expect(await suspicions(shop)).toEqual([])
  })

  it.each(['curl/8.14.1', 'node', 'okhttp/4.12.0', 'python-requests/2.32', ''])(
    'of apps and developers go through, however they are sent and for however many: "%s"',
    async (agent) => {
      const shop = await site.newShop()
      const emails = await accountsOf(shop, MANY + 1)
      for (const email of emails) {
        const { status, text } = await login(shop, email, { address: '203.0.113.71', headers: { 'user-agent': agent } })
        expect([status, text]).toEqual([200, expect.stringContaining('signed_in')])
      }
    },
  )

  it('of a shop’s server go through unnoted, whatever they look like', async () => {
    const shop = await site.newShop()
    for (const email of await accountsOf(shop, MANY + 1)) {
      const sending = { address: '203.0.113.72', headers: FORGED, key: shop.secretKey }
      expect((await login(shop, email, sending)).status).toBe(200)
    }
    expect(await suspicions(shop)).toEqual([])
  })

  it('that contradict themselves are noted once a minute, and go through', async () => {
    const shop = await site.newShop()
    const [email] = await accountsOf(shop, 1)
    for (let i = 0; i < 3; i++) {
      expect((await login(shop, email!, { address: '203.0.113.73', headers: FORGED })).status).toBe(200)
    }
    expect(await suspicions(shop)).toEqual([
      { form: 'login', signs: 'program_agent', refused: false, address: '203.0.113.73' },
    ])
  })

  it('that contradict themselves, for one account after another, are answered as the honeypot is', async () => {
    const shop = await site.newShop()
    const emails = await accountsOf(shop, MANY)
    const sending = { address: '203.0.113.74', headers: FORGED }
    for (const email of emails.slice(0, -1)) expect((await login(shop, email, sending)).status).toBe(200)
    const [last] = emails.slice(-1)
    const trapped = await login(shop, last!, sending)
    const elsewhere = { address: '203.0.113.75', headers: FORGED }
    expect(trapped).toEqual(await login(shop, last!, elsewhere, { website: 'https://spam.example' }))
    expect(trapped.status).toBe(401)
    expect((await suspicions(shop)).at(-2)).toEqual({
      form: 'login',
      signs: 'program_agent many_accounts',
      refused: true,
      address: '203.0.113.74',
    })
    // The account is none the worse for it, nor is who comes by a browser from the same address.
    expect((await login(shop, last!, { address: '203.0.113.74', headers: PAGE })).status).toBe(200)
  })

  it.each([
    ['/auth/register', { password: TEST_PASSWORD }, 'register'],
    ['/auth/forgot-password', {}, 'forgot-password'],
    ['/auth/magic-link', {}, 'magic-link'],
    ['/auth/resend-verification', {}, 'resend-verification'],
  ])('%s does nothing for a filled honeypot, says the same as ever, and notes it', async (path, more, form) => {
    const shop = await site.newShop()
    const sending = { address: '203.0.113.76', headers: PAGE }
    const [email] = await accountsOf(shop, 1)
    const good = await send(shop, path, { email, ...more }, sending)
    const before = await shop.db.query.selectFrom('jobs').select('seq').execute()
    expect(await send(shop, path, { email, ...more, website: 'x' }, sending)).toEqual(good)
    expect(await shop.db.query.selectFrom('jobs').select('seq').execute()).toHaveLength(before.length)
    expect(await suspicions(shop)).toEqual([{ form, signs: 'honeypot', refused: true, address: '203.0.113.76' }])
    time.now += MINUTE_MS
  })

  it('that are suspicious are security events, and counted in the report', async () => {
    const shop = await site.newShop()
    await send(shop, '/auth/magic-link', { email: 'a@b.example', website: 'x' }, { address: '203.0.113.77' })
    const admin = await signInAs(site, shop, 'admin')
    for (const search of ['kind=form.suspicious', 'kind=form', 'security=true&kind=form']) {
      const found = (await (await admin.send(`/admin/audit?${search}`)).json()) as { items: object[] }
      expect(found.items).toMatchObject([{ kind: 'form.suspicious', address: '203.0.113.77' }])
    }
    time.now += 1
    const { kinds } = (await (await admin.send('/admin/reports')).json()) as { kinds: object[] }
    expect(kinds).toContainEqual({ kind: 'form.suspicious', count: 1 })
    expect(JSON.stringify(await shop.db.query.selectFrom('audit_log').selectAll().execute())).not.toContain(
      'a@b.example',
    )
  })

  it('are counted for each tenant', async () => {
    const [shop, other] = [await site.newShop(), await site.newShop()]
    const emails = Array.from({ length: MANY + 1 }, (_, i) => `person${i}@example.com`)
    for (const [i, email] of emails.entries()) await login(i % 2 ? shop : other, email, { address: '203.0.113.78' })
    expect([await suspicions(shop), await suspicions(other)]).toEqual([[], []])
    // In one of them it is many.
    for (const email of emails) await login(shop, `more-${email}`, { address: '203.0.113.78' })
    expect(await suspicions(shop)).toMatchObject([{ signs: 'many_accounts', refused: false }])
  })

  it('are looked at where limits are off, too', async () => {
    const open = createServer({ database: site.url, dataDir: site.dataDir, widgets: site.dataDir, limits: 'off' })
    await open.migrate()
    const shop = await site.newShop()
    const sending = { address: '203.0.113.79', server: open }
    expect((await send(shop, '/auth/forgot-password', { email: 'a@b.example', website: 'x' }, sending)).status).toBe(
      202,
    )
    expect(await suspicions(shop)).toMatchObject([{ signs: 'honeypot' }])
    await open.close()
  })
})
