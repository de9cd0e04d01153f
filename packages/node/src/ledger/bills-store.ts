import type { Selectable } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { Payment } from './recurring.ts'
import type { LedgerTables } from './tables.ts'
import { slices } from './transactions-store.ts'

export type BillRow = Omit<Selectable<LedgerTables['bills']>, 'tenant_id'>
export type BillPaymentRow = Omit<Selectable<LedgerTables['bill_payments']>, 'tenant_id'>

export interface BillFilter {
  /** Whose; `null`: everybody's. */
  readonly ownerId: string | null
  readonly state?: BillRow['state'] | undefined
  readonly dueBy?: string | undefined
}

/** What is due first comes first; what is not due any more comes last. */
export async function listBills(db: TenantDb, { ownerId, state, dueBy }: BillFilter): Promise<BillRow[]> {
  let query = db.query.selectFrom('bills')
  if (ownerId !== null) query = query.where('owner_id', '=', ownerId)
  if (state !== undefined) query = query.where('state', '=', state)
  if (dueBy !== undefined) query = query.where('next_due_on', '<=', dueBy)
  const rows = await query.selectAll().execute()
  const last = '9999-99-99'
  return rows.sort((a, b) => compare(a.next_due_on ?? last, b.next_due_on ?? last) || compare(a.id, b.id))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The active ones of exactly one owner; `null`: the shop. */
export async function activeBills(db: TenantDb, ownerId: string | null): Promise<BillRow[]> {
  return db.query
    .selectFrom('bills')
    .where((is) => (ownerId === null ? is('owner_id', 'is', null) : is('owner_id', '=', ownerId)))
    .where('state', '=', 'active')
    .where('next_due_on', 'is not', null)
    .orderBy('next_due_on')
    .orderBy('id')
    .selectAll()
    .execute()
}

export async function findBill(db: TenantDb, ownerId: string | null, id: string): Promise<BillRow | undefined> {
  let query = db.query.selectFrom('bills').where('id', '=', id)
  if (ownerId !== null) query = query.where('owner_id', '=', ownerId)
  return query.selectAll().executeTakeFirst()
}

export async function insertBill(tx: TenantDb, row: BillRow): Promise<void> {
  await tx.query.insertInto('bills').values(row).execute()
}

export async function updateBill(
  tx: TenantDb,
  id: string,
  change: Partial<Omit<BillRow, 'id' | 'owner_id' | 'created_at'>>,
): Promise<void> {
  await tx.query.updateTable('bills').set(change).where('id', '=', id).execute()
}

export async function deleteBill(tx: TenantDb, id: string): Promise<void> {
  await tx.query.deleteFrom('bill_payments').where('bill_id', '=', id).execute()
  await tx.query.deleteFrom('bills').where('id', '=', id).execute()
}

/** Newest first. */
export async function paymentsOf(db: TenantDb, billIds: readonly string[]): Promise<BillPaymentRow[]> {
  const found: BillPaymentRow[] = []
  for (const some of slices(billIds)) {
    const rows = await db.query
      .selectFrom('bill_payments')
      .where('bill_id', 'in', some)
      .orderBy('due_on', 'desc')
      .select(['bill_id', 'due_on', 'paid_on', 'transaction_id'])
      .execute()
    found.push(...rows)
  }
  return found
}

export async function insertPayment(tx: TenantDb, row: BillPaymentRow): Promise<void> {
  await tx.query.insertInto('bill_payments').values(row).execute()
}

/** Takes back payments by transactions that go, and returns them. */
export async function removePaymentsBy(tx: TenantDb, transactionIds: readonly string[]): Promise<BillPaymentRow[]> {
  const found: BillPaymentRow[] = []
  for (const some of slices(transactionIds)) {
    const rows = await tx.query
      .deleteFrom('bill_payments')
      .where('transaction_id', 'in', some)
      .returning(['bill_id', 'due_on', 'paid_on', 'transaction_id'])
      .execute()
    found.push(...rows)
  }
  return found
}

/** What went out since a day, of one owner (`null`: the shop). */
export async function paymentsSince(
  db: TenantDb,
  ownerId: string | null,
  since: string,
  limit: number,
): Promise<Payment[]> {
  const rows = await db.query
    .selectFrom('transactions')
    .innerJoin('accounts', 'accounts.id', 'transactions.account_id')
    .where((is) => (ownerId === null ? is('accounts.owner_id', 'is', null) : is('accounts.owner_id', '=', ownerId)))
    .where('transactions.booked_on', '>=', since)
    .where('transactions.amount_minor', '<', 0)
    .where('transactions.state', '=', 'posted')
    .where('transactions.transfer_id', 'is', null)
    .orderBy('transactions.booked_on', 'desc')
    .limit(limit)
    .select([
      'transactions.merchant_key as merchantKey',
      'transactions.merchant',
      'transactions.counterparty',
      'transactions.description',
      'transactions.booked_on as bookedOn',
      'transactions.amount_minor as amountMinor',
      'transactions.currency',
      'transactions.account_id as accountId',
      'transactions.category_id as categoryId',
    ])
    .execute()
  return rows.map(({ merchant, counterparty, description, ...rest }) => ({
    ...rest,
    name: (merchant || counterparty || description).slice(0, 200),
  }))
}
