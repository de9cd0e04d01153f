import type { Kysely, Selectable } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'
import type { PeopleTables } from './tables.ts'

export type SessionRow = Omit<Selectable<PeopleTables['sessions']>, 'tenant_id'>
export type RefreshTokenRow = Omit<Selectable<PeopleTables['refresh_tokens']>, 'tenant_id'>

/** What a request needs to know of its session and of the person behind it. */
export interface LiveSession {
  readonly tenantId: number
  readonly id: string
  readonly userId: string
  readonly role: string
  readonly provedAt: number
  readonly expiresAt: number
  readonly actorId: string | null
  readonly delivery: 'cookie' | 'token'
}

/** The session, where it has not ended and its person may still sign in. Runs before the tenant is known. */
export async function findLiveSession(
  system: Kysely<Schema>,
  id: string,
  now: number,
): Promise<LiveSession | undefined> {
  return system
    .selectFrom('sessions')
    .innerJoin('users', (join) =>
      join.onRef('users.id', '=', 'sessions.user_id').onRef('users.tenant_id', '=', 'sessions.tenant_id'),
    )
    .where('sessions.id', '=', id)
    .where('sessions.ended_at', 'is', null)
    .where('sessions.expires_at', '>', now)
    .where('sessions.idle_expires_at', '>', now)
    .where('users.status', '=', 'active')
    .select([
      'sessions.tenant_id as tenantId',
      'sessions.id',
      'sessions.user_id as userId',
      'users.role',
      'sessions.proved_at as provedAt',
      'sessions.expires_at as expiresAt',
      'sessions.actor_id as actorId',
      'sessions.delivery',
    ])
    .executeTakeFirst()
}

export async function insertSession(tx: TenantDb, session: SessionRow): Promise<void> {
  await tx.query.insertInto('sessions').values(session).execute()
}

export async function findSession(db: TenantDb, id: string): Promise<SessionRow | undefined> {
  return db.query.selectFrom('sessions').where('id', '=', id).selectAll().executeTakeFirst()
}

/** Sessions of a person that have not ended, the last used first. */
export async function listSessions(db: TenantDb, userId: string, now: number): Promise<SessionRow[]> {
  return db.query
    .selectFrom('sessions')
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .where('idle_expires_at', '>', now)
    .orderBy('last_used_at', 'desc')
    .orderBy('id')
    .selectAll()
    .execute()
}

export async function touchSession(
  tx: TenantDb,
  id: string,
  change: { last_used_at: number; idle_expires_at: number },
): Promise<void> {
  await tx.query.updateTable('sessions').set(change).where('id', '=', id).execute()
}

export async function proveSession(tx: TenantDb, id: string, now: number): Promise<void> {
  await tx.query.updateTable('sessions').set({ proved_at: now }).where('id', '=', id).execute()
}

/** Returns whether there was such a session, not ended yet. */
export async function endSession(tx: TenantDb, id: string, why: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.query
    .updateTable('sessions')
    .set({ ended_at: now, ended_why: why })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Ends all sessions of a person but one, those in which they act as others too; returns the ids of those that it ended. */
export async function endSessionsOf(
  tx: TenantDb,
  userId: string,
  why: string,
  now: number,
  except: string | null = null,
): Promise<string[]> {
  let query = tx.query
    .updateTable('sessions')
    .set({ ended_at: now, ended_why: why })
    .where((is) => is.or([is('user_id', '=', userId), is('actor_id', '=', userId)]))
    .where('ended_at', 'is', null)
  if (except !== null) query = query.where('id', '<>', except)
  const rows = await query.returning('id').execute()
  return rows.map(({ id }) => id)
}

export async function insertRefreshToken(
  tx: TenantDb,
  token: { readonly digest: string; readonly sessionId: string; readonly now: number },
): Promise<void> {
  await tx.query
    .insertInto('refresh_tokens')
    .values({
      digest: token.digest,
      session_id: token.sessionId,
      created_at: token.now,
      used_at: null,
      successor: null,
    })
    .execute()
}

/** Which tenant a refresh token is of. Runs before the tenant is known. */
export async function tenantOfRefreshToken(system: Kysely<Schema>, digest: string): Promise<number | undefined> {
  const row = await system
    .selectFrom('refresh_tokens')
    .where('digest', '=', digest)
    .select('tenant_id as tenantId')
    .executeTakeFirst()
  return row?.tenantId
}

export async function findRefreshToken(db: TenantDb, digest: string): Promise<RefreshTokenRow | undefined> {
  return db.query.selectFrom('refresh_tokens').where('digest', '=', digest).selectAll().executeTakeFirst()
}

/** Uses a token up; of several at once, one gets `true`. */
export async function useRefreshToken(tx: TenantDb, digest: string, successor: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.query
    .updateTable('refresh_tokens')
    .set({ used_at: now, successor })
    .where('digest', '=', digest)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
