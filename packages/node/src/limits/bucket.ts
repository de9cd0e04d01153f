import type { Rule, Verdict } from './limit-store.ts'

/**
 * The generic cell rate algorithm (ITU-T I.371; as a rate limit: B. Barker, "Rate limiting, cells, and GCRA", 2015).
 *
 * What a key has spent is one number: the instant at which it will have regained everything ("theoretical arrival time").
 * Each unit moves it `windowMs / limit` further; a request is allowed while it stays within `windowMs` of now. It is chosen
 * over counters per window because one number changes in one atomic step in any store, needs no sweep at a window's end,
 * gives no fresh limit at a boundary that attackers can wait for, and says exactly when there is room again. `limit` may be
 * spent at once; thereafter one unit comes back each `windowMs / limit`, so that any window sees at most `2 · limit - 1`,
 * and `limit` in the long run. Where a number must never be passed, such as wrong passwords of an account, count those.
 *
 * Microseconds, in whole numbers: every store counts alike, and none of it leaves the 2^53 that doubles hold exactly.
 */
export interface Bucket {
  /** Instant at which all is regained, in µs since 1970. */
  readonly wholeAt: number
  /** Instant at which a block ends, in ms since 1970; 0: none. */
  readonly blockedUntil: number
}

/** A rule in the units of buckets. */
export interface Rates {
  /** What one unit costs, in µs. */
  readonly unit: number
  /** What may be owed at most, in µs. */
  readonly capacity: number
}

export const EMPTY: Bucket = { wholeAt: 0, blockedUntil: 0 }

export function ratesOf({ limit, windowMs }: Rule): Rates {
  const unit = Math.ceil((windowMs * 1_000) / limit)
  return { unit, capacity: unit * limit }
}

/** What becomes of a bucket that `cost` is asked of. */
export function spend(bucket: Bucket, rule: Rule, cost: number, now: number): { bucket: Bucket; allowed: boolean } {
  if (bucket.blockedUntil > now) return { bucket, allowed: false }
  const { unit, capacity } = ratesOf(rule)
  const wholeAt = Math.max(bucket.wholeAt, now * 1_000) + unit * cost
  if (wholeAt - now * 1_000 <= capacity) return { bucket: { wholeAt, blockedUntil: 0 }, allowed: true }
  return { bucket: { ...bucket, blockedUntil: rule.blockMs ? now + rule.blockMs : 0 }, allowed: false }
}

/** What a caller is told of a bucket after `cost` was asked of it. */
export function verdictOf(bucket: Bucket, allowed: boolean, rule: Rule, cost: number, now: number): Verdict {
  const { unit, capacity } = ratesOf(rule)
  const owed = Math.max(0, bucket.wholeAt - now * 1_000)
  const blockMs = Math.max(0, bucket.blockedUntil - now)
  const isBlocked = blockMs > 0
  const roomMs = cost > rule.limit ? Number.POSITIVE_INFINITY : Math.ceil((owed + unit * cost - capacity) / 1_000)
  return {
    allowed,
    isBlocked,
    limit: rule.limit,
    remaining: isBlocked ? 0 : Math.max(0, Math.floor((capacity - owed) / unit)),
    resetMs: isBlocked ? blockMs : Math.ceil(owed / 1_000),
    retryMs: allowed ? 0 : Math.max(blockMs, roomMs),
  }
}
