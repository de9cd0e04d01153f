import type { Permission } from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { Principal, Tenant } from '../context.ts'
import type { Database } from '../db/open.ts'
import { isFromOwnPage, type PeopleAuthenticator } from '../http/authenticate.ts'
import type { Incoming } from '../http/incoming.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import { installationSecret } from '../installation/secret.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { Limiter } from '../limits/index.ts'
import type { QueueMail, QueueMails } from '../mail/index.ts'
import type { Clock, Logger, Random, SecretBytes } from '../ports.ts'
import { HashQueueFullError, type PasswordHasher } from '../security/passwords.ts'
import type { SecretBox } from '../security/secret-box.ts'
import { accountService } from './account.ts'
import { accessCookie, refreshCookie } from './cookies.ts'
import { formWatch } from './forms.ts'
import { identitiesService } from './identities.ts'
import type { IdentityProvider } from './identity-provider.ts'
import { peopleMails } from './mails.ts'
import { passwordsService } from './passwords.ts'
import type { People } from './ports.ts'
import { permissionsOf } from './present.ts'
import { type LinkPayload, registrationService, SEND_LINK } from './registration.ts'
import { FRESH_MS, sessionsService } from './sessions.ts'
import { signInService } from './sign-in.ts'
import { tokenIssuer } from './signing-keys.ts'
import { twoFactorService } from './two-factor.ts'

/**
 * The public id of a tenant. Only pages of the server itself may send it: browsers ask before they let another origin's page
 * send a header of this kind, and the answer is no.
 */
const TENANT_HEADER = 'x-tillwright-tenant'

export interface PeoplePorts {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly secretBytes: SecretBytes
  readonly hasher: PasswordHasher
  readonly box: () => Promise<SecretBox>
  readonly audit: AuditService
  readonly queueMail: QueueMail
  readonly queueMails: QueueMails
  readonly enqueue: Enqueue
  /** How the server is reached from outside, without a trailing slash; it names itself in tokens. */
  readonly publicUrl: string
  readonly requireVerifiedEmail: boolean
  /** Counts what addresses send; `null`: nobody does. */
  readonly limiter: Pick<Limiter, 'take'> | null
  readonly identityProviders: readonly IdentityProvider[]
  readonly log: Logger
  /** Origins whose pages may act for people of a tenant. */
  readonly originsOf: (tenantId: number) => Promise<ReadonlySet<string>>
  /** By public id. */
  readonly tenantNamed: (publicId: string) => Promise<Tenant | undefined>
  /** The tenant, where there is only one. */
  readonly onlyTenant: () => Promise<Tenant | undefined>
  /** What the roles of a tenant's own may do, by name. */
  readonly rolesOf: (tenantId: number) => Promise<ReadonlyMap<string, readonly Permission[]>>
}

export type PeopleDomain = ReturnType<typeof peopleDomain>

/** Wires what deals with people. */
export function peopleDomain(ports: PeoplePorts) {
  const { database, clock, random, secretBytes, box, publicUrl } = ports
  const hasher = patientHasher(ports.hasher)
  const people: People = {
    audit: (tx, entry) => ports.audit.record(tx, entry),
    ...peopleMails({ ...ports, pages: { signIn: `${publicUrl}/sign-in` } }),
  }
  const permissionsIn = async (tenantId: number, role: string) => permissionsOf(role, await ports.rolesOf(tenantId))
  const tokens = tokenIssuer({ database, clock, random, box, issuer: publicUrl })
  const sessions = sessionsService({
    database,
    clock,
    random,
    secretBytes,
    tokens,
    audit: people.audit,
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
    twoFactor,
    enqueue: ports.enqueue,
    provePassword: signIn.provePassword,
    // Behind `#`, so that the token is in no log and in no Referer.
    linkFor: (tenant, purpose, token, returnTo) => {
      const after = returnTo === undefined ? '' : `&returnTo=${encodeURIComponent(returnTo)}`
      return `${publicUrl}/sign-in?tenant=${tenant.publicId}#${purpose}=${token}${after}`
    },
  })
  const identities = identitiesService({
    ...people,
    database,
    clock,
    random,
    secretBytes,
    log: ports.log,
    box,
    providers: ports.identityProviders,
    signIn,
    registration,
    sessions,
    publicUrl,
  })
  const forms = formWatch({ audit: people.audit, limiter: ports.limiter })
  const account = accountService({
    ...people,
    database,
    clock,
    hasher,
    passwords,
    sessions,
    twoFactor,
    provePassword: signIn.provePassword,
    exports: {
      identities: identities.list,
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
          user: { id: session.userId, role: session.role, permissions: await permissionsIn(tenant.id, session.role) },
          sessionId: session.id,
          expiresAt,
          // Who acts as somebody else has proved nothing about them.
          isFresh: session.actorId === null && clock() - session.provedAt <= FRESH_MS,
          actorId: session.actorId,
          delivery: session.delivery,
        },
      }
    },
    accessCookie,
    async named(request: Incoming): Promise<Principal | null> {
      const id = request.header(TENANT_HEADER)
      if (id === null) return null
      const tenant = isFromOwnPage(request) && /^ten_\w{1,60}$/.test(id) ? await ports.tenantNamed(id) : undefined
      if (tenant?.publicId !== id) throw problem('missing_key', `${TENANT_HEADER} is for the server's own pages`)
      return { kind: 'visitor', keyId: 'visitor', tenant, origins: await ports.originsOf(tenant.id) }
    },
    async visited(request: Incoming): Promise<Principal | null> {
      const cookie = refreshCookie(request)
      const tenant = (cookie === null ? undefined : await sessions.tenantOf(cookie)) ?? (await ports.onlyTenant())
      if (!tenant) return null
      return { kind: 'visitor', keyId: 'visitor', tenant, origins: await ports.originsOf(tenant.id) }
    },
  }
  const jobs = {
    [SEND_LINK]: async (payload: LinkPayload, { tenant }: { tenant: Tenant }) => ({
      link: await registration.sendLink(tenant, payload),
    }),
  }
  return {
    jobs,
    services: { account, clock, forms, identities, registration, sessions, signIn, twoFactor, permissionsIn },
    authenticator,
    tokens,
    people,
  }
}

const RETRY_SECONDS = 1

/** Answers 503 when too many passwords wait to be hashed, rather than let everybody wait. */
function patientHasher(hasher: PasswordHasher): PasswordHasher {
  const orUnavailable = (error: unknown): never => {
    if (!(error instanceof HashQueueFullError)) throw error
    throw new ProblemError('unavailable', {
      detail: 'Too many people sign in at this moment',
      retryAfterSeconds: RETRY_SECONDS,
      cause: error,
    })
  }
  return {
    hash: (password) => hasher.hash(password).catch(orUnavailable),
    verify: (phc, password) => hasher.verify(phc, password).catch(orUnavailable),
    isWeak: (phc) => hasher.isWeak(phc),
  }
}
