import type { Tillwright } from '@tillwright/core'
import type { User } from '@tillwright/core/contract'

type Auth = Tillwright['auth']
type Account = Tillwright['account']
type Identities = Tillwright['identities']

/** Who is signed in, as far as a client knows. */
export interface PeopleSessionState {
  readonly status: 'unknown' | 'signed_out' | 'second_factor' | 'signed_in'
  readonly user?: User | undefined
}

/** The session that a client's calls run under. The client renews it, and hears of other tabs and of the page itself. */
export interface PeopleSession {
  readonly state: { subscribe(run: (state: PeopleSessionState) => void): () => void }
}

/**
 * What the widgets for people ask of a client. A client of `@tillwright/core` with `session: personSession({ delivery:
 * 'cookie' })` will do.
 */
export interface PeopleClient {
  readonly session: PeopleSession
  readonly auth: Pick<
    Auth,
    | 'register'
    | 'login'
    | 'twoFactor'
    | 'session'
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
  readonly identities: Pick<Identities, 'providers' | 'start' | 'finish' | 'list' | 'link' | 'unlink'>
}

interface CallOptions {
  readonly signal: AbortSignal
}

/** Who is signed in with this browser. */
export async function findUser(
  { auth }: { auth: Pick<PeopleClient['auth'], 'session'> },
  options: CallOptions,
): Promise<User | null> {
  const answer = await auth.session({}, options)
  return answer.status === 'signed_in' ? answer.user : null
}

/**
 * Calls `run` when somebody has signed in or out elsewhere, in another tab or by the page's own doing, so that it is not
 * `shown()` any more who is signed in. Returns the unsubscriber.
 */
export function onOtherPerson({ session }: Pick<PeopleClient, 'session'>, shown: () => User | null, run: () => void) {
  return session.state.subscribe(({ status, user }) => {
    if (status === 'signed_out' ? shown() : status === 'signed_in' && (!user || user.id !== shown()?.id)) run()
  })
}

export { codeOf } from './code-of.ts'
