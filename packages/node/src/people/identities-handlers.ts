import type { IdentityOutcome, identities as identitiesRoutes } from '@tillwright/core/contract'
import type { DomainHandlers, TenantContext } from '../context.ts'
import { ProblemError } from '../http/problem-error.ts'
import { Reply } from '../http/reply.ts'
import { safeReturnUrl } from '../security/return-to.ts'
import type { AccountService } from './account.ts'
import { deviceCookieOf, keepProofCookie, keepVisitCookie, visitCookie } from './cookies.ts'
import { callerOf, createDeliver, type DeliveryPorts } from './deliver.ts'
import { holderOf } from './holder.ts'
import type { IdentitiesService } from './identities.ts'
import { visitExpired } from './identity-visits.ts'
import type { SessionsService } from './sessions.ts'

export interface IdentitiesHandlersPorts extends DeliveryPorts {
  readonly account: AccountService
  readonly identities: IdentitiesService
  readonly sessions: Pick<SessionsService, 'holder'>
  /** How the server is reached from outside, without a trailing slash. */
  readonly publicUrl: string
}

export function identitiesHandlers(ports: IdentitiesHandlersPorts): DomainHandlers<typeof identitiesRoutes> {
  const { account, identities, sessions, publicUrl } = ports
  const deliver = createDeliver(ports)
  const ownOrigin = new URL(publicUrl).origin

  const pageToReturnTo = (text: string | undefined, { principal }: TenantContext) =>
    text === undefined ? '' : safeReturnUrl(text, [...principal.origins, ownOrigin])

  return {
    providers(_input, { tenant }) {
      return { items: [...identities.providers], page: `${publicUrl}/sign-in?tenant=${tenant.publicId}` }
    },
    async start({ provider, returnTo }, context) {
      identities.refuseUnknown(provider)
      context.refuseForeignOrigin()
      const { url, browserToken } = await identities.start(context.tenant, {
        provider,
        returnTo: pageToReturnTo(returnTo, context),
        browserToken: visitCookie(context),
        holder: null,
        caller: callerOf(context),
      })
      return new Reply({ url }, [keepVisitCookie(browserToken)])
    },
    async finish({ state, code, iss, error }, context) {
      const browserToken = visitCookie(context)
      if (browserToken === null) throw visitExpired()
      context.refuseForeignOrigin()
      const result = await identities.land(context.tenant, {
        state,
        browserToken,
        code,
        iss,
        error,
        holder: await holderOf(sessions, context),
        caller: callerOf(context),
        deviceToken: deviceCookieOf(context),
      })
      const { returnTo } = result
      if (result.status === 'linked') {
        return new Reply<IdentityOutcome>({ status: 'linked', provider: result.provider, returnTo }, [])
      }
      if (result.status === 'proof_needed') {
        const { provider, email, invited, proofToken } = result
        return new Reply<IdentityOutcome>({ status: 'proof_needed', provider, email, invited, returnTo }, [
          keepProofCookie(proofToken),
        ])
      }
      const { result: outcome, cookies } = await deliver.outcome(context, result, 'cookie')
      return new Reply<IdentityOutcome>({ ...outcome, returnTo }, cookies)
    },
    async list(_input, { db, person }) {
      return { items: await identities.list(db, person.user.id) }
    },
    async link({ provider, returnTo }, context) {
      identities.refuseUnknown(provider)
      const { user, sessionId, delivery } = context.person
      // The browser comes back with cookies and nothing else.
      if (delivery !== 'cookie') {
        throw new ProblemError('forbidden', { detail: 'Providers are linked in a browser, with a session in cookies' })
      }
      const { url, browserToken } = await identities.start(context.tenant, {
        provider,
        returnTo: pageToReturnTo(returnTo, context),
        browserToken: visitCookie(context),
        holder: { userId: user.id, sessionId },
        caller: callerOf(context),
      })
      return new Reply({ url }, [keepVisitCookie(browserToken)])
    },
    async unlink({ identityId }, context) {
      const user = await account.find(context.db, context.person.user.id)
      await identities.unlink(context.tenant, user, identityId, context.person.sessionId, callerOf(context))
      return undefined
    },
  }
}
