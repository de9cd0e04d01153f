import type { Kysely } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'

export interface OwnRole {
  readonly name: string
  readonly description: string
  /** JSON array. */
  readonly permissions: string
}

const COLUMNS = ['name', 'description', 'permissions'] as const

export async function listRoles(db: TenantDb): Promise<OwnRole[]> {
  return db.query.selectFrom('tenant_roles').orderBy('name').select(COLUMNS).execute()
}

/** The same before a tenant's handle is at hand. */
export async function rolesOfTenant(system: Kysely<Schema>, tenantId: number): Promise<OwnRole[]> {
  return system.selectFrom('tenant_roles').where('tenant_id', '=', tenantId).select(COLUMNS).execute()
}

export async function findRole(db: TenantDb, name: string): Promise<OwnRole | undefined> {
  return db.query.selectFrom('tenant_roles').where('name', '=', name).select(COLUMNS).executeTakeFirst()
}

export async function putRole(tx: TenantDb, role: OwnRole, now: number): Promise<void> {
  const { name, description, permissions } = role
  await tx.query
    .insertInto('tenant_roles')
    .values({ name, description, permissions, updated_at: now })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'name']).doUpdateSet({ description, permissions, updated_at: now }),
    )
    .execute()
}

export async function deleteRole(tx: TenantDb, name: string): Promise<void> {
  await tx.query.deleteFrom('tenant_roles').where('name', '=', name).execute()
}
