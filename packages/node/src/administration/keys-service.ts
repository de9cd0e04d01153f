import {
  type ApiKey,
  type Contract,
  type CreatedApiKey,
  contract,
  type Permission,
  type RouteParsed,
  type TillwrightContract,
} from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { TenantDb } from '../db/open.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import { createKey, KeySettingsError, type NewKey, soundOrigin } from '../keys/service.ts'
import { findKey, listKeys, revokeKey, type ApiKey as StoredKey, updateKey } from '../keys/store.ts'
import type { Clock, Random, SecretBytes } from '../ports.ts'
import { type Actor, refuseBeyond } from './authority.ts'

type Keys = TillwrightContract['keys']

/** What a secret key without scopes may do: whatever a route allows to keys. */
export const KEY_PERMISSIONS: readonly Permission[] = [
  ...new Set(
    Object.values(contract as Contract)
      .flatMap((routes) => Object.values(routes))
      .flatMap(({ access }) => (access.kind === 'key' && access.permission !== undefined ? [access.permission] : [])),
  ),
].sort()

export interface KeysPorts {
  readonly clock: Clock
  readonly random: Random
  readonly secretBytes: SecretBytes
  readonly audit: AuditService
}

export type KeysService = ReturnType<typeof keysService>

/** API keys of a tenant. Nobody makes a key that may do more than themselves, or gets hold of one by rotating it. */
export function keysService(ports: KeysPorts) {
  const { clock, audit } = ports

  const record = (tx: TenantDb, actor: Actor, kind: string, keyId: string, data: Record<string, string | null> = {}) =>
    audit.record(tx, { kind, actorId: actor.id, subjectId: keyId, caller: actor.caller, data })

  async function existing(db: TenantDb, id: string): Promise<StoredKey> {
    const key = await findKey(db, id)
    if (!key) throw problem('not_found', `There is no key ${id}`)
    return key
  }

  /** A key that still works, and that the actor could have made. */
  async function held(tx: TenantDb, actor: Actor, id: string): Promise<StoredKey> {
    const key = await existing(tx, id)
    refuseBeyond(actor, powersOf(key))
    if (key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= clock())) {
      throw problem('conflict', 'The key does not work any more: make another')
    }
    return key
  }

  async function make(tx: TenantDb, actor: Actor, settings: NewKey, kind: string): Promise<CreatedApiKey> {
    const { id, key } = await asInvalidInput(() => createKey(ports, tx, settings))
    await record(tx, actor, kind, id, { kind: settings.kind, scopes: settings.scopes?.join(' ') ?? null })
    return { key: present(await existing(tx, id)), token: key }
  }

  return {
    async list(db: TenantDb): Promise<{ items: ApiKey[] }> {
      return { items: (await listKeys(db)).map(present) }
    },

    async create(db: TenantDb, actor: Actor, wanted: RouteParsed<Keys['create']>): Promise<CreatedApiKey> {
      const { kind, label, origins, scopes, expiresAt } = wanted
      if (kind === 'secret' && scopes === undefined) throw invalid('scopes', 'say what the key may do')
      refuseBeyond(actor, scopes ?? [])
      const end = endOf(expiresAt, clock())
      const settings: NewKey = { kind, label, origins, scopes: scopes ?? null, expiresAt: end ?? null }
      return db.transaction((tx) => make(tx, actor, settings, 'key.created'))
    },

    async update(db: TenantDb, actor: Actor, wanted: RouteParsed<Keys['update']>): Promise<ApiKey> {
      const { keyId, label, origins, scopes, expiresAt } = wanted
      const end = endOf(expiresAt, clock())
      return db.transaction(async (tx) => {
        const key = await held(tx, actor, keyId)
        if (scopes !== undefined && key.kind === 'publishable') throw invalid('scopes', 'are for secret keys')
        if (origins !== undefined && key.kind === 'secret') throw invalid('origins', 'are for publishable keys')
        refuseBeyond(actor, scopes ?? [])
        const sound = await asInvalidInput(async () => origins?.map(soundOrigin))
        const change = {
          ...(label === undefined ? {} : { label }),
          ...(sound === undefined ? {} : { origins: JSON.stringify(sound) }),
          ...(scopes === undefined ? {} : { scopes: JSON.stringify([...new Set(scopes)]) }),
          ...(end === undefined ? {} : { expires_at: end }),
        }
        if (Object.keys(change).length > 0) {
          await updateKey(tx, keyId, change)
          await record(tx, actor, 'key.changed', keyId, { fields: Object.keys(change).join(' ') })
        }
        return present(await existing(tx, keyId))
      })
    },

    async rotate(db: TenantDb, actor: Actor, keyId: string, overlapSeconds: number): Promise<CreatedApiKey> {
      return db.transaction(async (tx) => {
        const old = await held(tx, actor, keyId)
        const now = clock()
        const settings: NewKey = {
          kind: old.kind,
          label: old.label,
          origins: JSON.parse(old.origins) as string[],
          scopes: old.scopes === null ? null : (JSON.parse(old.scopes) as Permission[]),
          expiresAt: old.expiresAt,
        }
        if (overlapSeconds === 0) await revokeKey(tx, keyId, now)
        else
          await updateKey(tx, keyId, {
            expires_at: Math.min(now + overlapSeconds * 1000, old.expiresAt ?? Number.MAX_SAFE_INTEGER),
          })
        await record(tx, actor, 'key.rotated', keyId, {})
        return make(tx, actor, settings, 'key.created')
      })
    },

    /** Whoever may deal with keys may end any: that gives nobody anything. */
    async revoke(db: TenantDb, actor: Actor, keyId: string): Promise<undefined> {
      await db.transaction(async (tx) => {
        await existing(tx, keyId)
        if (await revokeKey(tx, keyId, clock())) await record(tx, actor, 'key.revoked', keyId)
      })
    },
  }
}

function powersOf({ kind, scopes }: StoredKey): readonly Permission[] {
  if (kind === 'publishable') return []
  return scopes === null ? KEY_PERMISSIONS : (JSON.parse(scopes) as Permission[])
}

/** `undefined` leaves it as it is, `null` takes it away. */
function endOf(expiresAt: string | null | undefined, now: number): number | null | undefined {
  if (expiresAt === undefined || expiresAt === null) return expiresAt
  const at = Date.parse(expiresAt)
  if (at <= now) throw invalid('expiresAt', 'must be in the future; to end a key now, revoke it')
  return at
}

async function asInvalidInput<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof KeySettingsError) throw invalid('origins', error.message)
    throw error
  }
}

function present(key: StoredKey): ApiKey {
  return {
    id: key.id,
    kind: key.kind,
    label: key.label,
    hint: key.hint,
    origins: JSON.parse(key.origins) as string[],
    scopes: key.scopes === null ? null : (JSON.parse(key.scopes) as Permission[]),
    createdAt: new Date(key.createdAt).toISOString(),
    expiresAt: key.expiresAt === null ? null : new Date(key.expiresAt).toISOString(),
    revokedAt: key.revokedAt === null ? null : new Date(key.revokedAt).toISOString(),
  }
}

function invalid(path: string, message: string): ProblemError {
  return new ProblemError('invalid_input', { errors: [{ path, message }] })
}
