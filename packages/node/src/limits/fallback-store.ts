import type { Logger } from '../ports.ts'
import type { LimitStore } from './limit-store.ts'

/** A store that failed is asked again after this long: nobody waits for its time-out each time. */
const RETRY_MS = 1_000

export interface FallbackPorts {
  readonly primary: LimitStore
  /** Within this process, such as `memoryLimitStore()`: it cannot fail. */
  readonly local: LimitStore
  readonly log: Logger
}

/**
 * A shared store that may go away. While it is, each process limits by itself: `n` processes allow up to `n` times the limit,
 * and never everything. The local store counts along all the time, so that what a subject has spent here, and who is
 * blocked, still holds when the shared one goes. Going and coming back are each logged once.
 */
export function withLocalFallback({ primary, local, log }: FallbackPorts): LimitStore {
  let retryAt: number | undefined

  function failed(now: number, error: unknown): void {
    if (retryAt === undefined)
      log.error({ err: error }, 'the shared rate limits are away; this process limits by itself')
    retryAt = now + RETRY_MS
  }

  async function ask<T>(now: number, question: () => Promise<T>): Promise<{ readonly answer: T } | undefined> {
    if (retryAt !== undefined && now < retryAt) return undefined
    try {
      const answer = await question()
      if (retryAt !== undefined) log.info({}, 'the shared rate limits are back')
      retryAt = undefined
      return { answer }
    } catch (error) {
      failed(now, error)
      return undefined
    }
  }

  return {
    async take(key, rule, cost, now) {
      const own = await local.take(key, rule, cost, now)
      const shared = await ask(now, () => primary.take(key, rule, cost, now))
      return shared?.answer ?? own
    },
    async block(key, until, reason, now) {
      await local.block(key, until, reason, now)
      // Tried whether or not it is away: a person asked for it.
      await primary.block(key, until, reason, now).catch((error: unknown) => {
        log.warn({ err: error }, 'a block holds in this process only, and until the shared rate limits are back')
      })
    },
    async unblock(key, now) {
      const own = await local.unblock(key, now)
      const shared = await ask(now, () => primary.unblock(key, now))
      return shared?.answer ?? own
    },
    async blocks(now, prefix) {
      const shared = await ask(now, () => primary.blocks(now, prefix))
      return shared?.answer ?? local.blocks(now, prefix)
    },
  }
}
