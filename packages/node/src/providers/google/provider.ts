import type { IdentityProviderSetup } from '../../people/identity-provider.ts'
import type { OAuthClient } from '../oauth/authorization-code.ts'
import { oidcProvider } from '../oidc/provider.ts'

const ISSUER = 'https://accounts.google.com'

export interface GoogleOptions extends OAuthClient {
  /** For tests. Default: Google's. */
  readonly issuer?: string
  /** For all calls of one visit together, in ms. Default 10,000. */
  readonly timeoutMs?: number
}

/**
 * Sign in with Google, by OpenID Connect. At Google, the client's authorised redirect URI is
 * `<public URL>/auth/google/callback`.
 */
export function googleProvider({ issuer = ISSUER, ...options }: GoogleOptions): IdentityProviderSetup {
  return oidcProvider({ ...options, issuer, id: 'google', label: 'Google' })
}
