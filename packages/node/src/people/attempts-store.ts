import { sql } from 'kysely'
import type { TenantDb } from '../db/open.ts'

/** Failures after which an account is locked, and for how long; failures within as long a time count together. */
export const MAX_FAILURES = 5
export const LOCK_MS = 15 * 60_000

export interface Attempt {
  /** Which attempt since the last success or lock, from 1. */
  readonly count: number
  /** Whether it may be evaluated. */
  readonly isAllowed: boolean
}

/**
 * Counts an attempt before it is evaluated, so that of many at once no more than `MAX_FAILURES` are. One statement: exact
 * however many processes ask.
 */
export async function countAttempt(tx: TenantDb, subject: string, now: number): Promise<Attempt> {
  // A lock that is over, or failures that are long past, begin anew.
  const isOver = sql<boolean>`(sign_in_attempts.locked_until <= ${now} or (sign_in_attempts.locked_until is null and sign_in_attempts.first_failure_at <= ${now - LOCK_MS}))`
  const { failures, lockedUntil } = await tx.query
    .insertInto('sign_in_attempts')
    .values({ subject, failures: 1, first_failure_at: now, locked_until: null })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'subject']).doUpdateSet({
        failures: sql`case when ${isOver} then 1 else sign_in_attempts.failures + 1 end`,
        first_failure_at: sql`case when ${isOver} then ${now} else sign_in_attempts.first_failure_at end`,
        locked_until: sql`case when ${isOver} then null else sign_in_attempts.locked_until end`,
      }),
    )
    .returning(['failures', 'locked_until as lockedUntil'])
    .executeTakeFirstOrThrow()
  return { count: failures, isAllowed: lockedUntil === null && failures <= MAX_FAILURES }
}

/** Locks the subject; returns whether it was not locked before. */
export async function lockSubject(tx: TenantDb, subject: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.query
    .updateTable('sign_in_attempts')
    .set({ locked_until: now + LOCK_MS })
    .where('subject', '=', subject)
    .where('locked_until', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Takes back an attempt that was right, but is not the whole of a sign-in. */
export async function takeBackAttempt(tx: TenantDb, subject: string): Promise<void> {
  await tx.query
    .updateTable('sign_in_attempts')
    .set({ failures: sql`failures - 1` })
    .where('subject', '=', subject)
    .where('failures', '>', 0)
    .execute()
}

export async function clearAttempts(tx: TenantDb, subject: string): Promise<void> {
  await tx.query.deleteFrom('sign_in_attempts').where('subject', '=', subject).execute()
}

/** Whether the browser has been signed in as this person before. */
export async function isKnownDevice(db: TenantDb, userId: string, digest: string): Promise<boolean> {
  const row = await db.query
    .selectFrom('known_devices')
    .where('user_id', '=', userId)
    .where('digest', '=', digest)
    .select('created_at')
    .executeTakeFirst()
  return row !== undefined
}

/** Whether anybody of the tenant has been signed in with the browser: we gave it its token then. */
export async function isOurDevice(db: TenantDb, digest: string): Promise<boolean> {
  const row = await db.query
    .selectFrom('known_devices')
    .where('digest', '=', digest)
    .select('created_at')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function rememberDevice(tx: TenantDb, userId: string, digest: string, now: number): Promise<void> {
  await tx.query
    .insertInto('known_devices')
    .values({ user_id: userId, digest, created_at: now, last_used_at: now })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'user_id', 'digest']).doUpdateSet({ last_used_at: now }))
    .execute()
}

export async function forgetDevices(tx: TenantDb, userId: string): Promise<void> {
  await tx.query.deleteFrom('known_devices').where('user_id', '=', userId).execute()
}
