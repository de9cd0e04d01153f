import { type Event, fullJitterMs, newId } from '@tillwright/core/contract'
import type { NewEvent } from '@tillwright/core/script'
import type { WidgetPlatform } from '../platform/browser.ts'
import { askedWaitMs, canRetry, type Refusal } from './request.ts'

/** How long a first event waits for company, in ms. */
export const GATHER_MS = 1_000
const MAX_BATCH = 100
/** Most events kept; beyond it the oldest go. */
const MAX_KEPT = 2_000

export interface OutboxOptions extends WidgetPlatform {
  /** Sends a batch, in a way that outlives the page. The server drops copies by their ids. */
  readonly post: (events: readonly Event[]) => Promise<unknown>
  /** Goes into every event. */
  readonly ids: Pick<Event, 'sessionId' | 'visitorId'>
}

/** Keeps events until the server has them, as long as the page lives; what is left goes out when it is hidden. */
export function createOutbox({ post, ids, clock, random, schedule, onHide, onOnline, warn }: OutboxOptions) {
  let waiting: Event[] = []
  let failures = 0
  let cancelWait: (() => void) | undefined

  function flushIn(delayMs: number): void {
    cancelWait ??= schedule(flush, delayMs)
  }

  function stopWaiting(): void {
    cancelWait?.()
    cancelWait = undefined
  }

  async function flush(): Promise<void> {
    stopWaiting()
    const batch = waiting.splice(0, MAX_BATCH)
    if (batch.length === 0) return
    try {
      await post(batch)
      failures = 0
    } catch (error) {
      if (canRetry(error)) {
        waiting = [...batch, ...waiting].slice(-MAX_KEPT)
        // An event that came meanwhile must not cut the wait short.
        stopWaiting()
        flushIn(askedWaitMs(error) ?? GATHER_MS + fullJitterMs(failures++, random))
        return
      }
      warn(`events were refused: ${(error as Error).message}`)
      waiting.unshift(...soundOnes(batch, error as Refusal))
    }
    if (waiting.length > 0) flushIn(0)
  }

  onHide(flush)
  onOnline(flush)
  return {
    async track(event: NewEvent): Promise<void> {
      waiting.push({ id: newId('evt', clock, random), at: new Date(clock()).toISOString(), ...ids, ...event })
      flushIn(GATHER_MS)
    },
  }
}

/** Where the server finds fault with single events, the others: `events.3.quantity` is a fault of the fourth. */
function soundOnes(batch: readonly Event[], { problem }: Refusal): readonly Event[] {
  const faulty = new Set(problem.errors?.map(({ path }) => path.split('.')[1]))
  return faulty.size > 0 ? batch.filter((_, index) => !faulty.has(String(index))) : []
}
