import * as z from 'zod/mini'
import { anyone, person, route, visitor } from './define.ts'
import {
  Accepted,
  emailAddress,
  languageTag,
  passwordText,
  personName,
  SignedIn,
  SignInOutcome,
  User,
} from './people.ts'
import { Permission } from './permissions.ts'
import { instant, ownId, text } from './schema.ts'

/** Where tokens go: into cookies that scripts cannot read (browsers), or into the answer (apps). */
const delivery = { delivery: z._default(z.enum(['cookie', 'token']), 'token') }

/** What an app kept of an earlier sign-in; browsers keep it in a cookie. A lock does not keep a known device out. */
const device = { deviceToken: z.optional(z.string().check(z.maxLength(200))) }

/** A field that people do not see and programs fill in. */
const honeypot = { website: z.optional(text(200)) }

const mailedToken = () => z.string().check(z.minLength(20), z.maxLength(200), z.regex(/^[\w-]+$/))
const code = () => z.string().check(z.minLength(6), z.maxLength(64))

/** Signing up, in, on and out. Each route belongs to the tenant of the key, or to the only tenant there is. */
export const auth = {
  /** Public keys of access tokens (RFC 7517), for services that check tokens themselves. */
  jwks: route({
    method: 'GET',
    path: '/.well-known/jwks.json',
    access: anyone,
    output: z.object({
      keys: z.array(
        z.object({
          kid: z.string(),
          kty: z.string(),
          crv: z.string(),
          x: z.string(),
          y: z.string(),
          alg: z.string(),
          use: z.string(),
        }),
      ),
    }),
    cacheControl: 'public, max-age=300',
  }),
  /** Asks for an account. The answer is the same where the address has one already: its owner gets a mail that says so. */
  register: route({
    method: 'POST',
    path: '/auth/register',
    access: visitor,
    body: z.object({
      email: emailAddress(),
      password: passwordText(),
      name: z.optional(personName()),
      language: z.optional(languageTag()),
      ...honeypot,
    }),
    output: Accepted,
    status: 202,
    errors: ['weak_password', 'rate_limited'],
    limit: 'sign-in',
  }),
  login: route({
    method: 'POST',
    path: '/auth/login',
    access: visitor,
    body: z.object({
      email: emailAddress(),
      password: passwordText(),
      /** Stay signed in for longer. */
      remember: z._default(z.boolean(), false),
      ...delivery,
      ...device,
      ...honeypot,
    }),
    output: SignInOutcome,
    holdsSecrets: true,
    errors: ['invalid_credentials', 'rate_limited', 'origin_not_allowed'],
    limit: 'sign-in',
  }),
  /** The second step of a sign-in: a code of the authenticator, or a recovery code. */
  twoFactor: route({
    method: 'POST',
    path: '/auth/two-factor',
    access: visitor,
    body: z.object({ pendingToken: z.string().check(z.maxLength(2000)), code: code(), ...delivery, ...device }),
    output: SignedIn,
    holdsSecrets: true,
    errors: ['invalid_credentials', 'rate_limited'],
    limit: 'sign-in',
  }),
  /** New tokens for a refresh token, which then is used up. Without one in the body that of the cookie counts. */
  refresh: route({
    method: 'POST',
    path: '/auth/refresh',
    access: visitor,
    body: z.object({ refreshToken: z.optional(z.string().check(z.maxLength(200))) }),
    output: SignedIn,
    holdsSecrets: true,
    errors: ['session_ended', 'origin_not_allowed'],
    limit: 'refresh',
  }),
  /** Ends the session. Good also where it has ended already. */
  logout: route({
    method: 'POST',
    path: '/auth/logout',
    access: visitor,
    body: z.object({
      refreshToken: z.optional(z.string().check(z.maxLength(200))),
      everywhere: z._default(z.boolean(), false),
    }),
    output: null,
  }),
  /**
   * Whether a browser is signed in. An answer either way, so that a page can ask without an error. `expired`: the access
   * token has run out, and `refresh` gives another.
   */
  session: route({
    method: 'GET',
    path: '/auth/session',
    access: visitor,
    output: z.discriminatedUnion('status', [
      z.object({ status: z.literal('signed_in'), user: User }),
      z.object({ status: z.literal('expired') }),
      z.object({ status: z.literal('signed_out') }),
    ]),
    limit: 'page',
  }),
  /** Who the access token speaks for, and until when. */
  validate: route({
    method: 'GET',
    path: '/auth/validate',
    access: person(),
    output: z.object({
      valid: z.literal(true),
      user: User,
      permissions: z.array(Permission),
      sessionId: ownId('ses'),
      expiresAt: instant(),
      /** Who really acts, where somebody acts as this person. */
      impersonatedBy: z.nullable(ownId('usr')),
    }),
  }),
  /**
   * Send the account's password along where you can ask for it: the link alone shows whose the address is, not that they are who
   * opened the account with it. Who did not asks for a reset or a link to sign in, which take what the other left away. A link for
   * a new address works with the account's own session or its password only.
   */
  verifyEmail: route({
    method: 'POST',
    path: '/auth/verify-email',
    access: visitor,
    body: z.object({ token: mailedToken(), password: z.optional(passwordText()) }),
    output: Accepted,
    errors: ['expired_link', 'reauthentication_required', 'invalid_credentials'],
    limit: 'sign-in',
  }),
  resendVerification: route({
    method: 'POST',
    path: '/auth/resend-verification',
    access: visitor,
    body: z.object({ email: emailAddress(), ...honeypot }),
    output: Accepted,
    status: 202,
    limit: 'sign-in',
  }),
  forgotPassword: route({
    method: 'POST',
    path: '/auth/forgot-password',
    access: visitor,
    body: z.object({ email: emailAddress(), ...honeypot }),
    output: Accepted,
    status: 202,
    limit: 'sign-in',
  }),
  /** Sets a password with a mailed token, also that of an invitation, and ends all sessions. Signing in follows. */
  resetPassword: route({
    method: 'POST',
    path: '/auth/reset-password',
    access: visitor,
    body: z.object({ token: mailedToken(), password: passwordText() }),
    output: Accepted,
    errors: ['expired_link', 'weak_password'],
    limit: 'sign-in',
  }),
  requestMagicLink: route({
    method: 'POST',
    path: '/auth/magic-link',
    access: visitor,
    body: z.object({ email: emailAddress(), returnTo: z.optional(text(2000)), ...honeypot }),
    output: Accepted,
    status: 202,
    limit: 'sign-in',
  }),
  /** Signs in with a mailed link. A second factor, where there is one, is still asked for. */
  useMagicLink: route({
    method: 'POST',
    path: '/auth/magic-link/use',
    access: visitor,
    body: z.object({ token: mailedToken(), ...delivery, ...device }),
    output: SignInOutcome,
    holdsSecrets: true,
    errors: ['expired_link'],
    limit: 'sign-in',
  }),
  /** Proves again who one is, for what needs a proof of the last five minutes. */
  reauthenticate: route({
    method: 'POST',
    path: '/auth/reauthenticate',
    access: person(),
    body: z.object({ password: z.optional(passwordText()), code: z.optional(code()) }),
    output: SignedIn,
    holdsSecrets: true,
    errors: ['invalid_credentials'],
    limit: 'sign-in',
  }),
}
