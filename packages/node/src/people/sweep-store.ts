import type { TenantDb } from '../db/open.ts'
import { LOCK_MS } from './attempts-store.ts'

/** Removes tokens that are too old to be used. Returns how many. */
export async function sweepTokens(tx: TenantDb, now: number): Promise<number> {
  const { numDeletedRows } = await tx.query
    .deleteFrom('one_time_tokens')
    .where('expires_at', '<=', now)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Removes some of the sessions that ended before an instant, with their refresh tokens. Returns how many. */
export async function sweepSessions(tx: TenantDb, before: number, limit: number): Promise<number> {
  const ended = await tx.query
    .selectFrom('sessions')
    .where((is) =>
      is.or([is('ended_at', '<=', before), is('expires_at', '<=', before), is('idle_expires_at', '<=', before)]),
    )
    .limit(limit)
    .select('id')
    .execute()
  if (ended.length === 0) return 0
  const ids = ended.map(({ id }) => id)
  await tx.query.deleteFrom('refresh_tokens').where('session_id', 'in', ids).execute()
  await tx.query.deleteFrom('sessions').where('id', 'in', ids).execute()
  return ids.length
}

/** Removes counts of failures that count no longer: those after which `countAttempt` begins anew. Returns how many. */
export async function sweepAttempts(tx: TenantDb, now: number): Promise<number> {
  const { numDeletedRows } = await tx.query
    .deleteFrom('sign_in_attempts')
    .where((is) =>
      is.or([
        is('locked_until', '<=', now),
        is.and([is('locked_until', 'is', null), is('first_failure_at', '<=', now - LOCK_MS)]),
      ]),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Removes browsers that were last used before an instant. Returns how many. */
export async function sweepDevices(tx: TenantDb, before: number): Promise<number> {
  const { numDeletedRows } = await tx.query
    .deleteFrom('known_devices')
    .where('last_used_at', '<', before)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
