import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface IdentitiesTables {
  /** Accounts at providers that are ways into one's own. */
  identities: {
    tenant_id: Generated<number>
    id: string
    user_id: string
    provider: string
    /** Issuer and subject together name somebody; nothing else does. */
    issuer: string
    subject: string
    /** As the provider said last; for people to know it by, never to find anybody by. */
    email: string | null
    created_at: number
    last_used_at: number
  }
  /** Visits to providers that are under way, and accounts at providers that wait for their owner to show who they are. */
  identity_visits: {
    tenant_id: Generated<number>
    /** Of the state that goes along, or of the cookie of what waits. */
    digest: string
    kind: 'sign-in' | 'link' | 'proof'
    provider: string
    /** Whose account it is about; `null` where that is not known yet. */
    user_id: string | null
    /** The session that asked for a link. */
    session_id: string | null
    /** Of the cookie of the browser that began; `null` for what waits. */
    browser: string | null
    /** JSON, sealed with the installation's key: PKCE verifier, nonce and the page to return to, or the identity. */
    sealed: string
    expires_at: number
    used_at: number | null
  }
}

export const identitiesMigrations: Migrations = {
  async '2026-11-22-11-identities'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('identities', (table) =>
      table
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('user_id', 'text', (column) => column.notNull())
        .addColumn('provider', 'text', (column) => column.notNull())
        .addColumn('issuer', 'text', (column) => column.notNull())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('email', 'text')
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('last_used_at', bigint, (column) => column.notNull())
        .addUniqueConstraint('identities_by_subject', ['tenant_id', 'issuer', 'subject'] as never),
    )
    await db.schema.createIndex('identities_by_user').on('identities').columns(['tenant_id', 'user_id']).execute()
    await tenantTable('identity_visits', (table) =>
      table
        .addColumn('digest', 'text', (column) => column.primaryKey())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('provider', 'text', (column) => column.notNull())
        .addColumn('user_id', 'text')
        .addColumn('session_id', 'text')
        .addColumn('browser', 'text')
        .addColumn('sealed', 'text', (column) => column.notNull())
        .addColumn('expires_at', bigint, (column) => column.notNull())
        .addColumn('used_at', bigint),
    )
    await db.schema
      .createIndex('identity_visits_by_time')
      .on('identity_visits')
      .columns(['tenant_id', 'expires_at'])
      .execute()
  },
}
