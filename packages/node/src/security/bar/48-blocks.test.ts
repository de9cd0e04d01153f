import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Engine } from '../../db/dialect.ts'
import { ROUTE_RULES, STRIKES } from '../../limits/index.ts'
import { createServer, type Server, type ServerOptions } from '../../server.ts'
import { describeOnDatabases } from '../../testing/describe-on-databases.ts'
import { describeOnRedis, REDIS_URL, redisProxy } from '../../testing/describe-on-redis.ts'
import { addPerson, type SignedInPerson, signInAs, TEST_PASSWORD } from '../../testing/sign-in-as.ts'
import { json, ORIGIN, openSite, type Shop, type TestSite } from '../../testing/test-site.ts'

const MINUTE_MS = 60_000
/** Sign-ins that are let in before the limit refuses, and again a minute later. */
const LET_IN = ROUTE_RULES['sign-in'].limit

const BLOCK_SECONDS = 15 * 60

const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 5_000 })

interface Blocks {
  readonly status: number
  readonly items: readonly {
    readonly id: string
    readonly tenantId: string
    readonly rule: string
    readonly subject: string
    readonly until: string
    readonly reason: string
    readonly createdBy: string | null
  }[]
}

interface Yard {
  readonly site: TestSite
  readonly time: { now: number }
}

async function openYard(engine: Engine, options: Partial<ServerOptions> = {}): Promise<Yard> {
  const time = { now: Date.now() }
  const site = await openSite(engine, { limits: undefined, clock: () => time.now, ...options })
  return { site, time }
}

function otherServer({ site, time }: Yard, options: Partial<ServerOptions> = {}): Server {
  const place = { database: site.url, dataDir: site.dataDir, widgets: site.dataDir }
  return createServer({ ...place, clock: () => time.now, ...options })
}

/** A sign-in route that costs no hash. */
function attempt(server: Server, shop: Shop, address: string): Promise<Response> {
  const init = json({ token: 'x'.repeat(43) }, { authorization: `Bearer ${shop.publishableKey}` })
  return server.fetch(new Request(`${ORIGIN}/auth/verify-email`, init), { remoteAddress: address })
}

function look(server: Server, shop: Shop, address: string): Promise<Response> {
  const init = { headers: { authorization: `Bearer ${shop.publishableKey}` } }
  return server.fetch(new Request(`${ORIGIN}/api/products`, init), { remoteAddress: address })
}

async function attempts(count: number, ask: (i: number) => Promise<Response>): Promise<number[]> {
  const statuses: number[] = []
  for (let i = 0; i < count; i++) statuses.push((await ask(i)).status)
  return statuses
}

/** Lets an address fail as often and as fast as the limit lets it, until it is blocked; returns how often it failed. */
async function failUntilBlocked(
  { time }: Pick<Yard, 'time'>,
  ask: (i: number) => Promise<Response>,
  { atFirst = LET_IN }: { atFirst?: number } = {},
): Promise<number> {
  for (let failures = 0, atOnce = atFirst; failures < 3 * STRIKES.limit; atOnce = LET_IN) {
    const answers = await Promise.all(Array.from({ length: atOnce }, (_, i) => ask(failures + i)))
    const last = await ask(failures)
    failures += [...answers, last].filter(({ status }) => status !== 429).length
    if (last.headers.get('retry-after') === String(BLOCK_SECONDS)) return failures
    time.now += MINUTE_MS
  }
  throw new Error('The address was never blocked')
}

async function blocksOf(who: Pick<SignedInPerson, 'send'>): Promise<Blocks> {
  const response = await who.send('/admin/blocks')
  return { status: response.status, ...((await response.json()) as Omit<Blocks, 'status'>) }
}

async function blockEvents(
  shop: Shop,
): Promise<{ kind: string; data: Record<string, unknown>; actorId: string | null }[]> {
  const rows = await shop.db.query
    .selectFrom('audit_log')
    .where('kind', 'in', ['address.blocked', 'address.unblocked'])
    .orderBy('number')
    .select(['kind', 'data', 'actor_id as actorId'])
    .execute()
  return rows.map((row) => ({ ...row, data: JSON.parse(row.data) as Record<string, unknown> }))
}

