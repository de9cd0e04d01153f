import type { Platform } from '../ports.ts'

export const IDLE_WARNING_MS = 5 * 60_000
/** Timers stop while a device sleeps and overflow after 24 days: the clock is looked at this often. */
const LOOK_MS = 10 * 60_000

export interface IdleLimits {
  readonly sessionId: string
  /** When the server ends the session unless it is renewed before, and when it ends it in any case; ms since 1970. */
  readonly idleEndsAt: number
  readonly endsAt: number
}

export interface IdleRules {
  readonly platform: Pick<Platform, 'clock' | 'schedule'>
  /** The session ends at `endsAt` unless the person does something; `null`: not so soon any more. */
  readonly onWarning: (endsAt: number | null) => void
  readonly onEnd: () => void
}

export interface IdleWatch {
  /** Watches a session that was granted or renewed just now. */
  watch(limits: IdleLimits): void
  /** The person did something at `atMs`. Returns whether the server should be told: most of its time has passed. */
  active(atMs: number): boolean
  /** Ends the session now if its time is over, as after a sleep of the device. */
  look(): void
  stop(): void
}

/**
 * Notices that nobody is there. A person may be idle as long as the server lets a session be without renewal; what they do
 * counts from when they do it.
 */
export function idleWatch({ platform, onWarning, onEnd }: IdleRules): IdleWatch {
  let limits: IdleLimits | undefined
  let idleMs = 0
  let lastActiveAt = 0
  let warnedOf: number | null = null
  let cancel = () => {}

  function warn(endsAt: number | null): void {
    if (endsAt === warnedOf) return
    warnedOf = endsAt
    onWarning(endsAt)
  }

  function look(): void {
    cancel()
    if (!limits) return
    const now = platform.clock()
    const endsAt = Math.min(lastActiveAt + idleMs, limits.idleEndsAt)
    const warnsAt = endsAt - Math.min(IDLE_WARNING_MS, idleMs / 2)
    if (now >= endsAt) {
      stop()
      onEnd()
      return
    }
    warn(now >= warnsAt ? endsAt : null)
    const nextAt = now >= warnsAt ? endsAt : warnsAt
    cancel = platform.schedule(look, Math.min(nextAt - now, LOOK_MS))
  }

  function stop(): void {
    cancel()
    limits = undefined
    warnedOf = null
  }

  return {
    watch(next) {
      const now = platform.clock()
      const isSame = limits?.sessionId === next.sessionId
      // Towards the end of a session the server grants less and less.
      idleMs = Math.max(next.idleEndsAt - now, isSame ? idleMs : 0)
      if (!isSame) {
        stop()
        lastActiveAt = now
      }
      limits = next
      look()
    },
    active(atMs) {
      // Whoever comes back too late is not there any more.
      look()
      if (!limits) return false
      lastActiveAt = Math.max(lastActiveAt, atMs)
      look()
      if (limits.idleEndsAt >= limits.endsAt) return false
      return warnedOf !== null || limits.idleEndsAt - atMs < idleMs / 2
    },
    look,
    stop,
  }
}
