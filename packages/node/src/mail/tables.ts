import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface MailTables {
  /**
   * Mail that waits to be sent, and for a while what became of it: then without its links and with the address in part, since
   * links let people in.
   */
  mail_messages: {
    tenant_id: Generated<number>
    id: string
    recipient: string
    template: string
    /** JSON: what the template says. */
    data: string
    language: string
    created_at: number
    /** Instant from which it is not sent any more. */
    expires_at: number
    /** The job that sends it. */
    job_id: string | null
    /** What became of it, and when. */
    outcome: 'sent' | 'expired' | null
    ended_at: number | null
  }
}

export const mailMigrations: Migrations = {
  async '2026-11-22-03-mail'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('mail_messages', (table) =>
      table
        .addColumn('id', 'text', (column) => column.notNull().primaryKey())
        .addColumn('recipient', 'text', (column) => column.notNull())
        .addColumn('template', 'text', (column) => column.notNull())
        .addColumn('data', 'text', (column) => column.notNull())
        .addColumn('language', 'text', (column) => column.notNull())
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('expires_at', bigint, (column) => column.notNull()),
    )
    await db.schema
      .createIndex('mail_messages_by_end')
      .on('mail_messages')
      .columns(['tenant_id', 'expires_at'])
      .execute()
  },
  async '2026-11-22-09-mail-log'({ db, dialect }) {
    const bigint = sql.raw(dialect.types.bigint)
    for (const [name, type] of [
      ['job_id', 'text'],
      ['outcome', 'text'],
      ['ended_at', bigint],
    ] as const) {
      await db.schema.alterTable('mail_messages').addColumn(name, type).execute()
    }
    await db.schema.createIndex('mail_messages_by_id').on('mail_messages').columns(['tenant_id', 'id']).execute()
    await db.schema
      .createIndex('mail_messages_by_outcome')
      .on('mail_messages')
      .columns(['tenant_id', 'ended_at'])
      .execute()
  },
}
