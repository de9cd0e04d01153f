import type { Incoming } from './incoming.ts'
import { problem } from './problem-error.ts'

/** How exactly deadlines are kept, in ms. One timer for all of them costs a tenth of one each. */
const TICK_MS = 250

interface Deadline {
  readonly at: number
  expire(): void
}

/**
 * Runs `work` with a signal that aborts when the caller goes away or after `timeoutMs`; then the caller is told `timeout`
 * without waiting for the work to notice.
 */
export type WithDeadline = <T>(
  request: Incoming,
  timeoutMs: number,
  work: (signal: () => AbortSignal) => T | Promise<T>,
) => T | Promise<T>

export function createDeadlines(): WithDeadline {
  const pending = new Set<Deadline>()
  let ticker: NodeJS.Timeout | undefined

  function tick(): void {
    const now = performance.now()
    for (const deadline of pending) {
      if (deadline.at > now) continue
      pending.delete(deadline)
      deadline.expire()
    }
    if (pending.size > 0) return
    clearInterval(ticker)
    ticker = undefined
  }

  return (request, timeoutMs, work) => {
    let expired: AbortController | undefined
    const working = work(() => {
      expired ??= new AbortController()
      return AbortSignal.any([request.signal(), expired.signal])
    })
    if (!(working instanceof Promise)) return working
    return new Promise((resolve, reject) => {
      const deadline: Deadline = {
        at: performance.now() + timeoutMs,
        expire() {
          const reason = problem('timeout', `No answer was found within ${timeoutMs} ms`)
          expired?.abort(reason)
          reject(reason)
        },
      }
      pending.add(deadline)
      ticker ??= setInterval(tick, TICK_MS).unref()
      working.then(resolve, reject).finally(() => pending.delete(deadline))
    })
  }
}
