import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createServer } from '../server.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { makeDatabase } from '../testing/test-database.ts'
import { ORIGIN, openSite, useSite } from '../testing/test-site.ts'

const answer = async (response: Response) => [response.status, await response.json()]

describeOnDatabases('the probes', (engine) => {
  const site = useSite(engine)

  it('say that the process runs and has started', async () => {
    expect(await answer(await site.send('/alive'))).toEqual([200, { status: 'ok' }])
    expect(await answer(await site.send('/startup'))).toEqual([200, { status: 'ok', checks: [] }])
  })

  it('say how each part is, and that what stands in for a missing one is a makeshift', async () => {
    const [status, body] = await answer(await site.send('/ready'))
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'degraded' })
    const checks = (body as { checks: { name: string; status: string; detail?: string }[] }).checks
    expect(checks).toContainEqual({ name: 'server', status: 'ok' })
    const embedded = engine === 'sqlite' ? { detail: expect.stringContaining('Embedded') } : {}
    expect(checks).toContainEqual({ name: 'database', status: 'ok', ...embedded })
    expect(checks).toContainEqual({ name: 'files', status: 'ok', detail: expect.stringContaining('this machine') })
    expect(checks).toContainEqual({
      name: 'mail',
      status: 'degraded',
      detail: expect.stringContaining('tillwright outbox'),
    })
    expect(checks.find(({ name }) => name === 'widgets')).toMatchObject({
      status: 'degraded',
      detail: expect.any(String),
    })
  })

  it('tell version, age, and how quick the database is', async () => {
    expect(await answer(await site.send('/health'))).toEqual([
      200,
      { status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+/), uptimeSeconds: expect.any(Number) },
    ])
    expect(await answer(await site.send('/health/db'))).toEqual([
      200,
      { status: 'ok', engine, latencyMs: expect.any(Number) },
    ])
  })

  it('are kept by nobody, and need no key', async () => {
    for (const path of ['/alive', '/startup', '/ready', '/health', '/health/db']) {
      expect((await site.send(path)).headers.get('cache-control'), path).toBe('no-store')
    }
  })
})

describeOnDatabases('a server that is not up to date yet', (engine) => {
  it('is alive, and neither started nor ready; nothing but probes is answered', async () => {
    const place = await makeDatabase(engine)
    const folder = await temporaryFolder()
    const server = createServer({ database: place.url, dataDir: folder, widgets: folder })
    onTestFinished(async () => {
      await server.close()
      await place.remove()
    })
    const ask = (path: string, init?: RequestInit) => server.fetch(new Request(ORIGIN + path, init))
    expect((await ask('/alive')).status).toBe(200)
    for (const path of ['/startup', '/ready', '/api/products', '/admin/status', '/console?token=x']) {
      expect(await answer(await ask(path)), path).toMatchObject([503, { code: 'unavailable' }])
    }
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'POST' }
    expect((await ask('/api/events', { method: 'OPTIONS', headers })).status).toBe(503)
    expect((await ask('/api/products')).headers.get('retry-after')).toBe('1')
    await server.migrate()
    expect((await ask('/ready')).status).toBe(200)
    expect((await ask('/api/products')).status).toBe(401)
  })
})

describeOnDatabases('a server whose database is away', (engine) => {
  it('is alive, not ready, and tells no stranger what the driver said', async () => {
    const site = await openSite(engine)
    try {
      await site.server.database.close()
      expect((await site.send('/alive')).status).toBe(200)
      expect((await site.send('/health')).status).toBe(200)
      for (const path of ['/ready', '/health/db']) {
        const response = await site.send(path)
        const text = await response.text()
        expect([response.status, JSON.parse(text)]).toMatchObject([503, { code: 'unavailable' }])
        expect(text).toContain('The database does not answer')
        expect(text).not.toMatch(/driver|destroyed|pool|sqlite|127\.0\.0\.1/i)
      }
    } finally {
      await site.close().catch(() => {})
    }
  })
})

describeOnDatabases('the status of a shop', (engine) => {
  const site = useSite(engine)

  it('tells what it has, what the server does, and which models it made', async () => {
    const { api, tenant, send, publishableKey } = await site.newShop({ name: 'Tea & Co' })
    await api.products.upsert({ items: [{ id: 'cup', name: 'Cup' }] })
    await api.events.send({ events: [{ id: 'event-01', type: 'product_viewed', at: '2026-03-01T12:00:00Z' }] })
    const job = await api.products.import({ body: 'id,name\npot,Pot\n', type: 'text/csv' })
    const before = await (await send('/admin/status')).json()
    expect(before).toMatchObject({
      tenant: { id: tenant.publicId, name: 'Tea & Co' },
      health: { status: 'ok' },
      database: { status: 'ok', engine },
      counts: { products: 1, customers: 0, orders: 0, orderLines: 0, events: 1 },
      jobs: { queued: 1, running: 0, done: 0, dead: 0 },
      outbox: { queued: 0, running: 0, done: 0, dead: 0 },
      recentJobs: [{ id: job.id, state: 'queued' }],
      models: [],
    })
    await site.server.jobs.runDue()
    expect(await (await send('/admin/status')).json()).toMatchObject({
      counts: { products: 2 },
      recentJobs: [{ id: job.id, state: 'done' }],
    })
    const headers = { authorization: `Bearer ${publishableKey}` }
    expect((await site.send('/admin/status', { headers })).status).toBe(403)
  })
})

it('a folder for widgets without a manifest is no widgets', async () => {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'empty'))
  expect(createServer({ database: ':memory:', dataDir: folder, widgets: join(folder, 'empty') }).widgets).toBeNull()
})
