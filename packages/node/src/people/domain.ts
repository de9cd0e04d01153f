import type { AuditService } from '../audit/service.ts'
import type { Principal, Tenant } from '../context.ts'
import type { Database } from '../db/open.ts'
import type { PeopleAuthenticator } from '../http/authenticate.ts'
import type { Incoming } from '../http/incoming.ts'
import { installationSecret } from '../installation/secret.ts'
import type { QueueMail } from '../mail/index.ts'
import type { Clock, Random, SecretBytes } from '../ports.ts'
import type { PasswordHasher } from '../security/passwords.ts'
import type { SecretBox } from '../security/secret-box.ts'
import { accountService } from './account.ts'
import { accessCookie, refreshCookie } from './cookies.ts'
import { personMail } from './mails.ts'
import { passwordsService } from './passwords.ts'
import type { People } from './ports.ts'
import { permissionsOf } from './present.ts'
import { registrationService } from './registration.ts'
import { FRESH_MS, sessionsService } from './sessions.ts'
import { signInService } from './sign-in.ts'
import { tokenIssuer } from './signing-keys.ts'
import { twoFactorService } from './two-factor.ts'

export interface PeoplePorts {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly secretBytes: SecretBytes
  readonly hasher: PasswordHasher
  readonly box: () => Promise<SecretBox>
  readonly audit: AuditService
  readonly queueMail: QueueMail
  /** How the server is reached from outside, without a trailing slash; it names itself in tokens. */
  readonly publicUrl: string
  readonly requireVerifiedEmail: boolean
  /** Origins whose pages may act for people of a tenant. */
  readonly originsOf: (tenantId: number) => Promise<ReadonlySet<string>>
  /** The tenant, where there is only one. */
  readonly onlyTenant: () => Promise<Tenant | undefined>
}

export type PeopleDomain = ReturnType<typeof peopleDomain>

/** Wires what deals with people. */
export function peopleDomain(ports: PeoplePorts) {
  const { database, clock, random, secretBytes, hasher, box, publicUrl } = ports
  const people: People = {
    audit: (tx, entry) => ports.audit.record(tx, entry),
    mail: personMail({ queueMail: ports.queueMail, clock, pages: { signIn: `${publicUrl}/sign-in` } }),
  }
  const tokens = tokenIssuer({ database, clock, random, box, issuer: publicUrl })
  const sessions = sessionsService({
    database,
    clock,
    random,
    secretBytes,
    tokens,
    onReuse: (tx, session, caller) =>
      people.audit(tx, {
        kind: 'session.token_reused',
        actorId: null,
        subjectId: session.user_id,
        caller,
        data: { session: session.id },
      }),
  })
  const twoFactor = twoFactorService({ ...people, database, clock, secretBytes, box })
  const passwords = passwordsService({ hasher, clock })
  let attemptKey: Promise<string> | undefined
  const signIn = signInService({
    ...people,
    database,
    clock,
    secretBytes,
    hasher,
    sessions,
    secondFactor: twoFactor,
    requireVerifiedEmail: ports.requireVerifiedEmail,
    attemptKey: () => {
      attemptKey ??= installationSecret(database, 'sign-in-attempts', secretBytes).catch((error: unknown) => {
        attemptKey = undefined
        throw error
      })
      return attemptKey
    },
  })
  const registration = registrationService({
    ...people,
    database,
    clock,
    random,
    secretBytes,
    hasher,
    passwords,
    sessions,
    // Behind `#`, so that the token is in no log and in no Referer.
    linkFor: (tenant, purpose, token, returnTo) => {
      const after = returnTo === undefined ? '' : `&returnTo=${encodeURIComponent(returnTo)}`
      return `${publicUrl}/sign-in?tenant=${tenant.publicId}#${purpose}=${token}${after}`
    },
  })
  const account = accountService({
    ...people,
    database,
    clock,
    hasher,
    passwords,
    sessions,
    twoFactor,
    prove: (tenant, user, proof, caller) => signIn.proveAgain(tenant, user, proof, caller),
    exports: {
      activity: async (db, userId) => {
        const rows = await ports.audit.search(db, { personId: userId, limit: 1_000 })
        return rows.map(({ at, kind, address }) => ({ at: new Date(at).toISOString(), kind, address }))
      },
    },
  })

  const authenticator: PeopleAuthenticator = {
    async holder(accessToken) {
      const found = await sessions.holder(accessToken)
      if (!found) return null
      const { session, tenant, expiresAt } = found
      return {
        kind: 'person',
        keyId: session.id,
        tenant,
        origins: await ports.originsOf(tenant.id),
        person: {
          user: { id: session.userId, role: session.role, permissions: permissionsOf(session.role) },
          sessionId: session.id,
          expiresAt,
          isFresh: clock() - session.provedAt <= FRESH_MS,
          actorId: session.actorId,
          delivery: session.delivery,
        },
      }
    },
    accessCookie,
    async visited(request: Incoming): Promise<Principal | null> {
      const cookie = refreshCookie(request)
      const tenant = (cookie === null ? undefined : await sessions.tenantOf(cookie)) ?? (await ports.onlyTenant())
      if (!tenant) return null
      return { kind: 'visitor', keyId: 'visitor', tenant, origins: await ports.originsOf(tenant.id) }
    },
  }
  return { services: { account, registration, sessions, signIn, twoFactor }, authenticator, tokens, people }
}
