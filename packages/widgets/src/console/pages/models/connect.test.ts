import { describe, expect, it } from 'vitest'
import { exampleClient, refusal } from '../../../testing/example-client.ts'
import { pageContext } from '../../../testing/page-context.ts'
import { cannedJob } from '../../../testing/status.ts'
import { connectModels, FOLLOW_MS } from './connect.ts'

const DIGEST = 'a'.repeat(64)
const NONE = () => {
  throw refusal(404, 'not_found')
}

async function open(answers = {}, denied: Parameters<typeof pageContext>[1] = []) {
  const fake = exampleClient({ 'models.comparison': NONE, ...answers })
  const context = pageContext(fake.client, denied)
  const page = connectModels(context)
  page.open([])
  await context.platform.advance(0)
  return { ...page, ...fake, ...context, value: () => page.state.value }
}

it('has versions, which one answers, and batches', async () => {
  const { value } = await open()
  expect(value()).toMatchObject({ comparison: null, failure: null, busy: [] })
  expect(value().models).toHaveLength(1)
  expect(value().batches).not.toBeNull()
})

it('does not ask for batches where the role does not allow it', async () => {
  const { of, value } = await open({}, ['recommendations:read'])
  expect(of('recommendations.batchStatistics')).toEqual([])
  expect(value().models).toHaveLength(1)
})

it('lets a model answer and stay, and lets newer ones take over again', async () => {
  const { activate, follow, of } = await open({ 'models.activation': () => ({ modelVersion: DIGEST, held: true }) })
  await activate('b'.repeat(64))
  await follow()
  expect(of('models.activate')).toEqual([
    { digest: 'b'.repeat(64), hold: true },
    { digest: DIGEST, hold: false },
  ])
  expect(of('models.list')).toHaveLength(3)
})

it('says why there is nothing to go back to', async () => {
  const { rollback, value } = await open({
    'models.rollback': () => {
      throw refusal(409, 'conflict', 'No model answered before')
    },
  })
  await rollback()
  expect(value().failure).toMatchObject({ kind: 'refused', message: 'No model answered before' })
})

describe('a training', () => {
  it('is followed until it is done, and then its model is there', async () => {
    const states = ['running', 'done'] as const
    let asked = 0
    const { train, value, of, platform } = await open({
      'models.train': () => cannedJob({ state: 'queued' }),
      'jobs.get': () => cannedJob({ state: states[asked++]! }),
    })
    await train()
    expect(value().training?.state).toBe('queued')
    await platform.advance(FOLLOW_MS)
    expect(value().training?.state).toBe('running')
    await platform.advance(FOLLOW_MS)
    expect(value().training?.state).toBe('done')
    expect(of('models.list')).toHaveLength(2)
    await platform.advance(10 * FOLLOW_MS)
    expect(asked).toBe(2)
  })

  it('is not followed any more once the page is gone', async () => {
    const { train, dispose, of, platform } = await open({ 'models.train': () => cannedJob({ state: 'queued' }) })
    await train()
    dispose()
    await platform.advance(10 * FOLLOW_MS)
    expect(of('jobs.get')).toEqual([])
  })
})

it('compares two models on the part of visitors that was chosen, and ends with one of them', async () => {
  const { choose, compare, end, of } = await open()
  choose(0.1)
  await compare(DIGEST)
  await end('challenger')
  expect(of('models.compare')).toEqual([{ challenger: DIGEST, share: 0.1 }])
  expect(of('models.endComparison')).toEqual([{ activate: 'challenger' }])
})

it('puts a batch that failed back, and shows those that are left', async () => {
  let failed = [cannedJob({ state: 'dead' })]
  const [{ id }] = failed as [ReturnType<typeof cannedJob>]
  const { retryBatch, value } = await open({
    'recommendations.batches': () => ({ items: failed, nextCursor: null }),
    'recommendations.retryBatch': () => {
      failed = []
      return cannedJob({ state: 'queued' })
    },
  })
  expect(value().failedBatches).toHaveLength(1)
  await retryBatch(id)
  expect(value().failedBatches).toEqual([])
})
