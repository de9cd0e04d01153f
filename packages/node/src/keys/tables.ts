import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface KeysTables {
  api_keys: {
    tenant_id: Generated<number>
    id: string
    kind: 'publishable' | 'secret'
    label: string
    /** SHA-256 of the key, in hex. The key itself is shown once and kept nowhere. */
    hash: string
    /** Last four characters, to tell keys apart. */
    hint: string
    /** JSON array of origins that may use a publishable key. */
    origins: string
    created_at: number
    revoked_at: number | null
    expires_at: number | null
    /** JSON array of permissions; `null`: whatever keys may. */
    scopes: string | null
  }
}

export const keysMigrations: Migrations = {
  async '2026-11-21-02-api-keys'({ dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('api_keys', (table) =>
      table
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('label', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull().unique())
        .addColumn('hint', 'text', (column) => column.notNull())
        .addColumn('origins', 'text', (column) => column.notNull())
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('revoked_at', bigint),
    )
  },
  async '2026-11-22-03-key-scopes'({ db, dialect }) {
    await db.schema.alterTable('api_keys').addColumn('expires_at', sql.raw(dialect.types.bigint)).execute()
    await db.schema.alterTable('api_keys').addColumn('scopes', 'text').execute()
  },
}
