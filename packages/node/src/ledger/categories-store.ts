import type { Selectable } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { LedgerTables } from './tables.ts'

export type CategoryRow = Omit<Selectable<LedgerTables['categories']>, 'tenant_id'>
export type BudgetRow = Omit<Selectable<LedgerTables['category_budgets']>, 'tenant_id'>

/** The tenant's and, of one person, theirs; `null`: the tenant's and everybody's. By name. */
export async function listCategories(db: TenantDb, ownerId: string | null): Promise<CategoryRow[]> {
  let query = db.query.selectFrom('categories').orderBy('name').orderBy('id')
  if (ownerId !== null) {
    query = query.where((is) => is.or([is('owner_id', 'is', null), is('owner_id', '=', ownerId)]))
  }
  return query.select(['id', 'owner_id', 'parent_id', 'name', 'icon', 'created_at', 'updated_at']).execute()
}

export async function insertCategory(tx: TenantDb, row: CategoryRow): Promise<void> {
  await tx.query.insertInto('categories').values(row).execute()
}

export async function updateCategory(
  tx: TenantDb,
  id: string,
  change: Partial<Pick<CategoryRow, 'name' | 'icon' | 'parent_id'>>,
  now: number,
): Promise<void> {
  await tx.query
    .updateTable('categories')
    .set({ ...change, updated_at: now })
    .where('id', '=', id)
    .execute()
}

/** Takes a category away: what is below it moves up, and what was in it goes to `moveTo`. */
export async function deleteCategory(
  tx: TenantDb,
  row: CategoryRow,
  moveTo: string | null,
  now: number,
): Promise<void> {
  const { id, parent_id } = row
  await tx.query.updateTable('categories').set({ parent_id, updated_at: now }).where('parent_id', '=', id).execute()
  const changed = { category_id: moveTo }
  // What is of no category any more is so by nobody's choice.
  const chosen = moveTo === null ? { categorised_by: null, confidence_ppm: null, corrected_at: null } : {}
  await tx.query
    .updateTable('transactions')
    .set({ ...changed, ...chosen, updated_at: now })
    .where('category_id', '=', id)
    .execute()
  await tx.query.updateTable('transaction_splits').set(changed).where('category_id', '=', id).execute()
  await tx.query.updateTable('bills').set(changed).where('category_id', '=', id).execute()
  await tx.query.deleteFrom('category_rules').where('category_id', '=', id).execute()
  await tx.query.deleteFrom('category_budgets').where('category_id', '=', id).execute()
  await tx.query.deleteFrom('categories').where('id', '=', id).execute()
}

export async function listBudgets(db: TenantDb, ownerKey: string, month: string): Promise<BudgetRow[]> {
  return db.query
    .selectFrom('category_budgets')
    .where('owner_key', '=', ownerKey)
    .where('month', 'in', ['', month])
    .orderBy('category_id')
    .orderBy('currency')
    .orderBy('month', 'desc')
    .select(['owner_key', 'category_id', 'currency', 'month', 'amount_minor'])
    .execute()
}

export async function putBudget(tx: TenantDb, row: BudgetRow): Promise<void> {
  await tx.query
    .insertInto('category_budgets')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'owner_key', 'category_id', 'currency', 'month'])
        .doUpdateSet({ amount_minor: row.amount_minor }),
    )
    .execute()
}

/** Returns whether there was one. */
export async function deleteBudget(tx: TenantDb, row: Omit<BudgetRow, 'amount_minor'>): Promise<boolean> {
  const { numDeletedRows } = await tx.query
    .deleteFrom('category_budgets')
    .where('owner_key', '=', row.owner_key)
    .where('category_id', '=', row.category_id)
    .where('currency', '=', row.currency)
    .where('month', '=', row.month)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