describeOnDatabases('48 addresses that try to sign in again and again', (engine) => {
  let yard: Yard
  beforeAll(async () => {
    yard = await openYard(engine)
  })
  afterAll(() => yard?.site.close())

  it('are blocked for 15 minutes when they failed again and again, in that tenant and nowhere else', async () => {
    const { site, time } = yard
    const [shop, other] = [await site.newShop(), await site.newShop()]
    const address = '203.0.113.20'
    // One failure is forgotten every 45 seconds.
    for (let minute = 0; minute < 3; minute++) {
      await attempts(LET_IN, () => attempt(site.server, shop, address))
      time.now += MINUTE_MS
    }
    const admin = await signInAs(site, shop, 'admin')
    expect((await blocksOf(admin)).items).toEqual([])
    expect(await failUntilBlocked(yard, () => attempt(site.server, shop, address))).toBeLessThanOrEqual(10)
    expect((await blocksOf(admin)).items).toMatchObject([{ rule: 'sign-in', subject: address }])
    time.now += 15 * MINUTE_MS - 1
    const refused = await attempt(site.server, shop, address)
    expect(await refused.json()).toMatchObject({
      code: 'rate_limited',
      detail: expect.stringMatching(/network address/),
    })
    expect((await attempt(site.server, other, address)).status).not.toBe(429)
    expect((await attempt(site.server, shop, '203.0.113.21')).status).not.toBe(429)
    // What needs no sign-in goes on.
    expect((await look(site.server, shop, address)).status).toBe(200)
    time.now += 1
    expect((await attempt(site.server, shop, address)).status).not.toBe(429)
  })

  it.each(['password', 'code', 'link'])('count a wrong %s', async (what) => {
    const { site } = yard
    const shop = await site.newShop()
    const { email } = await addPerson(shop, 'customer')
    const [path, body] = {
      password: ['/auth/login', { email, password: 'not the one' }],
      code: ['/auth/two-factor', { pendingToken: 'x.y.z', code: '123456' }],
      link: ['/auth/magic-link/use', { token: 'x'.repeat(43) }],
    }[what]!
    const init = json(body, { authorization: `Bearer ${shop.publishableKey}` })
    const ask = () => site.server.fetch(new Request(ORIGIN + path, init), { remoteAddress: '203.0.113.19' })
    expect(await failUntilBlocked(yard, ask)).toBeLessThanOrEqual(STRIKES.limit + 10)
  })

  it('who fail rarely are never blocked', async () => {
    const { site, time } = yard
    const shop = await site.newShop()
    for (let i = 0; i < 60; i++) {
      await attempt(site.server, shop, '203.0.113.22')
      time.now += 45_000
    }
    expect(await blockEvents(shop)).toEqual([])
  })

  it('and whose people all get it right wait for seconds, and are never blocked', async () => {
    const { site, time } = yard
    const shop = await site.newShop()
    const people = await Promise.all(Array.from({ length: 26 }, () => addPerson(shop, 'customer')))
    const signIn = ({ email }: { email: string }) => {
      const init = json({ email, password: TEST_PASSWORD }, { authorization: `Bearer ${shop.publishableKey}` })
      return site.server.fetch(new Request(`${ORIGIN}/auth/login`, init), { remoteAddress: '203.0.113.17' })
    }
    let waiting = people
    for (let minute = 0; minute < 6; minute++) {
      const answers = await Promise.all(waiting.map(signIn))
      const statuses = answers.map(({ status }) => status)
      expect(statuses.filter((status) => status === 200)).toHaveLength(Math.min(LET_IN, waiting.length))
      for (const { headers } of answers) expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60)
      waiting = waiting.filter((_, i) => statuses[i] !== 200)
      time.now += MINUTE_MS
    }
    expect(waiting).toEqual([])
    expect(await blockEvents(shop)).toEqual([])
  })

  const WEAK = JSON.stringify({ email: 'somebody@example.com', password: 'password1' })

  it.each([
    ['a body of another type', '/auth/login', 'text/plain', '{}', 415],
    ['a body that is no JSON', '/auth/login', 'application/json', '{', 400],
    ['a body without what is asked for', '/auth/login', 'application/json', '{}', 422],
    ['a password that is too common', '/auth/register', 'application/json', WEAK, 422],
  ])('are not blocked for %s: nothing was guessed', async (_what, path, type, body, status) => {
    const { site, time } = yard
    const shop = await site.newShop()
    const headers = { authorization: `Bearer ${shop.publishableKey}`, 'content-type': type }
    const ask = () =>
      site.server.fetch(new Request(ORIGIN + path, { method: 'POST', headers, body }), {
        remoteAddress: '203.0.113.18',
      })
    for (let minute = 0; minute < 8; minute++) {
      expect(await attempts(LET_IN + 1, ask)).toEqual([...Array<number>(LET_IN).fill(status), 429])
      time.now += MINUTE_MS
    }
    expect(await blockEvents(shop)).toEqual([])
  })

  it('are an event in the log of the tenant, once, and in the report', async () => {
    const { site, time } = yard
    const shop = await site.newShop()
    await failUntilBlocked(yard, () => attempt(site.server, shop, '2001:db8:1:2::7'))
    const until = new Date(time.now + 15 * MINUTE_MS).toISOString()
    expect(await blockEvents(shop)).toMatchObject([
      { kind: 'address.blocked', actorId: null, data: { rule: 'sign-in', address: '2001:db8:1:2::/64', until } },
    ])
    const admin = await signInAs(site, shop, 'admin')
    const found = await admin.send('/admin/audit?security=true&kind=address')
    expect(await found.json()).toMatchObject({ items: [{ kind: 'address.blocked', address: '2001:db8:1:2::7' }] })
    time.now += 1
    const report = (await (await admin.send('/admin/reports')).json()) as { kinds: object[] }
    expect(report.kinds).toContainEqual({ kind: 'address.blocked', count: 1 })
  })

  it('are blocked exactly once by two processes over one database', async () => {
    const { site } = yard
    const shop = await site.newShop()
    const second = otherServer(yard)
    await second.migrate()
    const servers = [site.server, second]
    await failUntilBlocked(yard, (i) => attempt(servers[i % 2]!, shop, '203.0.113.23'))
    expect(await blockEvents(shop)).toHaveLength(1)
    for (const server of servers) {
      const { headers } = await attempt(server, shop, '203.0.113.23')
      expect(headers.get('retry-after')).toBe(String(BLOCK_SECONDS))
    }
    // Here the last five come at once, and the third of them is the last straw.
    await failUntilBlocked(yard, (i) => attempt(servers[i % 2]!, shop, '203.0.113.24'), { atFirst: 2 })
    expect(await blockEvents(shop)).toHaveLength(2)
    await second.close()
  })

  it('with a secret key are a shop’s server, and are not blocked', async () => {
    const { site } = yard
    const shop = await site.newShop()
    const asServer = { ...shop, publishableKey: shop.secretKey }
    const statuses = await attempts(2 * STRIKES.limit, () => attempt(site.server, asServer, '203.0.113.25'))
    expect(statuses).not.toContain(429)
  })

  it('can be let in again by an administrator of the tenant, with a clean slate', async () => {
    const { site } = yard
    const [shop, other] = [await site.newShop(), await site.newShop()]
    await failUntilBlocked(yard, () => attempt(site.server, shop, '203.0.113.26'))
    const [admin, stranger] = [await signInAs(site, shop, 'admin'), await signInAs(site, other, 'admin')]
    const { items } = await blocksOf(admin)
    expect(items).toMatchObject([
      { tenantId: shop.tenant.publicId, rule: 'sign-in', subject: '203.0.113.26', createdBy: null },
    ])
    expect((await blocksOf(stranger)).items).toEqual([])
    const path = `/admin/blocks/${items[0]!.id}`
    expect((await stranger.send(path, { method: 'DELETE' })).status).toBe(404)
    expect((await admin.send(path, { method: 'DELETE' })).status).toBe(204)
    expect((await admin.send(path, { method: 'DELETE' })).status).toBe(404)
    const statuses = await attempts(2 * LET_IN, () => attempt(site.server, shop, '203.0.113.26'))
    expect(statuses.filter((status) => status !== 429)).toHaveLength(LET_IN)
    expect((await blocksOf(admin)).items).toEqual([])
    expect((await blockEvents(shop)).map(({ kind, actorId }) => [kind, actorId])).toEqual([
      ['address.blocked', null],
      ['address.unblocked', admin.id],
    ])
  })
})

