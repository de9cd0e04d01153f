import type { Insertable, Selectable } from 'kysely'
import { contains } from '../db/contains.ts'
import type { BulkInsert } from '../db/dialect.ts'
import type { TenantDb } from '../db/open.ts'
import type { ProductsTables } from './tables.ts'

export type ProductRow = Omit<Selectable<ProductsTables['products']>, 'tenant_id'>
export type NewProductRow = Omit<Insertable<ProductsTables['products']>, 'tenant_id'>

const COLUMNS = {
  id: 'text',
  name: 'text',
  description: 'text',
  url: 'text',
  image_url: 'text',
  price_minor: 'bigint',
  cost_minor: 'bigint',
  currency: 'text',
  categories: 'text',
  brand: 'text',
  attributes: 'text',
  in_stock: 'bigint',
  visible: 'bigint',
  search: 'text',
  updated_at: 'bigint',
} as const satisfies Record<keyof ProductRow, string>

const NAMES = Object.keys(COLUMNS) as (keyof ProductRow)[]
const REPLACE: BulkInsert = {
  table: 'products',
  columns: COLUMNS,
  onConflict: { key: ['tenant_id', 'id'], update: NAMES.filter((name) => name !== 'id') },
}
const ADD: BulkInsert = { table: 'products', columns: COLUMNS, onConflict: 'ignore' }

export async function replaceProducts(tx: TenantDb, rows: readonly NewProductRow[]): Promise<void> {
  await tx.insertMany(REPLACE, valuesOf(rows))
}

/** Adds products; those that exist stay as they are. Returns how many were added. */
export function addProducts(tx: TenantDb, rows: readonly NewProductRow[]): Promise<number> {
  return tx.insertMany(ADD, valuesOf(rows))
}

function valuesOf(rows: readonly NewProductRow[]): unknown[] {
  return rows.flatMap((row) => NAMES.map((name) => row[name]))
}

/** Products by id, in no order. */
export async function findProducts(db: TenantDb, ids: readonly string[]): Promise<ProductRow[]> {
  if (ids.length === 0) return []
  return db.query.selectFrom('products').where('id', 'in', ids).select(NAMES).execute()
}

export interface ProductFilter {
  readonly words: readonly string[]
  readonly category?: string | undefined
  readonly visibleOnly: boolean
  readonly afterId?: string | undefined
  readonly limit: number
}

/** In the order of ids. */
export async function listProducts(db: TenantDb, filter: ProductFilter): Promise<ProductRow[]> {
  let query = db.query.selectFrom('products').orderBy('id').limit(filter.limit).select(NAMES)
  if (filter.visibleOnly) query = query.where('visible', '=', 1)
  if (filter.afterId !== undefined) query = query.where('id', '>', filter.afterId)
  for (const word of filter.words) query = query.where(contains('search', word))
  if (filter.category !== undefined) query = query.where(contains('categories', JSON.stringify(filter.category)))
  return query.execute()
}

/** Returns whether there was such a product. */
export async function deleteProduct(tx: TenantDb, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.query.deleteFrom('products').where('id', '=', id).executeTakeFirst()
  return numDeletedRows === 1n
}

export async function countProducts(db: TenantDb): Promise<number> {
  const { count } = await db.query
    .selectFrom('products')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

export async function allProducts(db: TenantDb): Promise<ProductRow[]> {
  return db.query.selectFrom('products').select(NAMES).execute()
}

export async function productsChangedSince(db: TenantDb, at: number): Promise<ProductRow[]> {
  return db.query.selectFrom('products').where('updated_at', '>=', at).select(NAMES).execute()
}

export async function productIds(db: TenantDb): Promise<string[]> {
  const rows = await db.query.selectFrom('products').select('id').execute()
  return rows.map(({ id }) => id)
}

/** Differs whenever the catalogue does. */
export async function catalogueStamp(db: TenantDb): Promise<string> {
  const { count, latest } = await db.query
    .selectFrom('products')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('updated_at').as('latest')])
    .executeTakeFirstOrThrow()
  return `${count}:${latest ?? 0}`
}

/** What training needs to know of every product. */
export async function allItemInfo(db: TenantDb): Promise<Pick<ProductRow, 'id' | 'name' | 'categories' | 'brand'>[]> {
  return db.query.selectFrom('products').orderBy('id').select(['id', 'name', 'categories', 'brand']).execute()
}
