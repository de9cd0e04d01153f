import { createHmac } from 'node:crypto'
import type { Tenant } from '../context.ts'
import type { Database, TenantDb } from '../db/open.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { Clock, SecretBytes } from '../ports.ts'
import { digestOf, newToken, type OpaqueToken } from '../security/opaque-token.ts'
import { normalisePassword } from '../security/password-policy.ts'
import type { PasswordHasher } from '../security/passwords.ts'
import {
  clearAttempts,
  countAttempt,
  isKnownDevice,
  isOurDevice,
  LOCK_MS,
  lockSubject,
  MAX_FAILURES,
  rememberDevice,
  takeBackAttempt,
} from './attempts-store.ts'
import type { People } from './ports.ts'
import type { Caller, Grant, SessionsService } from './sessions.ts'
import { findToken, insertToken, useToken } from './tokens-store.ts'
import { emailKey, findUser, findUserByEmail, replacePasswordHash, type UserRow, updateUser } from './users-store.ts'

/** How long a code may be awaited after the password. */
const PENDING_MS = 5 * 60_000

export interface SignInRequest {
  readonly email: string
  readonly password: string
  readonly remember: boolean
  readonly delivery: 'cookie' | 'token'
  readonly caller: Caller
  /** What the browser keeps of an earlier sign-in. */
  readonly deviceToken: string | null
}

export type SignInResult =
  | { readonly status: 'signed_in'; readonly grant: Grant; readonly deviceToken: string }
  | { readonly status: 'second_factor'; readonly pendingToken: string }

interface Pending {
  readonly remember: boolean
  readonly subject: string
}

export interface SignInPorts extends People {
  readonly database: Database
  readonly clock: Clock
  readonly secretBytes: SecretBytes
  readonly hasher: PasswordHasher
  readonly sessions: SessionsService
  /** Key of the digests under which failures are counted. */
  readonly attemptKey: () => Promise<string>
  readonly secondFactor: {
    isOn(db: TenantDb, userId: string): Promise<boolean>
    /** Checks a code and uses it up. */
    accept(tx: TenantDb, tenant: Tenant, user: UserRow, code: string, caller: Caller): Promise<boolean>
  }
  readonly requireVerifiedEmail: boolean
}

export type SignInService = ReturnType<typeof signInService>

/**
 * Signs people in. Unknown, wrong, locked and password-less cannot be told apart: each counts an attempt, evaluates one
 * hash, and answers the same.
 */
