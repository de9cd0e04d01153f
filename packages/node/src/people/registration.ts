import { newId } from '@tillwright/core/contract'
import type { Tenant } from '../context.ts'
import type { Database, TenantDb } from '../db/open.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { Clock, Random, SecretBytes } from '../ports.ts'
import { digestOf, newToken } from '../security/opaque-token.ts'
import { normalisePassword } from '../security/password-policy.ts'
import type { PasswordHasher } from '../security/passwords.ts'
import { forgetDevices } from './attempts-store.ts'
import { dropIdentities } from './identities-store.ts'
import type { Passwords } from './passwords.ts'
import type { People } from './ports.ts'
import type { Caller, SessionsService } from './sessions.ts'
import { dropAllTokens, insertFirstTokens, insertToken, type TokenPurpose, useToken } from './tokens-store.ts'
import type { TwoFactorService } from './two-factor.ts'
import {
  emailKey,
  findUser,
  findUserByEmail,
  insertUser,
  insertUsers,
  setPasswordHash,
  type UserRow,
  updateUser,
} from './users-store.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How long mailed links work. */
const LIFETIMES = {
  'verify-email': DAY_MS,
  'reset-password': HOUR_MS,
  'magic-link': 10 * MINUTE_MS,
  'change-email': DAY_MS,
  invitation: 7 * DAY_MS,
} as const satisfies Partial<Record<TokenPurpose, number>>

export type MailedPurpose = keyof typeof LIFETIMES

/** Job that mails a link which somebody asked for. */
export const SEND_LINK = 'people.send-link'

export interface LinkPayload {
  /** `null` where nobody has the address: asking costs the same then, and tells nothing. */
  readonly userId: string | null
  readonly purpose: 'verify-email' | 'reset-password' | 'magic-link'
  readonly returnTo: string | null
}

export interface RegistrationPorts extends People {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly secretBytes: SecretBytes
  readonly hasher: PasswordHasher
  readonly passwords: Passwords
  readonly sessions: SessionsService
  readonly twoFactor: Pick<TwoFactorService, 'drop'>
  readonly enqueue: Enqueue
  /** Counts a try of the password and throws where it is wrong. */
  readonly provePassword: (tenant: Tenant, user: UserRow, password: string, caller: Caller) => Promise<void>
  /** Address of the page that takes a mailed token: it asks for a press of a button, since scanners follow links. */
  readonly linkFor: (tenant: Tenant, purpose: MailedPurpose, token: string, returnTo?: string) => string
}

export interface NewPerson {
  readonly email: string
  readonly name: string | null
  readonly language: string | null
  readonly role: string
}

export type RegistrationService = ReturnType<typeof registrationService>

