import type { Clock } from '../ports.ts'

/** Somebody as a provider knows them. Issuer and subject together never mean anybody else; an address may. */
export interface ProvenIdentity {
  /** Who vouches: the issuer's address. */
  readonly issuer: string
  /** Whom the issuer means, for good. */
  readonly subject: string
  readonly email: string | null
  /** Whether the provider says that the address is theirs. */
  readonly emailVerified: boolean
  readonly name: string | null
}

/** What the browser takes along to the provider. */
export interface Visit {
  /** Where the provider sends the browser back to. */
  readonly redirectUri: string
  readonly state: string
  /** RFC 7636, `S256`. */
  readonly codeChallenge: string
  readonly nonce: string
}

/** What the browser brought back, and what only the server knows of the visit. */
export interface Return {
  readonly code: string
  /** RFC 9207: who says that they sent it. */
  readonly iss: string | undefined
  readonly redirectUri: string
  readonly codeVerifier: string
  readonly nonce: string
}

/** An OAuth 2 or OpenID Connect provider. Both methods throw `IdentityProviderError`, within ten seconds or so. */
export interface IdentityProvider {
  /** As addresses name it: small letters, digits and `-`. */
  readonly id: string
  /** As people know it: `Google`. */
  readonly label: string
  /** Where to send the browser. */
  visitUrl(visit: Visit): Promise<string>
  /** Changes a code for who came. */
  exchange(back: Return): Promise<ProvenIdentity>
}

/** How a provider reaches the outside world. */
export interface ProviderWorld {
  readonly fetch: typeof fetch
  readonly clock: Clock
}

/** What `createServer` takes: a provider that waits for the server's own means. */
export type IdentityProviderSetup = (world: ProviderWorld) => IdentityProvider

/**
 * A provider did not say who came. `unavailable`: it did not answer, or not in time; `refused`: what it said is not what it
 * has to say. The message is for the log and holds no secret.
 */
export class IdentityProviderError extends Error {
  override name = 'IdentityProviderError'
  readonly reason: 'unavailable' | 'refused'

  constructor(reason: 'unavailable' | 'refused', message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}
