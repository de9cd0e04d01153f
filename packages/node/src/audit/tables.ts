import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface AuditTables {
  /** What people and programs did. Rows are added and, when they are too old, dropped from the beginning; never changed. */
  audit_log: {
    tenant_id: Generated<number>
    /** From 1, without gaps, in each tenant. */
    number: number
    at: number
    kind: string
    actor_id: string | null
    subject_id: string | null
    address: string | null
    user_agent: string | null
    /** JSON. */
    data: string
    /** Of the row and of the hash before it, in hex: a row that is changed, added or lost between others shows. */
    hash: string
  }
  /** The end of each tenant's chain, and where it begins since older rows were dropped. */
  audit_heads: {
    tenant_id: Generated<number>
    count: number
    hash: string
    dropped_through: number
    dropped_hash: string
  }
}

export const auditMigrations: Migrations = {
  async '2026-11-22-02-audit'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('audit_log', (table) =>
      table
        .addColumn('number', bigint, (column) => column.notNull())
        .addColumn('at', bigint, (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('actor_id', 'text')
        .addColumn('subject_id', 'text')
        .addColumn('address', 'text')
        .addColumn('user_agent', 'text')
        .addColumn('data', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('audit_log_pk', ['tenant_id', 'number'] as never),
    )
    await db.schema.createIndex('audit_log_by_time').on('audit_log').columns(['tenant_id', 'at']).execute()
    await tenantTable('audit_heads', (table) =>
      table
        .addColumn('count', bigint, (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .addColumn('dropped_through', bigint, (column) => column.notNull())
        .addColumn('dropped_hash', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('audit_heads_pk', ['tenant_id'] as never),
    )
    await dialect.appendOnly(db, 'audit_log', 'number', 'audit_heads', 'dropped_through')
  },
}
