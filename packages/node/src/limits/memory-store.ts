import { LRUCache } from 'lru-cache'
import { type Bucket, EMPTY, spend, verdictOf } from './bucket.ts'
import { type Block, LISTED_BLOCKS, type LimitStore, overLimit } from './limit-store.ts'

const DEFAULT_MAX_KEYS = 100_000

/**
 * Counts within this process. Bounded: of more than `maxKeys` keys the one unused longest is forgotten, and so is one of
 * as many blocks.
 */
export function memoryLimitStore({ maxKeys = DEFAULT_MAX_KEYS }: { maxKeys?: number } = {}): LimitStore {
  const buckets = new LRUCache<string, Bucket>({ max: maxKeys })
  // Apart, so that a flood of new keys cannot push a block out.
  const blocked = new LRUCache<string, Block>({ max: maxKeys })

  function bucketOf(key: string): Bucket {
    const { wholeAt } = buckets.get(key) ?? EMPTY
    return { wholeAt, blockedUntil: blocked.get(key)?.until ?? 0 }
  }

  return {
    async take(key, rule, cost, now) {
      const { bucket, allowed } = spend(bucketOf(key), rule, cost, now)
      buckets.set(key, bucket)
      const until = bucket.blockedUntil
      if (until === 0) blocked.delete(key)
      else if (blocked.get(key)?.until !== until) blocked.set(key, { key, until, reason: overLimit(rule.name) })
      return verdictOf(bucket, allowed, rule, cost, now)
    },
    async block(key, until, reason) {
      blocked.set(key, { key, until, reason })
    },
    async unblock(key, now) {
      const wasBlocked = bucketOf(key).blockedUntil > now
      buckets.delete(key)
      blocked.delete(key)
      return wasBlocked
    },
    async blocks(now) {
      return [...blocked.values()]
        .filter(({ until }) => until > now)
        .sort((a, b) => b.until - a.until)
        .slice(0, LISTED_BLOCKS)
    },
  }
}
