import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface OrdersTables {
  orders: {
    tenant_id: Generated<number>
    /** Number inside the database: lines refer to it, since a number is half the size and twice as fast. */
    key: number
    id: string
    /** Earliest time of its lines, ms since 1970. */
    placed_at: number
    customer_id: string | null
    currency: string
    /** Lines in all, and those with a positive quantity: an order without any is a return. */
    line_count: number
    sold_line_count: number
    total_minor: number
    updated_at: number
  }
  /** How many lines of each order an import that is under way has brought so far. */
  order_import_progress: {
    tenant_id: Generated<number>
    run: string
    order_id: string
    line_count: number
    started_at: number
  }
  order_lines: {
    tenant_id: Generated<number>
    order_key: number
    /** From 1, in the order in which the lines came. */
    line_no: number
    product_id: string
    /** The product's name at the time of sale, in `order_line_names`. */
    name_key: number | null
    quantity: number
    unit_price_minor: number
  }
  /** Names that lines carry: each once, since a shop has thousands of them and millions of lines. */
  order_line_names: {
    tenant_id: Generated<number>
    key: number
    name: string
  }
}

export const ORDER_COLUMNS = {
  key: 'bigint',
  id: 'text',
  placed_at: 'bigint',
  customer_id: 'text',
  currency: 'text',
  line_count: 'bigint',
  sold_line_count: 'bigint',
  total_minor: 'bigint',
  updated_at: 'bigint',
} as const

export const ORDER_LINE_COLUMNS = {
  order_key: 'bigint',
  line_no: 'bigint',
  product_id: 'text',
  name_key: 'bigint',
  quantity: 'bigint',
  unit_price_minor: 'bigint',
} as const

export const ORDER_LINE_NAME_COLUMNS = { key: 'bigint', name: 'text' } as const

export const IMPORT_PROGRESS_COLUMNS = {
  run: 'text',
  order_id: 'text',
  line_count: 'bigint',
  started_at: 'bigint',
} as const

export const ordersMigrations: Migrations = {
  async '2026-11-21-05-orders'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await dialect.createSequence(db, 'order_keys')
    await dialect.createSequence(db, 'order_line_name_keys')
    await tenantTable('orders', (table) =>
      table
        .addColumn('key', bigint, (column) => column.primaryKey())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('placed_at', bigint, (column) => column.notNull())
        .addColumn('customer_id', 'text')
        .addColumn('currency', 'text', (column) => column.notNull())
        .addColumn('line_count', bigint, (column) => column.notNull())
        .addColumn('sold_line_count', bigint, (column) => column.notNull())
        .addColumn('total_minor', bigint, (column) => column.notNull())
        .addColumn('updated_at', bigint, (column) => column.notNull())
        .addUniqueConstraint('orders_by_id', ['tenant_id', 'id'] as never),
    )
    await db.schema.createIndex('orders_by_time').on('orders').columns(['tenant_id', 'placed_at', 'id']).execute()
    await db.schema.createIndex('orders_by_customer').on('orders').columns(['tenant_id', 'customer_id']).execute()
    await tenantTable('order_lines', (table) =>
      dialect
        .clustered(table)
        .addColumn('order_key', bigint, (column) => column.notNull())
        .addColumn('line_no', bigint, (column) => column.notNull())
        .addColumn('product_id', 'text', (column) => column.notNull())
        .addColumn('name_key', bigint)
        .addColumn('quantity', bigint, (column) => column.notNull())
        .addColumn('unit_price_minor', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('order_lines_pk', ['order_key', 'line_no'] as never),
    )
    await tenantTable('order_line_names', (table) =>
      table
        .addColumn('key', bigint, (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addUniqueConstraint('order_line_names_once', ['tenant_id', 'name'] as never),
    )
    await tenantTable('order_import_progress', (table) =>
      dialect
        .clustered(table)
        .addColumn('run', 'text', (column) => column.notNull())
        .addColumn('order_id', 'text', (column) => column.notNull())
        .addColumn('line_count', bigint, (column) => column.notNull())
        .addColumn('started_at', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('order_import_progress_pk', ['tenant_id', 'run', 'order_id'] as never),
    )
  },
}
