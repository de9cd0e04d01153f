import { createCipheriv, createDecipheriv, hash } from 'node:crypto'
import { isStaff, newId, type Session } from '@tillwright/core/contract'
import { LRUCache } from 'lru-cache'
import type { Tenant } from '../context.ts'
import type { Database, TenantDb } from '../db/open.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { Clock, Random, SecretBytes } from '../ports.ts'
import type { AccessTokens } from '../security/access-tokens.ts'
import { digestOf, newToken } from '../security/opaque-token.ts'
import { findOpenTenant } from '../tenants/store.ts'
import type { People } from './ports.ts'
import { deviceName } from './present.ts'
import {
  endSession,
  endSessionsOf,
  findLiveSession,
  findRefreshing,
  findRefreshToken,
  findSession,
  insertRefreshToken,
  insertSession,
  type LiveSession,
  listSessions,
  proveSession,
  type SessionRow,
  tenantOfRefreshToken,
  touchSession,
  useRefreshToken,
} from './sessions-store.ts'
import type { UserRow } from './users-store.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export const ACCESS_SECONDS = 15 * 60
/** A refresh whose answer was lost is answered again, with the same token, for so long. */
export const GRACE_MS = 30_000
/** A session that ended is refused within this time, in every process. */
const CACHE_MS = 1_000
const CACHED_SESSIONS = 50_000
/** How long a proof of identity opens what needs a fresh one. */
export const FRESH_MS = 5 * MINUTE_MS

/** How long sessions live, unused and at the most. */
const LIMITS = {
  staff: { idleMs: 2 * HOUR_MS, absoluteMs: DAY_MS },
  customer: { idleMs: DAY_MS, absoluteMs: 7 * DAY_MS },
  remembered: { idleMs: 30 * DAY_MS, absoluteMs: 90 * DAY_MS },
  /** Of somebody who acts as another person: as long as one access token. */
  impersonated: { idleMs: ACCESS_SECONDS * 1000, absoluteMs: ACCESS_SECONDS * 1000 },
} as const

/** Staff sessions end within a day, whatever a person ticks. */
function limitsOf(role: string, remember: boolean) {
  if (isStaff(role)) return LIMITS.staff
  return remember ? LIMITS.remembered : LIMITS.customer
}

/** Where a call comes from, for the list of sessions and the audit log. */
export interface Caller {
  readonly address: string | undefined
  readonly userAgent: string
}

export interface SessionStart {
  readonly user: UserRow
  readonly caller: Caller
  readonly remember: boolean
  readonly delivery: 'cookie' | 'token'
  /** Who acts as the person, and why. */
  readonly actor?: { readonly id: string; readonly reason: string }
}

/** A session that was opened or renewed; tokens follow once the transaction is through. */
export interface Opened {
  readonly user: UserRow
  readonly session: SessionRow
  readonly refreshToken: string | null
  /** Where the reading of the session told. */
  readonly hasTwoFactor?: boolean
}

/** Tokens of a session, and when it ends. */
export interface Grant extends Opened {
  readonly accessToken: string
  readonly accessExpiresAt: number
}

export interface SessionsPorts {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly secretBytes: SecretBytes
  readonly tokens: AccessTokens
  /** Told of sessions that end, by whom and why. */
  readonly audit: People['audit']
}

export type SessionsService = ReturnType<typeof sessionsService>

