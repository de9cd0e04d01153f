import * as z from 'zod/mini'
import { file, person, route } from './define.ts'
import { Accepted, emailAddress, Preferences, passwordText, personName, Session, User } from './people.ts'
import { ownId } from './schema.ts'

const code = () => z.string().check(z.minLength(6), z.maxLength(64))

/** What is one's own: profile, password, second factor, sessions, data. */
export const account = {
  get: route({ method: 'GET', path: '/auth/account', access: person(), output: User }),
  update: route({
    method: 'PATCH',
    path: '/auth/account',
    access: person(),
    body: z.object({ name: z.optional(z.nullable(personName())), preferences: z.optional(z.partial(Preferences)) }),
    output: User,
  }),
  /** Ends all other sessions. */
  changePassword: route({
    method: 'POST',
    path: '/auth/account/password',
    access: person(),
    body: z.object({ currentPassword: z.optional(passwordText()), newPassword: passwordText() }),
    output: Accepted,
    errors: ['invalid_credentials', 'weak_password', 'reauthentication_required'],
    limit: 'sign-in',
  }),
  /** The address changes when the link that goes to the new one is used. */
  changeEmail: route({
    method: 'POST',
    path: '/auth/account/email',
    access: person({ fresh: true }),
    body: z.object({ email: emailAddress() }),
    output: Accepted,
    status: 202,
    limit: 'sign-in',
  }),
  sessions: route({
    method: 'GET',
    path: '/auth/sessions',
    access: person(),
    output: z.object({ items: z.array(Session) }),
  }),
  endSession: route({
    method: 'DELETE',
    path: '/auth/sessions/{session_id}',
    access: person(),
    params: z.object({ sessionId: ownId('ses') }),
    output: null,
    errors: ['not_found'],
  }),
  /** Begins to set up an authenticator. Nothing changes before `confirmTwoFactor`. */
  startTwoFactor: route({
    method: 'POST',
    path: '/auth/account/two-factor',
    access: person({ fresh: true }),
    body: z.object({}),
    holdsSecrets: true,
    output: z.object({
      secret: z.string(),
      /** `otpauth://…`, for a QR code. */
      uri: z.string(),
      /** The QR code as SVG. */
      qrCode: z.string(),
    }),
    errors: ['conflict'],
  }),
  /** Switches the second factor on. The recovery codes are shown this once. */
  confirmTwoFactor: route({
    method: 'POST',
    path: '/auth/account/two-factor/confirm',
    access: person({ fresh: true }),
    body: z.object({ code: code() }),
    holdsSecrets: true,
    output: z.object({ recoveryCodes: z.array(z.string()) }),
    errors: ['invalid_credentials', 'conflict'],
    limit: 'sign-in',
  }),
  removeTwoFactor: route({
    method: 'DELETE',
    path: '/auth/account/two-factor',
    access: person({ fresh: true }),
    output: null,
  }),
  newRecoveryCodes: route({
    method: 'POST',
    path: '/auth/account/recovery-codes',
    access: person({ fresh: true }),
    body: z.object({}),
    holdsSecrets: true,
    output: z.object({ recoveryCodes: z.array(z.string()) }),
    errors: ['conflict'],
  }),
  /** Everything that is kept about the person, as one JSON document. */
  exportData: route({
    method: 'GET',
    path: '/auth/account/export',
    access: person(),
    output: file(['application/json'], 64 * 2 ** 20),
  }),
  /** Removes the account. It can be brought back by an administrator for 30 days, then it is erased. */
  remove: route({ method: 'DELETE', path: '/auth/account', access: person({ fresh: true }), output: null }),
}
