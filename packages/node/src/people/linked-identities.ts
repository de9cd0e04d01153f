import { type Identity, newId } from '@tillwright/core/contract'
import type { Tenant } from '../context.ts'
import type { Database, TenantDb } from '../db/open.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { Clock, Random } from '../ports.ts'
import { deleteIdentity, findIdentity, type IdentityRow, insertIdentity, listIdentities } from './identities-store.ts'
import type { IdentityProvider, ProvenIdentity } from './identity-provider.ts'
import type { People } from './ports.ts'
import type { Caller, SessionsService } from './sessions.ts'
import { findUser, type UserRow, updateUser } from './users-store.ts'

export interface LinkedIdentitiesPorts extends Pick<People, 'audit' | 'mail'> {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly providers: readonly IdentityProvider[]
  readonly sessions: Pick<SessionsService, 'endAll'>
}

export type LinkedIdentities = ReturnType<typeof linkedIdentities>

/** Accounts at providers that are ways into accounts here. */
export function linkedIdentities({ database, clock, random, providers, sessions, audit, mail }: LinkedIdentitiesPorts) {
  const labelOf = (id: string) => providers.find((provider) => provider.id === id)?.label ?? id

  /** Makes an account at a provider a way into one's own, in the caller's transaction. */
  async function add(
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
    if (!(await add(tx, user, provider, proven))) {
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

  return {
    add,
    connect,

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
        await sessions.endAll(tx, user.id, 'sign-in method removed', sessionId)
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