/** Opens, renews and ends sessions, and says whose an access token is. */
export function sessionsService({ database, clock, random, secretBytes, tokens, audit }: SessionsPorts) {
  const live = new LRUCache<string, { session: LiveSession | undefined; tenant: Tenant | undefined }>({
    max: CACHED_SESSIONS,
    ttl: CACHE_MS,
  })

  /** The caller's transaction; sessions always begin anew, so that none can be planted before a sign-in. */
  async function open(tx: TenantDb, start: SessionStart): Promise<Opened> {
    const now = clock()
    const { user, caller, remember, delivery, actor } = start
    const { idleMs, absoluteMs } = actor ? LIMITS.impersonated : limitsOf(user.role, remember)
    const session: SessionRow = {
      id: newId('ses', clock, random),
      user_id: user.id,
      created_at: now,
      last_used_at: now,
      idle_expires_at: now + Math.min(idleMs, absoluteMs),
      expires_at: now + absoluteMs,
      proved_at: actor ? 0 : now,
      remember: remember ? 1 : 0,
      delivery,
      user_agent: caller.userAgent.slice(0, 300),
      address: caller.address ?? null,
      actor_id: actor?.id ?? null,
      actor_reason: actor?.reason ?? null,
      ended_at: null,
      ended_why: null,
    }
    await insertSession(tx, session)
    const { token, digest } = newToken(secretBytes, 'rt')
    await insertRefreshToken(tx, { digest, sessionId: session.id, now })
    return { user, session, refreshToken: token }
  }

  /** Signs the access token. Not within a transaction: it may have to read keys. */
  async function grant(tenant: Tenant, opened: Opened): Promise<Grant> {
    const { user, session } = opened
    const accessExpiresAt = Math.min(clock() + ACCESS_SECONDS * 1000, session.expires_at)
    const lifetimeSeconds = Math.max(1, Math.floor((accessExpiresAt - clock()) / 1000))
    const accessToken = await tokens.issue(
      {
        sub: user.id,
        tenant: tenant.publicId,
        sid: session.id,
        role: user.role,
        authTime: Math.floor(session.proved_at / 1000),
        ...(session.actor_id === null ? {} : { actor: session.actor_id }),
      },
      lifetimeSeconds,
    )
    return { ...opened, accessToken, accessExpiresAt }
  }

  /**
   * New tokens for a refresh token. Of several calls with the same token at once, all get the same successor, and so does a
   * call within the grace time whose predecessor's answer was lost. Later, the token is in the wrong hands: the session ends.
   */
  async function refresh(tenant: Tenant, refreshToken: string, caller: Caller): Promise<Grant> {
    const digest = digestOf(refreshToken)
    const outcome = await database.tenant(tenant.id).transaction(async (tx) => {
      const now = clock()
      const found = await findRefreshing(tx, digest)
      if (!found || !isAlive(found.session, found.user, now)) return null
      const { session, user, hasTwoFactor } = found
      const fresh = newToken(secretBytes, 'rt')
      const use = () => useRefreshToken(tx, { digest, successor: sealed(fresh.token, refreshToken), now })
      if (found.usedAt === null && (await use())) {
        const { idleMs } = limitsOf(user.role, session.remember === 1)
        const idleExpiresAt = Math.min(now + idleMs, session.expires_at)
        await insertRefreshToken(tx, { digest: fresh.digest, sessionId: session.id, now })
        await touchSession(tx, { id: session.id, lastUsedAt: now, idleExpiresAt })
        const renewed = { ...session, last_used_at: now, idle_expires_at: idleExpiresAt }
        return { user, hasTwoFactor, session: renewed, refreshToken: fresh.token }
      }
      const used = found.usedAt === null ? (await findRefreshToken(tx, digest))! : { ...found, used_at: found.usedAt }
      if (now - used.used_at! <= GRACE_MS) {
        return { user, hasTwoFactor, session, refreshToken: unsealed(used.successor!, refreshToken) }
      }
      await endSession(tx, session.id, 'refresh token used twice', now)
      await audit(tx, {
        kind: 'session.token_reused',
        actorId: null,
        subjectId: session.user_id,
        caller,
        data: { session: session.id },
      })
      return { ended: session.id }
    })
    if (outcome && 'ended' in outcome) live.delete(outcome.ended!)
    if (!outcome || 'ended' in outcome) throw new ProblemError('session_ended', { detail: 'Sign in again.' })
    return grant(tenant, outcome)
  }

  async function liveSession(tx: TenantDb, id: string): Promise<SessionRow | undefined> {
    const session = await findSession(tx, id)
    return session?.ended_at === null ? session : undefined
  }

  async function noteEnd(tx: TenantDb, session: SessionRow, why: string, caller: Caller): Promise<void> {
    await audit(tx, {
      kind: 'session.ended',
      actorId: session.actor_id ?? session.user_id,
      subjectId: session.user_id,
      caller,
      data: { session: session.id, why },
    })
  }

  return {
    open,
    grant,
    refresh,
    /** A new access token for a session that has just been proved again; its refresh token stays as it is. */
    async prove(tenant: Tenant, user: UserRow, sessionId: string): Promise<Grant> {
      const session = await database.tenant(tenant.id).transaction(async (tx) => {
        await proveSession(tx, sessionId, clock())
        return (await findSession(tx, sessionId))!
      })
      live.delete(sessionId)
      return grant(tenant, { user, session, refreshToken: null })
    },
    /** Whose refresh token this is; `undefined` where it is nobody's. */
    async tenantOf(refreshToken: string): Promise<Tenant | undefined> {
      const tenantId = await tenantOfRefreshToken(database.system, digestOf(refreshToken))
      return tenantId === undefined ? undefined : findOpenTenant(database.system, tenantId)
    },
    /** The session and tenant behind an access token; `null` where it is not valid, or the session has ended. */
    async holder(accessToken: string): Promise<{ session: LiveSession; tenant: Tenant; expiresAt: number } | null> {
      const claims = await tokens.verify(accessToken)
      if (!claims) return null
      let known = live.get(claims.sid)
      if (!known) {
        const session = await findLiveSession(database.system, claims.sid, clock())
        const tenant = session && (await findOpenTenant(database.system, session.tenantId))
        known = { session, tenant }
        live.set(claims.sid, known)
      }
      const { session, tenant } = known
      if (!session || !tenant || session.userId !== claims.sub || tenant.publicId !== claims.tenant) return null
      if (session.expiresAt <= clock()) return null
      // A token says what its holder was; whoever reads it elsewhere must not take them for more than they are.
      if (session.role !== claims.role) return null
      return { session, tenant, expiresAt: claims.expiresAt }
    },
    async list(db: TenantDb, userId: string, currentId: string | null): Promise<Session[]> {
      const rows = await listSessions(db, userId, clock())
      return rows.map((row) => ({
        id: row.id,
        current: row.id === currentId,
        createdAt: new Date(row.created_at).toISOString(),
        lastUsedAt: new Date(row.last_used_at).toISOString(),
        expiresAt: new Date(Math.min(row.expires_at, row.idle_expires_at)).toISOString(),
        device: deviceName(row.user_agent),
        address: row.address,
        impersonated: row.actor_id !== null,
      }))
    },
    /** Ends one session of a person; returns whether there was one. */
    async end(tx: TenantDb, userId: string, sessionId: string, why: string, caller: Caller): Promise<boolean> {
      const session = await findSession(tx, sessionId)
      if (session?.user_id !== userId || !(await endSession(tx, sessionId, why, clock()))) return false
      live.delete(sessionId)
      await noteEnd(tx, session, why, caller)
      return true
    },
    /** Ends the session of a refresh token or else of an access token, if it has one, or all of its person. */
    async signOut(
      tenant: Tenant,
      by: { refreshToken: string | null; accessToken: string | null; everywhere: boolean },
      caller: Caller,
    ): Promise<void> {
      const claims = by.accessToken === null ? null : await tokens.verify(by.accessToken)
      await database.tenant(tenant.id).transaction(async (tx) => {
        const stored = by.refreshToken === null ? undefined : await findRefreshToken(tx, digestOf(by.refreshToken))
        const session =
          (stored && (await liveSession(tx, stored.session_id))) ?? (claims && (await liveSession(tx, claims.sid)))
        if (!session) return
        await endSession(tx, session.id, 'signed out', clock())
        live.delete(session.id)
        await noteEnd(tx, session, by.everywhere ? 'signed out everywhere' : 'signed out', caller)
        if (!by.everywhere) return
        for (const id of await endSessionsOf(tx, session.user_id, 'signed out everywhere', clock())) live.delete(id)
      })
    },
    /** Ends all sessions of a person but one. */
    async endAll(tx: TenantDb, userId: string, why: string, except: string | null = null): Promise<number> {
      const ended = await endSessionsOf(tx, userId, why, clock(), except)
      for (const id of ended) live.delete(id)
      return ended.length
    },
    /** What is remembered of the sessions of a person is forgotten, after a change of role for one. */
    forget(sessionIds: readonly string[]): void {
      for (const id of sessionIds) live.delete(id)
    },
  }
}

function isAlive(session: SessionRow, user: UserRow, now: number): boolean {
  return (
    session.ended_at === null && session.expires_at > now && session.idle_expires_at > now && user.status === 'active'
  )
}

// The successor of a token is kept for a retry, sealed under the token itself: who reads the database learns neither.

const SEAL_INFO = 'tillwright refresh successor'

function sealed(successor: string, token: string): string {
  const { key, nonce } = sealOf(token)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return Buffer.concat([cipher.update(successor, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

function unsealed(text: string, token: string): string {
  const { key, nonce } = sealOf(token)
  const bytes = Buffer.from(text, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
  decipher.setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8')
}

/**
 * A token seals one thing in its life, so key and nonce may both follow from it. It is 256 random bits, so one hash makes a
 * key of it. Source: NIST SP 800-56C rev. 2, section 4, one-step derivation.
 */
function sealOf(token: string): { key: Buffer; nonce: Buffer } {
  const bytes = hash('sha512', `\0\0\0\x01${token}${SEAL_INFO}`, 'buffer')
  return { key: bytes.subarray(0, 32), nonce: bytes.subarray(32, 44) }
}
