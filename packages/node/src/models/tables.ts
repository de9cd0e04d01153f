import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface ModelsTables {
  models: {
    tenant_id: Generated<number>
    seq: Generated<number>
    /** SHA-256 of the file, hex. */
    version: string
    kind: 'recommender'
    trained_at: number
    training_cpu_ms: number
    basket_count: number
    item_count: number
    byte_count: number
    active: number
    file: Uint8Array
  }
}

export const modelsMigrations: Migrations = {
  async '2026-11-21-07-models'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('models', (table) =>
      table
        .addColumn('seq', dialect.serial)
        .addColumn('version', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('trained_at', bigint, (column) => column.notNull())
        .addColumn('training_cpu_ms', bigint, (column) => column.notNull())
        .addColumn('basket_count', bigint, (column) => column.notNull())
        .addColumn('item_count', bigint, (column) => column.notNull())
        .addColumn('byte_count', bigint, (column) => column.notNull())
        .addColumn('active', bigint, (column) => column.notNull())
        .addColumn('file', sql.raw(dialect.types.blob), (column) => column.notNull())
        .addUniqueConstraint('models_by_version', ['tenant_id', 'version'] as never),
    )
    await db.schema.createIndex('models_by_seq').on('models').columns(['tenant_id', 'seq']).execute()
  },
}
