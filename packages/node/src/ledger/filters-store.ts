import type { TenantDb } from '../db/open.ts'

export interface FilterRow {
  readonly id: string
  readonly name: string
  readonly filter: string
}

export async function listFilters(db: TenantDb, holder: string): Promise<FilterRow[]> {
  return db.query
    .selectFrom('transaction_filters')
    .where('holder', '=', holder)
    .orderBy('id')
    .select(['id', 'name', 'filter'])
    .execute()
}

export async function addFilter(tx: TenantDb, holder: string, row: FilterRow): Promise<void> {
  await tx.query
    .insertInto('transaction_filters')
    .values({ ...row, holder })
    .execute()
}

/** Returns whether the holder had it. */
export async function deleteFilter(tx: TenantDb, holder: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.query
    .deleteFrom('transaction_filters')
    .where('holder', '=', holder)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
