import { Redis } from 'ioredis'
import type { Logger } from '../../ports.ts'

export type { Redis }

/** Nobody waits longer than this for Redis: what it serves has an answer without it. */
const COMMAND_TIMEOUT_MS = 500
const CONNECT_TIMEOUT_MS = 2_000
const MAX_RECONNECT_MS = 2_000

/**
 * Connects to `redis://[user:password@]host[:port][/database]`, or `rediss://…` under TLS. A command fails at once while
 * Redis is away, and the connection comes back by itself.
 */
export function openRedis(url: string, log: Logger): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    retryStrategy: (attempt) => Math.min(MAX_RECONNECT_MS, attempt * 50),
  })
  // Whoever needed the connection says so; a process in which nobody listens ends.
  redis.on('error', (error: Error) => log.debug({ err: error }, 'Redis does not answer'))
  return redis
}
