import type {
  Accepted,
  account as accountRoutes,
  auth as authRoutes,
  Permission,
  SignedIn,
} from '@tillwright/core/contract'
import { renderSVG } from 'uqr'
import type { DomainHandlers, PersonContext, VisitorContext } from '../context.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import { Reply } from '../http/reply.ts'
import type { Clock } from '../ports.ts'
import { safeReturnTo } from '../security/return-to.ts'
import type { AccountService } from './account.ts'
import { accessCookie, deviceCookieOf, ENDED_COOKIES, refreshCookie } from './cookies.ts'
import { callerOf, createDeliver, type Delivery } from './deliver.ts'
import type { FormWatch } from './forms.ts'
import { holderOf } from './holder.ts'
import type { IdentitiesService } from './identities.ts'
import type { RegistrationService } from './registration.ts'
import type { SessionsService } from './sessions.ts'
import { type SignInService, wrongCredentials } from './sign-in.ts'
import type { TokenIssuer } from './signing-keys.ts'
import type { TwoFactorService } from './two-factor.ts'

export interface PeopleServices {
  readonly clock: Clock
  readonly account: AccountService
  readonly forms: FormWatch
  readonly registration: RegistrationService
  readonly sessions: SessionsService
  readonly signIn: SignInService
  readonly twoFactor: TwoFactorService
  readonly identities: IdentitiesService
  /** What a role may do in a tenant. */
  readonly permissionsIn: (tenantId: number, role: string) => Promise<ReadonlySet<Permission>>
}

const ACCEPTED: Accepted = { status: 'accepted', message: 'If that address can be used here, a mail is on its way.' }
const DONE: Accepted = { status: 'accepted', message: 'Done.' }

export function authHandlers(services: PeopleServices, tokens: TokenIssuer): DomainHandlers<typeof authRoutes> {
  const { account, forms, registration, sessions, signIn } = services

  const deliver = createDeliver(services)
  const { outcome } = deliver

  /** A cookie comes along whoever wrote the page; a sign-in with cookies must come from a page that may have them. */
  function refuseForeignCookies(context: VisitorContext, delivery: Delivery): void {
    if (delivery === 'cookie') context.refuseForeignOrigin()
  }

  return {
    jwks: () => tokens.publicKeys() as ReturnType<DomainHandlers<typeof authRoutes>['jwks']>,
    async register({ email, password, name = null, language = null, ...rest }, context) {
      if (await forms.refuses(context, { name: 'register', email, ...rest })) return ACCEPTED
      await registration.register(context.tenant, { email, password, name, language, caller: callerOf(context) })
      return ACCEPTED
    },
    async login({ email, password, remember, delivery, deviceToken, ...rest }, context) {
      refuseForeignCookies(context, delivery)
      if (await forms.refuses(context, { name: 'login', email, delivery, ...rest })) throw wrongCredentials()
      const result = await signIn.withPassword(context.tenant, {
        email,
        password,
        remember,
        delivery,
        caller: callerOf(context),
        deviceToken: deviceToken ?? deviceCookieOf(context),
      })
      return outcome(context, result, delivery)
    },
    async twoFactor({ pendingToken, code, delivery, deviceToken }, context) {
      refuseForeignCookies(context, delivery)
      const result = await signIn.withCode(context.tenant, {
        pendingToken,
        code,
        delivery,
        caller: callerOf(context),
        deviceToken: deviceToken ?? deviceCookieOf(context),
      })
      return outcome(context, result, delivery) as Promise<Reply<SignedIn>>
    },
    async refresh({ refreshToken }, context) {
      const cookie = refreshToken === undefined ? refreshCookie(context) : null
      if (cookie !== null) context.refuseForeignOrigin()
      const token = refreshToken ?? cookie
      if (token === null) throw new ProblemError('session_ended', { detail: 'There is no refresh token: sign in.' })
      const grant = await sessions.refresh(context.tenant, token, callerOf(context))
      return deliver.signedIn(context, { grant }, cookie === null ? 'token' : 'cookie')
    },
    async logout({ refreshToken, everywhere }, context) {
      const isByCookie =
        refreshToken === undefined && (refreshCookie(context) !== null || accessCookie(context) !== null)
      if (isByCookie) context.refuseForeignOrigin()
      const token = refreshToken ?? refreshCookie(context)
      await sessions.signOut(
        context.tenant,
        { refreshToken: token, accessToken: context.accessToken, everywhere },
        callerOf(context),
      )
      return new Reply(undefined, ENDED_COOKIES)
    },
    async session(_input, context) {
      const { accessToken, tenant, db } = context
      const found = accessToken === null ? null : await sessions.holder(accessToken)
      if (found?.tenant.id === tenant.id) {
        const user = await account.find(db, found.session.userId)
        return { status: 'signed_in', user: await account.present(db, user) }
      }
      return { status: refreshCookie(context) === null ? 'signed_out' : 'expired' }
    },
    async validate(_input, context) {
      const { user, sessionId, expiresAt, actorId } = context.person
      const row = await account.find(context.db, user.id)
      return {
        valid: true,
        user: await account.present(context.db, row),
        permissions: [...user.permissions],
        sessionId,
        expiresAt: iso(expiresAt),
        impersonatedBy: actorId,
      }
    },
    async verifyEmail({ token, password }, context) {
      const holder = await holderOf(sessions, context)
      const proof = { token, password, holderId: holder?.userId ?? null }
      await registration.verifyEmail(context.tenant, proof, callerOf(context))
      return DONE
    },
    async resendVerification({ email, ...rest }, context) {
      if (await forms.refuses(context, { name: 'resend-verification', email, ...rest })) return ACCEPTED
      await registration.requestLink(context.tenant, { email, purpose: 'verify-email', caller: callerOf(context) })
      return ACCEPTED
    },
    async forgotPassword({ email, ...rest }, context) {
      if (await forms.refuses(context, { name: 'forgot-password', email, ...rest })) return ACCEPTED
      await registration.requestLink(context.tenant, { email, purpose: 'reset-password', caller: callerOf(context) })
      return ACCEPTED
    },
    async resetPassword({ token, password }, context) {
      await registration.resetPassword(context.tenant, token, password, callerOf(context))
      return DONE
    },
    async requestMagicLink({ email, returnTo, ...rest }, context) {
      if (await forms.refuses(context, { name: 'magic-link', email, ...rest })) return ACCEPTED
      await registration.requestLink(context.tenant, {
        email,
        purpose: 'magic-link',
        caller: callerOf(context),
        ...(returnTo === undefined ? {} : { returnTo: safeReturnTo(returnTo, [...context.principal.origins]) }),
      })
      return ACCEPTED
    },
    async useMagicLink({ token, delivery, deviceToken }, context) {
      refuseForeignCookies(context, delivery)
      const caller = callerOf(context)
      const user = await registration.useMagicLink(context.tenant, token, caller)
      const result = await signIn.withAddress(context.tenant, user, {
        delivery,
        caller,
        deviceToken: deviceToken ?? deviceCookieOf(context),
      })
      return outcome(context, result, delivery)
    },
    async reauthenticate({ password, code }, context) {
      const { tenant, db, person } = context
      if (person.actorId !== null) throw problem('forbidden', 'Who acts as somebody else cannot prove to be them')
      const user = await account.find(db, person.user.id)
      await signIn.proveAgain(tenant, user, { password, code }, callerOf(context))
      const grant = await sessions.prove(tenant, user, person.sessionId)
      return deliver.signedIn(context, { grant }, person.delivery)
    },
  }
}

