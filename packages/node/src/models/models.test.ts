import { createHash } from 'node:crypto'
import { trainRecommender } from '@tillwright/core/brain'
import { describe, expect, it } from 'vitest'
import { readTrained } from '../recommendations/read-trained.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { type Shop, useSite } from '../testing/test-site.ts'
import { modelsService, type NewModel } from './service.ts'
import { activateModel, addModel } from './store.ts'

const NOW = Date.UTC(2026, 0, 31)

function model(trainedAt = NOW): NewModel {
  const baskets = [{ items: ['tea', 'cup'], at: NOW }]
  const file = trainRecommender({ baskets, items: [{ id: 'tea', name: 'Tea' }] }, { now: trainedAt })
  const version = createHash('sha256').update(file).digest('hex')
  return {
    file,
    version,
    trainedAt,
    counts: { baskets: 1, items: 2 },
    trainingCpuMs: 1.4,
    metrics: { 'next.hr10': 0.25 },
    deviceFile: file,
  }
}

const keeper = modelsService({
  clock: () => NOW,
  audit: { record: async () => {} },
  readModel: readTrained,
  enqueue: async () => {
    throw new Error('Nothing is queued here')
  },
  drop: async () => {},
  onChange: () => {},
})
const keep = (shop: Shop, given: NewModel) => keeper.keep(shop.db, given)

describeOnDatabases('models', (engine) => {
  const site = useSite(engine)

  it('are none before the first training, and the answer says what to do', async () => {
    const { api } = await site.newShop()
    const asked = api.models.current()
    await expect(asked).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining('import orders') })
    expect((await api.models.list()).items).toEqual([])
  })

  it('come from a training that is asked for, queued once however often it is asked', async () => {
    const { api } = await site.newShop()
    await api.orders.upsert({
      items: [
        {
          id: 'A1',
          placedAt: new Date().toISOString(),
          currency: 'GBP',
          lines: [{ productId: 'tea', quantity: 1, unitPriceMinor: 450 }],
        },
      ],
    })
    await site.server.database.system.deleteFrom('jobs').execute()
    const [first, second] = [await api.models.train(), await api.models.train()]
    expect(second.id).toBe(first.id)
    await site.server.jobs.runDue()
    const job = await api.jobs.get({ jobId: first.id })
    expect(job).toMatchObject({ state: 'done', result: { counts: { baskets: 1, items: 1 } } })
    expect(await api.models.current()).toMatchObject({
      modelVersion: job.result!.modelVersion,
      kind: 'recommender',
      active: true,
      bytes: job.result!.bytes,
      counts: { baskets: 1, items: 1 },
    })
  })

  it('lie at an address that is their digest, never changes, and may be kept for ever', async () => {
    const shop = await site.newShop()
    const given = model()
    await keep(shop, given)
    const { url, modelVersion } = await shop.shopper.models.current()
    expect(modelVersion).toBe(given.version)
    const headers = { authorization: `Bearer ${shop.publishableKey}`, origin: 'https://shop.example' }
    const answer = await site.send(`/${url}`, { headers })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('content-type')).toBe('application/vnd.tillwright.model')
    expect(answer.headers.get('etag')).toContain(given.version)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(given.version)
    const again = await site.send(`/${url}`, { headers: { ...headers, 'if-none-match': answer.headers.get('etag')! } })
    expect(again.status).toBe(304)
  })

  it('of another tenant are out of reach', async () => {
    const [ours, theirs] = [await site.newShop(), await site.newShop()]
    await keep(ours, model())
    const { url } = await ours.api.models.current()
    expect((await theirs.send(`/${url}`)).status).toBe(404)
    expect((await theirs.api.models.list()).items).toEqual([])
  })

  it('are listed newest first, page by page, one of them active', async () => {
    const shop = await site.newShop()
    const given = Array.from({ length: 5 }, (_, i) => model(NOW + i))
    for (const each of given) await keep(shop, each)
    const listed: { modelVersion: string; active: boolean }[] = []
    for await (const item of shop.api.models.list({ limit: 2 })) listed.push(item)
    expect(listed.map(({ modelVersion }) => modelVersion)).toEqual(given.map(({ version }) => version).toReversed())
    expect(listed.map(({ active }) => active)).toEqual([true, false, false, false, false])
  })

  it('are kept ten back, and the active one whatever its age', async () => {
    const shop = await site.newShop()
    const given = Array.from({ length: 12 }, (_, i) => model(NOW + i))
    for (const each of given.slice(0, 11)) await keep(shop, each)
    await keep(shop, given[1]!)
    expect((await shop.api.models.current()).modelVersion).toBe(given[1]!.version)
    expect((await shop.api.models.list()).items).toHaveLength(10)
    await keep(shop, given[11]!)
    const versions = (await shop.api.models.list()).items.map(({ modelVersion }) => modelVersion)
    expect(versions).toHaveLength(10)
    expect(versions).not.toContain(given[0]!.version)
  })

  it('that come twice are the same model, active again', async () => {
    const shop = await site.newShop()
    const [first, second] = [model(NOW), model(NOW + 1)]
    for (const each of [first, second, first]) await keep(shop, each)
    expect((await shop.api.models.current()).modelVersion).toBe(first.version)
    expect((await shop.api.models.list()).items).toHaveLength(2)
  })

  it.each(['x', 'A'.repeat(64), '..%2F..%2Fetc'])('refuse the address %s', async (digest) => {
    const shop = await site.newShop()
    expect((await shop.send(`/api/models/${digest}`)).status).toBe(422)
  })

  describe('that cannot be read', () => {
    const damaged: [string, (file: Uint8Array) => Uint8Array][] = [
      ['cut short', (file) => file.slice(0, file.length - 5)],
      ['altered in one byte', (file) => file.with(file.length - 9, file.at(-9)! ^ 1)],
      ['of another format', () => new TextEncoder().encode('not a model at all')],
      ['empty', () => new Uint8Array()],
    ]
    it.each(damaged)('(%s) answer nothing, and the log says to train again', async (_, damage) => {
      const shop = await site.newShop()
      const { file, version } = model()
      const row = {
        version,
        trainedAt: NOW,
        trainingCpuMs: 1,
        basketCount: 1,
        itemCount: 2,
        byteCount: file.length,
        metrics: '{}',
        deviceDigest: null,
      }
      await shop.db.transaction(async (tx) => {
        await addModel(tx, row, damage(file), file)
        await activateModel(tx, version, NOW, false)
      })
      expect(await shop.api.recommendations.list()).toMatchObject({
        items: [],
        modelVersion: null,
        notice: { code: 'no_model' },
      })
      const [line] = site.log.lines.filter(({ tenantId }) => tenantId === shop.tenant.id)
      expect(line).toMatchObject({
        level: 'error',
        message: 'a model cannot be read; train again',
        modelVersion: version,
        err: { name: 'ModelFileError' },
      })
    })
  })
})
