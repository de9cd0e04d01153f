import { hash } from 'node:crypto'
import { newId } from '@tillwright/core/contract'
import { LRUCache } from 'lru-cache'
import type { Principal } from '../context.ts'
import type { Database, TenantDb } from '../db/open.ts'
import type { Clock, Random, SecretBytes } from '../ports.ts'
import { findTenant } from '../tenants/store.ts'
import { allowedOrigins, findKeyHolder, insertKey } from './store.ts'

/** 192 bits: nobody guesses a key, so a fast hash is enough to keep it. */
const KEY_BYTES = 24
/** A key that is revoked stops working within this time, in every process. */
const CACHE_MS = 1_000
const CACHED_KEYS = 10_000

/** What is wrong with a key's settings, in a sentence. */
export class KeySettingsError extends Error {
  override name = 'KeySettingsError'
}

export interface NewKey {
  readonly kind: 'publishable' | 'secret'
  readonly label: string
  /** Origins that may use a publishable key: `https://shop.example`. */
  readonly origins: readonly string[]
}

export interface CreatedKey {
  readonly id: string
  /** The key itself. It is shown this once and kept nowhere. */
  readonly key: string
}

export async function createKey(
  ports: { clock: Clock; random: Random; secretBytes: SecretBytes },
  db: TenantDb,
  { kind, label, origins }: NewKey,
): Promise<CreatedKey> {
  if (kind === 'secret' && origins.length > 0)
    throw new KeySettingsError('A secret key is for servers and has no origins')
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
    }),
  )
  return { id, key }
}

/** `https://shop.example` and nothing else: no path, no wildcard, no trailing slash. */
function soundOrigin(text: string): string {
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
  /** Who holds this key; `null` where nobody does. */
  holder(key: string): Promise<Principal | null>
  /** Origins that publishable keys of a tenant allow. */
  originsOf(tenantId: number): Promise<ReadonlySet<string>>
  /** Whether some publishable key of the installation allows this origin; for preflights, which carry no key. */
  allowsOrigin(origin: string): Promise<boolean>
}

/** Looks keys up, and remembers what it found for a second. */
export function keyRing(database: Database): KeyRing {
  const holders = new LRUCache<string, { principal: Principal | null }>({ max: CACHED_KEYS, ttl: CACHE_MS })
  const origins = new LRUCache<'all' | number, Set<string>>({ max: CACHED_KEYS, ttl: CACHE_MS })
  const read = async (name: 'all' | number) => {
    const known = origins.get(name)
    if (known) return known
    const found = await allowedOrigins(database.system, name === 'all' ? undefined : name)
    origins.set(name, found)
    return found
  }
  return {
    async holder(key) {
      const known = holders.get(key)
      if (known) return known.principal
      const principal = await findPrincipal(database, hashKey(key))
      holders.set(key, { principal })
      return principal
    },
    originsOf: read,
    allowsOrigin: async (origin) => (await read('all')).has(origin),
  }
}

async function findPrincipal(database: Database, hashed: string): Promise<Principal | null> {
  const holder = await findKeyHolder(database.system, hashed)
  const tenant = holder && (await findTenant(database.system, holder.tenantId))
  if (!tenant) return null
  return { kind: holder.kind, keyId: holder.id, tenant, origins: new Set(JSON.parse(holder.origins) as string[]) }
}

function hashKey(key: string): string {
  return hash('sha256', key)
}
