import { LRUCache } from 'lru-cache'
import { spend, verdictOf } from './bucket.ts'
import { type Block, LISTED_BLOCKS, type LimitStore, overLimit, type Rule, type Verdict } from './limit-store.ts'

const DEFAULT_MAX_KEYS = 100_000

/**
 * Counts within this process. Bounded: of more than `maxKeys` keys the one unused longest is forgotten, and so is one of
 * as many blocks.
 */
export function memoryLimitStore({ maxKeys = DEFAULT_MAX_KEYS }: { maxKeys?: number } = {}): LimitStore {
  const buckets = new LRUCache<string, { wholeAt: number }>({ max: maxKeys })
  // Apart, so that a flood of new keys cannot push a block out.
  const blocked = new LRUCache<string, Block>({ max: maxKeys })

  function blockedUntil(key: string): number {
    return blocked.size === 0 ? 0 : (blocked.get(key)?.until ?? 0)
  }

  function takeNow(key: string, rule: Rule, cost: number, now: number): Verdict {
    const known = buckets.get(key)
    const { bucket, allowed } = spend(
      { wholeAt: known?.wholeAt ?? 0, blockedUntil: blockedUntil(key) },
      rule,
      cost,
      now,
    )
    if (known) known.wholeAt = bucket.wholeAt
    else buckets.set(key, { wholeAt: bucket.wholeAt })
    const until = bucket.blockedUntil
    if (until === 0) {
      if (blocked.size > 0) blocked.delete(key)
    } else if (blocked.get(key)?.until !== until) {
      blocked.set(key, { key, until, reason: overLimit(rule.name) })
    }
    return verdictOf(bucket, allowed, rule, cost, now)
  }

  return {
    take: async (...args) => takeNow(...args),
    takeNow,
    async block(key, until, reason) {
      blocked.set(key, { key, until, reason })
    },
    async unblock(key, now) {
      const wasBlocked = blockedUntil(key) > now
      buckets.delete(key)
      blocked.delete(key)
      return wasBlocked
    },
    async blocks(now, prefix = '') {
      return [...blocked.values()]
        .filter(({ key, until }) => until > now && key.startsWith(prefix))
        .sort((a, b) => b.until - a.until)
        .slice(0, LISTED_BLOCKS)
    },
  }
}
