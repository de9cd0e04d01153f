import type { TenantDb } from '../db/open.ts'

export interface CategoriserRow {
  readonly version: string
  readonly trainedAt: number
  readonly exampleCount: number
}

export async function findCategoriser(db: TenantDb): Promise<CategoriserRow | undefined> {
  return db.query
    .selectFrom('categorisers')
    .select(['version', 'trained_at as trainedAt', 'example_count as exampleCount'])
    .executeTakeFirst()
}

export async function readCategoriserFile(db: TenantDb): Promise<Uint8Array | undefined> {
  const row = await db.query.selectFrom('categorisers').select('file').executeTakeFirst()
  return row && new Uint8Array(row.file)
}

export async function putCategoriser(tx: TenantDb, row: CategoriserRow & { readonly file: Uint8Array }): Promise<void> {
  const values = {
    version: row.version,
    trained_at: row.trainedAt,
    example_count: row.exampleCount,
    file: row.file,
  }
  await tx.query
    .insertInto('categorisers')
    .values(values)
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(values))
    .execute()
}

export interface ExampleRow {
  readonly id: string
  readonly account_id: string
  readonly booked_on: string
  readonly amount_minor: number
  readonly description: string
  readonly merchant: string | null
  readonly counterparty: string | null
  readonly category_id: string | null
  readonly corrected_at: number | null
}

const EXAMPLE = [
  'id',
  'account_id',
  'booked_on',
  'amount_minor',
  'description',
  'merchant',
  'counterparty',
  'category_id',
  'corrected_at',
] as const

/** What people and rules have put into categories, newest first. */
export async function categorisedTransactions(db: TenantDb, limit: number): Promise<ExampleRow[]> {
  return db.query
    .selectFrom('transactions')
    .where('category_id', 'is not', null)
    .where('categorised_by', 'in', ['person', 'rule'])
    .where('state', '<>', 'void')
    .orderBy('booked_on', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .select(EXAMPLE)
    .execute()
}

/** What people put into categories at an instant or later, in that order. */
export async function correctionsSince(db: TenantDb, since: number, limit: number): Promise<ExampleRow[]> {
  return db.query
    .selectFrom('transactions')
    .where('corrected_at', '>=', since)
    .where('category_id', 'is not', null)
    .orderBy('corrected_at')
    .orderBy('id')
    .limit(limit)
    .select(EXAMPLE)
    .execute()
}
