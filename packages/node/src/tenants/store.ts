import type { Kysely } from 'kysely'
import type { Tenant } from '../context.ts'
import type { Schema } from '../db/schema.ts'

const COLUMNS = ['id', 'public_id as publicId', 'name', 'currency', 'time_zone as timeZone'] as const

export interface NewTenant {
  readonly publicId: string
  readonly name: string
  readonly currency: string
  readonly timeZone: string
}

export async function insertTenant(system: Kysely<Schema>, tenant: NewTenant, now: number): Promise<Tenant> {
  return system
    .insertInto('tenants')
    .values({
      public_id: tenant.publicId,
      name: tenant.name,
      currency: tenant.currency,
      time_zone: tenant.timeZone,
      created_at: now,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
}

export async function listTenants(system: Kysely<Schema>): Promise<Tenant[]> {
  return system.selectFrom('tenants').orderBy('id').select(COLUMNS).execute()
}

export async function findTenant(system: Kysely<Schema>, id: number): Promise<Tenant | undefined> {
  return system.selectFrom('tenants').where('id', '=', id).select(COLUMNS).executeTakeFirst()
}

/** Finds a tenant by its public id or, where only one has it, by its name. */
export async function findTenantNamed(system: Kysely<Schema>, name: string): Promise<Tenant | undefined> {
  const found = await system
    .selectFrom('tenants')
    .where((is) => is.or([is('public_id', '=', name), is('name', '=', name)]))
    .select(COLUMNS)
    .limit(2)
    .execute()
  return found.length === 1 ? found[0] : undefined
}
