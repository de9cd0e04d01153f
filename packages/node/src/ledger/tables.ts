import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export type AccountKind = 'bank' | 'card' | 'cash' | 'shop'
export type TransactionState = 'pending' | 'posted' | 'void'
export type TransactionSource = 'manual' | 'statement' | 'bank' | 'order' | 'receipt'

export interface LedgerTables {
  accounts: {
    tenant_id: Generated<number>
    id: string
    /** `null`: the shop itself. */
    owner_id: string | null
    kind: AccountKind
    name: string
    currency: string
    number: string | null
    /** The number without case and punctuation: what statements are matched by. */
    number_key: string | null
    institution: string | null
    opening_minor: number
    /** Opening balance and all that is posted; changed with each transaction, in its own database transaction. */
    balance_minor: number
    pending_minor: number
    archived: number
    created_at: number
    updated_at: number
  }
  transactions: {
    tenant_id: Generated<number>
    id: string
    account_id: string
    /** Calendar days, `2026-03-31`. */
    booked_on: string
    valued_on: string | null
    amount_minor: number
    currency: string
    description: string
    merchant: string | null
    /** The merchant's name without numbers and places; empty where there is none. */
    merchant_key: string
    counterparty: string | null
    category_id: string | null
    categorised_by: 'person' | 'rule' | 'model' | null
    /** How sure the categoriser was, in millionths. */
    confidence_ppm: number | null
    needs_review: number
    /** JSON: `[{ categoryId, confidence }]`. */
    suggestions: string
    state: TransactionState
    source: TransactionSource
    external_id: string | null
    /** What tells it from others of its account: an external id, a fingerprint, an order. */
    source_key: string | null
    statement_id: string | null
    transfer_id: string | null
    note: string | null
    /** JSON: ids. */
    attachments: string
    split_count: number
    /** When a person last chose its category, ms since 1970: what the categoriser learns from. */
    corrected_at: number | null
    created_at: number
    updated_at: number
  }
  transaction_splits: {
    tenant_id: Generated<number>
    transaction_id: string
    line_no: number
    category_id: string | null
    amount_minor: number
    note: string | null
  }
  transaction_filters: {
    tenant_id: Generated<number>
    id: string
    /** The person or key that put it aside. */
    holder: string
    name: string
    /** JSON. */
    filter: string
  }
  categories: {
    tenant_id: Generated<number>
    id: string
    owner_id: string | null
    parent_id: string | null
    name: string
    icon: string | null
    created_at: number
    updated_at: number
  }
  category_budgets: {
    tenant_id: Generated<number>
    /** Whose; empty: the shop's. */
    owner_key: string
    category_id: string
    currency: string
    /** `2026-03`; empty: every month that has none of its own. */
    month: string
    amount_minor: number
  }
  category_rules: {
    tenant_id: Generated<number>
    id: string
    owner_id: string | null
    position: number
    category_id: string
    enabled: number
    /** JSON: what fits. */
    match: string
    updated_at: number
  }
  /** The tenant's categoriser: one. */
  categorisers: {
    tenant_id: Generated<number>
    version: string
    trained_at: number
    example_count: number
    file: Uint8Array
  }
  statements: {
    tenant_id: Generated<number>
    id: string
    owner_id: string | null
    /** Who uploaded it: a person or a key. */
    holder: string
    state: 'needs_input' | 'preview' | 'committed' | 'undone'
    name: string | null
    byte_count: number
    /** JSON: how it is read. */
    reading: string
    /** JSON: what the API shows of it. */
    summary: string
    /** The file, until it is committed. */
    file: Uint8Array | null
    added: number
    created_at: number
    committed_at: number | null
  }
  bills: {
    tenant_id: Generated<number>
    id: string
    owner_id: string | null
    name: string
    merchant_key: string
    amount_minor: number
    currency: string
    tolerance_percent: number
    every: 'once' | 'week' | 'two-weeks' | 'month' | 'quarter' | 'year'
    /** The day of the month that due days keep to, since months are not equally long. */
    due_day: number
    next_due_on: string | null
    account_id: string | null
    category_id: string | null
    remind_days_before: number | null
    /** The due day that a reminder went out for. */
    reminded_for: string | null
    state: 'suggested' | 'active' | 'paused' | 'ended'
    source: 'entered' | 'detected'
    created_at: number
    updated_at: number
  }
  bill_payments: {
    tenant_id: Generated<number>
    bill_id: string
    due_on: string
    paid_on: string
    transaction_id: string | null
  }
  /** How far the orders of the shop have been taken over. */
  ledger_progress: {
    tenant_id: Generated<number>
    name: string
    /** ms since 1970. */
    through: number
  }
}

