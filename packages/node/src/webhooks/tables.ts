import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface WebhooksTables {
  /** Addresses that are told of what happens. */
  webhook_endpoints: {
    tenant_id: Generated<number>
    id: string
    url: string
    /** JSON array of kinds, or of `*`. */
    events: string
    description: string
    /** Sealed with the installation's key. */
    secret: string
    /** The secret before, sealed; signs as well until `previous_until`. */
    previous_secret: string | null
    previous_until: number | null
    /** 1 where messages are sent. */
    enabled: number
    disabled_why: 'by_administrator' | 'failing' | null
    /** Since when nothing has arrived. */
    failing_since: number | null
    /** Failed attempts since something arrived. */
    failures: number
    /** Until when it is left alone after several failures. */
    paused_until: number | null
    created_at: number
    updated_at: number
  }
  /** Messages to each endpoint. They hold ids, and nothing about people. */
  webhook_deliveries: {
    tenant_id: Generated<number>
    id: string
    endpoint_id: string
    message_id: string
    kind: string
    /** As it is sent. */
    body: string
    state: 'queued' | 'delivered' | 'failed'
    attempts: number
    response_status: number | null
    duration_ms: number | null
    error: string | null
    created_at: number
    last_attempt_at: number | null
    next_attempt_at: number | null
  }
  /** Systems that send events. */
  webhook_sources: {
    tenant_id: Generated<number>
    id: string
    name: string
    scheme: string
    /** Sealed with the installation's key. */
    secret: string
    created_at: number
    updated_at: number
  }
  /** What came in. A row stands between an event and its replay. */
  webhook_events: {
    tenant_id: Generated<number>
    id: string
    source_id: string
    /** What tells the event from all others of its source. */
    event_id: string
    /** Of the body: SHA-256 in hex. */
    digest: string
    kind: string | null
    state: 'handled' | 'kept'
    bytes: number
    content_type: string
    /** Base64; `null` where something has handled it. */
    body: string | null
    received_at: number
  }
}

export const webhooksMigrations: Migrations = {
  async '2026-11-22-08-webhooks'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('webhook_endpoints', (table) =>
      table
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('url', 'text', (column) => column.notNull())
        .addColumn('events', 'text', (column) => column.notNull())
        .addColumn('description', 'text', (column) => column.notNull())
        .addColumn('secret', 'text', (column) => column.notNull())
        .addColumn('previous_secret', 'text')
        .addColumn('previous_until', bigint)
        .addColumn('enabled', bigint, (column) => column.notNull())
        .addColumn('disabled_why', 'text')
        .addColumn('failing_since', bigint)
        .addColumn('failures', bigint, (column) => column.notNull())
        .addColumn('paused_until', bigint)
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('updated_at', bigint, (column) => column.notNull()),
    )
    await tenantTable('webhook_deliveries', (table) =>
      table
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('endpoint_id', 'text', (column) => column.notNull())
        .addColumn('message_id', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('attempts', bigint, (column) => column.notNull())
        .addColumn('response_status', bigint)
        .addColumn('duration_ms', bigint)
        .addColumn('error', 'text')
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('last_attempt_at', bigint)
        .addColumn('next_attempt_at', bigint),
    )
    await db.schema
      .createIndex('webhook_deliveries_by_endpoint')
      .on('webhook_deliveries')
      .columns(['tenant_id', 'endpoint_id', 'id'])
      .execute()
    await db.schema
      .createIndex('webhook_deliveries_by_age')
      .on('webhook_deliveries')
      .columns(['tenant_id', 'created_at'])
      .execute()
    await tenantTable('webhook_sources', (table) =>
      table
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('scheme', 'text', (column) => column.notNull())
        .addColumn('secret', 'text', (column) => column.notNull())
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('updated_at', bigint, (column) => column.notNull()),
    )
    await tenantTable('webhook_events', (table) =>
      table
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('source_id', 'text', (column) => column.notNull())
        .addColumn('event_id', 'text', (column) => column.notNull())
        .addColumn('digest', 'text', (column) => column.notNull())
        .addColumn('kind', 'text')
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('bytes', bigint, (column) => column.notNull())
        .addColumn('content_type', 'text', (column) => column.notNull())
        .addColumn('body', 'text')
        .addColumn('received_at', bigint, (column) => column.notNull()),
    )
    await db.schema
      .createIndex('webhook_events_once')
      .on('webhook_events')
      .unique()
      .columns(['tenant_id', 'source_id', 'event_id'])
      .execute()
    await db.schema
      .createIndex('webhook_events_by_source')
      .on('webhook_events')
      .columns(['tenant_id', 'source_id', 'id'])
      .execute()
    await db.schema
      .createIndex('webhook_events_by_age')
      .on('webhook_events')
      .columns(['tenant_id', 'received_at'])
      .execute()
  },
}
