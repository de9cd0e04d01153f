import { createHash } from 'node:crypto'
import { emailAddress, type Identity, newId, personName } from '@tillwright/core/contract'
import { LRUCache } from 'lru-cache'
import type { Tenant } from '../context.ts'
import type { Database, TenantDb } from '../db/open.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { Clock, Logger, Random, SecretBytes } from '../ports.ts'
import { digestOf, newToken, type OpaqueToken } from '../security/opaque-token.ts'
import type { SecretBox } from '../security/secret-box.ts'
import { VISIT_SECONDS } from './cookies.ts'
import type { Holder } from './holder.ts'
import {
  deleteIdentity,
  findIdentity,
  type IdentityRow,
  insertIdentity,
  insertVisit,
  listIdentities,
  touchIdentity,
  useVisit,
  type VisitKind,
  type VisitRow,
} from './identities-store.ts'
import { type IdentityProvider, IdentityProviderError, type ProvenIdentity } from './identity-provider.ts'
import type { People } from './ports.ts'
import type { RegistrationService } from './registration.ts'
import type { Caller, SessionsService } from './sessions.ts'
import type { SignInResult, SignInService } from './sign-in.ts'
import { emailKey, findUser, findUserByEmail, type UserRow, updateUser } from './users-store.ts'

const VISIT_MS = VISIT_SECONDS * 1000
const VERIFIER_BYTES = 32
/** How long a failure of a provider to begin a visit stands for all that follow, in ms. */
const NOTED_MS = 60_000
const NOTED_FAILURES = 1_000
const BROWSER_TOKEN = /^bt_[\w-]{43}$/

export interface IdentitiesPorts extends People {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly secretBytes: SecretBytes
  readonly log: Logger
  readonly box: () => Promise<SecretBox>
  readonly providers: readonly IdentityProvider[]
  readonly signIn: Pick<SignInService, 'withIdentity'>
  readonly registration: Pick<RegistrationService, 'addProven' | 'inviteAgain'>
  readonly sessions: Pick<SessionsService, 'endAll'>
  /** How the server is reached from outside, without a trailing slash. */
  readonly publicUrl: string
}

/** What a browser brought back from a provider. */
export interface Landing {
  readonly state: string
  /** What the browser got when it set out. */
  readonly browserToken: string
  readonly code: string | undefined
  readonly iss: string | undefined
  readonly error: string | undefined
  /** Who is signed in with the browser. */
  readonly holder: Holder | null
  readonly caller: Caller
  readonly deviceToken: string | null
}

export type LandingResult = { readonly returnTo: string } & (
  | SignInResult
  | { readonly status: 'linked'; readonly provider: string }
  | {
      readonly status: 'proof_needed'
      readonly provider: string
      readonly email: string
      readonly invited: boolean
      readonly proofToken: string
    }
)

/** What only we know of a visit. */
interface Secrets {
  readonly codeVerifier: string
  readonly nonce: string
  readonly returnTo: string
}

export type IdentitiesService = ReturnType<typeof identitiesService>

/**
 * Signing in with providers. A provider's issuer and subject name a person, never an address: where an account has the
 * address already, its owner signs in to it once, and only then the provider is a way in.
 */
