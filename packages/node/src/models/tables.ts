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
    /** JSON object of numbers: what the training measured on the last stretch of the shop's own history. */
    metrics: Generated<string>
    /** Its small form for browsers, and the SHA-256 of that. */
    device_file: Uint8Array | null
    device_digest: string | null
    file: Uint8Array
  }
  /** Which model answered from when on: what going back goes by. */
  model_activations: {
    tenant_id: Generated<number>
    seq: Generated<number>
    version: string
    at: number
    /** Whether trainings that follow leave it in place. */
    held: number
  }
  /** Two models that answer side by side, one pair at a time. */
  model_comparisons: {
    tenant_id: Generated<number>
    id: string
    champion: string
    challenger: string
    /** Part of visitors whom the challenger answers, in millionths. */
    share_ppm: number
    started_at: number
    ended_at: number | null
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
  async '2026-11-24-03-model-versions'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await db.schema
      .alterTable('models')
      .addColumn('metrics', 'text', (column) => column.notNull().defaultTo('{}'))
      .execute()
    await db.schema.alterTable('models').addColumn('device_file', sql.raw(dialect.types.blob)).execute()
    await db.schema.alterTable('models').addColumn('device_digest', 'text').execute()
    await tenantTable('model_activations', (table) =>
      table
        .addColumn('seq', dialect.serial)
        .addColumn('version', 'text', (column) => column.notNull())
        .addColumn('at', bigint, (column) => column.notNull())
        .addColumn('held', bigint, (column) => column.notNull()),
    )
    await db.schema
      .createIndex('model_activations_by_seq')
      .on('model_activations')
      .columns(['tenant_id', 'seq'])
      .execute()
    await sql`insert into model_activations (tenant_id, version, at, held)
      select tenant_id, version, trained_at, 0 from models where active = 1`.execute(db)
    await tenantTable('model_comparisons', (table) =>
      dialect
        .clustered(table)
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('champion', 'text', (column) => column.notNull())
        .addColumn('challenger', 'text', (column) => column.notNull())
        .addColumn('share_ppm', bigint, (column) => column.notNull())
        .addColumn('started_at', bigint, (column) => column.notNull())
        .addColumn('ended_at', bigint)
        .addPrimaryKeyConstraint('model_comparisons_pk', ['tenant_id', 'id'] as never),
    )
    await sql`create unique index model_comparisons_running on model_comparisons (tenant_id) where ended_at is null`.execute(
      db,
    )
  },
}
