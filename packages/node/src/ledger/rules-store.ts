import type { Selectable } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { LedgerTables } from './tables.ts'

export type CategoryRuleRow = Omit<Selectable<LedgerTables['category_rules']>, 'tenant_id'>

/** The tenant's and, of one person, theirs; in the order in which they are asked, a person's own before the tenant's. */
export async function listCategoryRules(db: TenantDb, ownerId: string | null): Promise<CategoryRuleRow[]> {
  const rows = await db.query
    .selectFrom('category_rules')
    .where((is) =>
      ownerId === null ? is('owner_id', 'is', null) : is.or([is('owner_id', 'is', null), is('owner_id', '=', ownerId)]),
    )
    .orderBy('position')
    .orderBy('id')
    .select(['id', 'owner_id', 'position', 'category_id', 'enabled', 'match', 'updated_at'])
    .execute()
  return [...rows.filter(({ owner_id }) => owner_id !== null), ...rows.filter(({ owner_id }) => owner_id === null)]
}

export async function insertCategoryRule(tx: TenantDb, row: CategoryRuleRow): Promise<void> {
  await tx.query.insertInto('category_rules').values(row).execute()
}

export async function updateCategoryRule(tx: TenantDb, { id, ...rest }: CategoryRuleRow): Promise<void> {
  await tx.query.updateTable('category_rules').set(rest).where('id', '=', id).execute()
}

export async function deleteCategoryRule(tx: TenantDb, id: string): Promise<void> {
  await tx.query.deleteFrom('category_rules').where('id', '=', id).execute()
}
