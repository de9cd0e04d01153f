import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface EventsTables {
  events: {
    tenant_id: Generated<number>
    /** Grows with each event stored; the order of lists. */
    seq: Generated<number>
    id: string
    type: string
    at: number
    received_at: number
    session_id: string | null
    customer_id: string | null
    product_id: string | null
    recommendation_id: string | null
    visitor_id: string | null
    /** The event as it came, JSON. */
    data: string
  }
}

export const EVENT_COLUMNS = {
  id: 'text',
  type: 'text',
  at: 'bigint',
  received_at: 'bigint',
  session_id: 'text',
  customer_id: 'text',
  product_id: 'text',
  recommendation_id: 'text',
  visitor_id: 'text',
  data: 'text',
} as const

export const eventsMigrations: Migrations = {
  async '2026-11-21-06-events'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('events', (table) =>
      table
        .addColumn('seq', dialect.serial)
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('type', 'text', (column) => column.notNull())
        .addColumn('at', bigint, (column) => column.notNull())
        .addColumn('received_at', bigint, (column) => column.notNull())
        .addColumn('session_id', 'text')
        .addColumn('customer_id', 'text')
        .addColumn('product_id', 'text')
        .addColumn('recommendation_id', 'text')
        .addColumn('data', 'text', (column) => column.notNull())
        .addUniqueConstraint('events_by_id', ['tenant_id', 'id'] as never),
    )
    await db.schema.createIndex('events_by_seq').on('events').columns(['tenant_id', 'seq']).execute()
    await db.schema.createIndex('events_by_customer').on('events').columns(['tenant_id', 'customer_id']).execute()
  },
  async '2026-11-22-07-events-of-recommendations'({ db }) {
    await db.schema
      .createIndex('events_by_recommendation')
      .on('events')
      .columns(['tenant_id', 'recommendation_id', 'seq'])
      .where('recommendation_id' as never, 'is not', null)
      .execute()
  },
  /** By who looked, and by when it happened: what answers take into account, and what reports count. */
  async '2026-11-24-01-events-of-visitors'({ db, dialect }) {
    await db.schema.alterTable('events').addColumn('visitor_id', 'text').execute()
    const visitor = dialect.engine === 'sqlite' ? sql`data ->> '$.visitorId'` : sql`data::json ->> 'visitorId'`
    await sql`update events set visitor_id = ${visitor}`.execute(db)
    for (const column of ['visitor_id', 'session_id'] as const) {
      await db.schema
        .createIndex(`events_by_${column}`)
        .on('events')
        .columns(['tenant_id', column, 'seq'])
        .where(column as never, 'is not', null)
        .execute()
    }
    await db.schema.createIndex('events_by_type').on('events').columns(['tenant_id', 'type', 'at']).execute()
  },
}
