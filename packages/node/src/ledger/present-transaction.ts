import type { Transaction } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import { type SplitRow, splitsOf, type TransactionRow } from './transactions-store.ts'

/** Transactions as callers see them, with their parts. */
export async function presentTransactions(db: TenantDb, rows: readonly TransactionRow[]): Promise<Transaction[]> {
  const split = rows.filter(({ split_count }) => split_count > 0).map(({ id }) => id)
  const splits = await splitsOf(db, split)
  return rows.map((row) => presentTransaction(row, splits.get(row.id) ?? []))
}

export function presentTransaction(row: TransactionRow, splits: readonly SplitRow[]): Transaction {
  return {
    id: row.id,
    accountId: row.account_id,
    bookedOn: row.booked_on,
    valuedOn: row.valued_on,
    amount: { amount: row.amount_minor, currency: row.currency },
    description: row.description,
    merchant: row.merchant,
    counterparty: row.counterparty,
    categoryId: row.category_id,
    categorisedBy: row.categorised_by,
    confidence: row.confidence_ppm === null ? null : row.confidence_ppm / 1e6,
    needsReview: row.needs_review === 1,
    suggestions: JSON.parse(row.suggestions) as Transaction['suggestions'],
    state: row.state,
    source: row.source,
    externalId: row.external_id,
    note: row.note,
    attachments: JSON.parse(row.attachments) as string[],
    splits: splits.map(({ category_id, amount_minor, note }) => ({
      categoryId: category_id,
      amountMinor: amount_minor,
      note,
    })),
    transferId: row.transfer_id,
    statementId: row.statement_id,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  }
}