/** How people come in: accounts, invitations, and proofs of owning an address. */
export function registrationService(ports: RegistrationPorts) {
  const { database, clock, random, secretBytes, hasher, passwords, sessions, twoFactor, audit, mail, mailMany } = ports

  function newUser(person: NewPerson, status: 'active' | 'invited'): UserRow {
    const now = clock()
    return {
      id: newId('usr', clock, random),
      email: person.email,
      email_key: emailKey(person.email),
      email_verified_at: null,
      name: person.name,
      role: person.role,
      status,
      password_hash: null,
      password_changed_at: null,
      language: person.language,
      time_zone: null,
      currency: null,
      notifications: '{}',
      created_at: now,
      updated_at: now,
      last_sign_in_at: null,
      removed_at: null,
    }
  }

  /** Makes a token and mails its link. */
  async function mailLink(
    tx: TenantDb,
    tenant: Tenant,
    user: UserRow,
    purpose: MailedPurpose,
    { to = user.email, data = {}, returnTo }: { to?: string; data?: object; returnTo?: string | undefined } = {},
  ): Promise<void> {
    const { token, digest } = newToken(secretBytes, 'ml')
    const lifetimeMs = LIFETIMES[purpose]
    await insertToken(tx, {
      digest,
      userId: user.id,
      purpose,
      data: JSON.stringify(data),
      createdAt: clock(),
      expiresAt: clock() + lifetimeMs,
    })
    await mail(tx, {
      tenant,
      user: { ...user, email: to },
      template: purpose === 'change-email' ? 'verify-email' : purpose,
      data: { link: ports.linkFor(tenant, purpose, token, returnTo), expiresInMinutes: lifetimeMs / MINUTE_MS },
      caller: null,
    })
  }

  async function takeToken(tx: TenantDb, token: string, purposes: readonly TokenPurpose[]) {
    const used = await useToken(tx, digestOf(token), purposes, clock())
    const user = used && (await findUser(tx, used.userId))
    if (!user || user.status === 'suspended' || user.status === 'removed') throw expiredLink()
    return { user, data: JSON.parse(used.data) as Record<string, string>, purpose: used.purpose }
  }

  /**
   * Takes from an account what somebody set up who had never shown that the address is theirs: whoever shows it now must
   * not find another's password, second factor, providers, devices or pending links in it.
   */
  async function reclaim(tx: TenantDb, user: UserRow, caller: Caller): Promise<void> {
    await sessions.endAll(tx, user.id, 'owner of the address came')
    await forgetDevices(tx, user.id)
    await dropAllTokens(tx, user.id)
    await twoFactor.drop(tx, user.id)
    await dropIdentities(tx, user.id)
    await audit(tx, { kind: 'user.reclaimed', actorId: user.id, subjectId: user.id, caller, data: {} })
  }

  return {
    /** The same work and the same answer, whether the address is known or not. */
    async register(
      tenant: Tenant,
      person: Omit<NewPerson, 'role'> & { password: string; caller: Caller },
    ): Promise<void> {
      await passwords.refuseWeak(tenant, person, person.password)
      const db = database.tenant(tenant.id)
      const hash = await hasher.hash(normalisePassword(person.password))
      const known = await findUserByEmail(db, person.email)
      await db.transaction(async (tx) => {
        const user = newUser({ ...person, role: 'customer' }, 'active')
        const isNew = !known && (await insertUser(tx, user))
        if (isNew) {
          await setPasswordHash(tx, user.id, hash, clock())
          await mailLink(tx, tenant, user, 'verify-email')
        } else {
          const owner = known ?? (await findUserByEmail(tx, person.email))!
          await mail(tx, { tenant, user: owner, template: 'account-exists', data: {}, caller: person.caller })
        }
        await audit(tx, {
          kind: isNew ? 'user.registered' : 'user.registered_again',
          actorId: null,
          subjectId: isNew ? user.id : (known?.id ?? null),
          caller: person.caller,
          data: {},
        })
      })
    },

    /** Adds somebody whose address a provider vouches for. `null`: the address is taken. */
    async addProven(tx: TenantDb, person: NewPerson): Promise<UserRow | null> {
      const user = { ...newUser(person, 'active'), email_verified_at: clock() }
      return (await insertUser(tx, user)) ? user : null
    },

    /** Adds somebody who has no password yet, and mails the link with which to choose one. `null`: the address is taken. */
    async invite(tx: TenantDb, tenant: Tenant, person: NewPerson): Promise<UserRow | null> {
      const user = newUser(person, 'invited')
      if (!(await insertUser(tx, user))) return null
      await mailLink(tx, tenant, user, 'invitation')
      return user
    },

    /** The same for many, whose addresses differ. Returns those whose address was free. */
    async inviteMany(tx: TenantDb, tenant: Tenant, persons: readonly NewPerson[]): Promise<UserRow[]> {
      const now = clock()
      const lifetimeMs = LIFETIMES.invitation
      const users = await insertUsers(
        tx,
        persons.map((person) => newUser(person, 'invited')),
      )
      const invitations = users.map((user) => ({ user, ...newToken(secretBytes, 'ml') }))
      await insertFirstTokens(
        tx,
        invitations.map(({ user, digest }) => ({
          digest,
          userId: user.id,
          purpose: 'invitation',
          data: '{}',
          createdAt: now,
          expiresAt: now + lifetimeMs,
        })),
      )
      const expiresInMinutes = lifetimeMs / MINUTE_MS
      await mailMany(
        tx,
        invitations.map(({ user, token }) => ({
          tenant,
          user,
          template: 'invitation',
          data: { link: ports.linkFor(tenant, 'invitation', token), expiresInMinutes },
          caller: null,
        })),
      )
      return users
    },

    /** Adds the first person of a tenant from the command line, and returns the link with which to choose a password. */
    async bootstrap(tenant: Tenant, person: NewPerson): Promise<{ user: UserRow; token: string } | null> {
      return database.tenant(tenant.id).transaction(async (tx) => {
        const user = newUser(person, 'invited')
        if (!(await insertUser(tx, user))) return null
        const { token, digest } = newToken(secretBytes, 'ml')
        const expiresAt = clock() + LIFETIMES.invitation
        await insertToken(tx, {
          digest,
          userId: user.id,
          purpose: 'invitation',
          data: '{}',
          createdAt: clock(),
          expiresAt,
        })
        await audit(tx, {
          kind: 'user.bootstrapped',
          actorId: null,
          subjectId: user.id,
          caller: null,
          data: { role: person.role },
        })
        return { user, token }
      })
    },

    async inviteAgain(tx: TenantDb, tenant: Tenant, user: UserRow): Promise<void> {
      await mailLink(tx, tenant, user, 'invitation')
    },

    /** Asks for a link. What is done before the answer is the same whether the address is known or not. */
    async requestLink(
      tenant: Tenant,
      request: { email: string; purpose: LinkPayload['purpose']; returnTo?: string; caller: Caller },
    ): Promise<void> {
      const { email, purpose, returnTo = null, caller } = request
      const db = database.tenant(tenant.id)
      const user = await findUserByEmail(db, email)
      const payload: LinkPayload = { userId: user?.id ?? null, purpose, returnTo }
      await db.transaction(async (tx) => {
        await audit(tx, { kind: 'link.requested', actorId: null, subjectId: payload.userId, caller, data: { purpose } })
        await ports.enqueue(tx, SEND_LINK, payload, { queue: 'outbox' })
      })
    },

    /** Makes the token of a link that was asked for, and queues its mail. */
    async sendLink(tenant: Tenant, { userId, purpose, returnTo }: LinkPayload): Promise<'sent' | 'nothing to send'> {
      if (userId === null) return 'nothing to send'
      return database.tenant(tenant.id).transaction(async (tx) => {
        const user = await findUser(tx, userId)
        if (user?.status !== 'active' && user?.status !== 'invited') return 'nothing to send'
        if (purpose === 'verify-email' && user.email_verified_at !== null) return 'nothing to send'
        if (user.status === 'invited') await mailLink(tx, tenant, user, 'invitation')
        else await mailLink(tx, tenant, user, purpose, { returnTo: returnTo ?? undefined })
        return 'sent'
      })
    },

    /**
     * Confirms an address. A new one takes the account's session as well (`holderId`) or its password: else the owner of an address
     * would lend it to an account of somebody else. Of a first one the password, where it is sent, must be right. The server's own
     * page, to which mails lead, always asks for it, so that nobody confirms an account that a squatter opened for them.
     */
    async verifyEmail(
      tenant: Tenant,
      { token, password, holderId }: { token: string; password?: string | undefined; holderId: string | null },
      caller: Caller,
    ): Promise<void> {
      const db = database.tenant(tenant.id)
      const peeked = await peek(db, token, ['verify-email', 'change-email'])
      if (password !== undefined) await ports.provePassword(tenant, peeked, password, caller)
      const isTheirs = password !== undefined || peeked.id === holderId
      await db.transaction(async (tx) => {
        const now = clock()
        const { user, data, purpose } = await takeToken(tx, token, ['verify-email', 'change-email'])
        if (purpose === 'verify-email') {
          await updateUser(tx, user.id, { email_verified_at: now, updated_at: now })
        } else {
          if (!isTheirs) {
            throw problem('reauthentication_required', 'Send the password of the account along, or sign in to it first')
          }
          const email = data.email!
          if (await findUserByEmail(tx, email)) throw expiredLink()
          await updateUser(tx, user.id, { email, email_key: emailKey(email), email_verified_at: now, updated_at: now })
          await sessions.endAll(tx, user.id, 'e-mail address changed')
          await dropAllTokens(tx, user.id)
          await mail(tx, { tenant, user, template: 'email-changed', data: { newAddress: shortened(email) }, caller })
        }
        await audit(tx, {
          kind: 'user.email_verified',
          actorId: user.id,
          subjectId: user.id,
          caller,
          data: { purpose },
        })
      })
    },

    /** Mails a link to a new address; the old one stays until it is used, and is told then. */
    async changeEmail(tenant: Tenant, user: UserRow, email: string, caller: Caller): Promise<void> {
      const db = database.tenant(tenant.id)
      const owner = await findUserByEmail(db, email)
      await db.transaction(async (tx) => {
        if (owner) await mail(tx, { tenant, user: owner, template: 'account-exists', data: {}, caller: null })
        else await mailLink(tx, tenant, user, 'change-email', { to: email, data: { email } })
        await audit(tx, { kind: 'user.email_change_requested', actorId: user.id, subjectId: user.id, caller, data: {} })
      })
    },

    /**
     * Sets a password with a mailed token, ends all sessions, and takes providers away: whoever was in the account may have
     * linked one.
     */
    async resetPassword(tenant: Tenant, token: string, password: string, caller: Caller): Promise<void> {
      const db = database.tenant(tenant.id)
      await passwords.refuseWeak(tenant, { email: '', name: null }, password)
      const peeked = await peek(db, token, ['reset-password', 'invitation'])
      await passwords.refuseWeak(tenant, peeked, password)
      await passwords.refuseUsed(db, peeked.id, password)
      const hash = await hasher.hash(normalisePassword(password))
      await db.transaction(async (tx) => {
        const now = clock()
        const { user } = await takeToken(tx, token, ['reset-password', 'invitation'])
        if (user.status === 'active' && user.email_verified_at === null) await reclaim(tx, user, caller)
        await setPasswordHash(tx, user.id, hash, now)
        await updateUser(tx, user.id, {
          status: 'active',
          email_verified_at: user.email_verified_at ?? now,
          updated_at: now,
        })
        await sessions.endAll(tx, user.id, 'password reset')
        await forgetDevices(tx, user.id)
        await dropAllTokens(tx, user.id)
        const dropped = await dropIdentities(tx, user.id)
        const change = dropped > 0 ? 'reset' : 'chosen'
        await mail(tx, { tenant, user, template: 'password-changed', data: { change }, caller })
        const data = { identities: dropped }
        await audit(tx, { kind: 'user.password_reset', actorId: user.id, subjectId: user.id, caller, data })
      })
    },

    /**
     * Who owns the address of a magic link. An account that somebody made with an address that was not theirs loses its
     * password and sessions: nobody had proved to own it before.
     */
    async useMagicLink(tenant: Tenant, token: string, caller: Caller): Promise<UserRow> {
      return database.tenant(tenant.id).transaction(async (tx) => {
        const { user } = await takeToken(tx, token, ['magic-link'])
        if (user.email_verified_at !== null) return user
        const now = clock()
        const change = { email_verified_at: now, password_hash: null, password_changed_at: null, updated_at: now }
        await updateUser(tx, user.id, change)
        await reclaim(tx, user, caller)
        if (user.password_hash !== null) {
          await mail(tx, { tenant, user, template: 'password-changed', data: { change: 'removed' }, caller })
        }
        return { ...user, ...change }
      })
    },
  }

  /** Who a token is for, before it is used up: what is wrong with a password must not cost the link. */
  async function peek(db: TenantDb, token: string, purposes: readonly MailedPurpose[]): Promise<UserRow> {
    for (const purpose of purposes) {
      const found = await passwords.findToken(db, digestOf(token), purpose)
      const user = found && (await findUser(db, found.userId))
      if (user?.status === 'active' || user?.status === 'invited') return user
    }
    throw expiredLink()
  }
}

function expiredLink(): ProblemError {
  return new ProblemError('expired_link', { detail: 'The link has been used, or is too old. Ask for a new one.' })
}

/** `a…@example.com`: enough for its owner to know it, not enough for another to use it. */
function shortened(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}…${email.slice(at)}`
}
