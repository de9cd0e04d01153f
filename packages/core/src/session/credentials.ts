import type { Clock } from '../ports.ts'
import type { Grant } from './state.ts'
import { readKept, type TokenStorage } from './storage.ts'

/** What a person's calls go out with, and what makes the device known again. */
export interface Credentials {
  readonly grant: Grant | undefined
  /** Of the last sign-in here, whoever that was; it outlives the session. */
  readonly deviceToken: string | undefined
  /** Grows with each change of credentials, so that who waited knows whether somebody else was faster. */
  readonly version: number
  /** New ones. What they do not bring anew stays. */
  take(next: Grant): void
  /** The same ones, as the server describes them now. */
  describe(next: Grant): void
  /** Nobody is signed in any more. */
  drop(): void
  /** Whether these are later than what is known of the same session, or the first. */
  isNewer(next: Grant): boolean
  /** Reads the storage. Returns its grant where that is another or a later one than the present. */
  load(): Promise<Grant | undefined>
  save(): Promise<void>
}

export function createCredentials(storage: TokenStorage | undefined, clock: Clock): Credentials {
  let grant: Grant | undefined
  let deviceToken: string | undefined
  let version = 0

  function isNewer({ accessExpiresAt = '', session }: Grant): boolean {
    if (!grant || grant.session.id !== session.id) return !grant
    return accessExpiresAt > (grant.accessExpiresAt ?? '')
  }

  return {
    get grant() {
      return grant
    },
    get deviceToken() {
      return deviceToken
    },
    get version() {
      return version
    },
    take(next) {
      version++
      deviceToken = next.deviceToken ?? deviceToken
      // A proof of identity gives no new refresh token.
      const kept = grant?.session.id === next.session.id ? grant.refreshToken : undefined
      grant = { ...next, refreshToken: next.refreshToken ?? kept, deviceToken }
    },
    describe(next) {
      grant = next
    },
    drop() {
      version++
      grant = undefined
    },
    isNewer,
    async load() {
      const kept = readKept(await storage?.load(), clock())
      deviceToken = kept.deviceToken ?? deviceToken
      const isNews = kept.grant && (kept.grant.session.id !== grant?.session.id || isNewer(kept.grant))
      return isNews ? kept.grant : undefined
    },
    async save() {
      const kept = grant ?? (deviceToken === undefined ? null : { deviceToken })
      await storage?.save(kept && JSON.stringify(kept))
    },
  }
}
