import * as z from 'zod/mini'
import { person, route, visitor } from './define.ts'
import { SecondFactorNeeded, SignedIn } from './people.ts'
import { instant, ownId, text } from './schema.ts'

/** What names a provider in addresses. */
export const PROVIDER_ID = /^[a-z][a-z0-9-]{0,31}$/

const providerId = () => z.string().check(z.regex(PROVIDER_ID, 'must be a provider such as google'))

/** A page to go on to: a path of the server's own, or a page of an origin that the tenant allows. */
const returnTo = () => z.optional(text(2000))

const Going = z.object({
  /** Where to send the browser. */
  url: z.string(),
})

/** What came of a visit to a provider. `returnTo`: where to go on to, already checked. */
const back = { returnTo: z.string() }

/** Nobody may be signed in yet: an account has the address already, and whose it is must show so once. */
export const ProofNeeded = z.object({
  status: z.literal('proof_needed'),
  /** `Google` */
  provider: z.string(),
  email: z.string(),
  /** Whose account it is has an invitation, and no password: it has just been mailed again. */
  invited: z.boolean(),
  ...back,
})
export type ProofNeeded = z.infer<typeof ProofNeeded>

export const IdentityOutcome = z.discriminatedUnion('status', [
  z.extend(SignedIn, back),
  z.extend(SecondFactorNeeded, back),
  ProofNeeded,
  /** The provider now is a way into the account that was signed in. */
  z.object({ status: z.literal('linked'), provider: z.string(), ...back }),
])
export type IdentityOutcome = z.infer<typeof IdentityOutcome>

/** An account at a provider that is a way into one's own. */
export const Identity = z.object({
  id: ownId('idn'),
  provider: z.string(),
  /** `Google` */
  label: z.string(),
  /** As the provider said when it was used last. */
  email: z.nullable(z.string()),
  createdAt: instant(),
  lastUsedAt: instant(),
})
export type Identity = z.infer<typeof Identity>

/**
 * Signing in with Google, GitHub and the like, in browsers: sessions begin in cookies. The browser goes to the provider and
 * comes back to the server's own page `/auth/{provider}/callback`, which hands on what it brings to `finish`.
 */
export const identities = {
  /** Which providers there are. None where none is configured. */
  providers: route({
    method: 'GET',
    path: '/auth/providers',
    access: visitor,
    output: z.object({
      items: z.array(z.object({ id: providerId(), label: z.string() })),
      /** The server's own sign-in page for the tenant; `&with=google&returnTo=…` begins there. */
      page: z.string(),
    }),
    limit: 'page',
    forWidgets: true,
  }),
  /** Begins a sign-in. The browser gets a cookie without which its end is refused. */
  start: route({
    method: 'POST',
    path: '/auth/identities/start',
    access: visitor,
    body: z.object({ provider: providerId(), returnTo: returnTo() }),
    output: Going,
    holdsSecrets: true,
    errors: ['not_found', 'identity_provider_failed', 'origin_not_allowed'],
    forWidgets: true,
  }),
  /** Ends what `start` or `link` began, with what the provider added to the address. Ten minutes at most, once. */
  finish: route({
    method: 'POST',
    path: '/auth/identities/finish',
    access: visitor,
    body: z.object({
      state: z.string().check(z.maxLength(200)),
      code: z.optional(z.string().check(z.maxLength(2000))),
      iss: z.optional(z.string().check(z.maxLength(500))),
      error: z.optional(z.string().check(z.maxLength(200))),
    }),
    output: IdentityOutcome,
    holdsSecrets: true,
    errors: [
      'identity_expired',
      'identity_cancelled',
      'identity_provider_failed',
      'identity_email_unverified',
      'identity_taken',
      'invalid_credentials',
      'email_not_verified',
      'origin_not_allowed',
    ],
    limit: 'sign-in',
    forWidgets: true,
  }),
  /** Accounts at providers that are ways into one's own. */
  list: route({
    method: 'GET',
    path: '/auth/account/identities',
    access: person(),
    output: z.object({ items: z.array(Identity) }),
    forWidgets: true,
  }),
  /** Begins to make a provider a way into one's own account. */
  link: route({
    method: 'POST',
    path: '/auth/account/identities',
    access: person({ fresh: true }),
    body: z.object({ provider: providerId(), returnTo: returnTo() }),
    output: Going,
    holdsSecrets: true,
    errors: ['not_found', 'forbidden', 'identity_provider_failed'],
    forWidgets: true,
  }),
  /** Takes a way in away, but not the last one, and ends all other sessions. */
  unlink: route({
    method: 'DELETE',
    path: '/auth/account/identities/{identity_id}',
    access: person({ fresh: true }),
    params: z.object({ identityId: ownId('idn') }),
    output: null,
    errors: ['not_found', 'last_way_in'],
    forWidgets: true,
  }),
}
