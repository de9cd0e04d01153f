import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'
import type { JobQueue } from './queues.ts'

export interface JobsTables {
  jobs: {
    tenant_id: Generated<number>
    seq: Generated<number>
    id: string
    queue: JobQueue
    kind: string
    /** JSON. */
    payload: string
    state: 'queued' | 'running' | 'done' | 'dead'
    attempts: number
    max_attempts: number
    run_at: number
    /** Jobs of one lane run one after another. */
    lane: string | null
    /** A second job with the same key is not added while the first is queued. */
    dedupe_key: string | null
    /** Who runs it, and until when it may be silent. */
    lease_owner: string | null
    lease_until: number | null
    progress: string | null
    result: string | null
    error: string | null
    created_at: number
    finished_at: number | null
    /** The request that queued it. */
    request_id: string | null
  }
}

export const jobsMigrations: Migrations = {
  async '2026-11-21-08-jobs'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('jobs', (table) =>
      table
        .addColumn('seq', dialect.serial)
        .addColumn('id', 'text', (column) => column.notNull().unique())
        .addColumn('queue', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('payload', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('attempts', bigint, (column) => column.notNull())
        .addColumn('max_attempts', bigint, (column) => column.notNull())
        .addColumn('run_at', bigint, (column) => column.notNull())
        .addColumn('lane', 'text')
        .addColumn('dedupe_key', 'text')
        .addColumn('lease_owner', 'text')
        .addColumn('lease_until', bigint)
        .addColumn('progress', 'text')
        .addColumn('result', 'text')
        .addColumn('error', 'text')
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('finished_at', bigint),
    )
    await db.schema.createIndex('jobs_due').on('jobs').columns(['state', 'run_at']).execute()
    await db.schema.createIndex('jobs_by_tenant').on('jobs').columns(['tenant_id', 'seq']).execute()
    await db.schema
      .createIndex('jobs_lane_runs_one')
      .on('jobs')
      .unique()
      .columns(['tenant_id', 'lane'])
      .where(sql.ref('state'), '=', sql.lit('running'))
      .execute()
    await db.schema
      .createIndex('jobs_queued_once')
      .on('jobs')
      .unique()
      .columns(['tenant_id', 'dedupe_key'])
      .where(sql.ref('state'), '=', sql.lit('queued'))
      .execute()
  },
  async '2026-11-22-05-jobs-of-requests'({ db }) {
    await db.schema.alterTable('jobs').addColumn('request_id', 'text').execute()
    await db.schema.createIndex('jobs_by_end').on('jobs').columns(['tenant_id', 'state', 'finished_at']).execute()
  },
  async '2026-11-24-05-queues-of-jobs'({ db }) {
    await sql`update jobs set queue = 'webhooks' where kind = 'webhooks.deliver'`.execute(db)
    await db.schema.dropIndex('jobs_due').execute()
    await db.schema.createIndex('jobs_due').on('jobs').columns(['state', 'queue', 'run_at', 'seq']).execute()
    await db.schema.createIndex('jobs_by_lane').on('jobs').columns(['tenant_id', 'lane', 'state', 'seq']).execute()
  },
}
