import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface ProductsTables {
  products: {
    tenant_id: Generated<number>
    id: string
    name: string
    description: string | null
    url: string | null
    image_url: string | null
    price_minor: number | null
    /** In the price's currency. */
    cost_minor: number | null
    currency: string | null
    /** JSON array of names. */
    categories: string
    brand: string | null
    /** JSON object of strings. */
    attributes: string
    in_stock: number
    visible: number
    /** Lower-case words that a search looks through. */
    search: string
    updated_at: number
  }
}

export const productsMigrations: Migrations = {
  async '2026-11-21-03-products'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('products', (table) =>
      dialect
        .clustered(table)
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('description', 'text')
        .addColumn('url', 'text')
        .addColumn('image_url', 'text')
        .addColumn('price_minor', bigint)
        .addColumn('currency', 'text')
        .addColumn('categories', 'text', (column) => column.notNull())
        .addColumn('brand', 'text')
        .addColumn('attributes', 'text', (column) => column.notNull())
        .addColumn('in_stock', bigint, (column) => column.notNull())
        .addColumn('visible', bigint, (column) => column.notNull())
        .addColumn('search', 'text', (column) => column.notNull())
        .addColumn('updated_at', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('products_pk', ['tenant_id', 'id'] as never),
    )
    await db.schema.createIndex('products_by_change').on('products').columns(['tenant_id', 'updated_at']).execute()
  },
  async '2026-11-24-02-costs'({ db, dialect }) {
    await db.schema.alterTable('products').addColumn('cost_minor', sql.raw(dialect.types.bigint)).execute()
  },
}
