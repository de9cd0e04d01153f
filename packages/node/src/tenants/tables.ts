import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface TenantsTables {
  tenants: {
    /** Number inside the database. */
    id: Generated<number>
    /** Name outside it: `ten_…`. */
    public_id: string
    name: string
    currency: string
    time_zone: string
    created_at: number
    plan: Generated<string>
    /** Since when its people and keys are refused. */
    suspended_at: Generated<number | null>
  }
  /** Facts about the installation itself. */
  installation: { name: string; value: string }
}

export const tenantsMigrations: Migrations = {
  async '2026-11-21-01-tenants'({ db, dialect }) {
    const { types } = dialect
    await db.schema
      .createTable('tenants')
      .addColumn('id', dialect.serial)
      .addColumn('public_id', 'text', (column) => column.notNull().unique())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('currency', 'text', (column) => column.notNull())
      .addColumn('time_zone', 'text', (column) => column.notNull())
      .addColumn('created_at', sql.raw(types.bigint), (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('installation')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .execute()
  },
  async '2026-11-22-04-tenant-plans'({ db, dialect }) {
    await db.schema
      .alterTable('tenants')
      .addColumn('plan', 'text', (column) => column.notNull().defaultTo('standard'))
      .execute()
    await db.schema.alterTable('tenants').addColumn('suspended_at', sql.raw(dialect.types.bigint)).execute()
  },
}
