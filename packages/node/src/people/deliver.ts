import type { Permission, SignedIn, SignInOutcome } from '@tillwright/core/contract'
import type { CallContext, PersonContext, VisitorContext } from '../context.ts'
import { Reply } from '../http/reply.ts'
import type { Clock } from '../ports.ts'
import type { AccountService } from './account.ts'
import { deviceCookie, ENDED_PROOF_COOKIE, proofCookie, sessionCookies } from './cookies.ts'
import type { IdentitiesService } from './identities.ts'
import type { Caller, Grant } from './sessions.ts'
import type { SignInResult } from './sign-in.ts'

export type Delivery = 'cookie' | 'token'

/** What a browser or an app is given when somebody signed in, or on. */
export interface Given {
  readonly grant: Grant
  /** By which a browser or an app is known from now on; of a sign-in only. */
  readonly deviceToken?: string
}

export interface DeliveryPorts {
  readonly clock: Clock
  readonly account: Pick<AccountService, 'present'>
  readonly identities: Pick<IdentitiesService, 'linkWaiting'>
  /** What a role may do in a tenant. */
  readonly permissionsIn: (tenantId: number, role: string) => Promise<ReadonlySet<Permission>>
}

export interface Deliver {
  /** Tokens into cookies or into the answer; never both. */
  signedIn(context: VisitorContext | PersonContext, given: Given, delivery: Delivery): Promise<Reply<SignedIn>>
  /** The same, or what a second factor is asked for with. */
  outcome(context: VisitorContext, result: SignInResult, delivery: Delivery): Promise<Reply<SignInOutcome>>
}

export function callerOf(context: CallContext): Caller {
  return { address: context.remoteAddress, userAgent: context.header('user-agent') ?? '' }
}

/** Answers who signed in, or on. A sign-in also links the account at a provider that has waited for it in the browser. */
export function createDeliver({ account, clock, identities, permissionsIn }: DeliveryPorts): Deliver {
  async function answerOf({ tenant, db }: VisitorContext | PersonContext, given: Given, delivery: Delivery) {
    const { grant, deviceToken } = given
    const { user, session } = grant
    const answer: SignedIn = {
      status: 'signed_in',
      user: await account.present(db, user, grant.hasTwoFactor),
      permissions: [...(await permissionsIn(tenant.id, user.role))],
      tenant: { id: tenant.publicId, name: tenant.name },
      session: { id: session.id, expiresAt: iso(session.expires_at), idleExpiresAt: iso(session.idle_expires_at) },
      accessExpiresAt: iso(grant.accessExpiresAt),
      answeredAt: iso(clock()),
      ...(delivery === 'cookie' ? {} : { accessToken: grant.accessToken }),
      ...(delivery === 'cookie' || grant.refreshToken === null ? {} : { refreshToken: grant.refreshToken }),
      ...(delivery === 'cookie' || deviceToken === undefined ? {} : { deviceToken }),
    }
    return answer
  }

  /** Returns cookies to set. */
  async function linkWaiting(context: VisitorContext | PersonContext, { grant }: Given): Promise<string[]> {
    const waiting = proofCookie(context)
    if (waiting === null) return []
    await identities.linkWaiting(context.tenant, grant.user, waiting, callerOf(context))
    return [ENDED_PROOF_COOKIE]
  }

  async function signedIn(context: VisitorContext | PersonContext, given: Given, delivery: Delivery) {
    if (delivery === 'token') return new Reply(await answerOf(context, given, delivery), [])
    const isSignIn = given.deviceToken !== undefined
    const linked = isSignIn ? await linkWaiting(context, given) : []
    const answer = await answerOf(context, given, delivery)
    const { session, accessToken, refreshToken } = given.grant
    const lastsSeconds = session.remember === 1 ? Math.ceil((session.expires_at - session.last_used_at) / 1000) : null
    const cookies = sessionCookies({ accessToken, refreshToken, lastsSeconds })
    return new Reply(answer, [...cookies, ...(isSignIn ? [deviceCookie(given.deviceToken!)] : []), ...linked])
  }

  return {
    signedIn,
    async outcome(context, result, delivery) {
      if (result.status === 'signed_in') return signedIn(context, result, delivery)
      const { pendingToken } = result
      return new Reply<SignInOutcome>({ status: 'second_factor', pendingToken, methods: ['totp', 'recovery'] }, [])
    },
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
