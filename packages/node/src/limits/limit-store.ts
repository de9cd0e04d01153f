/** How often something may happen. */
export interface Rule {
  /** Names the rule in keys and headers: lower-case letters, digits, `.`, `_` and `-`. */
  readonly name: string
  /** What a subject may spend at once, and within `windowMs` over time. */
  readonly limit: number
  readonly windowMs: number
  /** A subject that goes over the limit is refused everything for this long. Default: until there is room again. */
  readonly blockMs?: number
}

export interface Verdict {
  readonly allowed: boolean
  /** Whether a block refuses it, rather than what was spent. */
  readonly isBlocked: boolean
  readonly limit: number
  readonly remaining: number
  /** Until the bucket is whole again, or until the block ends; in ms. */
  readonly resetMs: number
  /** Until the same request would be allowed, in ms; 0 where it is. `Infinity` where it costs more than the limit. */
  readonly retryMs: number
}

/** A subject that is refused for now. */
export interface Block {
  readonly key: string
  /** Instant in ms since 1970. */
  readonly until: number
  readonly reason: string
}

/**
 * Counts what keys spend. `now` is in ms since 1970: the stores have no clock, and nodes that share one should agree on the
 * time to within a second or so.
 */
export interface LimitStore {
  /** Spends `cost` where there is room for all of it; one step, whoever else spends at the same time. */
  take(key: string, rule: Rule, cost: number, now: number): Promise<Verdict>
  /** The same at once, where nothing has to be waited for: every request of a shop's pages comes by here. */
  takeNow?(key: string, rule: Rule, cost: number, now: number): Verdict
  /** Refuses a key everything until the instant `until`, in ms. */
  block(key: string, until: number, reason: string, now: number): Promise<void>
  /** Ends a key's block and forgets what it spent. Returns whether it was blocked. */
  unblock(key: string, now: number): Promise<boolean>
  /** The blocks that hold, of keys that begin with `prefix` (default: all), those that end last first; 1,000 at most. */
  blocks(now: number, prefix?: string): Promise<Block[]>
}

export const LISTED_BLOCKS = 1_000

/** Why a rule blocked somebody by itself. */
export function overLimit(ruleName: string): string {
  return `over the limit of ${ruleName}`
}