export function accountHandlers(services: PeopleServices): DomainHandlers<typeof accountRoutes> {
  const { account, registration, sessions, twoFactor } = services
  const self = (context: PersonContext) => account.find(context.db, context.person.user.id)

  return {
    async get(_input, context) {
      return account.present(context.db, await self(context))
    },
    async update(input, context) {
      return account.update(context.db, await self(context), input)
    },
    async changePassword({ currentPassword, newPassword }, context) {
      await account.changePassword(context.tenant, await self(context), {
        current: currentPassword,
        next: newPassword,
        sessionId: context.person.sessionId,
        isFresh: context.person.isFresh,
        caller: callerOf(context),
      })
      return DONE
    },
    async changeEmail({ email }, context) {
      await registration.changeEmail(context.tenant, await self(context), email, callerOf(context))
      return ACCEPTED
    },
    async sessions(_input, context) {
      const { user, sessionId } = context.person
      return { items: await sessions.list(context.db, user.id, sessionId) }
    },
    async endSession({ sessionId }, context) {
      const isEnded = await context.db.transaction((tx) =>
        sessions.end(tx, context.person.user.id, sessionId, 'ended by its owner', callerOf(context)),
      )
      if (!isEnded) throw new ProblemError('not_found', { detail: `There is no session ${sessionId}` })
      return undefined
    },
    async startTwoFactor(_input, context) {
      const started = await twoFactor.start(context.tenant, await self(context))
      return { ...started, qrCode: renderSVG(started.uri, { border: 2 }) }
    },
    async confirmTwoFactor({ code }, context) {
      const recoveryCodes = await twoFactor.confirm(context.tenant, await self(context), code, callerOf(context))
      if (!recoveryCodes)
        throw new ProblemError('invalid_credentials', { detail: 'The code is not right: wait for the next one' })
      return { recoveryCodes }
    },
    async removeTwoFactor(_input, context) {
      const user = await self(context)
      await twoFactor.remove(context.tenant, user, user.id, callerOf(context))
      return undefined
    },
    async newRecoveryCodes(_input, context) {
      return { recoveryCodes: await twoFactor.newRecoveryCodes(context.tenant, await self(context), callerOf(context)) }
    },
    async exportData(_input, context) {
      const document = await account.export(
        context.db,
        await self(context),
        context.person.sessionId,
        callerOf(context),
      )
      const body = Buffer.from(JSON.stringify(document, null, 2))
      return { body, type: 'application/json', filename: 'my-data.json' }
    },
    async remove(_input, context) {
      const user = await self(context)
      await account.remove(context.tenant, user, user.id, callerOf(context))
      return new Reply(undefined, ENDED_COOKIES)
    },
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
