import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface LimitsTables {
  /** Addresses that somebody of a tenant has blocked by hand. */
  address_blocks: {
    tenant_id: Generated<number>
    id: string
    /** As it is counted: see `addressSubject`. */
    subject: string
    /** Instant in ms since 1970. */
    until_at: number
    reason: string
    created_by: string
    created_at: number
  }
  /** Of the installation, not of tenants: addresses try their luck with all of them. */
  rate_limits: {
    /** Rule and subject. */
    key: string
    /** Instant at which everything spent is regained, in µs since 1970. */
    whole_at: number
    /** Instant at which a block ends, in ms since 1970; 0: none. */
    blocked_until: number
    reason: string
    /** 1 where the last request was allowed, else 0. */
    allowed: number
    /** Instant from which the row says nothing any more, in ms since 1970. */
    expires_at: number
  }
}

export const limitsMigrations: Migrations = {
  async '2026-11-22-02-limits'({ db, dialect }) {
    const bigint = sql.raw(dialect.types.bigint)
    await dialect
      .clustered(db.schema.createTable('rate_limits'))
      .addColumn('key', 'text', (column) => column.notNull().primaryKey())
      .addColumn('whole_at', bigint, (column) => column.notNull())
      .addColumn('blocked_until', bigint, (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('allowed', bigint, (column) => column.notNull())
      .addColumn('expires_at', bigint, (column) => column.notNull())
      .execute()
    await db.schema.createIndex('rate_limits_by_end').on('rate_limits').column('expires_at').execute()
    await db.schema.createIndex('rate_limits_by_block').on('rate_limits').column('blocked_until').execute()
  },
  async '2026-11-22-06-address-blocks'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('address_blocks', (table) =>
      table
        .addColumn('id', 'text', (column) => column.notNull().primaryKey())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('until_at', bigint, (column) => column.notNull())
        .addColumn('reason', 'text', (column) => column.notNull())
        .addColumn('created_by', 'text', (column) => column.notNull())
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addUniqueConstraint('address_blocks_by_subject', ['tenant_id', 'subject'] as never),
    )
    await db.schema
      .createIndex('address_blocks_by_end')
      .on('address_blocks')
      .columns(['tenant_id', 'until_at'])
      .execute()
  },
}
