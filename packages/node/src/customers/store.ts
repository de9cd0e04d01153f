import type { Insertable, Selectable } from 'kysely'
import { contains } from '../db/contains.ts'
import type { BulkInsert } from '../db/dialect.ts'
import type { TenantDb } from '../db/open.ts'
import type { CustomersTables } from './tables.ts'

export type CustomerRow = Omit<Selectable<CustomersTables['customers']>, 'tenant_id'>
export type NewCustomerRow = Omit<Insertable<CustomersTables['customers']>, 'tenant_id'>

const COLUMNS = {
  id: 'text',
  email: 'text',
  name: 'text',
  country: 'text',
  updated_at: 'bigint',
} as const satisfies Record<keyof CustomerRow, string>

const NAMES = Object.keys(COLUMNS) as (keyof CustomerRow)[]
const ADD: BulkInsert = { table: 'customers', columns: COLUMNS, onConflict: 'ignore' }
const REPLACE: BulkInsert = {
  table: 'customers',
  columns: COLUMNS,
  onConflict: { key: ['tenant_id', 'id'], update: NAMES.filter((name) => name !== 'id') },
}

export async function replaceCustomers(tx: TenantDb, rows: readonly NewCustomerRow[]): Promise<void> {
  await tx.insertMany(REPLACE, valuesOf(rows))
}

/** Adds customers; those that exist stay as they are. */
export async function addCustomers(tx: TenantDb, rows: readonly NewCustomerRow[]): Promise<void> {
  await tx.insertMany(ADD, valuesOf(rows))
}

function valuesOf(rows: readonly NewCustomerRow[]): unknown[] {
  return rows.flatMap((row) => NAMES.map((name) => row[name]))
}

export async function findCustomers(db: TenantDb, ids: readonly string[]): Promise<CustomerRow[]> {
  if (ids.length === 0) return []
  return db.query.selectFrom('customers').where('id', 'in', ids).select(NAMES).execute()
}

/** Ids of the customers with an address, whatever its case. */
export async function customersOfEmail(db: TenantDb, email: string): Promise<string[]> {
  const rows = await db.query
    .selectFrom('customers')
    .where(({ fn }) => fn('lower', ['email']), '=', email.toLowerCase())
    .orderBy('id')
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}

export interface CustomerFilter {
  readonly search?: string | undefined
  readonly afterId?: string | undefined
  readonly limit: number
}

/** In the order of ids. */
export async function listCustomers(db: TenantDb, { search, afterId, limit }: CustomerFilter): Promise<CustomerRow[]> {
  let query = db.query.selectFrom('customers').orderBy('id').limit(limit).select(NAMES)
  if (afterId !== undefined) query = query.where('id', '>', afterId)
  if (search) query = query.where((is) => is.or(['id', 'email', 'name'].map((column) => contains(column, search))))
  return query.execute()
}

/** Erases a customer; returns whether there was one. */
export async function deleteCustomer(tx: TenantDb, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.query.deleteFrom('customers').where('id', '=', id).executeTakeFirst()
  return numDeletedRows === 1n
}

export async function countCustomers(db: TenantDb): Promise<number> {
  const { count } = await db.query
    .selectFrom('customers')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
