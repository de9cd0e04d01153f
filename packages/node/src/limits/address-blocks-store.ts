import type { Kysely } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'

export interface AddressBlock {
  readonly id: string
  /** As it is counted: see `addressSubject`. */
  readonly subject: string
  /** Instant in ms since 1970. */
  readonly until: number
  readonly reason: string
  readonly createdBy: string
}

/** One of some tenant, named by its public id. */
export interface TenantBlock extends AddressBlock {
  readonly tenantId: string
}

/** Most that are listed at once, and that a tenant may have. */
export const MAX_ADDRESS_BLOCKS = 1_000

const COLUMNS = ['id', 'subject', 'until_at as until', 'reason', 'created_by as createdBy'] as const

/** Those that hold, by their ends, the last first. */
export async function listAddressBlocks(db: TenantDb, now: number): Promise<AddressBlock[]> {
  return db.query
    .selectFrom('address_blocks')
    .where('until_at', '>', now)
    .orderBy('until_at', 'desc')
    .orderBy('id')
    .limit(MAX_ADDRESS_BLOCKS)
    .select(COLUMNS)
    .execute()
}

/** Those of all tenants. */
export async function listAllAddressBlocks(system: Kysely<Schema>, now: number): Promise<TenantBlock[]> {
  return ofTenants(system, now).limit(MAX_ADDRESS_BLOCKS).execute()
}

/** One that holds, whoever's it is. */
export async function findAnyAddressBlock(
  system: Kysely<Schema>,
  id: string,
  now: number,
): Promise<(TenantBlock & { readonly ownerId: number }) | undefined> {
  return ofTenants(system, now).where('address_blocks.id', '=', id).select('tenants.id as ownerId').executeTakeFirst()
}

function ofTenants(system: Kysely<Schema>, now: number) {
  return system
    .selectFrom('address_blocks')
    .innerJoin('tenants', 'tenants.id', 'address_blocks.tenant_id')
    .where('address_blocks.until_at', '>', now)
    .orderBy('address_blocks.until_at', 'desc')
    .orderBy('address_blocks.id')
    .select([
      'address_blocks.id as id',
      'tenants.public_id as tenantId',
      'address_blocks.subject as subject',
      'address_blocks.until_at as until',
      'address_blocks.reason as reason',
      'address_blocks.created_by as createdBy',
    ])
}

export async function countAddressBlocks(tx: TenantDb, now: number): Promise<number> {
  const { count } = await tx.query
    .selectFrom('address_blocks')
    .where('until_at', '>', now)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Adds a block; of an address that has one, changes its end, reason and author. Returns it as it is then. */
export async function putAddressBlock(tx: TenantDb, block: AddressBlock, now: number): Promise<AddressBlock> {
  const { id, subject, until, reason, createdBy } = block
  const values = { until_at: until, reason, created_by: createdBy, created_at: now }
  return tx.query
    .insertInto('address_blocks')
    .values({ id, subject, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'subject']).doUpdateSet(values))
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
}

/** Returns the one that was removed. */
export async function removeAddressBlock(tx: TenantDb, id: string, now: number): Promise<AddressBlock | undefined> {
  return tx.query
    .deleteFrom('address_blocks')
    .where('id', '=', id)
    .where('until_at', '>', now)
    .returning(COLUMNS)
    .executeTakeFirst()
}

/** Removes those that have ended. Returns how many. */
export async function sweepAddressBlocks(tx: TenantDb, now: number): Promise<number> {
  const { numDeletedRows } = await tx.query.deleteFrom('address_blocks').where('until_at', '<=', now).executeTakeFirst()
  return Number(numDeletedRows)
}
