import type { ApiError } from '../errors.ts'
import type { Platform } from '../ports.ts'
import { advance, IDLE, type QueueEvent, type QueueState } from './queue.ts'
import type { Queued, QueueStore } from './store.ts'

export interface OutboxOptions<T> {
  /** Distinguishes this outbox from others of the same origin. */
  readonly name: string
  readonly store: QueueStore<T>
  readonly platform: Platform
  /**
   * Sends a batch and resolves when the server has it; what is in `refused` will never be taken, for the reason `error`,
   * and is dropped. Throws when the batch should be tried again. The receiver must drop copies by id: after a lost answer a
   * batch comes twice.
   */
  readonly deliver: (batch: readonly Queued<T>[]) => Promise<Delivery<T>>
  /** Hands items over on the way out of the page, without waiting for an answer. */
  readonly deliverLast?: (batch: readonly Queued<T>[]) => void
  readonly batchSize: number
  /** Most items kept; beyond it the oldest are dropped. */
  readonly maxItems: number
  /** How long a first item waits for company, in ms. */
  readonly gatherMs: number
  /** Told of each failed try and of each dropped item. */
  readonly onProblem?: ((problem: { error?: unknown; dropped: number }) => void) | undefined
}

export interface Delivery<T> {
  readonly refused: readonly Queued<T>[]
  readonly error?: unknown
}

export interface Outbox<T> {
  /** Resolves when the item is kept: from then on it survives a reload, as far as the store does. */
  add(item: Queued<T>): Promise<void>
  /** Sends what there is, now. Resolves when the outbox is empty or a try has failed. */
  flush(): Promise<void>
  count(): Promise<number>
  /** Stops sending. What is kept stays kept. */
  close(): void
}

/** A durable outbox: items are kept, sent in batches in order, retried with backoff, and sent once. */
export function createOutbox<T>(options: OutboxOptions<T>): Outbox<T> {
  const { store, platform, batchSize } = options
  const rules = { gatherMs: options.gatherMs, random: platform.random }
  // Items of this page that are not confirmed yet; on the way out there is no time to read the store.
  const unconfirmed = new Map<string, Queued<T>>()
  let state: QueueState = IDLE
  let cancelWait = () => {}
  let settled: Promise<unknown> = Promise.resolve()
  let closed = false

  async function dispatch(event: QueueEvent): Promise<void> {
    if (closed) return
    const [next, effect] = advance(state, event, rules)
    state = next
    if (!effect) return
    cancelWait()
    if (effect === 'send') await dispatch(await sendBatch())
    else cancelWait = platform.schedule(due, effect.waitMs)
  }

  function due(): void {
    settled = Promise.all([settled, dispatch({ type: 'due' })])
  }

  async function sendBatch(): Promise<QueueEvent> {
    let outcome: QueueEvent = { type: 'busy' }
    try {
      await platform.exclusively(options.name, async () => {
        outcome = await attempt(await store.oldest(batchSize))
      })
    } catch (error) {
      options.onProblem?.({ error, dropped: 0 })
      return { type: 'failed', retryAfterMs: (error as Partial<ApiError>).retryAfterMs }
    }
    return outcome
  }

  async function attempt(batch: readonly Queued<T>[]): Promise<QueueEvent> {
    if (batch.length > 0) {
      const { refused, error } = await options.deliver(batch)
      if (refused.length > 0) options.onProblem?.({ error, dropped: refused.length })
      await store.remove(batch.map(({ id }) => id))
    }
    const remaining = await store.count()
    if (remaining === 0) unconfirmed.clear()
    else for (const { id } of batch) unconfirmed.delete(id)
    return { type: 'sent', remaining }
  }

  const stopListening = [
    platform.onOnline(due),
    platform.onHide(() => {
      const batch = [...unconfirmed.values()].slice(0, batchSize)
      if (batch.length > 0) options.deliverLast?.(batch)
    }),
  ]
  // What an earlier page left behind.
  if (platform.name !== 'server') cancelWait = platform.schedule(due, options.gatherMs)

  return {
    async add(item) {
      unconfirmed.set(item.id, item)
      const dropped = await store.add([item], options.maxItems)
      if (dropped > 0) options.onProblem?.({ dropped })
      await dispatch({ type: 'added' })
    },
    async flush() {
      await settled
      due()
      await settled
    },
    count: () => store.count(),
    close() {
      closed = true
      cancelWait()
      for (const stop of stopListening) stop()
    },
  }
}
