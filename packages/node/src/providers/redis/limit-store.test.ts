import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { withLocalFallback } from '../../limits/fallback-store.ts'
import { limitStoreSuite } from '../../limits/limit-store.suite.ts'
import type { LimitStore, Rule } from '../../limits/limit-store.ts'
import { memoryLimitStore } from '../../limits/memory-store.ts'
import { silentLog } from '../../observe/log.ts'
import { describeOnRedis, REDIS_URL, redisProxy } from '../../testing/describe-on-redis.ts'
import { sourceUrl } from '../../testing/node-process.ts'
import { recordingLog } from '../../testing/recording-log.ts'
import { openRedis, type Redis } from './client.ts'
import { redisLimitStore } from './limit-store.ts'

const NOON = Date.parse('2026-03-01T12:00:00Z')
const FIVE: Rule = { name: 'five', limit: 5, windowMs: 600_000 }
const AWAY = 'the shared rate limits are away; this process limits by itself'
const BACK = 'the shared rate limits are back'

async function connect(url: string): Promise<Redis> {
  const redis = openRedis(url, silentLog)
  await once(redis, 'ready')
  return redis
}

async function removeKeys(prefix: string): Promise<void> {
  const redis = await connect(REDIS_URL)
  const keys = await redis.keys(`{${prefix}}*`)
  if (keys.length > 0) await redis.del(...keys)
  redis.disconnect()
}

describeOnRedis('limits in Redis', () => {
  const prefix = `tillwright-test-${randomUUID()}`
  let redis: Redis
  let store: LimitStore
  beforeAll(async () => {
    redis = await connect(REDIS_URL)
    store = redisLimitStore(redis, { prefix })
  })
  afterAll(async () => {
    redis.disconnect()
    await removeKeys(prefix)
  })

  limitStoreSuite({
    store: () => store,
    script: () => `
      const { openRedis } = await import(${JSON.stringify(sourceUrl('providers/redis/client.ts'))})
      const { redisLimitStore } = await import(${JSON.stringify(sourceUrl('providers/redis/limit-store.ts'))})
      const redis = openRedis(${JSON.stringify(REDIS_URL)}, { debug() {}, info() {}, warn() {}, error() {} })
      await new Promise((resolve) => redis.once('ready', resolve))
      const store = redisLimitStore(redis, { prefix: ${JSON.stringify(prefix)} })
      const close = async () => redis.disconnect()`,
  })

  it('go by themselves when they say nothing any more', async () => {
    await store.take('test|expiring', FIVE, 5, NOON)
    const ttl = await redis.pttl(`{${prefix}}:bucket:test|expiring`)
    expect(ttl).toBeGreaterThan(500_000)
    expect(ttl).toBeLessThanOrEqual(600_000)
  })
})

describeOnRedis('limits with Redis away', () => {
  async function open() {
    const prefix = `tillwright-test-${randomUUID()}`
    const proxy = await redisProxy()
    const redis = await connect(proxy.url)
    onTestFinished(async () => {
      redis.disconnect()
      await proxy.cut()
      await removeKeys(prefix)
    })
    const log = recordingLog()
    const store = withLocalFallback({ primary: redisLimitStore(redis, { prefix }), local: memoryLimitStore(), log })
    return { proxy, redis, log, store }
  }

  it('hold within the process, are logged once, and come back', async () => {
    const { proxy, redis, log, store } = await open()
    await store.take('a', FIVE, 2, NOON)
    await proxy.cut()
    const verdicts = await Promise.all(Array.from({ length: 50 }, () => store.take('a', FIVE, 1, NOON)))
    // What was spent before counts, although Redis held it.
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(3)
    for (let second = 1; second <= 5; second++) {
      expect((await store.take('a', FIVE, 1, NOON + second * 1_000)).allowed).toBe(false)
    }
    expect(log.withMessage(AWAY)).toHaveLength(1)

    await Promise.all([once(redis, 'ready'), proxy.restore()])
    // Redis has seen two of five.
    expect(await store.take('a', FIVE, 1, NOON + 10_000)).toMatchObject({ allowed: true, remaining: 2 })
    expect(log.withMessage(BACK)).toHaveLength(1)
    expect(log.withMessage(AWAY)).toHaveLength(1)
  })

  it('keep blocks, take new ones and end them', async () => {
    const { proxy, store } = await open()
    await store.block('b', NOON + 900_000, 'by hand', NOON)
    await proxy.cut()
    expect(await store.take('b', FIVE, 1, NOON)).toMatchObject({ allowed: false, retryMs: 900_000 })
    await store.block('c', NOON + 900_000, 'while away', NOON)
    expect((await store.blocks(NOON)).map(({ key }) => key).sort()).toEqual(['b', 'c'])
    expect(await store.unblock('b', NOON)).toBe(true)
    expect(await store.take('b', FIVE, 1, NOON)).toMatchObject({ allowed: true })
  })

  it('hold when Redis takes requests and never answers', async () => {
    const { proxy, log, store } = await open()
    proxy.freeze()
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => store.take('d', FIVE, 1, NOON)))
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(5)
    expect(log.withMessage(AWAY)).toHaveLength(1)
  })

  it('hold where there never was one', async () => {
    const redis = openRedis('redis://127.0.0.1:1', silentLog)
    onTestFinished(() => redis.disconnect())
    const log = recordingLog()
    const store = withLocalFallback({ primary: redisLimitStore(redis), local: memoryLimitStore(), log })
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => store.take('e', FIVE, 1, NOON)))
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(5)
    expect(log.withMessage(AWAY)).toHaveLength(1)
  })
})
