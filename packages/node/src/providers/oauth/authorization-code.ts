import { IdentityProviderError, type Return, type Visit } from '../../people/identity-provider.ts'
import { isSafeAddress, type Json, type ProviderCalls } from './provider-calls.ts'

/** What a provider gave for the application: an id that everybody may see and a secret. */
export interface OAuthClient {
  readonly clientId: string
  readonly clientSecret: string
}

/** Where the secret goes when a code is redeemed (RFC 6749 §2.3.1): into a header, or into the body. */
export type ClientAuthentication = 'basic' | 'post'

/** Throws where a provider could not work, before anybody tries to sign in with it. */
export function refuseUnsoundClient(provider: string, { clientId, clientSecret }: OAuthClient): void {
  for (const [name, value] of Object.entries({ clientId, clientSecret })) {
    if (typeof value === 'string' && value.trim() !== '') continue
    throw new TypeError(`Provider ${provider}: ${name} is missing. It is what the provider gave for the application`)
  }
}

/** Throws where an address of a provider is not one to which secrets may travel: TLS, or this very machine. */
export function refuseUnsoundAddress(provider: string, name: string, address: string): void {
  if (isSafeAddress(address)) return
  throw new TypeError(`Provider ${provider}: ${name} must be an https address, not ${address}`)
}

/** Where the browser goes (RFC 6749 §4.1.1, RFC 7636 §4.3). */
export function authorizationUrl(
  endpoint: string,
  clientId: string,
  { redirectUri, state, codeChallenge }: Visit,
  more: Readonly<Record<string, string>>,
): string {
  const url = new URL(endpoint)
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    ...more,
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

/** Throws where the answer says that it comes from somebody else (RFC 9207 §2.4). */
export function refuseOtherIssuer(iss: string | undefined, issuer: string, isRequired = false): void {
  if (iss === issuer || (iss === undefined && !isRequired)) return
  throw new IdentityProviderError('refused', `The answer does not come from ${issuer}`)
}

/** Changes the code for tokens (RFC 6749 §4.1.3). */
export async function redeemCode(
  calls: ProviderCalls,
  endpoint: string,
  { clientId, clientSecret }: OAuthClient,
  { code, redirectUri, codeVerifier }: Return,
  authentication: ClientAuthentication = 'post',
): Promise<Json> {
  const isInBody = authentication === 'post'
  const answer = await calls.json(endpoint, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(isInBody ? {} : { authorization: `Basic ${btoa(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`)}` }),
    },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
      ...(isInBody ? { client_id: clientId, client_secret: clientSecret } : {}),
    }).toString(),
  })
  if (!('error' in answer)) return answer as Json
  // GitHub refuses with 200.
  throw new IdentityProviderError('refused', 'The provider does not take the code')
}

/** As RFC 6749 §2.3.1 wants both parts before they are joined. */
function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1)
}
