export const BASE_DELAY_MS = 300
export const MAX_DELAY_MS = 20_000

/**
 * Wait before retry `attempt` (0, 1, 2 …), in ms: uniform in [0, min(MAX_DELAY_MS, BASE_DELAY_MS · 2^attempt)).
 * Source: "full jitter", M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
export function fullJitterMs(attempt: number, random: () => number): number {
  return random() * Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** attempt)
}

/** Statuses after which the same request may well succeed: time-outs, rate limits, and a server that is away. */
export const RETRY_STATUSES: readonly number[] = [408, 425, 429, 500, 502, 503, 504]

/** Timers count ms in 31 bits, 24 days; a day is more than anyone waits. */
const LONGEST_WAIT_MS = 86_400_000

/**
 * `Retry-After` (RFC 9110 §10.2.3) as ms from `nowMs`, a day at most: seconds or an HTTP date. `undefined` where it is
 * missing or unreadable.
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined
  const seconds = Number(header)
  const waitMs = Number.isNaN(seconds) ? Date.parse(header) - nowMs : seconds * 1000
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(0, waitMs), LONGEST_WAIT_MS)
}
