import { type Expression, type ExpressionBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import { contains } from '../db/contains.ts'
import type { BulkInsert } from '../db/dialect.ts'
import type { TenantDb } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'
import { type LedgerTables, TRANSACTION_COLUMNS } from './tables.ts'

export type TransactionRow = Omit<Selectable<LedgerTables['transactions']>, 'tenant_id'>
export type SplitRow = Omit<Selectable<LedgerTables['transaction_splits']>, 'tenant_id'>

/** A filter of the API, with what its words stand for looked up. */
export interface TransactionQuery {
  /** Whose accounts; `null`: everybody's. */
  readonly ownerId: string | null
  readonly only?: string | 'shop' | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly minMinor?: number | undefined
  readonly maxMinor?: number | undefined
  readonly direction?: 'in' | 'out' | undefined
  readonly accountId?: string | undefined
  /** A category and all below it; empty: none. */
  readonly categoryIds?: readonly string[] | undefined
  readonly merchantKey?: string | undefined
  readonly search?: string | undefined
  readonly currency?: string | undefined
  readonly source?: TransactionRow['source'] | undefined
  readonly state?: TransactionRow['state'] | undefined
  readonly needsReview?: boolean | undefined
  readonly statementId?: string | undefined
  readonly withoutTransfers?: boolean | undefined
}

type Eb = ExpressionBuilder<Schema, 'transactions'>

function conditions(is: Eb, filter: TransactionQuery): Expression<SqlBool>[] {
  const found: Expression<SqlBool>[] = []
  const { ownerId, only, categoryIds, search } = filter
  const accountsOf = (owner: string | null) => {
    const accounts = is.selectFrom('accounts').select('accounts.id')
    return owner === null
      ? accounts.where('accounts.owner_id', 'is', null)
      : accounts.where('accounts.owner_id', '=', owner)
  }
  if (ownerId !== null) found.push(is('transactions.account_id', 'in', accountsOf(ownerId)))
  if (only !== undefined) found.push(is('transactions.account_id', 'in', accountsOf(only === 'shop' ? null : only)))
  if (filter.from !== undefined) found.push(is('transactions.booked_on', '>=', filter.from))
  if (filter.to !== undefined) found.push(is('transactions.booked_on', '<=', filter.to))
  const size = sql<number>`abs(transactions.amount_minor)`
  if (filter.minMinor !== undefined) found.push(is(size, '>=', filter.minMinor))
  if (filter.maxMinor !== undefined) found.push(is(size, '<=', filter.maxMinor))
  if (filter.direction === 'in') found.push(is('transactions.amount_minor', '>', 0))
  if (filter.direction === 'out') found.push(is('transactions.amount_minor', '<', 0))
  if (filter.accountId !== undefined) found.push(is('transactions.account_id', '=', filter.accountId))
  if (filter.currency !== undefined) found.push(is('transactions.currency', '=', filter.currency))
  if (filter.source !== undefined) found.push(is('transactions.source', '=', filter.source))
  if (filter.statementId !== undefined) found.push(is('transactions.statement_id', '=', filter.statementId))
  if (filter.merchantKey !== undefined) found.push(contains('transactions.merchant_key', filter.merchantKey))
  if (filter.needsReview !== undefined) found.push(is('transactions.needs_review', '=', filter.needsReview ? 1 : 0))
  if (filter.withoutTransfers) found.push(is('transactions.transfer_id', 'is', null))
  found.push(
    filter.state === undefined ? is('transactions.state', '<>', 'void') : is('transactions.state', '=', filter.state),
  )
  if (search !== undefined) {
    const columns = ['description', 'merchant', 'counterparty', 'note']
    found.push(is.or(columns.map((column) => contains(`transactions.${column}`, search))))
  }
  if (categoryIds?.length === 0) {
    found.push(is.and([is('transactions.category_id', 'is', null), is('transactions.split_count', '=', 0)]))
  } else if (categoryIds) {
    const parts = is
      .selectFrom('transaction_splits')
      .where('transaction_splits.category_id', 'in', [...categoryIds])
      .select('transaction_splits.transaction_id')
    found.push(is.or([is('transactions.category_id', 'in', [...categoryIds]), is('transactions.id', 'in', parts)]))
  }
  return found
}

/** Newest first. `after`: the place of the last one that was seen. */
export async function listTransactions(
  db: TenantDb,
  filter: TransactionQuery,
  limit: number,
  after?: { readonly bookedOn: string; readonly id: string },
): Promise<TransactionRow[]> {
  let query = db.query
    .selectFrom('transactions')
    .where((is) => is.and(conditions(is, filter)))
    .orderBy('booked_on', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (after) {
    query = query.where((is) =>
      is.or([
        is('booked_on', '<', after.bookedOn),
        is.and([is('booked_on', '=', after.bookedOn), is('id', '<', after.id)]),
      ]),
    )
  }
  return query.selectAll('transactions').execute()
}

export async function findTransaction(
  db: TenantDb,
  ownerId: string | null,
  id: string,
): Promise<TransactionRow | undefined> {
  let query = db.query.selectFrom('transactions').where('id', '=', id)
  if (ownerId !== null) {
    query = query.where('account_id', 'in', (is) =>
      is.selectFrom('accounts').where('owner_id', '=', ownerId).select('accounts.id'),
    )
  }
  return query.selectAll('transactions').executeTakeFirst()
}

export async function findBySourceKey(
  db: TenantDb,
  accountId: string,
  sourceKey: string,
): Promise<TransactionRow | undefined> {
  return db.query
    .selectFrom('transactions')
    .where('account_id', '=', accountId)
    .where('source_key', '=', sourceKey)
    .selectAll()
    .executeTakeFirst()
}

export async function sidesOf(db: TenantDb, transferId: string): Promise<TransactionRow[]> {
  return db.query
    .selectFrom('transactions')
    .where('transfer_id', '=', transferId)
    .orderBy('amount_minor')
    .selectAll()
    .execute()
}

const INSERT: BulkInsert = { table: 'transactions', columns: TRANSACTION_COLUMNS }
const COLUMN_NAMES = Object.keys(TRANSACTION_COLUMNS) as (keyof typeof TRANSACTION_COLUMNS)[]

export async function insertTransactions(tx: TenantDb, rows: readonly TransactionRow[]): Promise<void> {
  await tx.insertMany(
    INSERT,
    rows.flatMap((row) => COLUMN_NAMES.map((name) => row[name])),
  )
}

export type TransactionUpdate = Partial<Omit<TransactionRow, 'id' | 'account_id' | 'created_at' | 'updated_at'>>

export async function updateTransaction(
  tx: TenantDb,
  id: string,
  change: TransactionUpdate,
  now: number,
): Promise<void> {
  await tx.query
    .updateTable('transactions')
    .set({ ...change, updated_at: now })
    .where('id', '=', id)
    .execute()
}

export async function deleteTransactions(tx: TenantDb, ids: readonly string[]): Promise<void> {
  for (const some of slices(ids)) {
    await tx.query.deleteFrom('transaction_splits').where('transaction_id', 'in', some).execute()
    await tx.query.deleteFrom('transactions').where('id', 'in', some).execute()
  }
}

export async function splitsOf(db: TenantDb, ids: readonly string[]): Promise<Map<string, SplitRow[]>> {
  const found = new Map<string, SplitRow[]>()
  for (const some of slices(ids)) {
    const rows = await db.query
      .selectFrom('transaction_splits')
      .where('transaction_id', 'in', some)
      .orderBy('transaction_id')
      .orderBy('line_no')
      .select(['transaction_id', 'line_no', 'category_id', 'amount_minor', 'note'])
      .execute()
    for (const row of rows) found.set(row.transaction_id, [...(found.get(row.transaction_id) ?? []), row])
  }
  return found
}

export async function putSplits(tx: TenantDb, id: string, splits: readonly SplitRow[]): Promise<void> {
  await tx.query.deleteFrom('transaction_splits').where('transaction_id', '=', id).execute()
  if (splits.length > 0)
    await tx.query
      .insertInto('transaction_splits')
      .values([...splits])
      .execute()
}

/** Of a statement, or those of an account that have one of the keys. */
export async function transactionsOfStatement(db: TenantDb, statementId: string): Promise<TransactionRow[]> {
  return db.query.selectFrom('transactions').where('statement_id', '=', statementId).selectAll().execute()
}

export async function knownSourceKeys(db: TenantDb, accountId: string, keys: readonly string[]): Promise<Set<string>> {
  const known = new Set<string>()
  for (const some of slices(keys)) {
    const rows = await db.query
      .selectFrom('transactions')
      .where('account_id', '=', accountId)
      .where('source_key', 'in', some)
      .select('source_key')
      .execute()
    for (const { source_key } of rows) known.add(source_key!)
  }
  return known
}

/** Days and amounts of what an account has from `from` to `to`, but void: `2026-03-31 -250`. */
export async function daysAndAmounts(db: TenantDb, accountId: string, from: string, to: string): Promise<Set<string>> {
  const rows = await db.query
    .selectFrom('transactions')
    .where('account_id', '=', accountId)
    .where('booked_on', '>=', from)
    .where('booked_on', '<=', to)
    .where('state', '<>', 'void')
    .select(['booked_on', 'amount_minor'])
    .execute()
  return new Set(rows.map(({ booked_on, amount_minor }) => `${booked_on} ${amount_minor}`))
}

export type SummaryKey = 'category' | 'merchant' | 'month' | 'account'

export interface SummaryRow {
  readonly key: string | null
  /** A name, where the key is not one. */
  readonly name: string | null
  readonly currency: string
  readonly inMinor: number
  readonly outMinor: number
  readonly count: number
}

const KEYS = {
  category: sql<string | null>`transactions.category_id`,
  merchant: sql<string | null>`nullif(transactions.merchant_key, '')`,
  month: sql<string | null>`substr(transactions.booked_on, 1, 7)`,
  account: sql<string | null>`transactions.account_id`,
}

/** Sums by one thing, for each currency. By category, the parts of a split transaction count where they belong. */
export async function summarise(db: TenantDb, by: SummaryKey, filter: TransactionQuery): Promise<SummaryRow[]> {
  const whole = by === 'category' ? { ...filter } : filter
  const amount = sql.ref('transactions.amount_minor')
  let query = db.query
    .selectFrom('transactions')
    .where((is) => is.and(conditions(is, whole)))
    .groupBy(['transactions.currency', KEYS[by]])
    .select([
      KEYS[by].as('key'),
      sql<string | null>`max(transactions.merchant)`.as('name'),
      'transactions.currency',
      sql<number>`sum(case when ${amount} > 0 then ${amount} else 0 end)`.as('inMinor'),
      sql<number>`sum(case when ${amount} < 0 then -${amount} else 0 end)`.as('outMinor'),
      sql<number>`count(*)`.as('count'),
    ])
  if (by === 'category') query = query.where('transactions.split_count', '=', 0)
  const rows = await query.execute()
  const parts = by === 'category' ? await summariseSplits(db, filter) : []
  return [...rows, ...parts].map((row) => ({
    ...row,
    inMinor: Number(row.inMinor),
    outMinor: Number(row.outMinor),
    count: Number(row.count),
  }))
}

async function summariseSplits(db: TenantDb, filter: TransactionQuery): Promise<SummaryRow[]> {
  const amount = sql.ref('transaction_splits.amount_minor')
  const { categoryIds } = filter
  let query = db.query
    .selectFrom('transaction_splits')
    .innerJoin('transactions', 'transactions.id', 'transaction_splits.transaction_id')
    .where('transactions.id', 'in', (is) =>
      is
        .selectFrom('transactions')
        .where((inner) => inner.and(conditions(inner as Eb, filter)))
        .where('transactions.split_count', '>', 0)
        .select('transactions.id'),
    )
    .groupBy(['transactions.currency', 'transaction_splits.category_id'])
    .select([
      'transaction_splits.category_id as key',
      sql<string | null>`null`.as('name'),
      'transactions.currency',
      sql<number>`sum(case when ${amount} > 0 then ${amount} else 0 end)`.as('inMinor'),
      sql<number>`sum(case when ${amount} < 0 then -${amount} else 0 end)`.as('outMinor'),
      sql<number>`count(*)`.as('count'),
    ])
  if (categoryIds && categoryIds.length > 0) {
    query = query.where('transaction_splits.category_id', 'in', [...categoryIds])
  }
  return query.execute()
}

const IDS_PER_QUERY = 500

export function* slices<T>(items: readonly T[], size = IDS_PER_QUERY): Iterable<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}
