import type { WebhookDelivery, WebhookMessage } from '@tillwright/core/contract'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { jobsService } from '../jobs/service.ts'
import type { MailMessage } from '../mail/index.ts'
import { createServer } from '../server.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { type SignedInPerson, signInAs, TEST_PASSWORD } from '../testing/sign-in-as.ts'
import { json, openSite, type Shop, type TestSite } from '../testing/test-site.ts'
import { webhookPublisher } from './publish.ts'
import { insertEvent } from './sources-store.ts'
import { hookInternet } from './testing/hook-internet.ts'
import { verifyWebhook } from './verify-webhook.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const ORDER = {
  placedAt: '2026-03-01T12:00:00.000Z',
  currency: 'GBP',
  customerId: 'ann@person.example',
  lines: [{ productId: 'cup', quantity: 2, unitPriceMinor: 450 }],
}

const internet = hookInternet()
beforeAll(() => internet.open())
afterAll(() => internet.close())

describeOnDatabases('webhooks', (engine) => {
  let site: TestSite
  let now = Date.now()
  let shop: Shop
  let owner: SignedInPerson
  let accessToken: string
  const mails: MailMessage[] = []

  beforeAll(async () => {
    site = await openSite(engine, {
      clock: () => now,
      outgoing: internet,
      mail: { name: 'recording', send: async (mail) => void mails.push(mail) },
    })
  })
  afterAll(() => site?.close())
  beforeEach(async () => {
    shop = await newShop()
    owner = await signInAs(site, shop, 'owner')
    accessToken = owner.accessToken
    internet.received.length = 0
    internet.calls.length = 0
    internet.answer = (_request, response) => void response.end()
    mails.length = 0
  })

  async function newShop(): Promise<Shop> {
    now += 1_000
    return site.newShop({ name: 'Kestrel Teahouse' })
  }

  const send = async <T>(path: string, init?: RequestInit): Promise<T> => {
    now++
    const headers = { ...(init?.headers as Record<string, string>), authorization: `Bearer ${accessToken}` }
    const response = await site.send(path, { ...init, headers })
    if (response.status === 204) return undefined as T
    const body = (await response.json()) as T
    if (!response.ok) throw Object.assign(new Error(JSON.stringify(body)), body)
    return body
  }
  const put = (body: object): RequestInit => ({ ...json(body), method: 'PUT' })

  async function newWebhook(events: string[] = ['*']): Promise<{ id: string; secret: string }> {
    const { webhook, secret } = await send<{ webhook: { id: string }; secret: string }>(
      '/admin/webhooks',
      json({ url: 'https://hook.example/', events }),
    )
    return { id: webhook.id, secret }
  }
  const newOrder = async (id: string) => {
    now++
    await shop.api.orders.upsert({ items: [{ id, ...ORDER }] })
    // Learning from orders is not what is tried here.
    await shop.db.query.deleteFrom('jobs').where('kind', '=', 'recommendations.train').execute()
  }
  const work = async () => {
    while ((await site.server.jobs.runDue()) > 0) now++
  }
  const deliveries = async (id: string, search = '') =>
    (await send<{ items: WebhookDelivery[] }>(`/admin/webhooks/${id}/deliveries${search}`)).items
  const messages = () => internet.received.map(({ body }) => JSON.parse(body) as WebhookMessage)
  const status = (code: number) => {
    internet.answer = (_request, response) => void response.writeHead(code).end()
  }
  /** Lets time go by, with work done all along; the owner signs in again after it. */
  async function waitFor(forMs: number, stepMs = HOUR_MS): Promise<void> {
    const end = now + forMs
    while (now < end) {
      now = Math.min(end, now + stepMs)
      await work()
    }
    const headers = { authorization: `Bearer ${shop.publishableKey}` }
    const answer = await site.send('/auth/login', json({ email: owner.email, password: TEST_PASSWORD }, headers))
    accessToken = ((await answer.json()) as { accessToken: string }).accessToken
  }

  it('tell of an order, with what the contract says and nothing about who bought', async () => {
    const { id, secret } = await newWebhook(['order.created'])
    await newOrder('A1')
    expect(await deliveries(id)).toMatchObject([{ state: 'queued', kind: 'order.created', attempts: 0 }])
    await work()
    const [request] = internet.received
    const message = verifyWebhook({ ...request!, secret, now })
    expect(message).toEqual({
      id: expect.stringMatching(/^msg_/),
      type: 'order.created',
      at: expect.stringMatching(/Z$/),
      data: {
        orderId: 'A1',
        placedAt: ORDER.placedAt,
        kind: 'sale',
        total: { amount: 900, currency: 'GBP' },
        lineCount: 1,
      },
    })
    expect(request!.body).not.toContain('ann@')
    const [delivery] = await deliveries(id)
    expect(delivery).toMatchObject({ state: 'delivered', attempts: 1, responseStatus: 200, messageId: message.id })
    expect(delivery!.body).toBe(request!.body)
  })

  it('tell of new orders once, and not of those that came before', async () => {
    await newOrder('A1')
    await newWebhook()
    await newOrder('A1')
    await shop.api.orders.upsert({ items: ['A1', 'A2', 'A3'].map((id) => ({ id, ...ORDER })) })
    await work()
    expect(
      messages()
        .map(({ data }) => (data as { orderId: string }).orderId)
        .sort(),
    ).toEqual(['A2', 'A3'])
  })

  it('tell nothing of what did not happen', async () => {
    const { id } = await newWebhook()
    const { enqueue } = jobsService({ clock: () => now, random: Math.random, wake() {} })
    const { publish } = webhookPublisher({ enqueue, clock: () => now, random: Math.random })
    const undone = shop.db.transaction(async (tx) => {
      await publish(tx, 'user.deleted', { userId: owner.id })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await work()
    expect([await deliveries(id), messages()]).toEqual([[], []])
  })

  it('tell of people who come and go, by their ids', async () => {
    await newWebhook(['user.created', 'user.deleted'])
    const headers = { authorization: `Bearer ${shop.publishableKey}` }
    const account = { email: `new.${now}@person.example`, password: 'a quiet harbour at dusk' }
    for (let i = 0; i < 2; i++) await site.send('/auth/register', json(account, headers))
    now++
    const invited = await send<{ id: string }>('/admin/users', json({ email: `guest.${now}@person.example` }))
    await send(`/admin/users/${invited.id}`, { method: 'DELETE' })
    await work()
    expect(messages().map(({ type, data }) => [type, { ...data, userId: '' }])).toEqual([
      ['user.created', { userId: '', how: 'registered' }],
      ['user.created', { userId: '', how: 'invited' }],
      ['user.deleted', { userId: '' }],
    ])
    expect(
      messages()
        .slice(1)
        .map(({ data }) => (data as { userId: string }).userId),
    ).toEqual([invited.id, invited.id])
    expect(JSON.stringify(messages())).not.toContain('@')
  })

  it('tell that an import is done', async () => {
    await newWebhook(['import.finished'])
    const job = await shop.api.products.import({ body: 'id,name\ncup,Cup\n,broken\n', type: 'text/csv' })
    await work()
    expect(messages().map(({ data }) => data)).toEqual([{ jobId: job.id, what: 'products', rows: 2, rejected: 1 }])
  })

  it('send each endpoint what it asked for, under one id of the message', async () => {
    const [orders, users, all] = [
      await newWebhook(['order.created']),
      await newWebhook(['user.created']),
      await newWebhook(['*']),
    ]
    await newOrder('A1')
    await work()
    expect(await deliveries(users.id)).toEqual([])
    const [one] = await deliveries(orders.id)
    const [other] = await deliveries(all.id)
    expect(one!.messageId).toBe(other!.messageId)
    expect(one!.id).not.toBe(other!.id)
  })

  it('never tell one shop’s news to another', async () => {
    const { id } = await newWebhook()
    const other = await newShop()
    await other.api.orders.upsert({ items: [{ id: 'A1', ...ORDER }] })
    await work()
    expect([await deliveries(id), messages()]).toEqual([[], []])
  })

  it('try again for at least a day, ever more seldom, and then leave it to a person', async () => {
    const { id } = await newWebhook()
    status(503)
    const startedAt = now
    await newOrder('A1')
    await work()
    const [first] = await deliveries(id)
    expect(first).toMatchObject({ state: 'queued', attempts: 1, responseStatus: 503, error: 'It answered 503' })
    const waitMs = Date.parse(first!.nextAttemptAt!) - Date.parse(first!.lastAttemptAt!)
    expect(waitMs).toBeGreaterThanOrEqual(1_000)
    expect(waitMs).toBeLessThanOrEqual(6_000)
    await waitFor(23 * HOUR_MS)
    expect((await deliveries(id))[0]).toMatchObject({ state: 'queued' })
    await waitFor(6 * HOUR_MS)
    const [last] = await deliveries(id, '?state=failed')
    expect(last).toMatchObject({ state: 'failed', nextAttemptAt: null })
    expect(Date.parse(last!.lastAttemptAt!) - startedAt).toBeGreaterThanOrEqual(DAY_MS)
    expect(last!.attempts).toBeGreaterThan(8)
    expect(new Set(internet.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([last!.messageId]))
    const { items } = await shop.api.jobs.list({ state: 'dead', kind: 'webhooks.deliver' })
    expect(items).toMatchObject([{ kind: 'webhooks.deliver', error: expect.stringContaining('It answered 503') }])
  })

  it('can be sent again once they were given up, by the same id', async () => {
    const { id, secret } = await newWebhook()
    status(500)
    await newOrder('A1')
    await waitFor(29 * HOUR_MS)
    const [failed] = await deliveries(id)
    status(200)
    const path = `/admin/webhooks/${id}/deliveries/${failed!.id}/retry`
    expect(await send(path, json({}))).toMatchObject({ state: 'queued' })
    await expect(send(path, json({}))).rejects.toMatchObject({ code: 'conflict' })
    await work()
    expect((await deliveries(id))[0]).toMatchObject({ id: failed!.id, state: 'delivered', error: null })
    await expect(send(path, json({}))).rejects.toMatchObject({ code: 'conflict' })
    expect((await deliveries(id))[0]).toMatchObject({ state: 'delivered' })
    expect(verifyWebhook({ ...internet.received.at(-1)!, secret, now }).id).toBe(failed!.messageId)
  })

  it('are signed by two secrets for a day after a rotation, and then by the new one alone', async () => {
    const { id, secret: before } = await newWebhook()
    const { secret: after, webhook } = await send<{ secret: string; webhook: { previousSecretUntil: string } }>(
      `/admin/webhooks/${id}/rotate-secret`,
      json({}),
    )
    expect(Date.parse(webhook.previousSecretUntil)).toBe(now + DAY_MS)
    const sent = async () => {
      await newOrder(`order at ${now}`)
      await work()
      return internet.received.at(-1)!
    }
    const both = await sent()
    for (const secret of [before, after]) expect(verifyWebhook({ ...both, secret, now })).toBeTruthy()
    now += DAY_MS
    const one = await sent()
    expect(verifyWebhook({ ...one, secret: after, now })).toBeTruthy()
    expect(() => verifyWebhook({ ...one, secret: before, now })).toThrow('not of this body')
  })

  it('are listed in pages, newest first', async () => {
    const { id } = await newWebhook()
    for (let i = 0; i < 5; i++) await newOrder(`A${i}`)
    const all = await deliveries(id)
    const pages: string[] = []
    let cursor = ''
    do {
      const search = `?limit=2${cursor && `&cursor=${cursor}`}`
      const page = await send<{ items: WebhookDelivery[]; nextCursor: string | null }>(
        `/admin/webhooks/${id}/deliveries${search}`,
      )
      pages.push(...page.items.map((delivery) => delivery.id))
      cursor = page.nextCursor ?? ''
    } while (cursor)
    expect(pages).toEqual(all.map((delivery) => delivery.id))
    expect(pages.toSorted().reverse()).toEqual(pages)
    await expect(send(`/admin/webhooks/${id}/deliveries?cursor=e30`)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('keep secrets sealed and show them once', async () => {
    const { id, secret } = await newWebhook()
    const rows = await shop.db.query.selectFrom('webhook_endpoints').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(secret.slice(6))
    for (const path of ['/admin/webhooks', `/admin/webhooks/${id}`, '/admin/audit']) {
      expect(JSON.stringify(await send(path))).not.toContain(secret.slice(6))
    }
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32)
  })

  it('are switched off where nothing has arrived for five days, and the owners told', async () => {
    const { id } = await newWebhook()
    status(500)
    for (let day = 0; day < 5; day++) {
      await newOrder(`of day ${day}`)
      await waitFor(DAY_MS, 6 * HOUR_MS)
    }
    expect(await shop.db.query.selectFrom('webhook_endpoints').select('enabled').execute()).toEqual([{ enabled: 1 }])
    await newOrder('of the last day')
    await waitFor(6 * HOUR_MS)
    expect(await send(`/admin/webhooks/${id}`)).toMatchObject({ enabled: false, disabledWhy: 'failing' })
    const told = mails.filter(({ subject }) => subject.includes('webhook'))
    expect(told.map(({ to }) => to)).toHaveLength(1)
    expect(told[0]!.text).toContain('hook.example')
    const calls = internet.calls.length
    await newOrder('after that')
    await waitFor(6 * HOUR_MS)
    expect(internet.calls).toHaveLength(calls)
    status(200)
    const on = await send(`/admin/webhooks/${id}`, put({ enabled: true }))
    expect(on).toMatchObject({ enabled: true, disabledWhy: null, failingSince: null })
    await newOrder('and now')
    await work()
    expect((messages().at(-1)!.data as { orderId: string }).orderId).toBe('and now')
  })

  it('leave an endpoint alone after a few failures in a row, so that it does not hold up the others', async () => {
    const { id } = await newWebhook()
    status(500)
    for (let i = 0; i < 8; i++) await newOrder(`A${i}`)
    await work()
    expect(internet.calls.length).toBeLessThan(6)
    expect((await deliveries(id)).every(({ state }) => state === 'queued')).toBe(true)
    status(200)
    await waitFor(3 * HOUR_MS)
    expect((await deliveries(id)).every(({ state }) => state === 'delivered')).toBe(true)
    expect(new Set(messages().map((message) => message.id)).size).toBe(8)
  })

  it('can be tested, which is tried once and troubles nobody', async () => {
    const { id } = await newWebhook(['order.created'])
    status(500)
    await send(`/admin/webhooks/${id}/test`, json({}))
    await waitFor(HOUR_MS, 10 * MINUTE_MS)
    expect(await deliveries(id)).toMatchObject([{ kind: 'webhook.test', state: 'failed', attempts: 1 }])
    expect(await send(`/admin/webhooks/${id}`)).toMatchObject({ failingSince: null })
    expect((await shop.api.jobs.list({ state: 'dead', kind: 'webhooks.deliver' })).items).toEqual([])
  })

  it('are tested by one message at a time, however many are asked for', async () => {
    const { id } = await newWebhook()
    const test = () => send<WebhookDelivery>(`/admin/webhooks/${id}/test`, json({}))
    const asked = await Promise.allSettled(Array.from({ length: 6 }, test))
    expect(asked.filter(({ status: outcome }) => outcome === 'fulfilled')).toHaveLength(1)
    await expect(test()).rejects.toMatchObject({ code: 'conflict' })
    status(500)
    await work()
    const [failed] = await deliveries(id)
    const second = await test()
    const again = send(`/admin/webhooks/${id}/deliveries/${failed!.id}/retry`, json({}))
    await expect(again).rejects.toMatchObject({ code: 'conflict' })
    expect((await deliveries(id)).map(({ id: each, state }) => [each, state])).toEqual([
      [second.id, 'queued'],
      [failed!.id, 'failed'],
    ])
    await work()
  })

  it('leave a failing endpoint alone for a while, with tests too', async () => {
    const { id } = await newWebhook()
    await shop.db.query
      .updateTable('webhook_endpoints')
      .set({ failures: 3, failing_since: now, paused_until: now + 5 * MINUTE_MS })
      .execute()
    await send(`/admin/webhooks/${id}/test`, json({}))
    await work()
    expect(internet.calls).toEqual([])
    expect(await deliveries(id)).toMatchObject([{ state: 'queued', attempts: 0 }])
    await waitFor(10 * MINUTE_MS, MINUTE_MS)
    expect(await deliveries(id)).toMatchObject([{ state: 'delivered', attempts: 1 }])
    expect(await send(`/admin/webhooks/${id}`)).toMatchObject({ failingSince: null })
  })

  it('reach one address one after another, also where they are tried again', async () => {
    const { id } = await newWebhook()
    status(500)
    for (const order of ['A1', 'A2']) await newOrder(order)
    await work()
    expect(await deliveries(id)).toMatchObject([{ attempts: 1 }, { attempts: 1 }])
    now += 10_000
    let underWay = 0
    let most = 0
    internet.answer = (_request, response) => {
      most = Math.max(most, ++underWay)
      setTimeout(() => {
        underWay--
        response.end()
      }, 50)
    }
    await Promise.all([site.server.jobs.runDue(), site.server.jobs.runDue()])
    await work()
    expect(await deliveries(id)).toMatchObject([{ state: 'delivered' }, { state: 'delivered' }])
    expect(most).toBe(1)
  })

  it('that hang hold up neither mail nor imports', async () => {
    const hanging = Promise.withResolvers<never>()
    let calls = 0
    const sent: MailMessage[] = []
    const desk = await openSite(engine, {
      outgoing: {
        ...internet,
        fetch: () => {
          calls++
          return hanging.promise
        },
      },
      mail: { name: 'recording', send: async (mail) => void sent.push(mail) },
    })
    onTestFinished(async () => {
      hanging.reject(new Error('cut'))
      await desk.close()
    })
    const own = await desk.newShop()
    const theirs = await signInAs(desk, own, 'owner')
    for (const path of ['one', 'two']) {
      const answer = await theirs.send('/admin/webhooks', json({ url: `https://hook.example/${path}`, events: ['*'] }))
      expect(answer.status).toBe(201)
    }
    await own.api.orders.upsert({ items: [{ id: 'A1', ...ORDER }] })
    desk.server.jobs.start()
    await expect.poll(() => calls).toBe(2)
    const job = await own.api.products.import({ body: 'id,name\ncup,Cup\n', type: 'text/csv' })
    await theirs.send('/admin/users', json({ email: 'guest@person.example' }))
    await expect.poll(async () => (await own.api.jobs.get({ jobId: job.id })).state).toBe('done')
    await expect.poll(() => sent.map(({ to }) => to)).toContainEqual(expect.stringContaining('guest@person.example'))
    expect(calls).toBe(2)
  })

  it('take back what was on its way when they are removed or switched off', async () => {
    const [gone, off] = [await newWebhook(), await newWebhook()]
    await newOrder('A1')
    await send(`/admin/webhooks/${gone.id}`, { method: 'DELETE' })
    await send(`/admin/webhooks/${off.id}`, put({ enabled: false }))
    await work()
    expect(internet.calls).toEqual([])
    await expect(send(`/admin/webhooks/${gone.id}`)).rejects.toMatchObject({ code: 'not_found' })
    expect(await deliveries(off.id)).toMatchObject([{ state: 'failed', error: 'The webhook is switched off' }])
    await expect(send(`/admin/webhooks/${off.id}/test`, json({}))).rejects.toMatchObject({ code: 'conflict' })
  })

  it('are at most 20 a shop, however many are asked for at once', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 24 }, () => newWebhook()))
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(20)
    expect((await send<{ items: unknown[] }>('/admin/webhooks')).items).toHaveLength(20)
  })

  it('leave their changes in the audit log, without secrets or whole addresses', async () => {
    const { id } = await newWebhook()
    await send(`/admin/webhooks/${id}`, put({ description: 'of the warehouse' }))
    await send(`/admin/webhooks/${id}/rotate-secret`, json({}))
    await send(`/admin/webhooks/${id}`, { method: 'DELETE' })
    const rows = await shop.db.query
      .selectFrom('audit_log')
      .where('subject_id', '=', id)
      .orderBy('number')
      .selectAll()
      .execute()
    expect(rows.map(({ kind, actor_id }) => [kind, actor_id])).toEqual(
      ['webhook.created', 'webhook.changed', 'webhook.secret_rotated', 'webhook.removed'].map((kind) => [
        kind,
        owner.id,
      ]),
    )
  })

  it('reach the machine of whoever develops, where that is allowed', async () => {
    internet.names.set('localhost', ['127.0.0.1'])
    const desk = await openSite(engine, { outgoing: internet, webhooks: { allowPrivate: true } })
    onTestFinished(() => desk.close())
    const own = await desk.newShop()
    const developer = await signInAs(desk, own, 'owner')
    const { port } = new URL(internet.insideUrl)
    for (const url of [`http://localhost:${port}/hook`, 'ftp://localhost/', 'http://ann:secret@localhost/']) {
      const answer = await developer.send('/admin/webhooks', json({ url, events: ['*'] }))
      expect(answer.status).toBe(url.endsWith('/hook') ? 201 : 422)
      if (!answer.ok) continue
      const { webhook, secret } = (await answer.json()) as { webhook: { id: string }; secret: string }
      await developer.send(`/admin/webhooks/${webhook.id}/test`, { method: 'POST' })
      while ((await desk.server.jobs.runDue()) > 0);
      expect(verifyWebhook({ ...internet.inside.at(-1)!, secret, now: Date.now() }).type).toBe('webhook.test')
    }
    vi.stubEnv('NODE_ENV', 'production')
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(() => createServer({ database: ':memory:', webhooks: { allowPrivate: true } })).toThrow('development only')
  })

  it('that come in unsigned are limited by address', async () => {
    const guarded = await openSite(engine, { limits: undefined })
    onTestFinished(() => guarded.close())
    const request = () =>
      new Request(`http://tillwright.test/api/webhooks/whs_${'0'.repeat(26)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
    const statuses: number[] = []
    for (let i = 0; i < 105; i++) {
      statuses.push((await guarded.server.fetch(request(), { remoteAddress: '203.0.113.77' })).status)
    }
    expect(statuses.slice(0, 100)).toEqual(Array(100).fill(404))
    expect(statuses.at(-1)).toBe(429)
  })

  it('are forgotten after 30 days, those that came in too', async () => {
    // Housekeeping looks at every shop: a site with one is tidied soonest.
    const house = await openSite(engine, { clock: () => now })
    onTestFinished(() => house.close())
    const { db } = await house.newShop()
    const { enqueue } = jobsService({ clock: () => now, random: Math.random, wake() {} })
    const { publishTest } = webhookPublisher({ enqueue, clock: () => now, random: Math.random })
    await publishTest(db, `whk_${'0'.repeat(26)}`)
    await insertEvent(db, {
      id: `whe_${'0'.repeat(26)}`,
      source_id: `whs_${'0'.repeat(26)}`,
      event_id: 'evt_1',
      digest: '',
      kind: null,
      state: 'kept',
      bytes: 2,
      content_type: 'application/json',
      body: 'e30=',
      received_at: now,
    })
    const kept = async () => [
      (await db.query.selectFrom('webhook_deliveries').select('id').execute()).length,
      (await db.query.selectFrom('webhook_events').select('id').execute()).length,
    ]
    now += 30 * DAY_MS - HOUR_MS
    await house.server.housekeeping.tidyIfDue()
    expect(await kept()).toEqual([1, 1])
    now += HOUR_MS
    await house.server.housekeeping.tidyIfDue()
    expect(await kept()).toEqual([0, 0])
  })
})