export function signInService(ports: SignInPorts) {
  const { database, clock, secretBytes, hasher, sessions, audit, mail } = ports

  async function subjectOf(what: string): Promise<string> {
    return createHmac('sha256', await ports.attemptKey())
      .update(what)
      .digest('base64url')
  }

  /** Whose failures count: the account's or, from a browser that has been signed in before, that browser's. */
  async function attemptSubject(
    db: TenantDb,
    user: UserRow | undefined,
    request: Pick<SignInRequest, 'email' | 'deviceToken'>,
  ): Promise<string> {
    const device = request.deviceToken === null ? null : digestOf(request.deviceToken)
    if (user && device && (await isKnownDevice(db, user.id, device))) return subjectOf(`device:${user.id}:${device}`)
    return subjectOf(`email:${emailKey(request.email)}`)
  }

  async function fail(
    db: TenantDb,
    tenant: Tenant,
    user: UserRow | undefined,
    subject: string,
    attempt: number,
    request: Attempted,
  ) {
    await db.transaction(async (tx) => {
      const isLocked = attempt >= MAX_FAILURES && (await lockSubject(tx, subject, clock()))
      await audit(tx, {
        kind: isLocked ? 'account.locked' : 'sign_in.failed',
        actorId: null,
        subjectId: user?.id ?? null,
        caller: request.caller,
        data: { method: request.method },
      })
      if (isLocked && user?.status === 'active') {
        await mail(tx, {
          tenant,
          user,
          template: 'account-locked',
          data: { lockedForMinutes: LOCK_MS / 60_000 },
          caller: request.caller,
        })
      }
    })
  }

  /** The browser's own token where it is one of ours: nobody else may choose what makes a browser known. */
  async function deviceOf(tx: TenantDb, token: string | null): Promise<OpaqueToken> {
    const digest = token === null ? null : digestOf(token)
    return token !== null && digest !== null && (await isOurDevice(tx, digest))
      ? { token, digest }
      : newToken(secretBytes, 'dt')
  }

  /** `subject`: whose failures are forgiven; `null`: nobody's. */
  async function succeed(
    tenant: Tenant,
    user: UserRow,
    subject: string | null,
    request: Succeeded,
  ): Promise<SignInResult> {
    const { opened, device } = await database.tenant(tenant.id).transaction(async (tx) => {
      const now = clock()
      const device = await deviceOf(tx, request.deviceToken)
      if (subject !== null) await clearAttempts(tx, subject)
      // Everybody's first sign-in is from a device that we do not know.
      if (user.last_sign_in_at !== null && !(await isKnownDevice(tx, user.id, device.digest))) {
        await mail(tx, { tenant, user, template: 'new-sign-in', data: {}, caller: request.caller })
      }
      await rememberDevice(tx, user.id, device.digest, now)
      await updateUser(tx, user.id, { last_sign_in_at: now })
      const begun = await sessions.open(tx, { user, ...request })
      await audit(tx, {
        kind: 'sign_in.succeeded',
        actorId: user.id,
        subjectId: user.id,
        caller: request.caller,
        data: { method: request.method, session: begun.session.id },
      })
      return { opened: begun, device }
    })
    return { status: 'signed_in', grant: await sessions.grant(tenant, opened), deviceToken: device.token }
  }

  /** The first factor was right: a code of the second is awaited. */
  async function awaitCode(tenant: Tenant, user: UserRow, subject: string, remember: boolean): Promise<SignInResult> {
    const { token, digest } = newToken(secretBytes, 'tf')
    const data: Pending = { remember, subject }
    await database.tenant(tenant.id).transaction((tx) =>
      insertToken(tx, {
        digest,
        userId: user.id,
        purpose: 'second-factor',
        data: JSON.stringify(data),
        createdAt: clock(),
        expiresAt: clock() + PENDING_MS,
      }),
    )
    return { status: 'second_factor', pendingToken: token }
  }

  return {
    async withPassword(tenant: Tenant, request: SignInRequest): Promise<SignInResult> {
      const db = database.tenant(tenant.id)
      const user = await findUserByEmail(db, request.email)
      const subject = await attemptSubject(db, user, request)
      const attempt = await db.transaction((tx) => countAttempt(tx, subject, clock()))
      const password = normalisePassword(request.password)
      const canSignIn = user?.status === 'active' && attempt.isAllowed
      const isRight = await hasher.verify(canSignIn ? user.password_hash : null, password)
      if (!canSignIn || !isRight) {
        await fail(db, tenant, user, subject, attempt.isAllowed ? attempt.count : 0, { ...request, method: 'password' })
        throw wrongCredentials()
      }
      if (hasher.isWeak(user.password_hash!)) {
        const hash = await hasher.hash(password)
        await db.transaction((tx) => replacePasswordHash(tx, user.id, user.password_hash!, hash))
      }
      if (isUnconfirmed(user)) {
        await db.transaction((tx) => takeBackAttempt(tx, subject))
        throw unconfirmed()
      }
      if (await ports.secondFactor.isOn(db, user.id)) {
        await db.transaction((tx) => takeBackAttempt(tx, subject))
        return awaitCode(tenant, user, subject, request.remember)
      }
      return succeed(tenant, user, subject, { ...request, method: 'password' })
    },

    async withCode(
      tenant: Tenant,
      request: {
        pendingToken: string
        code: string
        delivery: 'cookie' | 'token'
        caller: Caller
        deviceToken: string | null
      },
    ): Promise<SignInResult> {
      const db = database.tenant(tenant.id)
      const digest = digestOf(request.pendingToken)
      const pending = await findToken(db, digest, 'second-factor', clock())
      const user = pending && (await findUser(db, pending.userId))
      if (!pending || user?.status !== 'active') throw wrongCredentials()
      const { subject, remember } = JSON.parse(pending.data) as Pending
      const attempt = await db.transaction((tx) => countAttempt(tx, subject, clock()))
      const isRight =
        attempt.isAllowed &&
        (await db.transaction((tx) => ports.secondFactor.accept(tx, tenant, user, request.code, request.caller)))
      if (!isRight) {
        await fail(db, tenant, user, subject, attempt.isAllowed ? attempt.count : 0, { ...request, method: 'code' })
        throw wrongCredentials()
      }
      const used = await db.transaction((tx) => useToken(tx, digest, ['second-factor'], clock()))
      if (!used) throw wrongCredentials()
      return succeed(tenant, user, subject, { ...request, remember, method: 'code' })
    },

    /** Signs in who has proved to own the address, as a magic link does; a second factor is still asked for. */
    async withAddress(
      tenant: Tenant,
      user: UserRow,
      request: { delivery: 'cookie' | 'token'; caller: Caller; deviceToken: string | null },
    ): Promise<SignInResult> {
      const db = database.tenant(tenant.id)
      const subject = await attemptSubject(db, user, { email: user.email, deviceToken: request.deviceToken })
      if (await ports.secondFactor.isOn(db, user.id)) return awaitCode(tenant, user, subject, false)
      return succeed(tenant, user, subject, { ...request, remember: false, method: 'magic-link' })
    },

    /**
     * Signs in whom a provider knows: only who is active, and a second factor is still asked for. A lock keeps out who
     * guesses passwords and codes, and so not them; what others have guessed still counts afterwards.
     */
    async withIdentity(tenant: Tenant, user: UserRow, request: Omit<Succeeded, 'remember'>): Promise<SignInResult> {
      const db = database.tenant(tenant.id)
      const subject = await attemptSubject(db, user, { email: user.email, deviceToken: request.deviceToken })
      if (user.status !== 'active') {
        await fail(db, tenant, user, subject, 0, request)
        throw wrongCredentials()
      }
      if (isUnconfirmed(user)) throw unconfirmed()
      if (await ports.secondFactor.isOn(db, user.id)) return awaitCode(tenant, user, subject, false)
      return succeed(tenant, user, null, { ...request, remember: false })
    },

    /**
     * Checks the password, or a code, of somebody who is signed in. Throws where it is not right. Counted apart from
     * sign-ins: who fails at those from outside must not keep the owner from their own settings.
     */
    async proveAgain(
      tenant: Tenant,
      user: UserRow,
      proof: { password?: string | undefined; code?: string | undefined },
      caller: Caller,
    ): Promise<void> {
      const needsCode = await ports.secondFactor.isOn(database.tenant(tenant.id), user.id)
      await proved(tenant, user, caller, async (tenantDb, isAllowed) => {
        if (proof.password === undefined) {
          if (!needsCode || proof.code === undefined) return false
        } else if (!(await isPassword(user, proof.password, isAllowed))) return false
        if (!isAllowed) return false
        if (!needsCode) return true
        return (
          proof.code !== undefined &&
          tenantDb.transaction((tx) => ports.secondFactor.accept(tx, tenant, user, proof.code!, caller))
        )
      })
    },

    /** The same with the password alone, for who is signed in and chooses another. */
    async provePassword(tenant: Tenant, user: UserRow, password: string, caller: Caller): Promise<void> {
      await proved(tenant, user, caller, (_db, isAllowed) => isPassword(user, password, isAllowed))
    },
  }

  function isUnconfirmed(user: UserRow): boolean {
    return ports.requireVerifiedEmail && user.email_verified_at === null
  }

  async function isPassword(user: UserRow, password: string, isAllowed: boolean): Promise<boolean> {
    return hasher.verify(isAllowed ? user.password_hash : null, normalisePassword(password))
  }

  async function proved(
    tenant: Tenant,
    user: UserRow,
    caller: Caller,
    isRight: (db: TenantDb, isAllowed: boolean) => Promise<boolean>,
  ): Promise<void> {
    const db = database.tenant(tenant.id)
    const subject = await subjectOf(`again:${user.id}`)
    const attempt = await db.transaction((tx) => countAttempt(tx, subject, clock()))
    if ((await isRight(db, attempt.isAllowed)) && attempt.isAllowed) {
      await db.transaction(async (tx) => {
        await clearAttempts(tx, subject)
        await audit(tx, { kind: 'identity.proved', actorId: user.id, subjectId: user.id, caller, data: {} })
      })
      return
    }
    await fail(db, tenant, user, subject, attempt.isAllowed ? attempt.count : 0, { caller, method: 'again' })
    throw wrongCredentials()
  }
}

interface Attempted {
  readonly caller: Caller
  readonly method: string
}

export interface Succeeded extends Attempted {
  readonly remember: boolean
  readonly delivery: 'cookie' | 'token'
  readonly deviceToken: string | null
}

function unconfirmed(): ProblemError {
  return new ProblemError('email_not_verified', {
    detail: 'Use the link in the mail that we sent, or ask for another.',
  })
}

export function wrongCredentials(): ProblemError {
  return new ProblemError('invalid_credentials', {
    detail:
      'Address, password or code are not right, or there were too many tries: then its owner has a mail, and it works again in a quarter of an hour.',
  })
}
