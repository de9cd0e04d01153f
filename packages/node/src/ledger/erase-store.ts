import type { TenantDb } from '../db/open.ts'

/** Deletes the ledgers of people: accounts with all that is on them, and what they made for themselves. */
export async function eraseLedgers(tx: TenantDb, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const accounts = tx.query
    .selectFrom('accounts')
    .where('owner_id', 'in', [...ids])
    .select('id')
  const transactions = tx.query.selectFrom('transactions').where('account_id', 'in', accounts).select('id')
  const bills = tx.query
    .selectFrom('bills')
    .where('owner_id', 'in', [...ids])
    .select('id')
  await tx.query.deleteFrom('bill_payments').where('bill_id', 'in', bills).execute()
  await tx.query.deleteFrom('transaction_splits').where('transaction_id', 'in', transactions).execute()
  await tx.query.deleteFrom('transactions').where('account_id', 'in', accounts).execute()
  for (const table of ['bills', 'statements', 'category_rules', 'categories', 'accounts'] as const) {
    await tx.query
      .deleteFrom(table)
      .where('owner_id', 'in', [...ids])
      .execute()
  }
  await tx.query
    .deleteFrom('category_budgets')
    .where('owner_key', 'in', [...ids])
    .execute()
  await tx.query
    .deleteFrom('transaction_filters')
    .where('holder', 'in', [...ids])
    .execute()
}
