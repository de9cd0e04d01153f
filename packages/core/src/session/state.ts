import type { SignedIn, User } from '../contract/people.ts'
import type { Permission } from '../contract/permissions.ts'

/** Who is in front of the device, as far as the SDK knows. */
export type SessionState =
  /** Nobody has asked yet, or the answer is on its way. */
  | { readonly status: 'unknown' }
  | { readonly status: 'signed_out'; readonly because: SignedOutBecause }
  /** The password was right; `enterCode` comes next. */
  | { readonly status: 'second_factor'; readonly methods: readonly ('totp' | 'recovery')[] }
  | {
      readonly status: 'signed_in'
      readonly user: User
      readonly permissions: readonly Permission[]
      readonly sessionId: string
      /** Set from five minutes before the session ends for want of use: when it ends, ms since 1970. */
      readonly idleEndsAt: number | null
    }

/**
 * Why nobody is signed in: `nobody` has been, the person `left`, nobody was there for too long (`idle`), or the session
 * `ended` on the server.
 */
export type SignedOutBecause = 'nobody' | 'left' | 'idle' | 'ended'

/** A session as the server granted it; in cookie mode without its tokens. */
export type Grant = Omit<SignedIn, 'status' | 'tenant' | 'accessExpiresAt' | 'answeredAt'> &
  Partial<Pick<SignedIn, 'accessExpiresAt'>> & {
    /** How far the clock of this device is ahead of the server's, in ms. Missing where nobody knows: then they agree. */
    readonly aheadMs?: number | undefined
  }
