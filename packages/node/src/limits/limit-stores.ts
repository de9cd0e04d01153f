import { once } from 'node:events'
import type { Database } from '../db/open.ts'
import type { Logger } from '../ports.ts'
import { openRedis, type Redis } from '../providers/redis/client.ts'
import { redisLimitStore } from '../providers/redis/limit-store.ts'
import { withLocalFallback } from './fallback-store.ts'
import type { LimitStore } from './limit-store.ts'
import { memoryLimitStore } from './memory-store.ts'
import { databaseLimitStore } from './store.ts'

/** A start does not wait longer than this for Redis. */
const REDIS_PATIENCE_MS = 2_000

export interface LimitStores {
  readonly requests: LimitStore
  readonly signIns: LimitStore
  /** Connects; before that, this process counts by itself. */
  open(): Promise<void>
  close(): void
}

/**
 * Where limits are counted; `null`: nowhere. With Redis all of them there, so that processes share them; without it requests in this process
 * and sign-ins in the database, where a restart forgets none.
 */
export function limitStores({
  database,
  redis: url,
  limits,
  log,
}: {
  database: Database
  redis: string | undefined
  limits: 'off' | LimitStore | undefined
  log: Logger
}): LimitStores | null {
  if (limits === 'off') return null
  if (limits) return { requests: limits, signIns: limits, async open() {}, close() {} }
  const local = memoryLimitStore()
  if (url === undefined) {
    return { requests: local, signIns: databaseLimitStore(database), async open() {}, close() {} }
  }
  let redis: Redis | undefined
  let primary: LimitStore = AWAY
  const shared: LimitStore = {
    take: (...args) => primary.take(...args),
    block: (...args) => primary.block(...args),
    unblock: (...args) => primary.unblock(...args),
    blocks: (...args) => primary.blocks(...args),
  }
  const store = withLocalFallback({ primary: shared, local, log })
  return {
    requests: store,
    signIns: store,
    async open() {
      if (redis) return
      redis = openRedis(url, log)
      primary = redisLimitStore(redis)
      await once(redis, 'ready', { signal: AbortSignal.timeout(REDIS_PATIENCE_MS) }).catch(() =>
        log.warn({}, 'Redis does not answer yet; this process limits by itself until it does'),
      )
    },
    close() {
      redis?.disconnect()
    },
  }
}

const notYet = () => Promise.reject(new Error('Redis has not been asked yet'))
const AWAY: LimitStore = { take: notYet, block: notYet, unblock: notYet, blocks: notYet }
