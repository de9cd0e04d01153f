import { hash } from 'node:crypto'
import { newId, type Permission } from '@tillwright/core/contract'
import { LRUCache } from 'lru-cache'
import type { Principal } from '../context.ts'
import type { Database, TenantDb } from '../db/open.ts'
import { within } from '../lifecycle/within.ts'
import type { Clock, Random, SecretBytes } from '../ports.ts'
import { findOpenTenant } from '../tenants/store.ts'
import { allowedOrigins, findKeyHolder, insertKey } from './store.ts'

/** 192 bits: nobody guesses a key, so a fast hash is enough to keep it. */
const KEY_BYTES = 24
/** A key that is revoked stops working within this time, in every process. */
const CACHE_MS = 1_000
const CACHED_KEYS = 10_000
/** How long a refusal waits to learn whose page may read it. */
const PATIENCE_MS = 500

/** What is wrong with a key's settings, in a sentence. */
export class KeySettingsError extends Error {
  override name = 'KeySettingsError'
}

export interface NewKey {
  readonly kind: 'publishable' | 'secret'
  readonly label: string
  /** Origins that may use a publishable key: `https://shop.example`. */
  readonly origins: readonly string[]
  /** What a secret key may do. Default: whatever keys may. */
  readonly scopes?: readonly Permission[] | null
  /** When it stops working, in ms since 1970. Default: never. */
  readonly expiresAt?: number | null
}

export interface CreatedKey {
  readonly id: string
  /** The key itself. It is shown this once and kept nowhere. */
  readonly key: string
}

export async function createKey(
  ports: { clock: Clock; random: Random; secretBytes: SecretBytes },
  db: TenantDb,
  { kind, label, origins, scopes = null, expiresAt = null }: NewKey,
): Promise<CreatedKey> {
  if (kind === 'secret' && origins.length > 0)
    throw new KeySettingsError('A secret key is for servers and has no origins')
  if (kind === 'publishable' && scopes !== null)
    throw new KeySettingsError('A publishable key may do what it may: scopes are for secret keys')
  const body = Buffer.from(ports.secretBytes(KEY_BYTES)).toString('base64url')
  const key = `${kind === 'publishable' ? 'pk' : 'sk'}_${body}`
  const id = newId('key', ports.clock, ports.random)
  await db.transaction((tx) =>
    insertKey(tx, {
      id,
      kind,
      label,
      hash: hashKey(key),
      hint: key.slice(-4),
      origins: JSON.stringify(origins.map(soundOrigin)),
      createdAt: ports.clock(),
      revokedAt: null,
      expiresAt,
      scopes: scopes === null ? null : JSON.stringify([...new Set(scopes)]),
    }),
  )
  return { id, key }
}

/** `https://shop.example` and nothing else: no path, no wildcard, no trailing slash. */
export function soundOrigin(text: string): string {
  try {
    const { origin, protocol } = new URL(text)
    if (origin === text.replace(/\/$/, '') && /^https?:$/.test(protocol) && !origin.includes('*')) return origin
  } catch {
    // Falls through to the sentence below.
  }
  throw new KeySettingsError(
    `An origin looks like https://shop.example (scheme, host, port and nothing else), got "${text}"`,
  )
}

export interface KeyRing {
  /** Who holds this key; `null` where nobody does. At once where it is remembered. */
  holder(key: string): Principal | null | Promise<Principal | null>
  /** Origins that publishable keys of a tenant allow. */
  originsOf(tenantId: number): Promise<ReadonlySet<string>>
  /** Whether some publishable key of the installation allows this origin; for preflights, which carry no key. */
  allowsOrigin(origin: string): Promise<boolean>
  /** The same, by what was known last where the database does not answer soon. Never throws. */
  allowedOriginLately(origin: string): Promise<boolean>
}

/** Looks keys up, and remembers what it found for a second. */
export function keyRing(database: Database, clock: Clock): KeyRing {
  const holders = new LRUCache<string, Holder>({ max: CACHED_KEYS, ttl: CACHE_MS })
  const origins = new LRUCache<'all' | number, Set<string>>({ max: CACHED_KEYS, ttl: CACHE_MS })
  let last: ReadonlySet<string> = new Set()
  const read = async (name: 'all' | number) => {
    const known = origins.get(name)
    if (known) return known
    const found = await allowedOrigins(database.system, name === 'all' ? undefined : name)
    origins.set(name, found)
    if (name === 'all') last = found
    return found
  }
  const principalOf = ({ expiresAt, principal }: Holder) =>
    expiresAt !== null && expiresAt <= clock() ? null : principal
  async function look(key: string): Promise<Principal | null> {
    const found = await findPrincipal(database, hashKey(key))
    holders.set(key, found)
    return principalOf(found)
  }
  return {
    holder(key) {
      const known = holders.get(key)
      return known ? principalOf(known) : look(key)
    },
    originsOf: read,
    allowsOrigin: async (origin) => (await read('all')).has(origin),
    async allowedOriginLately(origin) {
      await within(PATIENCE_MS, read('all')).catch(() => {})
      return last.has(origin)
    },
  }
}

interface Holder {
  readonly principal: Principal | null
  readonly expiresAt: number | null
}

const NOBODY: Holder = { principal: null, expiresAt: null }

async function findPrincipal(database: Database, hashed: string): Promise<Holder> {
  const holder = await findKeyHolder(database.system, hashed)
  const tenant = holder && (await findOpenTenant(database.system, holder.tenantId))
  if (!tenant) return NOBODY
  const { kind, id: keyId, expiresAt } = holder
  const scopes = holder.scopes === null ? null : new Set(JSON.parse(holder.scopes) as Permission[])
  const origins = new Set(JSON.parse(holder.origins) as string[])
  return { principal: { kind, keyId, tenant, origins, ...(scopes ? { scopes } : {}) }, expiresAt }
}

function hashKey(key: string): string {
  return hash('sha256', key)
}
