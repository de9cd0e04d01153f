import { IdentityProviderError } from '../../people/identity-provider.ts'
import type { Clock } from '../../ports.ts'
import type { ClientAuthentication } from '../oauth/authorization-code.ts'
import type { Json, ProviderCalls } from '../oauth/provider-calls.ts'
import { isText } from './is-text.ts'

/** Of OpenID Connect Discovery 1.0 §3, what is used. */
export interface Metadata {
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly jwksUri: string
  readonly authentication: ClientAuthentication
  /** Whether it always says who it is (RFC 9207 §3). */
  readonly sendsIssuer: boolean
}

/** How long what a provider says about itself is believed, in ms. */
const METADATA_MS = 60 * 60_000
/** How long a provider that did not say is taken to be away, in ms. */
const AWAY_MS = 30_000

/** What a provider says about itself. Whoever asks while it is being asked waits for the same answer, a failure included. */
export function metadataOf(issuer: string, clock: Clock): (calls: ProviderCalls) => Promise<Metadata> {
  let known: { readonly found: Promise<Metadata>; until: number } | undefined
  return (calls) => {
    if (known && clock() < known.until) return known.found
    const asked = { found: read(issuer, calls), until: Number.POSITIVE_INFINITY }
    const keepFor = (ms: number) => () => {
      asked.until = clock() + ms
    }
    asked.found.then(keepFor(METADATA_MS), keepFor(AWAY_MS))
    known = asked
    return asked.found
  }
}

async function read(issuer: string, calls: ProviderCalls): Promise<Metadata> {
  const found = (await calls.json(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)) as Json
  const { authorization_endpoint, token_endpoint, jwks_uri } = found
  if (
    found.issuer !== issuer ||
    !isText(authorization_endpoint) ||
    !isText(token_endpoint) ||
    !isText(jwks_uri) ||
    !URL.canParse(authorization_endpoint)
  ) {
    throw new IdentityProviderError('refused', `${issuer} describes another provider, or not all of itself`)
  }
  return {
    authorizationEndpoint: authorization_endpoint,
    tokenEndpoint: token_endpoint,
    jwksUri: jwks_uri,
    authentication: authenticationOf(found.token_endpoint_auth_methods_supported),
    sendsIssuer: found.authorization_response_iss_parameter_supported === true,
  }
}

/** Into the body where the provider takes that; what leaves the list out takes the header (OpenID Connect Discovery 1.0 §3). */
function authenticationOf(methods: unknown): ClientAuthentication {
  return Array.isArray(methods) && methods.includes('client_secret_post') ? 'post' : 'basic'
}
