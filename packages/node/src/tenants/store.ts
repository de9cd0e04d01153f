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

/** The same, where it is not suspended: for those who let somebody in. */
export async function findOpenTenant(system: Kysely<Schema>, id: number): Promise<Tenant | undefined> {
  return system
    .selectFrom('tenants')
    .where('id', '=', id)
    .where('suspended_at', 'is', null)
    .select(COLUMNS)
    .executeTakeFirst()
}

/** The same by its public id. */
export async function findOpenTenantById(system: Kysely<Schema>, publicId: string): Promise<Tenant | undefined> {
  return system
    .selectFrom('tenants')
    .where('public_id', '=', publicId)
    .where('suspended_at', 'is', null)
    .select(COLUMNS)
    .executeTakeFirst()
}

/** The tenant of an installation that has one only, unless it is suspended. */
export async function findOnlyOpenTenant(system: Kysely<Schema>): Promise<Tenant | undefined> {
  const [first, second] = await system
    .selectFrom('tenants')
    .orderBy('id')
    .limit(2)
    .select([...COLUMNS, 'suspended_at as suspendedAt'])
    .execute()
  // A suspended one counts: whoever comes without a key meant it as likely as the other.
  if (!first || second || first.suspendedAt !== null) return undefined
  const { suspendedAt, ...tenant } = first
  return tenant
}

/** A tenant as the installation's administrators see it. */
export interface TenantRecord extends Tenant {
  readonly plan: string
  readonly createdAt: number
  readonly suspendedAt: number | null
}

const RECORD = [...COLUMNS, 'plan', 'created_at as createdAt', 'suspended_at as suspendedAt'] as const

/** In the order in which they were made. */
export async function pageOfTenants(system: Kysely<Schema>, afterId: number, limit: number): Promise<TenantRecord[]> {
  return system.selectFrom('tenants').where('id', '>', afterId).orderBy('id').limit(limit).select(RECORD).execute()
}

export async function findTenantRecord(system: Kysely<Schema>, publicId: string): Promise<TenantRecord | undefined> {
  return system.selectFrom('tenants').where('public_id', '=', publicId).select(RECORD).executeTakeFirst()
}

export interface TenantChange {
  readonly name?: string
  readonly plan?: string
  readonly suspended_at?: number | null
}

export async function updateTenant(system: Kysely<Schema>, id: number, change: TenantChange): Promise<void> {
  await system.updateTable('tenants').set(change).where('id', '=', id).execute()
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
