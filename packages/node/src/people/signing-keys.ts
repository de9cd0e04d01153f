import { newId } from '@tillwright/core/contract'
import { decodeProtectedHeader, type JWK } from 'jose'
import type { Database } from '../db/open.ts'
import type { Clock, Random } from '../ports.ts'
import { type AccessTokens, accessTokens, newSigningKey, type SigningKey } from '../security/access-tokens.ts'
import type { SecretBox } from '../security/secret-box.ts'
import { insertSigningKey, listSigningKeys, retireSigningKeys } from './signing-keys-store.ts'

/** How long a process relies on the keys that it read: one that is removed elsewhere is refused within this time. */
const RELOAD_MS = 30_000
/** An unknown key has them read again, and no more often than this: anybody can make up a key id. */
const UNKNOWN_KEY_MS = 1_000
/** A retired key verifies for longer than any token that it signed lives. */
const REMOVED_AFTER_MS = 3_600_000
const CONTEXT = 'signing-key'

export interface TokenIssuer extends AccessTokens {
  /** Public keys, for those who check tokens themselves. */
  publicKeys(): Promise<{ keys: JWK[] }>
  /** Makes a new key the one that signs; the old ones verify until their last token has run out. Returns its id. */
  rotate(): Promise<string>
}

export interface SigningKeysPorts {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly box: () => Promise<SecretBox>
  readonly issuer: string
}

/** Access tokens under keys that are kept in the database, sealed, and shared by all processes. */
export function tokenIssuer({ database, clock, random, box, issuer }: SigningKeysPorts): TokenIssuer {
  let keys: readonly SigningKey[] = []
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined
  const tokens = accessTokens({ keys: () => keys, issuer, audience: issuer, clock })

  async function read(): Promise<void> {
    const opener = await box()
    const stored = await listSigningKeys(database.system)
    keys = stored.map(({ kid, sealed, public: publicJwk, createdAt, retiredAt }) => ({
      kid,
      privateJwk: JSON.parse(Buffer.from(opener.open(sealed, CONTEXT)).toString('utf8')) as JWK,
      publicJwk: JSON.parse(publicJwk) as JWK,
      createdAt,
      retiredAt,
    }))
    readAt = clock()
  }

  async function upToDate(): Promise<void> {
    if (clock() - readAt < RELOAD_MS) return
    reading ??= read().finally(() => {
      reading = undefined
    })
    await reading
  }

  function isOfNewKey(token: string): boolean {
    if (clock() - readAt < UNKNOWN_KEY_MS) return false
    try {
      const { kid } = decodeProtectedHeader(token)
      return !keys.some((key) => key.kid === kid)
    } catch {
      return false // No JWT at all.
    }
  }

  async function add(): Promise<string> {
    const key = await newSigningKey(newId('kid', clock, random), clock())
    await insertSigningKey(database.system, {
      kid: key.kid,
      sealed: (await box()).seal(JSON.stringify(key.privateJwk), CONTEXT),
      public: JSON.stringify(key.publicJwk),
      createdAt: key.createdAt,
      retiredAt: null,
    })
    await read()
    return key.kid
  }

  return {
    async issue(claims, lifetimeSeconds) {
      await upToDate()
      if (!keys.some(({ retiredAt }) => retiredAt === null)) await add()
      return tokens.issue(claims, lifetimeSeconds)
    },
    async verify(token) {
      await upToDate()
      const claims = await tokens.verify(token)
      if (claims || !isOfNewKey(token)) return claims
      // Another process may have made its key since.
      await read()
      return tokens.verify(token)
    },
    jwks: tokens.jwks,
    async publicKeys() {
      await upToDate()
      return tokens.jwks()
    },
    async rotate() {
      const kid = await add()
      await retireSigningKeys(database.system, kid, clock(), clock() - REMOVED_AFTER_MS)
      await read()
      return kid
    },
  }
}
