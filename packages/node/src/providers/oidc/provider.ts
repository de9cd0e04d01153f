import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import {
  IdentityProviderError,
  type IdentityProviderSetup,
  type ProvenIdentity,
} from '../../people/identity-provider.ts'
import { safeEqual } from '../../security/opaque-token.ts'
import {
  authorizationUrl,
  type OAuthClient,
  redeemCode,
  refuseOtherIssuer,
  refuseUnsoundAddress,
  refuseUnsoundClient,
} from '../oauth/authorization-code.ts'
import { PROVIDER_TIMEOUT_MS, providerCalls } from '../oauth/provider-calls.ts'
import { isText } from './is-text.ts'
import { keysOf } from './keys.ts'
import { metadataOf } from './metadata.ts'

export interface OidcOptions extends OAuthClient {
  /** As addresses name it: `acme`. The provider must send people back to `<public URL>/auth/<id>/callback`. */
  readonly id: string
  /** As people know it. */
  readonly label: string
  /** Such as `https://accounts.google.com`: `/.well-known/openid-configuration` below it says the rest. */
  readonly issuer: string
  /** What the provider signs with; nothing else is taken. Default `RS256`. */
  readonly algorithm?: 'RS256' | 'PS256' | 'ES256' | 'EdDSA'
  /**
   * Whether the provider vouches for the address in an ID token, where its `email_verified` does not say so. Only for a
   * provider at which nobody can enter an address that is not theirs: such an address makes accounts. Default: whether
   * `email_verified` is `true`.
   */
  readonly emailIsVerified?: (claims: JWTPayload) => boolean
  /** Added to the address that the browser goes to: `{ hd: 'example.com' }`. Default: `{ prompt: 'select_account' }`. */
  readonly parameters?: Readonly<Record<string, string>>
  /** For all calls of one visit together, in ms. Default 10,000. */
  readonly timeoutMs?: number
}

/** Without a choice of account, whoever is signed in at the provider would be signed in here by opening an address. */
const PARAMETERS = { prompt: 'select_account' } as const
/** Clocks differ. */
const TOLERANCE_SECONDS = 30

/**
 * Any OpenID Connect provider: authorization code flow with PKCE, the ID token verified (OpenID Connect Core 1.0 §3.1).
 * Throws a `TypeError` that names the provider where an option cannot be right.
 */
export function oidcProvider(options: OidcOptions): IdentityProviderSetup {
  const { id, label, issuer, algorithm = 'RS256', timeoutMs = PROVIDER_TIMEOUT_MS } = options
  refuseUnsoundClient(id, options)
  refuseUnsoundAddress(id, 'issuer', issuer)
  return ({ fetch, clock }) => {
    const metadataBy = metadataOf(issuer, clock)
    const keysBy = keysOf(clock)

    async function verified(idToken: string, keys: JWTVerifyGetKey): Promise<JWTPayload> {
      try {
        const { payload } = await jwtVerify(idToken, keys, {
          issuer,
          audience: options.clientId,
          algorithms: [algorithm],
          requiredClaims: ['sub', 'exp', 'iat', 'nonce'],
          currentDate: new Date(clock()),
          clockTolerance: TOLERANCE_SECONDS,
        })
        return payload
      } catch (cause) {
        if (cause instanceof IdentityProviderError) throw cause
        throw new IdentityProviderError('refused', `The ID token is not sound: ${(cause as Error).message}`, { cause })
      }
    }

    return {
      id,
      label,
      async visitUrl(visit) {
        const { authorizationEndpoint } = await metadataBy(providerCalls(fetch, timeoutMs))
        const more = { scope: 'openid email profile', nonce: visit.nonce, ...PARAMETERS, ...options.parameters }
        return authorizationUrl(authorizationEndpoint, options.clientId, visit, more)
      },
      async exchange(back) {
        const calls = providerCalls(fetch, timeoutMs)
        const { tokenEndpoint, jwksUri, authentication, sendsIssuer } = await metadataBy(calls)
        refuseOtherIssuer(back.iss, issuer, sendsIssuer)
        const { id_token: idToken } = await redeemCode(calls, tokenEndpoint, options, back, authentication)
        if (!isText(idToken)) throw new IdentityProviderError('refused', 'The provider gave no ID token')
        return identityOf(await verified(idToken, keysBy(calls, jwksUri)), back.nonce, options)
      },
    }
  }
}

function identityOf(claims: JWTPayload, nonce: string, options: OidcOptions): ProvenIdentity {
  const { issuer, clientId, emailIsVerified = saysSo } = options
  const { sub, azp, aud, email, name } = claims
  if (!isText(claims.nonce) || !safeEqual(claims.nonce, nonce)) {
    throw new IdentityProviderError('refused', 'The ID token belongs to another visit')
  }
  // For whom it was made, where it is for several (OpenID Connect Core 1.0 §3.1.3.7).
  if (azp === undefined ? Array.isArray(aud) && aud.length > 1 : azp !== clientId) {
    throw new IdentityProviderError('refused', 'The ID token was made for another application')
  }
  if (!isText(sub)) throw new IdentityProviderError('refused', 'The ID token names nobody')
  return {
    issuer,
    subject: sub,
    email: isText(email) ? email : null,
    emailVerified: emailIsVerified(claims) === true,
    name: isText(name) ? name : null,
  }
}

function saysSo({ email_verified: emailVerified }: JWTPayload): boolean {
  return emailVerified === true
}