describeOnRedis('48 addresses that try to sign in again and again, counted in Redis', () => {
  describeOnDatabases('with', (engine) => {
    it('are blocked exactly once by two processes, and listed and lifted in both', async () => {
      const yard = await openYard(engine, { redis: REDIS_URL })
      const { site } = yard
      const second = otherServer(yard, { redis: REDIS_URL })
      await second.migrate()
      const shop = await site.newShop()
      const servers = [site.server, second]
      await failUntilBlocked(yard, (i) => attempt(servers[i % 2]!, shop, '203.0.113.27'), { atFirst: 2 })
      expect(await blockEvents(shop)).toHaveLength(1)
      const init = { headers: { authorization: `Bearer ${shop.secretKey}` } }
      const listed = await second.fetch(new Request(`${ORIGIN}/admin/blocks`, init))
      const { items } = (await listed.json()) as Blocks
      expect(items).toMatchObject([{ rule: 'sign-in', subject: '203.0.113.27' }])
      const admin = await signInAs(site, shop, 'admin')
      expect((await admin.send(`/admin/blocks/${items[0]!.id}`, { method: 'DELETE' })).status).toBe(204)
      for (const server of servers) expect((await attempt(server, shop, '203.0.113.27')).status).not.toBe(429)
      await second.close()
      await site.close()
    })

    it('are blocked by each process for itself while Redis is away', async () => {
      const proxy = await redisProxy()
      const yard = await openYard(engine, { redis: proxy.url })
      const { site, time } = yard
      const shop = await site.newShop()
      const ask = () => attempt(site.server, shop, '203.0.113.28')
      for (let minute = 0; minute < 3; minute++) {
        await attempts(LET_IN, ask)
        time.now += MINUTE_MS
      }
      await proxy.cut()
      // What was counted here before counts on.
      expect(await failUntilBlocked(yard, ask)).toBeLessThanOrEqual(10)
      expect(await blockEvents(shop)).toHaveLength(1)
      await site.close()
    })
  })
})

