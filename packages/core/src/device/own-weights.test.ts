import { describe, expect, it } from 'vitest'
import type { LearningTask } from './learner.ts'
import { ownWeights, type Teachable } from './own-weights.ts'
import { memoryDeviceStore } from './store.ts'
import type { Touches } from './touches.ts'

const DIGEST = 'a'.repeat(64)

/** A visitor's device whose time goes on when it is told to. */
function device({ isWanted = true, isKept = true, store = memoryDeviceStore(), digest = DIGEST } = {}) {
  const tasks: LearningTask[] = []
  const warnings: string[] = []
  let due: (() => void)[] = []
  let answer = async (task: LearningTask): Promise<Float32Array> => task.weights.map((weight) => weight + 1)
  const teachable: Teachable = {
    digest,
    weights: new Float32Array(3),
    inputs: 1,
    questionsOf: ({ viewed }) =>
      viewed.map(({ id, at }) => ({ kind: 'next', items: [], chosen: [id], at, bought: [], viewed: [] })),
    caseOf: () => ({ features: new Float32Array(2), right: [0] }),
    fits: (weights): weights is Float32Array => weights instanceof Float32Array && weights.length === 3,
  }
  const own = ownWeights({
    learner: {
      learn(task) {
        tasks.push(task)
        return answer(task)
      },
    },
    schedule(run) {
      due.push(run)
      return () => (due = due.filter((other) => other !== run))
    },
    warn: (message) => warnings.push(message),
    store,
    isKept,
    isWanted: () => isWanted,
    teachable: async () => teachable,
  })
  return {
    own,
    tasks,
    warnings,
    store,
    answerWith: (next: typeof answer) => (answer = next),
    async settle() {
      for (let round = 0; round < 20; round++) {
        for (const run of due.splice(0)) run()
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}

function lookedAt(count: number): Touches {
  return { viewed: Array.from({ length: count }, (_, at) => ({ id: `p${at}`, at })), bought: [] }
}

describe('a visitor’s own weights', () => {
  it('are learned once there are three own events, from all of them', async () => {
    const { own, tasks, settle } = device()
    own.consider(lookedAt(2))
    await settle()
    expect(tasks).toEqual([])
    own.consider(lookedAt(3))
    await settle()
    expect(tasks).toHaveLength(1)
    expect(tasks[0]!.cases).toHaveLength(3)
    expect(own.of(DIGEST)).toEqual(Float32Array.of(1, 1, 1))
  })

  it('are learned once of events that come together', async () => {
    const { own, tasks, settle } = device()
    for (const count of [3, 4, 5]) own.consider(lookedAt(count))
    await settle()
    expect(tasks).toHaveLength(1)
  })

  it('are not learned where the visitor saves data', async () => {
    const { own, tasks, settle } = device({ isWanted: false })
    own.consider(lookedAt(10))
    await settle()
    expect(tasks).toEqual([])
  })

  it('belong to the model that they were learned for', async () => {
    const { own, settle } = device()
    own.consider(lookedAt(3))
    await settle()
    expect(own.of('b'.repeat(64))).toBeUndefined()
  })

  it('outlast the page only where the visitor may be remembered', async () => {
    const kept = device()
    kept.own.consider(lookedAt(3))
    await kept.settle()
    const next = device({ store: kept.store })
    await next.own.restore()
    expect(next.own.of(DIGEST)).toEqual(Float32Array.of(1, 1, 1))

    const passing = device({ isKept: false })
    passing.own.consider(lookedAt(3))
    await passing.settle()
    expect(await passing.store.get('own')).toBeUndefined()
  })

  it.each([
    ['of another shape', { digest: DIGEST, weights: new Float32Array(2) }],
    ['of another model', { digest: 'b'.repeat(64), weights: new Float32Array(3) }],
    ['no numbers at all', { digest: DIGEST, weights: 'gone' }],
  ])('that were kept are passed over when they are %s', async (_, kept) => {
    const { own, store } = device()
    await store.put('own', kept)
    await own.restore()
    expect(own.of(DIGEST)).toBeUndefined()
  })

  it('are gone when they are forgotten, those under way as well', async () => {
    const { own, store, settle, answerWith } = device()
    own.consider(lookedAt(3))
    await settle()
    await own.forget()
    expect(own.of(DIGEST)).toBeUndefined()
    expect(await store.get('own')).toBeUndefined()

    let finish = (_: Float32Array) => {}
    answerWith(() => new Promise((resolve) => (finish = resolve)))
    own.consider(lookedAt(3))
    await settle()
    await own.forget()
    finish(Float32Array.of(9, 9, 9))
    await settle()
    expect(own.of(DIGEST)).toBeUndefined()
    expect(await store.get('own')).toBeUndefined()
  })

  it('are not there where learning fails, and the page is told why', async () => {
    const { own, warnings, settle, answerWith } = device()
    answerWith(() => Promise.reject(new Error('no worker')))
    own.consider(lookedAt(3))
    await settle()
    expect(own.of(DIGEST)).toBeUndefined()
    expect(warnings).toEqual(['nothing was learned on this device: no worker'])
  })

  it('are learned anew from events that came while others were learned from', async () => {
    const { own, tasks, settle, answerWith } = device()
    let finish = () => {}
    answerWith((task) => new Promise((resolve) => (finish = () => resolve(task.weights))))
    own.consider(lookedAt(3))
    await settle()
    own.consider(lookedAt(4))
    await settle()
    expect(tasks).toHaveLength(1)
    finish()
    await settle()
    expect(tasks).toHaveLength(2)
    expect(tasks[1]!.cases).toHaveLength(4)
  })
})
