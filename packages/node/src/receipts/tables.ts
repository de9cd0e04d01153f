import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface ReceiptsTables {
  receipts: {
    tenant_id: Generated<number>
    id: string
    number: string
    kind: 'receipt' | 'credit-note'
    /** What it is for, `order:…` or `transaction:…`, which has one receipt; `null` for what is for neither. */
    source: string | null
    order_id: string | null
    transaction_id: string | null
    credit_of: string | null
    /** In the form by which people are told apart. Not part of what was issued, so that it can be erased. */
    buyer_email_key: string | null
    currency: string
    total_minor: number
    issued_at: number
    /** What was issued, JSON; it never changes. */
    content: string
    /** SHA-256 of `content`, in hex. */
    digest: string
  }
  /** The last number of each prefix. */
  receipt_series: {
    tenant_id: Generated<number>
    prefix: string
    last: number
  }
  /** Mailed addresses of receipts, by the digest of their secret. They stay when they have run out, to say so. */
  receipt_links: {
    tenant_id: Generated<number>
    digest: string
    receipt_id: string
    expires_at: number
  }
  receipt_settings: {
    tenant_id: Generated<number>
    /** JSON. */
    data: string
  }
}

export const receiptsMigrations: Migrations = {
  async '2026-11-26-05-receipts'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('receipts', (table) =>
      table
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('number', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('source', 'text')
        .addColumn('order_id', 'text')
        .addColumn('transaction_id', 'text')
        .addColumn('credit_of', 'text')
        .addColumn('buyer_email_key', 'text')
        .addColumn('currency', 'text', (column) => column.notNull())
        .addColumn('total_minor', bigint, (column) => column.notNull())
        .addColumn('issued_at', bigint, (column) => column.notNull())
        .addColumn('content', 'text', (column) => column.notNull())
        .addColumn('digest', 'text', (column) => column.notNull())
        .addUniqueConstraint('receipts_by_number', ['tenant_id', 'number'] as never)
        .addUniqueConstraint('receipts_by_source', ['tenant_id', 'source'] as never),
    )
    for (const column of ['issued_at', 'credit_of', 'order_id', 'buyer_email_key']) {
      await db.schema.createIndex(`receipts_by_${column}`).on('receipts').columns(['tenant_id', column]).execute()
    }
    await tenantTable('receipt_series', (table) =>
      dialect
        .clustered(table)
        .addColumn('prefix', 'text', (column) => column.notNull())
        .addColumn('last', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('receipt_series_pk', ['tenant_id', 'prefix'] as never),
    )
    await tenantTable('receipt_links', (table) =>
      dialect
        .clustered(table)
        .addColumn('digest', 'text', (column) => column.notNull())
        .addColumn('receipt_id', 'text', (column) => column.notNull())
        .addColumn('expires_at', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('receipt_links_pk', ['tenant_id', 'digest'] as never),
    )
    await tenantTable('receipt_settings', (table) =>
      dialect
        .clustered(table)
        .addColumn('data', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('receipt_settings_pk', ['tenant_id'] as never),
    )
  },
}
