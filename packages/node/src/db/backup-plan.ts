import type { Schema } from './schema.ts'

interface TablePlan<Row> {
  /** Columns by which rows are read in order: together they name one row. */
  readonly key: readonly (keyof Row & string)[]
  /** The column that the database numbers, where there is one. */
  readonly serial?: keyof Row & string
}

/** How each table is read for a backup; a table without a plan does not compile. */
export const BACKUP_PLAN: { readonly [T in keyof Schema]: TablePlan<Schema[T]> } = {
  tenants: { key: ['id'], serial: 'id' },
  installation: { key: ['name'] },
  api_keys: { key: ['id'] },
  products: { key: ['tenant_id', 'id'] },
  customers: { key: ['tenant_id', 'id'] },
  orders: { key: ['key'] },
  order_lines: { key: ['order_key', 'line_no'] },
  order_line_names: { key: ['key'] },
  order_import_progress: { key: ['tenant_id', 'run', 'order_id'] },
  events: { key: ['seq'], serial: 'seq' },
  models: { key: ['seq'], serial: 'seq' },
  model_activations: { key: ['seq'], serial: 'seq' },
  model_comparisons: { key: ['tenant_id', 'id'] },
  recommendation_rules: { key: ['tenant_id', 'id'] },
  recommendation_settings: { key: ['tenant_id'] },
  accounts: { key: ['id'] },
  transactions: { key: ['id'] },
  transaction_splits: { key: ['transaction_id', 'line_no'] },
  transaction_filters: { key: ['tenant_id', 'id'] },
  categories: { key: ['tenant_id', 'id'] },
  category_budgets: { key: ['tenant_id', 'owner_key', 'category_id', 'currency', 'month'] },
  category_rules: { key: ['tenant_id', 'id'] },
  categorisers: { key: ['tenant_id'] },
  statements: { key: ['id'] },
  bills: { key: ['id'] },
  bill_payments: { key: ['bill_id', 'due_on'] },
  ledger_progress: { key: ['tenant_id', 'name'] },
  receipts: { key: ['id'] },
  receipt_series: { key: ['tenant_id', 'prefix'] },
  receipt_links: { key: ['tenant_id', 'digest'] },
  receipt_settings: { key: ['tenant_id'] },
  chat_conversations: { key: ['tenant_id', 'id'] },
  chat_messages: { key: ['tenant_id', 'conversation_id', 'seq'] },
  chat_settings: { key: ['tenant_id'] },
  chat_unanswered: { key: ['tenant_id', 'id'] },
  chat_examples: { key: ['tenant_id', 'id'] },
  chat_models: { key: ['seq'], serial: 'seq' },
  chat_model_activations: { key: ['seq'], serial: 'seq' },
  jobs: { key: ['seq'], serial: 'seq' },
  idempotency: { key: ['tenant_id', 'key'] },
  rate_limits: { key: ['key'] },
  address_blocks: { key: ['id'] },
  mail_messages: { key: ['id'] },
  audit_heads: { key: ['tenant_id'] },
  audit_log: { key: ['tenant_id', 'number'] },
  users: { key: ['id'] },
  password_history: { key: ['tenant_id', 'user_id', 'hash'] },
  sessions: { key: ['id'] },
  refresh_tokens: { key: ['digest'] },
  one_time_tokens: { key: ['digest'] },
  sign_in_attempts: { key: ['tenant_id', 'subject'] },
  known_devices: { key: ['tenant_id', 'user_id', 'digest'] },
  two_factor: { key: ['user_id'] },
  recovery_codes: { key: ['tenant_id', 'user_id', 'digest'] },
  identities: { key: ['id'] },
  identity_visits: { key: ['digest'] },
  signing_keys: { key: ['kid'] },
  user_changes: { key: ['id'] },
  user_imports: { key: ['tenant_id', 'job_id', 'user_id'] },
  tenant_roles: { key: ['tenant_id', 'name'] },
  webhook_endpoints: { key: ['id'] },
  webhook_deliveries: { key: ['id'] },
  webhook_sources: { key: ['id'] },
  webhook_events: { key: ['id'] },
}

/** Sources of numbers beside the tables. */
export const SEQUENCES = ['order_keys', 'order_line_name_keys'] as const

export const BACKUP_FORMAT = 'tillwright-backup'
export const BACKUP_VERSION = 1

/** First line of a backup. */
export interface BackupHeader {
  readonly format: typeof BACKUP_FORMAT
  readonly version: number
  readonly createdAt: string
  /** Steps of the schema that the rows fit. */
  readonly migrations: readonly string[]
  readonly sequences: Readonly<Record<string, number>>
}

/** Begins a table: the lines that follow are its rows, arrays in the order of `columns`. */
export interface BackupTable {
  readonly table: string
  readonly columns: readonly string[]
}

/** Last line of a backup: what the lines before must come to. */
export interface BackupTrailer {
  readonly rows: Readonly<Record<string, number>>
  /** Of all lines before, in hex. */
  readonly sha256: string
}

/** Bytes within a row. */
export interface BackupBytes {
  readonly base64: string
}