export const TRANSACTION_COLUMNS = {
  id: 'text',
  account_id: 'text',
  booked_on: 'text',
  valued_on: 'text',
  amount_minor: 'bigint',
  currency: 'text',
  description: 'text',
  merchant: 'text',
  merchant_key: 'text',
  counterparty: 'text',
  category_id: 'text',
  categorised_by: 'text',
  confidence_ppm: 'bigint',
  needs_review: 'bigint',
  suggestions: 'text',
  state: 'text',
  source: 'text',
  external_id: 'text',
  source_key: 'text',
  statement_id: 'text',
  transfer_id: 'text',
  note: 'text',
  attachments: 'text',
  split_count: 'bigint',
  corrected_at: 'bigint',
  created_at: 'bigint',
  updated_at: 'bigint',
} as const

export const ledgerMigrations: Migrations = {
  async '2026-11-26-01-ledger'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('accounts', (table) =>
      table
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('owner_id', 'text')
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('currency', 'text', (column) => column.notNull())
        .addColumn('number', 'text')
        .addColumn('number_key', 'text')
        .addColumn('institution', 'text')
        .addColumn('opening_minor', bigint, (column) => column.notNull())
        .addColumn('balance_minor', bigint, (column) => column.notNull())
        .addColumn('pending_minor', bigint, (column) => column.notNull())
        .addColumn('archived', bigint, (column) => column.notNull())
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('updated_at', bigint, (column) => column.notNull()),
    )
    await db.schema.createIndex('accounts_by_owner').on('accounts').columns(['tenant_id', 'owner_id']).execute()
    await tenantTable('transactions', (table) =>
      table
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('account_id', 'text', (column) => column.notNull())
        .addColumn('booked_on', 'text', (column) => column.notNull())
        .addColumn('valued_on', 'text')
        .addColumn('amount_minor', bigint, (column) => column.notNull())
        .addColumn('currency', 'text', (column) => column.notNull())
        .addColumn('description', 'text', (column) => column.notNull())
        .addColumn('merchant', 'text')
        .addColumn('merchant_key', 'text', (column) => column.notNull())
        .addColumn('counterparty', 'text')
        .addColumn('category_id', 'text')
        .addColumn('categorised_by', 'text')
        .addColumn('confidence_ppm', bigint)
        .addColumn('needs_review', bigint, (column) => column.notNull())
        .addColumn('suggestions', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('external_id', 'text')
        .addColumn('source_key', 'text')
        .addColumn('statement_id', 'text')
        .addColumn('transfer_id', 'text')
        .addColumn('note', 'text')
        .addColumn('attachments', 'text', (column) => column.notNull())
        .addColumn('split_count', bigint, (column) => column.notNull())
        .addColumn('corrected_at', bigint)
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('updated_at', bigint, (column) => column.notNull())
        .addUniqueConstraint('transactions_once', ['tenant_id', 'account_id', 'source_key'] as never),
    )
    for (const [name, columns] of [
      ['transactions_by_account', ['tenant_id', 'account_id', 'booked_on', 'id']],
      ['transactions_by_day', ['tenant_id', 'booked_on', 'id']],
      ['transactions_by_category', ['tenant_id', 'category_id']],
      ['transactions_by_merchant', ['tenant_id', 'merchant_key']],
      ['transactions_by_transfer', ['tenant_id', 'transfer_id']],
      ['transactions_by_statement', ['tenant_id', 'statement_id']],
      ['transactions_by_correction', ['tenant_id', 'corrected_at']],
    ] as const) {
      await db.schema
        .createIndex(name)
        .on('transactions')
        .columns([...columns])
        .execute()
    }
    await tenantTable('transaction_splits', (table) =>
      dialect
        .clustered(table)
        .addColumn('transaction_id', 'text', (column) => column.notNull())
        .addColumn('line_no', bigint, (column) => column.notNull())
        .addColumn('category_id', 'text')
        .addColumn('amount_minor', bigint, (column) => column.notNull())
        .addColumn('note', 'text')
        .addPrimaryKeyConstraint('transaction_splits_pk', ['transaction_id', 'line_no'] as never),
    )
    await tenantTable('transaction_filters', (table) =>
      dialect
        .clustered(table)
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('holder', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('filter', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('transaction_filters_pk', ['tenant_id', 'id'] as never),
    )
    await tenantTable('categories', (table) =>
      dialect
        .clustered(table)
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('owner_id', 'text')
        .addColumn('parent_id', 'text')
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('icon', 'text')
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('updated_at', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('categories_pk', ['tenant_id', 'id'] as never),
    )
    await tenantTable('category_budgets', (table) =>
      dialect
        .clustered(table)
        .addColumn('owner_key', 'text', (column) => column.notNull())
        .addColumn('category_id', 'text', (column) => column.notNull())
        .addColumn('currency', 'text', (column) => column.notNull())
        .addColumn('month', 'text', (column) => column.notNull())
        .addColumn('amount_minor', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('category_budgets_pk', [
          'tenant_id',
          'owner_key',
          'category_id',
          'currency',
          'month',
        ] as never),
    )
    await tenantTable('category_rules', (table) =>
      dialect
        .clustered(table)
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('owner_id', 'text')
        .addColumn('position', bigint, (column) => column.notNull())
        .addColumn('category_id', 'text', (column) => column.notNull())
        .addColumn('enabled', bigint, (column) => column.notNull())
        .addColumn('match', 'text', (column) => column.notNull())
        .addColumn('updated_at', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('category_rules_pk', ['tenant_id', 'id'] as never),
    )
    await tenantTable('categorisers', (table) =>
      table
        .addColumn('version', 'text', (column) => column.notNull())
        .addColumn('trained_at', bigint, (column) => column.notNull())
        .addColumn('example_count', bigint, (column) => column.notNull())
        .addColumn('file', sql.raw(dialect.types.blob), (column) => column.notNull())
        .addPrimaryKeyConstraint('categorisers_pk', ['tenant_id'] as never),
    )
    await tenantTable('statements', (table) =>
      table
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('owner_id', 'text')
        .addColumn('holder', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('name', 'text')
        .addColumn('byte_count', bigint, (column) => column.notNull())
        .addColumn('reading', 'text', (column) => column.notNull())
        .addColumn('summary', 'text', (column) => column.notNull())
        .addColumn('file', sql.raw(dialect.types.blob))
        .addColumn('added', bigint, (column) => column.notNull())
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('committed_at', bigint),
    )
    await db.schema.createIndex('statements_by_tenant').on('statements').columns(['tenant_id', 'id']).execute()
    await tenantTable('bills', (table) =>
      table
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('owner_id', 'text')
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('merchant_key', 'text', (column) => column.notNull())
        .addColumn('amount_minor', bigint, (column) => column.notNull())
        .addColumn('currency', 'text', (column) => column.notNull())
        .addColumn('tolerance_percent', bigint, (column) => column.notNull())
        .addColumn('every', 'text', (column) => column.notNull())
        .addColumn('due_day', bigint, (column) => column.notNull())
        .addColumn('next_due_on', 'text')
        .addColumn('account_id', 'text')
        .addColumn('category_id', 'text')
        .addColumn('remind_days_before', bigint)
        .addColumn('reminded_for', 'text')
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('updated_at', bigint, (column) => column.notNull()),
    )
    await db.schema.createIndex('bills_by_due_day').on('bills').columns(['tenant_id', 'next_due_on']).execute()
    await tenantTable('bill_payments', (table) =>
      dialect
        .clustered(table)
        .addColumn('bill_id', 'text', (column) => column.notNull())
        .addColumn('due_on', 'text', (column) => column.notNull())
        .addColumn('paid_on', 'text', (column) => column.notNull())
        .addColumn('transaction_id', 'text')
        .addPrimaryKeyConstraint('bill_payments_pk', ['bill_id', 'due_on'] as never),
    )
    await tenantTable('ledger_progress', (table) =>
      dialect
        .clustered(table)
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('through', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('ledger_progress_pk', ['tenant_id', 'name'] as never),
    )
  },
}
