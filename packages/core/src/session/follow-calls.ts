import type { Client } from '../client/bind.ts'
import type { TillwrightContract } from '../contract/index.ts'
import type { SignedIn } from '../contract/people.ts'

type Calls = Client<TillwrightContract>

export interface FollowRules {
  readonly delivery: 'token' | 'cookie'
  /** Calls under the session. */
  readonly client: Calls
  /** Calls with nothing of it: what begins a session carries none. */
  readonly bare: Calls
  readonly refreshToken: () => string | undefined
  readonly onGranted: (answer: SignedIn, type: 'granted' | 'renewed') => Promise<unknown>
  readonly onLeft: () => Promise<void>
  /** Renews a session whose access has lapsed. */
  readonly renew: () => Promise<void>
}

/**
 * The calls of a client with a session, which learns of what pages and widgets bring about by them. What is delivered in
 * the other way, or for a refresh token that is not of this session, is another session.
 */
export function followCalls({ delivery, client, bare, ...rules }: FollowRules): Calls {
  const { refreshToken, onGranted, onLeft, renew } = rules
  const { auth, account, identities } = client
  async function follow<Answer extends { status: string }>(
    type: 'granted' | 'renewed',
    asked: PromiseLike<Answer>,
  ): Promise<Answer> {
    const answer = await asked
    const isCookie = (answer as { accessToken?: string }).accessToken === undefined
    if (answer.status === 'signed_in' && isCookie === (delivery === 'cookie')) {
      await onGranted(answer as unknown as SignedIn, type)
    }
    return answer
  }
  return {
    ...client,
    auth: {
      ...auth,
      login: (input, options) => follow('granted', bare.auth.login(input, options)),
      twoFactor: (input, options) => follow('granted', bare.auth.twoFactor(input, options)),
      useMagicLink: (input, options) => follow('granted', bare.auth.useMagicLink(input, options)),
      reauthenticate: (input, options) => follow('renewed', auth.reauthenticate(input, options)),
      async session(input, options) {
        const answer = await auth.session(input, options)
        if (answer.status !== 'expired') return answer
        await renew()
        return auth.session(input, options)
      },
      async logout(input = {}, options) {
        await auth.logout(input, options)
        if (input.refreshToken === undefined || input.refreshToken === refreshToken()) await onLeft()
      },
    },
    account: {
      ...account,
      async remove(input, options) {
        await account.remove(input, options)
        await onLeft()
      },
    },
    identities: {
      ...identities,
      finish: (input, options) => follow('granted', bare.identities.finish(input, options)),
    },
  }
}
