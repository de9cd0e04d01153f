import { expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { useSite } from '../testing/test-site.ts'

const BAD_CSV = 'id,name\n1,Teapot\n,Nameless\n'

describeOnDatabases('the jobs of a shop', (engine) => {
  const site = useSite(engine)

  const importOf = (body: string) => ({ body, type: 'text/csv' })

  it('are listed newest first, page by page, and found by state and kind', async () => {
    const { api } = await site.newShop()
    const first = await api.products.import(importOf(BAD_CSV))
    const second = await api.models.train()
    expect(first).toMatchObject({ kind: 'products.import', state: 'queued', attempts: 0 })
    const listed = await Array.fromAsync(api.jobs.list({ limit: 1 }))
    expect(listed.map(({ id }) => id)).toEqual([second.id, first.id])
    expect((await api.jobs.list({ kind: 'products.import' })).items.map(({ id }) => id)).toEqual([first.id])
    expect((await api.jobs.list({ state: 'done' })).items).toEqual([])
    expect((await api.jobs.list({ queue: 'outbox' })).items).toEqual([])
    await site.server.jobs.runDue()
    expect((await api.jobs.list({ state: 'done' })).items.length).toBeGreaterThan(0)
  })

  it('that refused rows give them as a CSV file to save', async () => {
    const { api, send } = await site.newShop()
    const job = await api.products.import(importOf(BAD_CSV))
    await site.server.jobs.runDue()
    const response = await send(`/admin/jobs/${job.id}/rejects`)
    expect(response.headers.get('content-type')).toBe('text/csv')
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="rejects-${job.id}.csv"`)
    expect(await response.text()).toContain('Nameless')
  })

  it('that refused nothing have no file', async () => {
    const { api, send } = await site.newShop()
    const job = await api.products.import(importOf('id,name\n1,Teapot\n'))
    await site.server.jobs.runDue()
    expect((await send(`/admin/jobs/${job.id}/rejects`)).status).toBe(404)
  })

  it('can be watched as an event stream, from where they are until they end', async () => {
    const { api, send } = await site.newShop()
    const job = await api.products.import(importOf(BAD_CSV))
    const response = await send(`/admin/jobs/${job.id}/events`, { headers: { 'accept-encoding': 'gzip' } })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-encoding')).toBeNull()
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    const first = (await reader.read()).value!
    expect(first).toMatch(/^data: \{.+"state":"queued".+\}\n\n$/)
    await site.server.jobs.runDue()
    let rest = ''
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) rest += value
    expect(rest).toMatch(/data: \{.+"state":"done".+\}\n\nevent: end\ndata: null\n\n$/)
  })

  it('that have ended are told once', async () => {
    const { api } = await site.newShop()
    const job = await api.products.import(importOf(BAD_CSV))
    await site.server.jobs.runDue()
    const told = await Array.fromAsync(api.jobs.watch({ jobId: job.id }), ({ data }) => data.state)
    expect(told).toEqual(['done'])
  })

  it('that do not exist cannot be watched: the answer is a refusal, not an empty stream', async () => {
    const { send } = await site.newShop()
    const response = await send(`/admin/jobs/job_${'0'.repeat(26)}/events`)
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'not_found' }])
  })

  it('are no longer read once their watcher has gone', async () => {
    const { api, send } = await site.newShop()
    const job = await api.models.train()
    const gone = new AbortController()
    const response = await send(`/admin/jobs/${job.id}/events`, { signal: gone.signal })
    const reader = response.body!.getReader()
    await reader.read()
    gone.abort()
    let isOver = false
    while (!isOver) isOver = (await reader.read().catch(() => ({ done: true }))).done
    expect((await api.jobs.get({ jobId: job.id })).state).toBe('queued')
  })

  it('can be retried when they are dead, and only then', async () => {
    const { api } = await site.newShop()
    const job = await api.products.import(importOf('nothing,we,know\n1,2,3\n'))
    await expect(api.jobs.retry({ jobId: job.id })).rejects.toMatchObject({ code: 'conflict' })
    await site.server.jobs.runDue()
    expect(await api.jobs.get({ jobId: job.id })).toMatchObject({ state: 'dead', error: expect.any(String) })
    expect(await api.jobs.retry({ jobId: job.id })).toMatchObject({ state: 'queued', attempts: 0 })
    await site.server.jobs.runDue()
    expect(await api.jobs.get({ jobId: job.id })).toMatchObject({ state: 'dead', attempts: 1 })
  })

  it('say in the log which request queued them', async () => {
    const [{ send, db }, other] = [await site.newShop(), await site.newShop()]
    const queue = (shop: Pick<typeof other, 'send'>, requestId: string) =>
      shop.send('/api/products/import', {
        method: 'POST',
        body: 'id,name\n1,Teapot\n',
        headers: { 'content-type': 'text/csv', 'x-request-id': requestId },
      })
    const answers = await Promise.all([queue({ send }, 'request-of-one'), queue(other, 'request-of-other')])
    const [one, two] = (await Promise.all(answers.map((answer) => answer.json()))) as { id: string }[]
    await site.server.jobs.runDue()
    const done = site.log.withMessage('job done')
    expect(done.find(({ jobId }) => jobId === one!.id)).toMatchObject({ requestId: 'request-of-one' })
    expect(done.find(({ jobId }) => jobId === two!.id)).toMatchObject({ requestId: 'request-of-other' })
    const queuedByNobody = await db.query.selectFrom('jobs').where('request_id', 'is', null).select('id').execute()
    expect(queuedByNobody).toEqual([])
  })
})
