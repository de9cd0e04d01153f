import type { Client } from '../client/bind.ts'
import type { Event } from '../contract/events.ts'
import type { TillwrightContract } from '../contract/index.ts'
import { newId } from '../contract/new-id.ts'
import { ApiError, ConfigurationError } from '../errors.ts'
import type { Platform } from '../ports.ts'
import { RETRY_STATUSES } from '../queue/backoff.ts'
import { createOutbox, type Delivery } from '../queue/runner.ts'
import type { Queued, QueueStore } from '../queue/store.ts'

const BATCH_SIZE = 100
const MAX_KEPT = 2_000
const GATHER_MS = 1_000

/** An event as the shop states it; id, time and visit are filled in. */
export type NewEvent = Omit<Event, 'id' | 'at'> & Partial<Pick<Event, 'id' | 'at'>>

export interface EventTracking {
  /**
   * Notes that something happened. It is kept on the device first, then sent with others, and again until the server has
   * it; the server drops copies. Resolves when it is kept.
   */
  track(event: NewEvent): Promise<void>
  /** Sends what is kept, now. Resolves when everything is sent or a try has failed. */
  flush(): Promise<void>
  /** How many events wait to be sent. */
  pending(): Promise<number>
}

export interface EventTrackingOptions {
  readonly send: Client<TillwrightContract>['events']['send']
  readonly platform: Platform
  readonly store: QueueStore<Event>
  /** Told apart from other clients' outboxes of the same origin. */
  readonly name: string
  /** Goes into every event, beneath what the event says itself. */
  readonly defaults: () => Partial<Event>
  /** Told of each event, before it is kept. */
  readonly note?: ((event: NewEvent) => void) | undefined
  /** Default: the first loss is told to the developer. */
  readonly onProblem?: ((problem: { error?: unknown; dropped: number }) => void) | undefined
}

export function createEventTracking(options: EventTrackingOptions): EventTracking & { close(): void } {
  const { send, platform } = options
  let hasWarned = false
  let isClosed = false

  /** Events that are lost in silence are missed weeks later. */
  function warnOnce({ error, dropped }: { error?: unknown; dropped: number }): void {
    if (!dropped || hasWarned) return
    hasWarned = true
    platform.warn(`events are dropped: ${error ?? 'too many wait to be sent'}`)
  }

  const outbox = createOutbox<Event>({
    ...options,
    onProblem: options.onProblem ?? warnOnce,
    deliver: (batch) => deliver(batch, send),
    deliverLast: (batch) => {
      send({ events: batch.map(({ payload }) => payload) }, { beacon: true, retries: 0 }).catch(() => {
        // The page is gone by now; what the store kept is sent by the next one.
      })
    },
    batchSize: BATCH_SIZE,
    maxItems: MAX_KEPT,
    gatherMs: GATHER_MS,
  })
  return {
    async track(event) {
      if (isClosed) throw new ConfigurationError('The client is closed')
      options.note?.(event)
      const full: Event = {
        ...options.defaults(),
        ...event,
        id: event.id ?? newId('evt', platform.clock, platform.random),
        at: event.at ?? new Date(platform.clock()).toISOString(),
      }
      await outbox.add({ id: full.id, payload: full })
    },
    flush: outbox.flush,
    pending: outbox.count,
    close() {
      isClosed = true
      outbox.close()
    },
  }
}

/**
 * Sends a batch; where the server finds fault with single events, again without those. Any other refusal that waiting does
 * not mend drops the batch.
 */
async function deliver(batch: readonly Queued<Event>[], send: EventTrackingOptions['send']): Promise<Delivery<Event>> {
  try {
    if (batch.length > 0) await send({ events: batch.map(({ payload }) => payload) })
    return { refused: [] }
  } catch (error) {
    if (!(error instanceof ApiError) || RETRY_STATUSES.includes(error.status)) throw error
    const faulty = faultyIndexes(error)
    const named = batch.filter((_, index) => faulty.has(index))
    if (named.length === 0) return { refused: batch, error }
    const { refused } = await deliver(
      batch.filter((_, index) => !faulty.has(index)),
      send,
    )
    return { refused: [...named, ...refused], error }
  }
}

/** `events.3.quantity` → 3. */
function faultyIndexes(error: ApiError): Set<number> {
  return new Set(error.errors.map(({ path }) => Number(/^events\.(\d+)/.exec(path)?.[1])))
}
