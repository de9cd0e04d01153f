import type { CallOptions } from '../client/bind.ts'
import type { RouteInput } from '../contract/define.ts'
import type { TillwrightContract } from '../contract/index.ts'
import type { Permission } from '../contract/permissions.ts'
import type { Connected, Line } from '../sdk.ts'
import type { Observable } from './observable.ts'
import type { SessionState } from './state.ts'
import type { TokenStorage } from './storage.ts'
import type { WantedPage } from './wanted-page.ts'

export interface SessionOptions {
  /**
   * How the session is carried. `token`: the SDK holds the tokens, for apps; in memory, so that a reload ends the session
   * here, or in `storage`. `cookie`: the server sets cookies that no script can read, for pages on the server's own site; the
   * SDK stores nothing. Default `token`.
   */
  readonly delivery?: 'token' | 'cookie'
  /** Where an app keeps its tokens between starts. Not in cookie mode. Default: in memory only. */
  readonly storage?: TokenStorage
}

type Login = RouteInput<TillwrightContract['auth']['login']>
type Proof = RouteInput<TillwrightContract['auth']['reauthenticate']>

/** The session of the person in front of the device. */
export interface PersonSession extends WantedPage {
  /** Who is signed in. Subscribing asks `ready()`. */
  readonly state: Observable<SessionState>
  /**
   * Finds out who is signed in: from storage, the other tabs or, in cookie mode, the server. Throws where the server is needed
   * and does not answer; the state is `unknown` then, and calling again tries again.
   */
  ready(): Promise<SessionState>
  /** Asks the server who is signed in, and with which rights, now. */
  check(): Promise<SessionState>
  /**
   * `signed_in`, or `second_factor` where a code is needed. A device that has signed in before is known again, so that a lock
   * which others brought about does not keep it out. Throws `ApiError` `invalid_credentials`, `rate_limited` and others.
   */
  signIn(input: Omit<Login, 'delivery'>, options?: CallOptions): Promise<SessionState>
  /** With the token of a mailed link. */
  signInWithLink(input: { token: string }, options?: CallOptions): Promise<SessionState>
  /** The second step: a code of the authenticator, or a recovery code. */
  enterCode(code: string, options?: CallOptions): Promise<SessionState>
  /** Proves again who one is, for calls that answer `reauthentication_required`. */
  reauthenticate(proof: Proof, options?: CallOptions): Promise<SessionState>
  /**
   * Signs out here and in every tab, `everywhere` on all devices. With tokens they are forgotten first: where the server
   * cannot be told, this throws, but nobody is signed in here. Cookies are the server's: without it one stays signed in.
   */
  signOut(input?: { everywhere?: boolean }, options?: CallOptions): Promise<void>
  /** Whether the person may do all of this. The server asks again at each call; this is for what to show. */
  can(...permissions: readonly Permission[]): boolean
  /** Somebody is there: puts off the end for want of use. */
  stayActive(): Promise<void>
  /** Called when the session will end, ms since 1970, unless somebody does something. Returns the unsubscriber. */
  onIdleWarning(run: (endsAt: number) => void): () => void
}

/** The client of somebody who may sign in. */
export interface WithSession {
  /** Who is signed in, and how they come and go. */
  readonly session: PersonSession
}

/** What `createClient` takes as `session`. */
export type SessionFeature = (line: Line) => Connected & { readonly extra: WithSession }