describeOnDatabases('48 addresses that a person blocks', (engine) => {
  let yard: Yard
  beforeAll(async () => {
    yard = await openYard(engine)
  })
  afterAll(() => yard?.site.close())

  const block = (who: SignedInPerson, body: object) => who.send('/admin/blocks', json(body))

  it('are refused every call of the tenant’s API, in all processes, until the block ends or is lifted', async () => {
    const { site, time } = yard
    const [shop, other] = [await site.newShop(), await site.newShop()]
    const second = otherServer(yard)
    await second.migrate()
    const admin = await signInAs(site, shop, 'admin')
    for (const server of [site.server, second]) expect((await look(server, shop, '203.0.113.30')).status).toBe(200)
    const made = await block(admin, { address: '::ffff:203.0.113.30', forSeconds: 3600, reason: 'scrapes prices' })
    expect(made.status).toBe(201)
    const { id } = (await made.json()) as { id: string }
    const until = new Date(time.now + 3_600_000).toISOString()
    expect((await blocksOf(admin)).items).toEqual([
      {
        id,
        tenantId: shop.tenant.publicId,
        rule: 'all',
        subject: '203.0.113.30',
        until,
        reason: 'scrapes prices',
        createdBy: admin.id,
      },
    ])
    const refused = await look(site.server, shop, '203.0.113.30')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3600'])
    expect((await attempt(site.server, shop, '203.0.113.30')).status).toBe(429)
    await eventually(async () => (await look(second, shop, '203.0.113.30')).status).toBe(429)
    expect((await look(site.server, shop, '203.0.113.31')).status).toBe(200)
    expect((await look(site.server, other, '203.0.113.30')).status).toBe(200)
    expect((await admin.send(`/admin/blocks/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await look(site.server, shop, '203.0.113.30')).status).toBe(200)
    await eventually(async () => (await look(second, shop, '203.0.113.30')).status).toBe(200)
    await block(admin, { address: '203.0.113.30', forSeconds: 60 })
    time.now += MINUTE_MS
    expect((await look(site.server, shop, '203.0.113.30')).status).toBe(200)
    expect((await blocksOf(admin)).items).toEqual([])
    expect((await blockEvents(shop)).map(({ kind }) => kind)).toEqual([
      'address.blocked',
      'address.unblocked',
      'address.blocked',
    ])
    await second.close()
  })

  it('are shown pages still, and may send events that a webhook source has signed', async () => {
    const { site } = yard
    const shop = await site.newShop()
    const admin = await signInAs(site, shop, 'admin')
    const secret = 'a secret that both sides know'
    const made = await admin.send('/admin/webhook-sources', json({ name: 'GitHub', scheme: 'github', secret }))
    const { id } = (await made.json()) as { id: string }
    const remoteAddress = '203.0.113.32'
    await block(admin, { address: remoteAddress })
    const visit = (path: string, init?: RequestInit) =>
      site.server.fetch(new Request(ORIGIN + path, init), { remoteAddress })
    expect((await look(site.server, shop, remoteAddress)).status).toBe(429)
    expect((await visit('/docs')).status).toBe(200)
    const body = { id: 'evt_1' }
    const digest = createHmac('sha256', secret).update(JSON.stringify(body)).digest('hex')
    const signature = {
      'x-hub-signature-256': `sha256=${digest}`,
      'x-github-delivery': 'one',
      'x-github-event': 'push',
    }
    expect((await visit(`/api/webhooks/${id}`, json(body, signature))).status).toBe(200)
  })

  it('are counted as limits count them, and one address has one block', async () => {
    const { site } = yard
    const shop = await site.newShop()
    const admin = await signInAs(site, shop, 'admin')
    await block(admin, { address: '2001:db8:7:7::1', reason: 'first' })
    await block(admin, { address: '2001:db8:7:7::/64', reason: 'second' })
    expect((await blocksOf(admin)).items).toMatchObject([{ subject: '2001:db8:7:7::/64', reason: 'second' }])
    expect((await look(site.server, shop, '2001:db8:7:7:1:2:3:4')).status).toBe(429)
    expect((await look(site.server, shop, '2001:db8:7:8::1')).status).toBe(200)
  })

  it.each(['nonsense', '203.0.113.300', '10.0.0.0/8', '203.0.113.7, 203.0.113.8', '2001:db8::/32'])(
    'are addresses: %s is none',
    async (address) => {
      const shop = await yard.site.newShop()
      const response = await block(await signInAs(yard.site, shop, 'admin'), { address })
      expect([response.status, await response.json()]).toMatchObject([422, { errors: [{ path: 'address' }] }])
    },
  )

  it('are not one’s own', async () => {
    const { site } = yard
    const shop = await site.newShop()
    const admin = await signInAs(site, shop, 'admin')
    const init = json({ address: '203.0.113.40' }, { authorization: `Bearer ${admin.accessToken}` })
    const ask = (remoteAddress: string) =>
      site.server.fetch(new Request(`${ORIGIN}/admin/blocks`, init), { remoteAddress })
    expect((await ask('203.0.113.40')).status).toBe(409)
    expect((await ask('203.0.113.41')).status).toBe(201)
  })

  it('are shown to and lifted by administrators of their tenant; of all tenants by those of the installation', async () => {
    const { site } = yard
    const [shop, other] = [await site.newShop(), await site.newShop()]
    const [admin, stranger] = [await signInAs(site, shop, 'admin'), await signInAs(site, other, 'owner')]
    const superadmin = await signInAs(site, other, 'superadmin')
    const { id } = (await (await block(admin, { address: '203.0.113.50' })).json()) as { id: string }
    await failUntilBlocked(yard, () => attempt(site.server, shop, '203.0.113.51'))
    expect((await blocksOf(stranger)).items).toEqual([])
    expect((await stranger.send(`/admin/blocks/${id}`, { method: 'DELETE' })).status).toBe(404)
    const ofShop = (await blocksOf(superadmin)).items.filter(({ tenantId }) => tenantId === shop.tenant.publicId)
    expect(ofShop.map(({ rule, subject }) => `${rule} ${subject}`).sort()).toEqual([
      'all 203.0.113.50',
      'sign-in 203.0.113.51',
    ])
    for (const each of ofShop) {
      expect((await superadmin.send(`/admin/blocks/${each.id}`, { method: 'DELETE' })).status).toBe(204)
    }
    expect((await blocksOf(admin)).items).toEqual([])
    expect((await look(site.server, shop, '203.0.113.50')).status).toBe(200)
    // Who runs the shop sees who did it.
    const lifted = (await blockEvents(shop)).filter(({ kind }) => kind === 'address.unblocked')
    expect(lifted.map(({ actorId }) => actorId)).toEqual([superadmin.id, superadmin.id])
  })

  it('are removed by housekeeping when the block has ended', async () => {
    const { site, time } = yard
    const shop = await site.newShop()
    const admin = await signInAs(site, shop, 'admin')
    await block(admin, { address: '203.0.113.60', forSeconds: 60 })
    await block(admin, { address: '203.0.113.61', forSeconds: 86_400 })
    time.now += 2 * 3_600_000
    await site.server.housekeeping.tidyIfDue()
    const rows = await shop.db.query.selectFrom('address_blocks').select('subject').execute()
    expect(rows).toEqual([{ subject: '203.0.113.61' }])
  })
})
