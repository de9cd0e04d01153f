import type { Kysely } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'

export interface ApiKey {
  readonly id: string
  readonly kind: 'publishable' | 'secret'
  readonly label: string
  readonly hint: string
  /** JSON array. */
  readonly origins: string
  readonly createdAt: number
  readonly revokedAt: number | null
  readonly expiresAt: number | null
  /** JSON array; `null`: whatever keys may. */
  readonly scopes: string | null
}

export interface KeyHolder {
  readonly id: string
  readonly kind: 'publishable' | 'secret'
  readonly tenantId: number
  readonly origins: string
  readonly scopes: string | null
  readonly expiresAt: number | null
}

const COLUMNS = [
  'id',
  'kind',
  'label',
  'hint',
  'origins',
  'created_at as createdAt',
  'revoked_at as revokedAt',
  'expires_at as expiresAt',
  'scopes',
] as const

export async function insertKey(tx: TenantDb, key: ApiKey & { readonly hash: string }): Promise<void> {
  await tx.query
    .insertInto('api_keys')
    .values({
      id: key.id,
      kind: key.kind,
      label: key.label,
      hash: key.hash,
      hint: key.hint,
      origins: key.origins,
      created_at: key.createdAt,
      revoked_at: key.revokedAt,
      expires_at: key.expiresAt,
      scopes: key.scopes,
    })
    .execute()
}

export async function listKeys(db: TenantDb): Promise<ApiKey[]> {
  return db.query.selectFrom('api_keys').orderBy('created_at').orderBy('id').select(COLUMNS).execute()
}

export async function findKey(db: TenantDb, id: string): Promise<ApiKey | undefined> {
  return db.query.selectFrom('api_keys').where('id', '=', id).select(COLUMNS).executeTakeFirst()
}

export interface KeyChange {
  readonly label?: string
  readonly origins?: string
  readonly scopes?: string | null
  readonly expires_at?: number | null
}

export async function updateKey(tx: TenantDb, id: string, change: KeyChange): Promise<void> {
  await tx.query.updateTable('api_keys').set(change).where('id', '=', id).execute()
}

/** Returns whether there was such a key, not revoked yet. */
export async function revokeKey(tx: TenantDb, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.query
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Who holds a key that is not revoked. Runs before the tenant is known. */
export async function findKeyHolder(system: Kysely<Schema>, hash: string): Promise<KeyHolder | undefined> {
  return system
    .selectFrom('api_keys')
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .select(['id', 'kind', 'tenant_id as tenantId', 'origins', 'scopes', 'expires_at as expiresAt'])
    .executeTakeFirst()
}

/** Origins that some publishable key allows: of one tenant, or of all. */
export async function allowedOrigins(system: Kysely<Schema>, tenantId?: number): Promise<Set<string>> {
  let query = system.selectFrom('api_keys').where('kind', '=', 'publishable').where('revoked_at', 'is', null)
  if (tenantId !== undefined) query = query.where('tenant_id', '=', tenantId)
  const rows = await query.select('origins').execute()
  return new Set(rows.flatMap(({ origins }) => JSON.parse(origins) as string[]))
}
