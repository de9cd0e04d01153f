import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface CustomersTables {
  customers: {
    tenant_id: Generated<number>
    id: string
    email: string | null
    name: string | null
    country: string | null
    updated_at: number
  }
}

export const customersMigrations: Migrations = {
  async '2026-11-21-04-customers'({ dialect, tenantTable }) {
    await tenantTable('customers', (table) =>
      dialect
        .clustered(table)
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('email', 'text')
        .addColumn('name', 'text')
        .addColumn('country', 'text')
        .addColumn('updated_at', sql.raw(dialect.types.bigint), (column) => column.notNull())
        .addPrimaryKeyConstraint('customers_pk', ['tenant_id', 'id'] as never),
    )
  },
}
