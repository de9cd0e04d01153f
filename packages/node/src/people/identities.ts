import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { Holder } from './holder.ts'
import { findIdentity, touchIdentity } from './identities-store.ts'
import type { IdentityProvider, ProvenIdentity } from './identity-provider.ts'
import { type IdentityVisitsPorts, identityVisits, type Returned, visitExpired } from './identity-visits.ts'
import { type LinkedIdentitiesPorts, linkedIdentities } from './linked-identities.ts'
import type { RegistrationService } from './registration.ts'
import type { Caller } from './sessions.ts'
import type { SignInResult, SignInService } from './sign-in.ts'
import { emailKey, findUser, findUserByEmail, type UserRow } from './users-store.ts'

export interface IdentitiesPorts extends IdentityVisitsPorts, LinkedIdentitiesPorts {
  readonly signIn: Pick<SignInService, 'withIdentity'>
  readonly registration: Pick<RegistrationService, 'addProven' | 'inviteAgain'>
}

/** What a browser brought back from a provider, and who came with it. */
export interface Landing extends Returned {
  /** Who is signed in with the browser. */
  readonly holder: Holder | null
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

export type IdentitiesService = ReturnType<typeof identitiesService>

/**
 * Signing in with providers. A provider's issuer and subject name a person, never an address: where an account has the
 * address already, its owner signs in to it once, and only then the provider is a way in.
 */
export function identitiesService(ports: IdentitiesPorts) {
  const { database, clock, providers, signIn, audit } = ports
  const visits = identityVisits(ports)
  const linked = linkedIdentities(ports)

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
    if (!(await linked.add(tx, user, provider, proven))) throw visitExpired()
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
    refuseUnknown: visits.refuseUnknown,
    start: visits.start,
    list: linked.list,
    unlink: linked.unlink,

    /** Ends a visit, once: signs in, makes an account, links, or says that the owner of an account must show who they are. */
    async land(tenant: Tenant, landing: Landing): Promise<LandingResult> {
      const { caller, holder } = landing
      const { visit, provider, proven, returnTo } = await visits.end(tenant, landing)
      const db = database.tenant(tenant.id)
      if (visit.kind === 'link') {
        // Who set out must still be the one who is here.
        if (holder?.userId !== visit.user_id || holder?.sessionId !== visit.session_id) throw visitExpired()
        await db.transaction(async (tx) => {
          const user = await findUser(tx, visit.user_id!)
          if (user?.status !== 'active') throw visitExpired()
          await linked.connect(tx, tenant, user, provider, proven, caller)
        })
        return { status: 'linked', provider: provider.label, returnTo }
      }
      const proof = await visits.proof(provider, proven)
      const found = await db.transaction(async (tx) => {
        const person = await personOf(tx, provider, proven, caller)
        if ('proof' in person) {
          await proof.keep(tx, person.proof.id)
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
      const waiting = await visits.takeProof(tenant, proofToken, user.id)
      if (!waiting) return
      const { provider, proven } = waiting
      if (proven.email === null || emailKey(proven.email) !== user.email_key) return
      await database.tenant(tenant.id).transaction(async (tx) => {
        const taken = await findIdentity(tx, proven)
        if (!taken) await linked.connect(tx, tenant, user, provider, proven, caller)
      })
    },
  }
}
