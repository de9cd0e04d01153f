import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'

export interface StoredSigningKey {
  readonly kid: string
  /** Private JWK, sealed. */
  readonly sealed: string
  /** Public JWK. */
  readonly public: string
  readonly createdAt: number
  readonly retiredAt: number | null
}

export async function listSigningKeys(system: Kysely<Schema>): Promise<StoredSigningKey[]> {
  return system
    .selectFrom('signing_keys')
    .orderBy('created_at', 'desc')
    .select(['kid', 'sealed', 'public', 'created_at as createdAt', 'retired_at as retiredAt'])
    .execute()
}

export async function insertSigningKey(system: Kysely<Schema>, key: StoredSigningKey): Promise<void> {
  await system
    .insertInto('signing_keys')
    .values({
      kid: key.kid,
      sealed: key.sealed,
      public: key.public,
      created_at: key.createdAt,
      retired_at: key.retiredAt,
    })
    .execute()
}

/** Retires all keys but one, and removes those that were retired before `removedBefore`. */
export async function retireSigningKeys(
  system: Kysely<Schema>,
  except: string,
  now: number,
  removedBefore: number,
): Promise<void> {
  await system
    .updateTable('signing_keys')
    .set({ retired_at: now })
    .where('kid', '<>', except)
    .where('retired_at', 'is', null)
    .execute()
  await system.deleteFrom('signing_keys').where('retired_at', '<', removedBefore).execute()
}
