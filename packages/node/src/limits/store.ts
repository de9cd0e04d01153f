import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../db/open.ts'
import { EMPTY, ratesOf, spend, verdictOf } from './bucket.ts'
import { LISTED_BLOCKS, type LimitStore, overLimit } from './limit-store.ts'

/** Rows that say nothing any more are removed this often. */
const SWEEP_MS = 60_000

/**
 * Counts in the database, for all processes that share it: each request is one upsert, exact whoever else asks. It costs
 * a commit each time; use it for sign-in and the like, and Redis where every request is counted.
 */
export function databaseLimitStore(database: Database): LimitStore {
  const { system } = database
  let sweptAt = 0

  async function sweep(now: number): Promise<void> {
    if (now - sweptAt < SWEEP_MS) return
    sweptAt = now
    await system.deleteFrom('rate_limits').where('expires_at', '<=', now).execute()
  }

  return {
    async take(key, rule, cost, now) {
      await sweep(now)
      const first = spend(EMPTY, rule, cost, now)
      const { unit, capacity } = ratesOf(rule)
      const nowMicros = now * 1_000
      const blockedUntil = rule.blockMs ? now + rule.blockMs : 0
      // The same steps as `spend`, on the row as it is when its turn comes.
      const isBlocked = sql<boolean>`rate_limits.blocked_until > ${number(now)}`
      const asked = sql<number>`(case when rate_limits.whole_at > ${number(nowMicros)}
        then rate_limits.whole_at else ${number(nowMicros)} end + ${number(unit * cost)})`
      const fits = sql<boolean>`${asked} <= ${number(nowMicros + capacity)}`
      const wholeAt = sql<number>`case when not (${isBlocked}) and ${fits} then ${asked} else rate_limits.whole_at end`
      const until = sql<number>`case when ${isBlocked} then rate_limits.blocked_until
        when ${fits} then 0 else ${number(blockedUntil)} end`
      const row = await system
        .insertInto('rate_limits')
        .values({
          key,
          whole_at: first.bucket.wholeAt,
          blocked_until: first.bucket.blockedUntil,
          reason: first.bucket.blockedUntil > 0 ? overLimit(rule.name) : '',
          allowed: first.allowed ? 1 : 0,
          expires_at: Math.max(Math.ceil(first.bucket.wholeAt / 1_000), first.bucket.blockedUntil),
        })
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet({
            whole_at: wholeAt,
            blocked_until: until,
            reason: sql<string>`case when ${isBlocked} then rate_limits.reason
              when ${fits} then '' else ${text(blockedUntil > 0 ? overLimit(rule.name) : '')} end`,
            allowed: sql<number>`case when not (${isBlocked}) and ${fits} then 1 else 0 end`,
            expires_at: sql<number>`case when (${wholeAt}) / 1000 + 1 > (${until}) then (${wholeAt}) / 1000 + 1 else (${until}) end`,
          }),
        )
        .returning(['whole_at', 'blocked_until', 'allowed'])
        .executeTakeFirstOrThrow()
      return verdictOf({ wholeAt: row.whole_at, blockedUntil: row.blocked_until }, row.allowed === 1, rule, cost, now)
    },
    async block(key, until, reason) {
      await system
        .insertInto('rate_limits')
        .values({ key, whole_at: 0, blocked_until: until, reason, allowed: 0, expires_at: until })
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet({
            blocked_until: until,
            reason,
            expires_at: sql<number>`case when rate_limits.expires_at > ${number(until)}
              then rate_limits.expires_at else ${number(until)} end`,
          }),
        )
        .execute()
    },
    async unblock(key, now) {
      const removed = await system
        .deleteFrom('rate_limits')
        .where('key', '=', key)
        .returning('blocked_until')
        .executeTakeFirst()
      return removed !== undefined && removed.blocked_until > now
    },
    async blocks(now, prefix = '') {
      const rows = await system
        .selectFrom('rate_limits')
        .where('blocked_until', '>', now)
        // Not `like`, in which ids would hold wildcards.
        .where(sql<string>`substr(key, 1, cast(${prefix.length} as integer))`, '=', prefix)
        .orderBy('blocked_until', 'desc')
        .limit(LISTED_BLOCKS)
        .select(['key', 'blocked_until', 'reason'])
        .execute()
      return rows.map(({ key, blocked_until, reason }) => ({ key, until: blocked_until, reason }))
    },
  }
}

/** A number whose type PostgreSQL need not guess. */
function number(value: number): RawBuilder<number> {
  return sql<number>`cast(${value} as bigint)`
}

function text(value: string): RawBuilder<string> {
  return sql<string>`cast(${value} as text)`
}
