import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, IDLE, type QueueEffect, type QueueEvent, type QueueState } from './queue.ts'

const RULES = { gatherMs: 1_000, random: () => 0.5 }

/** A queue with its surroundings: what is in it, whether a send is under way, whether a timer runs. */
class Model {
  items = 0
  isSending = false
  hasTimer = false
  /** What was left when the send under way counted; items may have come since. */
  counted: number | undefined
  state: QueueState = IDLE

  apply(event: QueueEvent): void {
    const [state, effect] = advance(this.state, event, RULES)
    this.state = state
    this.follow(effect)
  }

  follow(effect: QueueEffect): void {
    if (effect === undefined) return
    this.hasTimer = effect !== 'send'
    if (effect !== 'send') return
    expect(this.isSending, 'two sends at once').toBe(false)
    this.isSending = true
  }
}

interface Action {
  readonly do: 'add' | 'fire' | 'network' | 'fail' | 'busy' | 'count' | 'succeed'
  /** How many items a send takes along. */
  readonly batch: number
}

/** What happens to the model; an action that its surroundings cannot take right now happens not at all. */
function eventOf(model: Model, action: Action): QueueEvent | undefined {
  if (action.do === 'add') {
    model.items++
    return { type: 'added' }
  }
  if (action.do === 'network') return { type: 'due' }
  if (action.do === 'fire') return model.hasTimer ? { type: 'due' } : undefined
  if (!model.isSending) return undefined
  if (action.do === 'count') {
    model.items = Math.max(0, model.items - action.batch)
    model.counted = model.items
    return undefined
  }
  const remaining = model.counted
  if (action.do === 'succeed' && remaining === undefined) return undefined
  model.isSending = false
  model.counted = undefined
  if (action.do === 'fail') return { type: 'failed' }
  if (action.do === 'busy') return { type: 'busy' }
  return { type: 'sent', remaining: remaining! }
}

function run(model: Model, action: Action): void {
  const event = eventOf(model, action)
  if (action.do === 'fire') model.hasTimer = false
  if (event) model.apply(event)
}

const actions = fc.array(
  fc.record<Action>({
    do: fc.constantFrom('add', 'fire', 'network', 'fail', 'busy', 'count', 'succeed'),
    batch: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 60 },
)

describe('the queue', () => {
  it('never sends twice at once, and never forgets an item: while there is one, it is being sent or a timer runs', () => {
    fc.assert(
      fc.property(actions, (steps) => {
        const model = new Model()
        for (const step of steps) {
          run(model, step)
          if (model.items > 0) expect(model.isSending || model.hasTimer).toBe(true)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('empties itself once sends succeed', () => {
    fc.assert(
      fc.property(actions, (steps) => {
        const model = new Model()
        for (const step of steps) run(model, step)
        for (let i = 0; i < 200 && (model.items > 0 || model.isSending); i++) {
          run(model, { do: 'fire', batch: 1 })
          run(model, { do: 'count', batch: 1 })
          run(model, { do: 'succeed', batch: 1 })
        }
        expect([model.items, model.isSending]).toEqual([0, false])
      }),
    )
  })

  it('lets a first item wait for company', () => {
    expect(advance(IDLE, { type: 'added' }, RULES)).toEqual([{ phase: 'waiting', failures: 0 }, { waitMs: 1_000 }])
  })

  it('waits longer after each failure, with jitter, and starts anew after a success', () => {
    let state: QueueState = IDLE
    const waits: unknown[] = []
    for (let i = 0; i < 3; i++) {
      ;[state] = advance(state, { type: 'due' }, RULES)
      const [next, effect] = advance(state, { type: 'failed' }, RULES)
      waits.push(effect)
      state = next
    }
    expect(waits).toEqual([{ waitMs: 1_150 }, { waitMs: 1_300 }, { waitMs: 1_600 }])
    ;[state] = advance(state, { type: 'due' }, RULES)
    ;[state] = advance(state, { type: 'sent', remaining: 0 }, RULES)
    expect(state).toEqual(IDLE)
  })

  it('waits as long as the server asks', () => {
    const sending: QueueState = { phase: 'sending', again: false, failures: 4 }
    expect(advance(sending, { type: 'failed', retryAfterMs: 5 }, RULES)).toEqual([
      { phase: 'waiting', failures: 5 },
      { waitMs: 5 },
    ])
  })
})
