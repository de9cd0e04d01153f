import type { Preferences, User } from '@tillwright/core/contract'
import type { Tenant } from '../context.ts'
import type { Database, TenantDb } from '../db/open.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { Clock } from '../ports.ts'
import { normalisePassword } from '../security/password-policy.ts'
import type { PasswordHasher } from '../security/passwords.ts'
import { isTimeZone } from '../tenants/time-zone.ts'
import { forgetDevices } from './attempts-store.ts'
import { dropIdentities } from './identities-store.ts'
import { refuseLastKeeper } from './keepers.ts'
import type { Passwords } from './passwords.ts'
import type { People } from './ports.ts'
import { notificationsOf, presentUser } from './present.ts'
import type { Caller, SessionsService } from './sessions.ts'
import { dropAllTokens, dropTokens } from './tokens-store.ts'
import type { TwoFactorService } from './two-factor.ts'
import { findUser, setPasswordHash, type UserChange, type UserRow, updateUser } from './users-store.ts'

export interface AccountPorts extends People {
  readonly database: Database
  readonly clock: Clock
  readonly hasher: PasswordHasher
  readonly passwords: Passwords
  readonly sessions: SessionsService
  readonly twoFactor: TwoFactorService
  /** Counts a try of the password and throws where it is wrong. */
  readonly provePassword: (tenant: Tenant, user: UserRow, password: string, caller: Caller) => Promise<void>
  /** What else is kept about a person, by name, for their export. */
  readonly exports: Readonly<Record<string, (db: TenantDb, userId: string) => Promise<unknown>>>
}

export type AccountService = ReturnType<typeof accountService>

/** What people do with their own account. */
export function accountService(ports: AccountPorts) {
  const { database, clock, hasher, passwords, sessions, twoFactor, audit, mail } = ports

  async function present(db: TenantDb, row: UserRow, hasTwoFactor?: boolean): Promise<User> {
    return presentUser(row, hasTwoFactor ?? (await twoFactor.isOn(db, row.id)))
  }

  /** Ends everything by which a person could come in or be recognised. */
  async function forgetAccess(tx: TenantDb, userId: string, why: string): Promise<void> {
    await sessions.endAll(tx, userId, why)
    await forgetDevices(tx, userId)
    await dropAllTokens(tx, userId)
  }

  return {
    present,
    forgetAccess,

    /** The person behind a session. */
    async find(db: TenantDb, userId: string): Promise<UserRow> {
      const user = await findUser(db, userId)
      if (!user) throw new ProblemError('session_ended', { detail: 'Sign in again.' })
      return user
    },

    async update(
      db: TenantDb,
      user: UserRow,
      { name, preferences = {} }: { name?: string | null; preferences?: Partial<Preferences> },
    ): Promise<User> {
      if (preferences.timeZone && !isTimeZone(preferences.timeZone)) {
        throw new ProblemError('invalid_input', {
          errors: [{ path: 'preferences.timeZone', message: 'must be an IANA time zone such as Europe/Paris' }],
        })
      }
      const change: UserChange = {
        updated_at: clock(),
        ...(name === undefined ? {} : { name }),
        ...(preferences.language === undefined ? {} : { language: preferences.language }),
        ...(preferences.timeZone === undefined ? {} : { time_zone: preferences.timeZone }),
        ...(preferences.currency === undefined ? {} : { currency: preferences.currency }),
        ...(preferences.notifications === undefined
          ? {}
          : { notifications: JSON.stringify({ ...notificationsOf(user), ...preferences.notifications }) }),
      }
      await db.transaction((tx) => updateUser(tx, user.id, change))
      return present(db, (await findUser(db, user.id))!)
    },

    /** Sets another password and ends all other sessions. Who has none yet must have proved lately who they are. */
    async changePassword(
      tenant: Tenant,
      user: UserRow,
      request: { current?: string | undefined; next: string; sessionId: string; isFresh: boolean; caller: Caller },
    ): Promise<void> {
      const { current, next, sessionId, isFresh, caller } = request
      const db = database.tenant(tenant.id)
      if (user.password_hash !== null) {
        if (current === undefined) throw problem('invalid_credentials', 'The current password is needed')
        await ports.provePassword(tenant, user, current, caller)
      } else if (!isFresh) throw problem('reauthentication_required', 'Sign in again first')
      await passwords.refuseWeak(tenant, user, next)
      await passwords.refuseUsed(db, user.id, next)
      const hash = await hasher.hash(normalisePassword(next))
      await db.transaction(async (tx) => {
        await setPasswordHash(tx, user.id, hash, clock())
        await sessions.endAll(tx, user.id, 'password changed', sessionId)
        await forgetDevices(tx, user.id)
        await dropTokens(tx, user.id, ['reset-password', 'magic-link', 'change-email', 'second-factor'])
        await mail(tx, { tenant, user, template: 'password-changed', data: { change: 'chosen' }, caller })
        await audit(tx, { kind: 'user.password_changed', actorId: user.id, subjectId: user.id, caller, data: {} })
      })
    },

    /** Removes a person; an administrator can bring them back for 30 days, then they are erased. */
    async remove(tenant: Tenant, user: UserRow, actorId: string, caller: Caller): Promise<void> {
      await database.tenant(tenant.id).transaction(async (tx) => {
        const now = clock()
        await audit(tx, { kind: 'user.removed', actorId, subjectId: user.id, caller, data: {} })
        await refuseLastKeeper(tx, user)
        // The address is free for another account at once.
        await updateUser(tx, user.id, { status: 'removed', email_key: null, removed_at: now, updated_at: now })
        await forgetAccess(tx, user.id, 'account removed')
        await dropIdentities(tx, user.id)
        await mail(tx, { tenant, user, template: 'account-deleted', data: {}, caller })
      })
    },

    /** Everything that is kept about the person. */
    async export(db: TenantDb, user: UserRow, sessionId: string, caller: Caller): Promise<Record<string, unknown>> {
      await db.transaction((tx) =>
        audit(tx, { kind: 'user.data_exported', actorId: user.id, subjectId: user.id, caller, data: {} }),
      )
      const others = await Promise.all(
        Object.entries(ports.exports).map(async ([name, read]) => [name, await read(db, user.id)] as const),
      )
      return {
        exportedAt: new Date(clock()).toISOString(),
        account: { ...(await present(db, user)), lastSignInAt: iso(user.last_sign_in_at) },
        sessions: await sessions.list(db, user.id, sessionId),
        ...Object.fromEntries(others),
      }
    },
  }
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
