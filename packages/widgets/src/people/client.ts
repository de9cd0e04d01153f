import type { Tillwright } from '@tillwright/core'
import type { User } from '@tillwright/core/contract'

type Auth = Tillwright['auth']
type Account = Tillwright['account']

/**
 * What the widgets for people ask of a client. A client of `@tillwright/core` will do, whose `fetch` sends cookies along:
 * `fetch: (request) => fetch(new Request(request, { credentials: 'include' }))`.
 */
export interface PeopleClient {
  readonly auth: Pick<
    Auth,
    | 'register'
    | 'login'
    | 'twoFactor'
    | 'session'
    | 'refresh'
    | 'logout'
    | 'verifyEmail'
    | 'resendVerification'
    | 'forgotPassword'
    | 'resetPassword'
    | 'requestMagicLink'
    | 'useMagicLink'
    | 'reauthenticate'
  >
  readonly account: Pick<
    Account,
    | 'update'
    | 'changePassword'
    | 'changeEmail'
    | 'sessions'
    | 'endSession'
    | 'startTwoFactor'
    | 'confirmTwoFactor'
    | 'removeTwoFactor'
    | 'newRecoveryCodes'
    | 'exportData'
    | 'remove'
  >
}

interface CallOptions {
  readonly signal: AbortSignal
}

/** Who is signed in with this browser; a session whose access token has run out goes on with another. */
export async function findUser(
  { auth }: { auth: Pick<PeopleClient['auth'], 'session' | 'refresh'> },
  options: CallOptions,
): Promise<User | null> {
  const answer = await auth.session({}, options)
  if (answer.status === 'signed_in') return answer.user
  if (answer.status === 'signed_out') return null
  try {
    return (await auth.refresh({}, options)).user
  } catch (error) {
    if (codeOf(error) === 'session_ended') return null
    throw error
  }
}

/** Runs a call; where the access token has run out on the way, takes another and runs it again. */
export async function withRefresh<T>(
  { auth }: { auth: Pick<PeopleClient['auth'], 'refresh'> },
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (codeOf(error) !== 'invalid_token') throw error
    await auth.refresh({})
    return run()
  }
}

/** The stable code of a refusal, by whichever client; `undefined` where no answer came. */
export function codeOf(error: unknown): string | undefined {
  return (error as { code?: string } | null)?.code
}
