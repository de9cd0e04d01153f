import * as z from 'zod/mini'
import { Permission, roleName } from './permissions.ts'
import { currency, instant, ownId, text } from './schema.ts'

/** Longest e-mail address that mail servers pass on (RFC 5321 §4.5.3.1.3, less the angle brackets). */
const MAX_EMAIL_LENGTH = 254

export function emailAddress() {
  return z.email('must be an e-mail address such as ann@example.com').check(z.maxLength(MAX_EMAIL_LENGTH))
}

/**
 * A password as it is sent. Its length is checked here, in UTF-16 code units, only to keep it small; what is too short, too
 * common or too obvious is the server's to say.
 */
export function passwordText() {
  return z.string().check(z.minLength(1), z.maxLength(512))
}

/** BCP 47, as short as it can be: `en`, `de`, `pt-BR`. */
export function languageTag() {
  return z
    .string()
    .check(z.maxLength(35), z.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language such as en or pt-BR'))
}

/** An IANA name; the server says whether it knows the zone. */
export function timeZone() {
  return z
    .string()
    .check(
      z.minLength(1),
      z.maxLength(64),
      z.regex(/^[\w+-]+(\/[\w+-]+)*$/, 'must be a time zone such as Europe/Paris'),
    )
}

export const UserStatus = z.enum(['invited', 'active', 'suspended', 'removed'])
export type UserStatus = z.infer<typeof UserStatus>

export const Preferences = z.object({
  language: z.nullable(languageTag()),
  timeZone: z.nullable(timeZone()),
  currency: z.nullable(currency()),
  /** Kinds of message that the person wants; security messages always come. */
  notifications: z.object({ receipts: z.boolean(), offers: z.boolean(), reports: z.boolean() }),
})
export type Preferences = z.infer<typeof Preferences>

/** A person, as they see themselves. */
export const User = z.object({
  id: ownId('usr'),
  email: z.string(),
  emailVerified: z.boolean(),
  name: z.nullable(z.string()),
  role: roleName(),
  status: UserStatus,
  twoFactor: z.boolean(),
  hasPassword: z.boolean(),
  preferences: Preferences,
  createdAt: instant(),
})
export type User = z.infer<typeof User>

export const Session = z.object({
  id: ownId('ses'),
  /** Whether the call came with this session. */
  current: z.boolean(),
  createdAt: instant(),
  lastUsedAt: instant(),
  /** When it ends at the latest; earlier where it is not used. */
  expiresAt: instant(),
  /** Such as `Firefox on Linux`. */
  device: z.string(),
  address: z.nullable(z.string()),
  impersonated: z.boolean(),
})
export type Session = z.infer<typeof Session>

/** Tokens of a session. In cookie mode they are in cookies that no script can read, and these are absent. */
export const SignedIn = z.object({
  status: z.literal('signed_in'),
  user: User,
  permissions: z.array(Permission),
  tenant: z.object({ id: ownId('ten'), name: z.string() }),
  session: z.object({ id: ownId('ses'), expiresAt: instant(), idleExpiresAt: instant() }),
  /** A JWT for `Authorization: Bearer`, good until `accessExpiresAt`. */
  accessToken: z.optional(z.string()),
  accessExpiresAt: instant(),
  /** When the server answered, by its own clock: what is left of the times beside it does not hang on the caller's. */
  answeredAt: instant(),
  /** For `/auth/refresh`, once: each refresh gives another. */
  refreshToken: z.optional(z.string()),
  /** For the next sign-in of the same device: one that is known is not kept out by a lock. After a sign-in only. */
  deviceToken: z.optional(z.string()),
})
export type SignedIn = z.infer<typeof SignedIn>

/** The password was right; a code is still needed. */
export const SecondFactorNeeded = z.object({
  status: z.literal('second_factor'),
  /** For `/auth/two-factor`, within five minutes. */
  pendingToken: z.string(),
  methods: z.array(z.enum(['totp', 'recovery'])),
})
export type SecondFactorNeeded = z.infer<typeof SecondFactorNeeded>

export const SignInOutcome = z.discriminatedUnion('status', [SignedIn, SecondFactorNeeded])
export type SignInOutcome = z.infer<typeof SignInOutcome>

/** An answer that is the same whether the account exists or not. */
export const Accepted = z.object({ status: z.literal('accepted'), message: z.string() })
export type Accepted = z.infer<typeof Accepted>

export const personName = () => text(200, 1)
