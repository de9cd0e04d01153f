import { IdentityProviderError, type IdentityProviderSetup } from '../../people/identity-provider.ts'
import {
  authorizationUrl,
  type OAuthClient,
  redeemCode,
  refuseOtherIssuer,
  refuseUnsoundAddress,
  refuseUnsoundClient,
} from '../oauth/authorization-code.ts'
import { type Json, PROVIDER_TIMEOUT_MS, providerCalls } from '../oauth/provider-calls.ts'

const GITHUB = 'https://github.com'
const GITHUB_API = 'https://api.github.com'
const API_VERSION = '2022-11-28'

export interface GithubOptions extends OAuthClient {
  /** Of a GitHub Enterprise Server: `https://github.example.com`. Default: github.com. */
  readonly server?: string
  /** Its API. Default: `<server>/api/v3`, or that of github.com. */
  readonly api?: string
  /** For all calls of one visit together, in ms. Default 10,000. */
  readonly timeoutMs?: number
}

/**
 * Sign in with GitHub, by OAuth 2 with PKCE: whom the token belongs to, and their primary address where it is confirmed.
 * The application's callback URL at GitHub is `<public URL>/auth/github/callback`.
 */
export function githubProvider(options: GithubOptions): IdentityProviderSetup {
  const { server = GITHUB, timeoutMs = PROVIDER_TIMEOUT_MS } = options
  const api = options.api ?? (server === GITHUB ? GITHUB_API : `${server}/api/v3`)
  const issuer = `${server}/login/oauth`
  refuseUnsoundClient('github', options)
  refuseUnsoundAddress('github', 'server', server)
  refuseUnsoundAddress('github', 'api', api)
  return ({ fetch }) => ({
    id: 'github',
    label: 'GitHub',
    async visitUrl(visit) {
      const more = { scope: 'read:user user:email', prompt: 'select_account' }
      return authorizationUrl(`${issuer}/authorize`, options.clientId, visit, more)
    },
    async exchange(back) {
      // Older Enterprise Servers do not say who they are.
      refuseOtherIssuer(back.iss, issuer)
      const calls = providerCalls(fetch, timeoutMs)
      const { access_token: token } = await redeemCode(calls, `${issuer}/access_token`, options, back)
      if (typeof token !== 'string' || !/^[\w.-]{1,500}$/.test(token)) {
        throw new IdentityProviderError('refused', 'GitHub gave no access token')
      }
      const headers = {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'Tillwright',
        'x-github-api-version': API_VERSION,
      }
      const [user, emails] = await Promise.all([
        calls.json(`${api}/user`, { headers }) as Promise<Json>,
        calls.json(`${api}/user/emails`, { headers }),
      ])
      // Names change hands, numbers do not.
      if (!Number.isSafeInteger(user.id)) throw new IdentityProviderError('refused', 'GitHub does not say who came')
      const primary = (Array.isArray(emails) ? (emails as Json[]) : []).find((email) => email?.primary === true)
      return {
        issuer,
        subject: String(user.id),
        email: typeof primary?.email === 'string' ? primary.email : null,
        emailVerified: primary?.verified === true,
        name: typeof user.name === 'string' && user.name !== '' ? user.name : null,
      }
    },
  })
}