export function identitiesService(ports: IdentitiesPorts) {
  const { database, clock, random, secretBytes, box, providers, signIn, audit, mail } = ports
  const noted = new LRUCache<string, true>({ max: NOTED_FAILURES, ttl: NOTED_MS })
  const redirectUri = (provider: IdentityProvider) => `${ports.publicUrl}/auth/${provider.id}/callback`
  const labelOf = (id: string) => providers.find((provider) => provider.id === id)?.label ?? id

  function providerNamed(id: string): IdentityProvider {
    const provider = providers.find((one) => one.id === id)
    if (!provider) throw problem('not_found', `There is no provider ${id}: see /auth/providers`)
    return provider
  }

  async function opened<T>({ digest, sealed }: VisitRow): Promise<T> {
    return JSON.parse(Buffer.from((await box()).open(sealed, contextOf(digest))).toString('utf8')) as T
  }

  function browserOf(token: string | null): OpaqueToken {
    return token !== null && BROWSER_TOKEN.test(token)
      ? { token, digest: digestOf(token) }
      : newToken(secretBytes, 'bt')
  }

  /** Uses the visit up, whatever comes of it. */
  async function ended(tenant: Tenant, digest: string, kinds: readonly VisitKind[], browser: string | null) {
    return database.tenant(tenant.id).transaction((tx) => useVisit(tx, { digest, kinds, browser }, clock()))
  }

  async function note(tenant: Tenant, provider: string, reason: string, userId: string | null, caller: Caller) {
    await database.tenant(tenant.id).transaction((tx) =>
      audit(tx, {
        kind: 'sign_in.failed',
        actorId: null,
        subjectId: userId,
        caller,
        data: { method: provider, reason },
      }),
    )
  }

  /** Anybody may set out, as often as limits let them: what comes of it while a provider is away is noted once a minute. */
  async function noteOnce(tenant: Tenant, provider: string, reason: string, userId: string | null, caller: Caller) {
    const what = `${tenant.id} ${provider} ${reason}`
    if (noted.has(what)) return
    noted.set(what, true)
    await note(tenant, provider, reason, userId, caller)
  }

  async function exchanged(
    tenant: Tenant,
    provider: IdentityProvider,
    visit: VisitRow,
    { codeVerifier, nonce }: Secrets,
    { code, iss, error, caller }: Landing,
  ): Promise<ProvenIdentity> {
    if (error === 'access_denied') {
      throw new ProblemError('identity_cancelled', { detail: 'Sign in again, or in another way.' })
    }
    try {
      if (code === undefined) throw new IdentityProviderError('refused', 'The provider sent no code')
      const found = await provider.exchange({ code, iss, redirectUri: redirectUri(provider), codeVerifier, nonce })
      return sound(found)
    } catch (cause) {
      return refuseFailed(provider, cause, (reason) => note(tenant, provider.id, reason, visit.user_id, caller))
    }
  }

  /** Answers where a provider failed; a fault of ours stays one. */
  async function refuseFailed(
    provider: IdentityProvider,
    cause: unknown,
    noteFailure: (reason: string) => Promise<void>,
  ): Promise<never> {
    if (!(cause instanceof IdentityProviderError)) throw cause
    ports.log.warn({ provider: provider.id, reason: cause.reason, detail: cause.message }, 'a provider failed')
    await noteFailure(cause.reason)
    throw new ProblemError('identity_provider_failed', {
      detail:
        cause.reason === 'unavailable'
          ? `${provider.label} does not answer. Try again, or sign in in another way.`
          : `${provider.label} did not say who you are. Try again, or sign in in another way.`,
      cause,
    })
  }

  /** Makes an account at a provider a way into one's own, in the caller's transaction. */
  async function addIdentity(
    tx: TenantDb,
    user: UserRow,
    provider: IdentityProvider,
    { issuer, subject, email }: ProvenIdentity,
  ): Promise<boolean> {
    const now = clock()
    return insertIdentity(tx, {
      id: newId('idn', clock, random),
      user_id: user.id,
      provider: provider.id,
      issuer,
      subject,
      email,
      created_at: now,
      last_used_at: now,
    })
  }

  /** The same where the account is older than the link: its owner is told. */
  async function connect(
    tx: TenantDb,
    tenant: Tenant,
    user: UserRow,
    provider: IdentityProvider,
    proven: ProvenIdentity,
    caller: Caller,
  ): Promise<void> {
    if (!(await addIdentity(tx, user, provider, proven))) {
      const known = await findIdentity(tx, proven)
      if (known?.user_id === user.id) return
      throw problem('identity_taken', `That ${provider.label} account belongs to another account here`)
    }
    await mail(tx, {
      tenant,
      user,
      template: 'sign-in-method-changed',
      data: { change: 'added', provider: provider.label },
      caller,
    })
    await audit(tx, {
      kind: 'identity.linked',
      actorId: user.id,
      subjectId: user.id,
      caller,
      data: { provider: provider.id },
    })
  }

  /** Whose account it is, made where there is none; `proof`: an account has the address, and nobody has shown whose it is. */
  async function personOf(
    tx: TenantDb,
    provider: IdentityProvider,
    proven: ProvenIdentity,
    caller: Caller,
  ): Promise<{ user: UserRow } | { proof: UserRow }> {
    const known = await findIdentity(tx, proven)
    if (known) {
      await touchIdentity(tx, known.id, { email: proven.email, last_used_at: clock() })
      return { user: (await findUser(tx, known.user_id))! }
    }
    // The answer is the same whether an account has the address or not.
    if (proven.email === null || !proven.emailVerified) {
      throw new ProblemError('identity_email_unverified', {
        detail: `Confirm your e-mail address at ${provider.label} first, or sign in in another way.`,
      })
    }
    const { email, name } = proven
    const user = await ports.registration.addProven(tx, { email, name, language: null, role: 'customer' })
    if (!user) {
      // Of two at once, the other may have made it.
      const made = await findIdentity(tx, proven)
      if (made) return { user: (await findUser(tx, made.user_id))! }
      return { proof: (await findUserByEmail(tx, email))! }
    }
    if (!(await addIdentity(tx, user, provider, proven))) throw visitExpired()
    await audit(tx, {
      kind: 'user.registered',
      actorId: user.id,
      subjectId: user.id,
      caller,
      data: { provider: provider.id },
    })
    return { user }
  }

  return {
    providers: providers.map(({ id, label }) => ({ id, label })),
    refuseUnknown: (provider: string) => void providerNamed(provider),

    /**
     * Sets out to a provider. The browser keeps `browserToken`: who comes back without it is refused. One that it has
     * already serves again, for what another of its tabs has begun.
     */
    async start(
      tenant: Tenant,
      visit: {
        provider: string
        returnTo: string
        browserToken: string | null
        holder: Holder | null
        caller: Caller
      },
    ): Promise<{ url: string; browserToken: string }> {
      const provider = providerNamed(visit.provider)
      // Says whose it is, for the page on which the browser lands; whoever changes that finds nothing.
      const state = `${tenant.publicId}.${newToken(secretBytes, 'st').token}`
      const browser = browserOf(visit.browserToken)
      const codeVerifier = Buffer.from(secretBytes(VERIFIER_BYTES)).toString('base64url')
      const nonce = Buffer.from(secretBytes(VERIFIER_BYTES)).toString('base64url')
      const { userId = null, sessionId = null } = visit.holder ?? {}
      let url: string
      try {
        url = await provider.visitUrl({
          redirectUri: redirectUri(provider),
          state,
          codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url'),
          nonce,
        })
      } catch (cause) {
        return refuseFailed(provider, cause, (reason) => noteOnce(tenant, provider.id, reason, userId, visit.caller))
      }
      const secrets: Secrets = { codeVerifier, nonce, returnTo: visit.returnTo }
      const sealedBox = await box()
      await database.tenant(tenant.id).transaction((tx) =>
        insertVisit(tx, {
          digest: digestOf(state),
          kind: userId === null ? 'sign-in' : 'link',
          provider: provider.id,
          user_id: userId,
          session_id: sessionId,
          browser: browser.digest,
          sealed: sealedBox.seal(JSON.stringify(secrets), contextOf(digestOf(state))),
          expires_at: clock() + VISIT_MS,
        }),
      )
      return { url, browserToken: browser.token }
    },

    /** Ends a visit, once: signs in, makes an account, links, or says that the owner of an account must show who they are. */
    async land(tenant: Tenant, landing: Landing): Promise<LandingResult> {
      const { caller, holder } = landing
      const visit = await ended(tenant, digestOf(landing.state), ['sign-in', 'link'], digestOf(landing.browserToken))
      const provider = visit && providers.find(({ id }) => id === visit.provider)
      if (!visit || !provider) throw visitExpired()
      const secrets = await opened<Secrets>(visit)
      const { returnTo } = secrets
      const proven = await exchanged(tenant, provider, visit, secrets, landing)
      const db = database.tenant(tenant.id)
      if (visit.kind === 'link') {
        // Who set out must still be the one who is here.
        if (holder?.userId !== visit.user_id || holder?.sessionId !== visit.session_id) throw visitExpired()
        await db.transaction(async (tx) => {
          const user = await findUser(tx, visit.user_id!)
          if (user?.status !== 'active') throw visitExpired()
          await connect(tx, tenant, user, provider, proven, caller)
        })
        return { status: 'linked', provider: provider.label, returnTo }
      }
      const proof = newToken(secretBytes, 'pf')
      const sealedProof = (await box()).seal(JSON.stringify(proven), contextOf(proof.digest))
      const found = await db.transaction(async (tx) => {
        const person = await personOf(tx, provider, proven, caller)
        if ('proof' in person) {
          await insertVisit(tx, {
            digest: proof.digest,
            kind: 'proof',
            provider: provider.id,
            user_id: person.proof.id,
            session_id: null,
            browser: null,
            sealed: sealedProof,
            expires_at: clock() + VISIT_MS,
          })
          // They have no password with which to sign in: the link gives them one.
          if (person.proof.status === 'invited') await ports.registration.inviteAgain(tx, tenant, person.proof)
        }
        return person
      })
      if ('proof' in found) {
        return {
          status: 'proof_needed',
          provider: provider.label,
          email: proven.email!,
          invited: found.proof.status === 'invited',
          proofToken: proof.token,
          returnTo,
        }
      }
      const result = await signIn.withIdentity(tenant, found.user, {
        method: provider.id,
        delivery: 'cookie',
        caller,
        deviceToken: landing.deviceToken,
      })
      return { ...result, returnTo }
    },

    /**
     * Links what waits for the owner of an account, now that they have signed in to it with the same browser. Nothing
     * happens where it waits for somebody else, is too old, or the address is no longer theirs.
     */
    async linkWaiting(tenant: Tenant, user: UserRow, proofToken: string, caller: Caller): Promise<void> {
      const visit = await ended(tenant, digestOf(proofToken), ['proof'], null)
      const provider = visit && providers.find(({ id }) => id === visit.provider)
      if (!visit || !provider || visit.user_id !== user.id) return
      const proven = await opened<ProvenIdentity>(visit)
      if (proven.email === null || emailKey(proven.email) !== user.email_key) return
      await database.tenant(tenant.id).transaction(async (tx) => {
        const taken = await findIdentity(tx, proven)
        if (!taken) await connect(tx, tenant, user, provider, proven, caller)
      })
    },

    async list(db: TenantDb, userId: string): Promise<Identity[]> {
      return (await listIdentities(db, userId)).map(present)
    },

    /** Takes a way in away, but not the last one, and ends all other sessions: one of them may have come in by it. */
    async unlink(tenant: Tenant, user: UserRow, id: string, sessionId: string, caller: Caller): Promise<void> {
      await database.tenant(tenant.id).transaction(async (tx) => {
        // Held first: of two removals at once, each would take the other for the way in that is left.
        await updateUser(tx, user.id, { updated_at: clock() })
        const { password_hash } = (await findUser(tx, user.id))!
        const own = await listIdentities(tx, user.id)
        const identity = own.find((one) => one.id === id)
        if (!identity) throw problem('not_found', `There is no way in ${id}`)
        if (own.length === 1 && password_hash === null) {
          throw new ProblemError('last_way_in', { detail: 'Choose a password first, or link another provider.' })
        }
        await deleteIdentity(tx, user.id, id)
        await ports.sessions.endAll(tx, user.id, 'sign-in method removed', sessionId)
        await mail(tx, {
          tenant,
          user,
          template: 'sign-in-method-changed',
          data: { change: 'removed', provider: labelOf(identity.provider) },
          caller,
        })
        await audit(tx, {
          kind: 'identity.unlinked',
          actorId: user.id,
          subjectId: user.id,
          caller,
          data: { provider: identity.provider },
        })
      })
    },
  }

  function present({ id, provider, email, created_at, last_used_at }: IdentityRow): Identity {
    return {
      id,
      provider,
      label: labelOf(provider),
      email,
      createdAt: new Date(created_at).toISOString(),
      lastUsedAt: new Date(last_used_at).toISOString(),
    }
  }
}

function contextOf(digest: string): string {
  return `identity visit ${digest}`
}

/** An address that could not be ours, or a name that is none, is as good as none. */
function sound({ email, emailVerified, name, ...rest }: ProvenIdentity): ProvenIdentity {
  const isAddress = email !== null && emailAddress().safeParse(email).success
  const isName = name !== null && personName().safeParse(name).success
  return {
    ...rest,
    email: isAddress ? email : null,
    emailVerified: isAddress && emailVerified,
    name: isName ? name : null,
  }
}

export function visitExpired(): ProblemError {
  return new ProblemError('identity_expired', {
    detail: 'It took more than ten minutes, was done already, or was begun with another browser. Begin once more.',
  })
}
