import { createPrivateKey, hash, type JsonWebKeyInput, type KeyObject, sign as signBytes } from 'node:crypto'
import {
  type CryptoKey,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
} from 'jose'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../ports.ts'

export interface SigningKey {
  readonly kid: string
  readonly privateJwk: JWK
  readonly publicJwk: JWK
  /** Milliseconds since 1970, as is `retiredAt`. */
  readonly createdAt: number
  /** Since when it signs no more. What it signed stays good until the key is removed. */
  readonly retiredAt: number | null
}

export interface AccessClaims {
  /** `usr_…` */
  sub: string
  /** `ten_…` */
  tenant: string
  /** Session id. */
  sid: string
  role: string
  /** Seconds since 1970 of the last proof of identity. */
  authTime: number
  /** Id of the impersonator. */
  actor?: string
}

/** Claims of a token that was verified. */
export interface VerifiedClaims extends AccessClaims {
  /** When the token runs out, ms since 1970. */
  readonly expiresAt: number
}

export interface TokenOptions {
  /** The keys there are now. Read at each use; the newest one that is not retired signs. */
  readonly keys: () => readonly SigningKey[]
  readonly issuer: string
  readonly audience: string
  readonly clock: Clock
}

export interface AccessTokens {
  /** Default lifetime: 900 seconds. Rejects with `NoSigningKeyError`. */
  issue(claims: AccessClaims, lifetimeSeconds?: number): Promise<string>
  /** `null` for whatever is wrong with it. */
  verify(token: string): Promise<VerifiedClaims | null>
  /** The keys that others verify with (RFC 7517): public members only. */
  jwks(): { keys: JWK[] }
}

/** Claims of a purpose token; those that every token has (`iss`, `aud`, `iat`, `nbf`, `exp`) are not among them. */
export type PurposeClaims = Readonly<Record<string, string | number | boolean>>

export interface PurposeTokens {
  /** `purpose` is a lower-case word such as `second-factor`. Rejects with `NoSigningKeyError`; `RangeError` for bad input. */
  issue(purpose: string, claims: PurposeClaims, lifetimeSeconds: number): Promise<string>
  /** `null` for whatever is wrong with it. */
  verify(purpose: string, token: string): Promise<PurposeClaims | null>
}

/** Every key is retired, or there is none. */
export class NoSigningKeyError extends Error {
  override name = 'NoSigningKeyError'
}

const ALGORITHM = 'ES256'
const ACCESS = 'at'
const ACCESS_SECONDS = 900
const MAX_TOKEN_LENGTH = 4_096
/** Clocks of two servers may differ by this much. */
const SKEW_SECONDS = 5
const REMEMBERED_TOKENS = 10_000
const REMEMBERED_KEYS = 32
/** Three characters or more, so never `at`. */
const PURPOSE = /^[a-z][a-z0-9-]{2,40}$/
const OWN_CLAIMS = ['iss', 'aud', 'iat', 'nbf', 'exp']

/** A key pair for ES256 (ECDSA on P-256). Keep its private half in a `SecretBox`. `now` in milliseconds since 1970. */
export async function newSigningKey(kid: string, now: number): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const named = { kid, alg: ALGORITHM, use: 'sig' }
  return {
    kid,
    privateJwk: { ...(await exportJWK(privateKey)), ...named },
    publicJwk: { ...(await exportJWK(publicKey)), ...named },
    createdAt: now,
    retiredAt: null,
  }
}

/**
 * Access tokens (RFC 9068): `typ` is `at+jwt`, the algorithm is ES256 and nothing else, the key is one of ours by its `kid`.
 * A token that was verified is remembered until it expires, so verifying it again costs one SHA-256.
 */
export function accessTokens(options: TokenOptions): AccessTokens {
  const signed = signedTokens(options)
  const verified = new LRUCache<string, { kid: string; expiresAt: number; claims: AccessClaims }>({
    max: REMEMBERED_TOKENS,
  })
  return {
    issue: ({ authTime, actor, ...claims }, lifetimeSeconds = ACCESS_SECONDS) =>
      signed.sign(ACCESS, { ...claims, auth_time: authTime, ...(actor && { act: { sub: actor } }) }, lifetimeSeconds),
    async verify(token) {
      if (token.length > MAX_TOKEN_LENGTH) return null
      const digest = hash('sha256', token, 'base64')
      const known = verified.get(digest)
      if (known) {
        if (known.expiresAt > options.clock() && options.keys().some(({ kid }) => kid === known.kid))
          return { ...known.claims, expiresAt: known.expiresAt }
        verified.delete(digest)
      }
      const opened = await signed.open(ACCESS, token)
      const claims = opened && readAccessClaims(opened.payload)
      if (!claims) return null
      const expiresAt = opened.payload.exp! * 1000
      verified.set(digest, { kid: opened.kid, expiresAt, claims })
      return { ...claims, expiresAt }
    },
    jwks: () => ({ keys: options.keys().map(publicMembers) }),
  }
}

/**
 * Tokens for one purpose each: same keys, but `typ` is `<purpose>+jwt`, so that a token for one purpose is never accepted
 * for another, nor as an access token.
 */
