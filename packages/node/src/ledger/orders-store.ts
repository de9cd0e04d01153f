import type { TenantDb } from '../db/open.ts'
import { slices, type TransactionRow } from './transactions-store.ts'

/** How far something has come, ms since 1970; 0 where it never began. */
export async function progressOf(db: TenantDb, name: string): Promise<number> {
  const row = await db.query.selectFrom('ledger_progress').where('name', '=', name).select('through').executeTakeFirst()
  return Number(row?.through ?? 0)
}

export async function setProgress(tx: TenantDb, name: string, through: number): Promise<void> {
  await tx.query
    .insertInto('ledger_progress')
    .values({ name, through })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'name']).doUpdateSet({ through }))
    .execute()
}

export async function rowsBySourceKey(
  db: TenantDb,
  accountId: string,
  keys: readonly string[],
): Promise<Map<string, TransactionRow>> {
  const found = new Map<string, TransactionRow>()
  for (const some of slices(keys)) {
    const rows = await db.query
      .selectFrom('transactions')
      .where('account_id', '=', accountId)
      .where('source_key', 'in', some)
      .selectAll()
      .execute()
    for (const row of rows) found.set(row.source_key!, row)
  }
  return found
}
