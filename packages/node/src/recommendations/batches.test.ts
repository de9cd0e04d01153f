import { expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { useSite } from '../testing/test-site.ts'
import { orderOf, trainedShop } from '../testing/trained-shop.ts'

describeOnDatabases('batches of recommendations', (engine) => {
  const site = useSite(engine)

  it('are answered by a job, in the order of their questions', async () => {
    const shop = await trainedShop(site)
    await shop.api.orders.upsert({ items: [orderOf('C', ['lamp'], { customerId: 'C1' })] })
    await site.server.jobs.runDue()
    const queries = [
      { kind: 'bought-together' as const, items: ['tea'], limit: 1 },
      { kind: 'popular' as const, limit: 2 },
      { kind: 'for-user' as const, customerId: 'C1' },
    ]
    const job = await shop.api.recommendations.createBatch({ queries })
    const waiting = await shop.api.recommendations.batch({ batchId: job.id })
    expect(waiting).toMatchObject({ job: { state: 'queued' }, answers: null })
    await site.server.jobs.runDue()
    const { job: done, answers } = await shop.api.recommendations.batch({ batchId: job.id })
    expect(done).toMatchObject({ state: 'done', result: { answers: 3 } })
    expect(answers!.map(({ kind, items }) => [kind, items[0]!.id])).toEqual([
      ['bought-together', 'cup'],
      ['popular', 'tea'],
      ['for-user', expect.any(String)],
    ])
    expect(await shop.api.recommendations.batchStatistics()).toEqual({
      queued: 0,
      running: 0,
      done: 1,
      dead: 0,
      answers: 3,
    })
    expect((await shop.api.recommendations.batches()).items.map(({ id }) => id)).toEqual([job.id])
  })

  it('that failed are retried, and others than batches are not theirs to show', async () => {
    const shop = await trainedShop(site)
    const job = await shop.api.recommendations.createBatch({ queries: [{ kind: 'popular' }] })
    await expect(shop.api.recommendations.retryBatch({ batchId: job.id })).rejects.toMatchObject({ code: 'conflict' })
    await shop.db.query.updateTable('jobs').set({ state: 'dead' }).where('id', '=', job.id).execute()
    expect((await shop.api.recommendations.retryBatch({ batchId: job.id })).state).toBe('queued')
    await site.server.jobs.runDue()
    expect((await shop.api.recommendations.batch({ batchId: job.id })).answers).toHaveLength(1)
    const training = await shop.api.models.train()
    await expect(shop.api.recommendations.batch({ batchId: training.id })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('of another tenant are out of reach', async () => {
    const [ours, theirs] = [await trainedShop(site), await site.newShop()]
    const job = await ours.api.recommendations.createBatch({ queries: [{ kind: 'popular' }] })
    await expect(theirs.api.recommendations.batch({ batchId: job.id })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('are refused where they are empty or too large', async () => {
    const { api } = await site.newShop()
    for (const count of [0, 1_001]) {
      const queries = Array.from({ length: count }, () => ({}))
      await expect(api.recommendations.createBatch({ queries })).rejects.toMatchObject({ code: 'invalid_input' })
    }
  })
})