export function purposeTokens(options: TokenOptions): PurposeTokens {
  const signed = signedTokens(options)
  return {
    async issue(purpose, claims, lifetimeSeconds) {
      if (!PURPOSE.test(purpose)) throw new RangeError(`A purpose looks like second-factor, got "${purpose}"`)
      const taken = OWN_CLAIMS.find((name) => name in claims)
      if (taken) throw new RangeError(`"${taken}" is set for every token and cannot be a claim of one`)
      return signed.sign(purpose, claims, lifetimeSeconds)
    },
    async verify(purpose, token) {
      const opened = PURPOSE.test(purpose) ? await signed.open(purpose, token) : null
      if (!opened) return null
      const own = Object.entries(opened.payload).filter(([name]) => !OWN_CLAIMS.includes(name))
      return Object.fromEntries(own) as PurposeClaims
    },
  }
}

interface Opened {
  readonly kid: string
  readonly payload: JWTPayload
}

function signedTokens({ keys, issuer, audience, clock }: TokenOptions) {
  const imported = new LRUCache<string, Promise<CryptoKey>>({ max: REMEMBERED_KEYS })
  const privateKeys = new LRUCache<string, KeyObject>({ max: REMEMBERED_KEYS })

  /** By content, so that a key that is replaced under its old id is not mistaken for the one before. */
  const importedKey = ({ kty, crv, x, y }: JWK): Promise<CryptoKey> => {
    const name = `${x}.${y}`
    let key = imported.get(name)
    if (!key) {
      key = importJWK({ kty, crv, x, y }, ALGORITHM) as Promise<CryptoKey>
      imported.set(name, key)
      key.catch(() => imported.delete(name))
    }
    return key
  }

  const privateKey = ({ kty, crv, x, y, d }: JWK): KeyObject => {
    const name = `${x}.${y}.${hash('sha256', d ?? '')}`
    let key = privateKeys.get(name)
    if (!key) {
      key = createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' } as JsonWebKeyInput)
      privateKeys.set(name, key)
    }
    return key
  }

  return {
    /** Compact serialisation (RFC 7515, 7.1). Here and now: handing it to another thread costs twice what signing does. */
    async sign(type: string, claims: JWTPayload, lifetimeSeconds: number): Promise<string> {
      if (!(Number.isInteger(lifetimeSeconds) && lifetimeSeconds > 0))
        throw new RangeError(`A lifetime is a whole number of seconds above 0, got ${lifetimeSeconds}`)
      const key = signingKey(keys())
      const issuedAt = Math.floor(clock() / 1000)
      const header = { alg: ALGORITHM, typ: `${type}+jwt`, kid: key.kid }
      const payload = { ...claims, iss: issuer, aud: audience, iat: issuedAt, exp: issuedAt + lifetimeSeconds }
      const signed = `${encoded(header)}.${encoded(payload)}`
      // ECDSA as JOSE has it: r and s side by side (RFC 7518, 3.4).
      const options = { key: privateKey(key.privateJwk), dsaEncoding: 'ieee-p1363' } as const
      return `${signed}.${signBytes('sha256', Buffer.from(signed), options).toString('base64url')}`
    },
    async open(type: string, token: string): Promise<Opened | null> {
      if (token.length > MAX_TOKEN_LENGTH) return null
      try {
        const kid = readKeyId(token, `${type}+jwt`)
        const key = kid === null ? undefined : keys().find((one) => one.kid === kid)
        if (!key) return null
        const now = clock()
        const { payload } = await jwtVerify(token, await importedKey(key.publicJwk), {
          algorithms: [ALGORITHM],
          typ: `${type}+jwt`,
          issuer,
          audience,
          currentDate: new Date(now),
          requiredClaims: ['iss', 'aud', 'iat', 'exp'],
        })
        const isForUsAlone = payload.aud === audience
        const isFromTheFuture = payload.iat! > now / 1000 + SKEW_SECONDS
        return isForUsAlone && !isFromTheFuture ? { kid: key.kid, payload } : null
      } catch {
        return null
      }
    },
  }
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function signingKey(keys: readonly SigningKey[]): SigningKey {
  const [newest] = keys.filter((key) => key.retiredAt === null).toSorted((a, b) => b.createdAt - a.createdAt)
  if (!newest) throw new NoSigningKeyError('No key to sign with: there is none, or all are retired')
  return newest
}

/**
 * The key id of a header that has `alg`, `typ` and `kid` as we write them and nothing beside them: `jku`, `jwk`, `x5u`,
 * `x5c` (keys that the sender picks) and `crit` have no place in it. Throws where the header cannot be read.
 */
function readKeyId(token: string, type: string): string | null {
  const { alg, typ, kid, ...others } = decodeProtectedHeader(token)
  const isOurs = alg === ALGORITHM && typ === type && typeof kid === 'string' && Object.keys(others).length === 0
  return isOurs ? kid : null
}

function readAccessClaims({ sub, tenant, sid, role, auth_time: authTime, act }: JWTPayload): AccessClaims | null {
  const actor = act === undefined ? undefined : (act as { sub?: unknown } | null)?.sub
  if (!isText(sub) || !isText(tenant) || !isText(sid) || !isText(role) || !Number.isInteger(authTime)) return null
  if (act !== undefined && !isText(actor)) return null
  return { sub, tenant, sid, role, authTime: authTime as number, ...(isText(actor) && { actor }) }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function publicMembers({ kid, publicJwk: { kty, crv, x, y } }: SigningKey): JWK {
  return { kty, crv, x, y, kid, alg: ALGORITHM, use: 'sig' } as JWK
}
