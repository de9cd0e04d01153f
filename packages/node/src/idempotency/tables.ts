import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface IdempotencyTables {
  idempotency: {
    tenant_id: Generated<number>
    /** Who called, a space, and the Idempotency-Key. */
    key: string
    /** SHA-256 of method, path and body. */
    fingerprint: string
    /** Which of the requests with this key has it: the others neither answer for it nor let go of it. */
    owner: string | null
    /** Status and body of the answer; `null` while the request runs. */
    status: number | null
    body: string | null
    created_at: number
  }
}

export const idempotencyMigrations: Migrations = {
  async '2026-11-21-09-idempotency'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('idempotency', (table) =>
      dialect
        .clustered(table)
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('fingerprint', 'text', (column) => column.notNull())
        .addColumn('status', bigint)
        .addColumn('body', 'text')
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('idempotency_pk', ['tenant_id', 'key'] as never),
    )
    await db.schema.createIndex('idempotency_by_age').on('idempotency').column('created_at').execute()
  },
  async '2026-11-22-06-idempotency-owner'({ db }) {
    await db.schema.alterTable('idempotency').addColumn('owner', 'text').execute()
  },
}
