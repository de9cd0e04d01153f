import { createHash } from 'node:crypto'
import { emailAddress, personName } from '@tillwright/core/contract'
import { LRUCache } from 'lru-cache'
import type { Tenant } from '../context.ts'
import type { Database, TenantDb } from '../db/open.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { Clock, Logger, SecretBytes } from '../ports.ts'
import { digestOf, newToken, type OpaqueToken } from '../security/opaque-token.ts'
import type { SecretBox } from '../security/secret-box.ts'
import { VISIT_SECONDS } from './cookies.ts'
import type { Holder } from './holder.ts'
import { insertVisit, useVisit, type VisitKind, type VisitRow } from './identities-store.ts'
import { type IdentityProvider, IdentityProviderError, type ProvenIdentity } from './identity-provider.ts'
import type { People } from './ports.ts'
import type { Caller } from './sessions.ts'

const VISIT_MS = VISIT_SECONDS * 1000
const VERIFIER_BYTES = 32
/** How long a failure of a provider to begin a visit stands for all that follow, in ms. */
const NOTED_MS = 60_000
const NOTED_FAILURES = 1_000
const BROWSER_TOKEN = /^bt_[\w-]{43}$/

export interface IdentityVisitsPorts extends Pick<People, 'audit'> {
  readonly database: Database
  readonly clock: Clock
  readonly secretBytes: SecretBytes
  readonly log: Logger
  readonly box: () => Promise<SecretBox>
  readonly providers: readonly IdentityProvider[]
  /** How the server is reached from outside, without a trailing slash. */
  readonly publicUrl: string
}

/** What a browser brought back from a provider. */
export interface Returned {
  readonly state: string
  /** What the browser got when it set out. */
  readonly browserToken: string
  readonly code: string | undefined
  readonly iss: string | undefined
  readonly error: string | undefined
  readonly caller: Caller
}

/** A visit that has ended, and whom the provider named. */
export interface EndedVisit {
  readonly visit: VisitRow
  readonly provider: IdentityProvider
  readonly proven: ProvenIdentity
  readonly returnTo: string
}

/** What only we know of a visit. */
interface Secrets {
  readonly codeVerifier: string
  readonly nonce: string
  readonly returnTo: string
}

export type IdentityVisits = ReturnType<typeof identityVisits>

/** Visits to providers: each is begun by a browser, ended once by the same one, and nothing of it is known to anybody else. */
export function identityVisits(ports: IdentityVisitsPorts) {
  const { database, clock, secretBytes, box, providers, audit } = ports
  const noted = new LRUCache<string, true>({ max: NOTED_FAILURES, ttl: NOTED_MS })
  const redirectUri = (provider: IdentityProvider) => `${ports.publicUrl}/auth/${provider.id}/callback`

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
    { code, iss, error, caller }: Returned,
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

  return {
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

    /** Ends a visit, once, and finds out whom the provider names. */
    async end(tenant: Tenant, returned: Returned): Promise<EndedVisit> {
      const { state, browserToken } = returned
      const visit = await ended(tenant, digestOf(state), ['sign-in', 'link'], digestOf(browserToken))
      const provider = visit && providers.find(({ id }) => id === visit.provider)
      if (!visit || !provider) throw visitExpired()
      const secrets = await opened<Secrets>(visit)
      const proven = await exchanged(tenant, provider, visit, secrets, returned)
      return { visit, provider, proven, returnTo: secrets.returnTo }
    },

    /** Keeps whom a provider named until the owner of an account has shown who they are; `keep` gives it a place and an owner. */
    async proof(
      provider: IdentityProvider,
      proven: ProvenIdentity,
    ): Promise<{ token: string; keep: (tx: TenantDb, userId: string) => Promise<void> }> {
      const { token, digest } = newToken(secretBytes, 'pf')
      const sealed = (await box()).seal(JSON.stringify(proven), contextOf(digest))
      const keep = (tx: TenantDb, userId: string) =>
        insertVisit(tx, {
          digest,
          kind: 'proof',
          provider: provider.id,
          user_id: userId,
          session_id: null,
          browser: null,
          sealed,
          expires_at: clock() + VISIT_MS,
        })
      return { token, keep }
    },

    /** What waits for somebody, once; `null` where nothing does, or not for them. */
    async takeProof(
      tenant: Tenant,
      proofToken: string,
      userId: string,
    ): Promise<Pick<EndedVisit, 'provider' | 'proven'> | null> {
      const visit = await ended(tenant, digestOf(proofToken), ['proof'], null)
      const provider = visit && providers.find(({ id }) => id === visit.provider)
      if (!visit || !provider || visit.user_id !== userId) return null
      return { provider, proven: await opened<ProvenIdentity>(visit) }
    },
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
