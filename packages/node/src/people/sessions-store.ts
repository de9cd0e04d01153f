import type { Kysely, Selectable } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'
import { statement } from '../db/statement.ts'
import type { PeopleTables } from './tables.ts'
import type { UserRow } from './users-store.ts'

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

const INSERT_SESSION = statement((query, session: SessionRow) =>
  query.insertInto('sessions').values({
    id: session.id,
    user_id: session.user_id,
    created_at: session.created_at,
    last_used_at: session.last_used_at,
    idle_expires_at: session.idle_expires_at,
    expires_at: session.expires_at,
    proved_at: session.proved_at,
    remember: session.remember,
    delivery: session.delivery,
    user_agent: session.user_agent,
    address: session.address,
    actor_id: session.actor_id,
    actor_reason: session.actor_reason,
    ended_at: session.ended_at,
    ended_why: session.ended_why,
  }),
)

export async function insertSession(tx: TenantDb, session: SessionRow): Promise<void> {
  await tx.run(INSERT_SESSION, session)
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

interface Touch {
  readonly id: string
  readonly lastUsedAt: number
  readonly idleExpiresAt: number
}

const TOUCH_SESSION = statement((query, { id, lastUsedAt, idleExpiresAt }: Touch) =>
  query.updateTable('sessions').set({ last_used_at: lastUsedAt, idle_expires_at: idleExpiresAt }).where('id', '=', id),
)

export async function touchSession(tx: TenantDb, touch: Touch): Promise<void> {
  await tx.run(TOUCH_SESSION, touch)
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

interface NewRefreshToken {
  readonly digest: string
  readonly sessionId: string
  readonly now: number
}

const INSERT_REFRESH_TOKEN = statement((query, { digest, sessionId, now }: NewRefreshToken) =>
  query
    .insertInto('refresh_tokens')
    .values({ digest, session_id: sessionId, created_at: now, used_at: null, successor: null }),
)

export async function insertRefreshToken(tx: TenantDb, token: NewRefreshToken): Promise<void> {
  await tx.run(INSERT_REFRESH_TOKEN, token)
}

/** A refresh token, its session and the person behind it, whether or not they may still come in. */
export interface Refreshing {
  readonly usedAt: number | null
  readonly successor: string | null
  readonly session: SessionRow
  readonly user: UserRow
  readonly hasTwoFactor: boolean
}

const FIND_REFRESHING = statement((query, { digest }: { digest: string }) =>
  query
    .selectFrom('refresh_tokens')
    .innerJoin('sessions', 'sessions.id', 'refresh_tokens.session_id')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .leftJoin('two_factor', 'two_factor.user_id', 'users.id')
    .where('refresh_tokens.digest', '=', digest)
    .selectAll('users')
    .select([
      'refresh_tokens.used_at',
      'refresh_tokens.successor',
      'two_factor.confirmed_at',
      'sessions.id as session_id',
      'sessions.created_at as session_created_at',
      'sessions.last_used_at',
      'sessions.idle_expires_at',
      'sessions.expires_at',
      'sessions.proved_at',
      'sessions.remember',
      'sessions.delivery',
      'sessions.user_agent',
      'sessions.address',
      'sessions.actor_id',
      'sessions.actor_reason',
      'sessions.ended_at',
      'sessions.ended_why',
    ]),
)

export async function findRefreshing(tx: TenantDb, digest: string): Promise<Refreshing | undefined> {
  const [row] = (await tx.run(FIND_REFRESHING, { digest })).rows
  return (
    row && {
      usedAt: row.used_at,
      successor: row.successor,
      hasTwoFactor: row.confirmed_at !== null,
      user: row,
      session: {
        id: row.session_id,
        user_id: row.id,
        created_at: row.session_created_at,
        last_used_at: row.last_used_at,
        idle_expires_at: row.idle_expires_at,
        expires_at: row.expires_at,
        proved_at: row.proved_at,
        remember: row.remember,
        delivery: row.delivery,
        user_agent: row.user_agent,
        address: row.address,
        actor_id: row.actor_id,
        actor_reason: row.actor_reason,
        ended_at: row.ended_at,
        ended_why: row.ended_why,
      },
    }
  )
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

interface RefreshTokenUse {
  readonly digest: string
  readonly successor: string
  readonly now: number
}

const USE_REFRESH_TOKEN = statement((query, { digest, successor, now }: RefreshTokenUse) =>
  query
    .updateTable('refresh_tokens')
    .set({ used_at: now, successor })
    .where('digest', '=', digest)
    .where('used_at', 'is', null),
)

/** Uses a token up; of several at once, one gets `true`. */
export async function useRefreshToken(tx: TenantDb, use: RefreshTokenUse): Promise<boolean> {
  const { numAffectedRows } = await tx.run(USE_REFRESH_TOKEN, use)
  return numAffectedRows === 1n
}
