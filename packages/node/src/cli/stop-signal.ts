import type { EventEmitter } from 'node:events'

/**
 * A second request to stop counts once this much time has passed, in ms: npm passes on a Ctrl+C that the terminal has sent to
 * the whole group of processes already.
 */
const MEANT_AFTER_MS = 1_000
/** What shells report of a program that Ctrl+C ended. */
const INTERRUPTED = 130

/** As much of `process` as is used. */
export interface Stoppable extends Pick<EventEmitter, 'on'> {
  exit(code: number): void
}

/**
 * Aborted when the process is asked to stop, by Ctrl+C or `SIGTERM`. Who asks again a second later, or after that, ends it at
 * once.
 *
 * ```ts
 * stopSignal().addEventListener('abort', async () => {
 *   http.close()
 *   await server.close()
 * })
 * ```
 */
export function stopSignal(host: Stoppable = process, clock: () => number = Date.now): AbortSignal {
  const stopping = new AbortController()
  let askedAt = 0
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    host.on(name, () => {
      if (stopping.signal.aborted) {
        if (clock() - askedAt >= MEANT_AFTER_MS) host.exit(INTERRUPTED)
        return
      }
      askedAt = clock()
      stopping.abort(new Error(`Stopped by ${name}`))
    })
  }
  return stopping.signal
}
