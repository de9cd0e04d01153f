import { type Bucket, ratesOf, verdictOf } from '../../limits/bucket.ts'
import { LISTED_BLOCKS, type LimitStore, overLimit, type Rule } from '../../limits/limit-store.ts'
import type { Redis } from './client.ts'

/**
 * The steps of `spend` (limits/bucket.ts), done by Redis in one. Buckets are hashes that expire when they say nothing any
 * more; blocks are listed in a sorted set by their ends. Numbers are written whole: Lua would round them to 14 digits.
 */
const TAKE = `
local now, unit, capacity, cost, block = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local held = redis.call('HMGET', KEYS[1], 'wholeAt', 'blockedUntil')
local wholeAt, blockedUntil, allowed = tonumber(held[1] or 0), tonumber(held[2] or 0), 0
if blockedUntil <= now then
  blockedUntil = 0
  local asked = math.max(wholeAt, now * 1000) + unit * cost
  if asked - now * 1000 <= capacity then
    wholeAt, allowed = asked, 1
  elseif block > 0 then
    blockedUntil = now + block
    redis.call('HSET', KEYS[1], 'reason', ARGV[6])
    redis.call('ZADD', KEYS[2], string.format('%.0f', blockedUntil), ARGV[7])
  end
  redis.call('HSET', KEYS[1], 'wholeAt', string.format('%.0f', wholeAt), 'blockedUntil', string.format('%.0f', blockedUntil))
end
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.max(1, math.ceil(math.max(wholeAt / 1000, blockedUntil) - now))))
return { allowed, string.format('%.0f', wholeAt), string.format('%.0f', blockedUntil) }
`

const BLOCK = `
local untilMs = tonumber(ARGV[1])
redis.call('HSET', KEYS[1], 'blockedUntil', ARGV[1], 'reason', ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[1], ARGV[3])
local wholeAt = tonumber(redis.call('HGET', KEYS[1], 'wholeAt') or 0)
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.max(1, math.ceil(math.max(wholeAt / 1000, untilMs) - tonumber(ARGV[4])))))
`

const UNBLOCK = `
local untilMs = tonumber(redis.call('HGET', KEYS[1], 'blockedUntil') or 0)
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[1])
return string.format('%.0f', untilMs)
`

interface Scripts {
  tillwrightTake(bucket: string, blocks: string, ...values: (string | number)[]): Promise<[number, string, string]>
  tillwrightBlock(bucket: string, blocks: string, ...values: (string | number)[]): Promise<null>
  tillwrightUnblock(bucket: string, blocks: string, key: string): Promise<string>
}

/**
 * Counts in Redis, for all processes that share it. Throws while Redis is away: wrap it in `withLocalFallback`. Keys begin
 * with `prefix`, in braces, so that a cluster keeps them on one node, as scripts need.
 */
export function redisLimitStore(redis: Redis, { prefix = 'tillwright:limits' }: { prefix?: string } = {}): LimitStore {
  redis.defineCommand('tillwrightTake', { numberOfKeys: 2, lua: TAKE })
  redis.defineCommand('tillwrightBlock', { numberOfKeys: 2, lua: BLOCK })
  redis.defineCommand('tillwrightUnblock', { numberOfKeys: 2, lua: UNBLOCK })
  const scripts = redis as unknown as Scripts
  const blocksKey = `{${prefix}}:blocks`
  const bucketKey = (key: string) => `{${prefix}}:bucket:${key}`

  return {
    async take(key: string, rule: Rule, cost: number, now: number) {
      const { unit, capacity } = ratesOf(rule)
      const values = [now, unit, capacity, cost, rule.blockMs ?? 0, overLimit(rule.name), key]
      const [allowed, wholeAt, until] = await scripts.tillwrightTake(bucketKey(key), blocksKey, ...values)
      const bucket: Bucket = { wholeAt: Number(wholeAt), blockedUntil: Number(until) }
      return verdictOf(bucket, allowed === 1, rule, cost, now)
    },
    async block(key, until, reason, now) {
      await scripts.tillwrightBlock(bucketKey(key), blocksKey, until, reason, key, now)
    },
    async unblock(key, now) {
      return Number(await scripts.tillwrightUnblock(bucketKey(key), blocksKey, key)) > now
    },
    async blocks(now, prefix = '') {
      await redis.zremrangebyscore(blocksKey, '-inf', now)
      const listed =
        prefix === ''
          ? pairsOf(await redis.zrevrange(blocksKey, 0, LISTED_BLOCKS - 1, 'WITHSCORES'))
          : await membersBelow(redis, blocksKey, prefix)
      return Promise.all(
        listed.map(async ([key, until]) => ({
          key,
          until,
          reason: (await redis.hget(bucketKey(key), 'reason')) ?? '',
        })),
      )
    },
  }
}

type Member = readonly [key: string, until: number]

const SCANNED_AT_ONCE = 1_000

function pairsOf(flat: readonly string[]): Member[] {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[i * 2]!, Number(flat[i * 2 + 1])])
}

/** Members of a sorted set that begin with a prefix, the highest scores first. A scan may give one twice. */
async function membersBelow(redis: Redis, set: string, prefix: string): Promise<Member[]> {
  const found = new Map<string, number>()
  const pattern = `${prefix.replace(/[\\*?[\]]/g, '\\$&')}*`
  let cursor = '0'
  do {
    const [next, flat] = await redis.zscan(set, cursor, 'MATCH', pattern, 'COUNT', SCANNED_AT_ONCE)
    for (const [key, until] of pairsOf(flat)) found.set(key, until)
    cursor = next
  } while (cursor !== '0')
  return [...found].sort(([, a], [, b]) => b - a).slice(0, LISTED_BLOCKS)
}
