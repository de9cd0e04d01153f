import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface PeopleTables {
  users: {
    tenant_id: Generated<number>
    id: string
    /** As the person wrote it. */
    email: string
    /** The same in the form by which addresses are told apart; `null` once the person is removed, so that it is free again. */
    email_key: string | null
    email_verified_at: number | null
    name: string | null
    role: string
    status: 'invited' | 'active' | 'suspended' | 'removed'
    password_hash: string | null
    password_changed_at: number | null
    language: string | null
    time_zone: string | null
    currency: string | null
    /** JSON: which kinds of message are wanted. */
    notifications: string
    created_at: number
    updated_at: number
    last_sign_in_at: number | null
    removed_at: number | null
  }
  /** Hashes of earlier passwords, so that the last five are not used again. */
  password_history: {
    tenant_id: Generated<number>
    user_id: string
    hash: string
    created_at: number
  }
  sessions: {
    tenant_id: Generated<number>
    id: string
    user_id: string
    created_at: number
    last_used_at: number
    idle_expires_at: number
    expires_at: number
    /** Last time that the person proved who they are. */
    proved_at: number
    remember: number
    delivery: 'cookie' | 'token'
    user_agent: string
    address: string | null
    /** Who acts as this person, and why; `null` for the person themselves. */
    actor_id: string | null
    actor_reason: string | null
    ended_at: number | null
    ended_why: string | null
  }
  /** Refresh tokens: each is used once, and gives the next. */
  refresh_tokens: {
    tenant_id: Generated<number>
    digest: string
    session_id: string
    created_at: number
    used_at: number | null
    /** The next token, sealed under this one, for a retry whose first answer was lost. */
    successor: string | null
  }
  /** Tokens that are mailed, or wait for a second factor. Each is used once. */
  one_time_tokens: {
    tenant_id: Generated<number>
    digest: string
    user_id: string
    purpose: 'verify-email' | 'reset-password' | 'magic-link' | 'change-email' | 'invitation' | 'second-factor'
    /** JSON: what the token is for beyond its purpose, such as the new address. */
    data: string
    created_at: number
    expires_at: number
    used_at: number | null
  }
  /** Failed proofs of identity by account; also of accounts that do not exist, which must behave the same. */
  sign_in_attempts: {
    tenant_id: Generated<number>
    /** Keyed digest of the address: the table must not list who tried. */
    subject: string
    failures: number
    first_failure_at: number
    locked_until: number | null
  }
  /** Browsers that an account has been signed in with: a lock does not keep them out. */
  known_devices: {
    tenant_id: Generated<number>
    digest: string
    user_id: string
    created_at: number
    last_used_at: number
  }
  two_factor: {
    tenant_id: Generated<number>
    user_id: string
    /** Sealed with the installation's key. */
    secret: string
    confirmed_at: number | null
    /** Last time step that was accepted: none is accepted twice. */
    last_step: number
  }
  recovery_codes: {
    tenant_id: Generated<number>
    digest: string
    user_id: string
    used_at: number | null
  }
  /** Keys that sign access tokens, of the installation. */
  signing_keys: {
    kid: string
    /** Private JWK, sealed with the installation's key. */
    sealed: string
    /** Public JWK. */
    public: string
    created_at: number
    retired_at: number | null
  }
}

export const peopleMigrations: Migrations = {
  async '2026-11-22-01-people'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('users', (table) =>
      table
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('email', 'text', (column) => column.notNull())
        .addColumn('email_key', 'text')
        .addColumn('email_verified_at', bigint)
        .addColumn('name', 'text')
        .addColumn('role', 'text', (column) => column.notNull())
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('password_hash', 'text')
        .addColumn('password_changed_at', bigint)
        .addColumn('language', 'text')
        .addColumn('time_zone', 'text')
        .addColumn('currency', 'text')
        .addColumn('notifications', 'text', (column) => column.notNull())
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('updated_at', bigint, (column) => column.notNull())
        .addColumn('last_sign_in_at', bigint)
        .addColumn('removed_at', bigint)
        .addUniqueConstraint('users_by_email', ['tenant_id', 'email_key'] as never),
    )
    await db.schema.createIndex('users_by_time').on('users').columns(['tenant_id', 'created_at', 'id']).execute()
    await tenantTable('password_history', (table) =>
      table
        .addColumn('user_id', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('password_history_pk', ['tenant_id', 'user_id', 'hash'] as never),
    )
    await tenantTable('sessions', (table) =>
      table
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('user_id', 'text', (column) => column.notNull())
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('last_used_at', bigint, (column) => column.notNull())
        .addColumn('idle_expires_at', bigint, (column) => column.notNull())
        .addColumn('expires_at', bigint, (column) => column.notNull())
        .addColumn('proved_at', bigint, (column) => column.notNull())
        .addColumn('remember', bigint, (column) => column.notNull())
        .addColumn('delivery', 'text', (column) => column.notNull())
        .addColumn('user_agent', 'text', (column) => column.notNull())
        .addColumn('address', 'text')
        .addColumn('actor_id', 'text')
        .addColumn('actor_reason', 'text')
        .addColumn('ended_at', bigint)
        .addColumn('ended_why', 'text'),
    )
    await db.schema.createIndex('sessions_by_user').on('sessions').columns(['tenant_id', 'user_id']).execute()
    await tenantTable('refresh_tokens', (table) =>
      table
        .addColumn('digest', 'text', (column) => column.primaryKey())
        .addColumn('session_id', 'text', (column) => column.notNull())
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('used_at', bigint)
        .addColumn('successor', 'text'),
    )
    await db.schema.createIndex('refresh_tokens_by_session').on('refresh_tokens').column('session_id').execute()
    await tenantTable('one_time_tokens', (table) =>
      table
        .addColumn('digest', 'text', (column) => column.primaryKey())
        .addColumn('user_id', 'text', (column) => column.notNull())
        .addColumn('purpose', 'text', (column) => column.notNull())
        .addColumn('data', 'text', (column) => column.notNull())
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('expires_at', bigint, (column) => column.notNull())
        .addColumn('used_at', bigint),
    )
    await db.schema
      .createIndex('one_time_tokens_by_user')
      .on('one_time_tokens')
      .columns(['tenant_id', 'user_id', 'purpose'])
      .execute()
    await tenantTable('sign_in_attempts', (table) =>
      table
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('failures', bigint, (column) => column.notNull())
        .addColumn('first_failure_at', bigint, (column) => column.notNull())
        .addColumn('locked_until', bigint)
        .addPrimaryKeyConstraint('sign_in_attempts_pk', ['tenant_id', 'subject'] as never),
    )
    await tenantTable('known_devices', (table) =>
      table
        .addColumn('digest', 'text', (column) => column.notNull())
        .addColumn('user_id', 'text', (column) => column.notNull())
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('last_used_at', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('known_devices_pk', ['tenant_id', 'user_id', 'digest'] as never),
    )
    await tenantTable('two_factor', (table) =>
      table
        .addColumn('user_id', 'text', (column) => column.primaryKey())
        .addColumn('secret', 'text', (column) => column.notNull())
        .addColumn('confirmed_at', bigint)
        .addColumn('last_step', bigint, (column) => column.notNull()),
    )
    await tenantTable('recovery_codes', (table) =>
      table
        .addColumn('digest', 'text', (column) => column.notNull())
        .addColumn('user_id', 'text', (column) => column.notNull())
        .addColumn('used_at', bigint)
        .addPrimaryKeyConstraint('recovery_codes_pk', ['tenant_id', 'user_id', 'digest'] as never),
    )
    await db.schema
      .createTable('signing_keys')
      .addColumn('kid', 'text', (column) => column.primaryKey())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .addColumn('public', 'text', (column) => column.notNull())
      .addColumn('created_at', bigint, (column) => column.notNull())
      .addColumn('retired_at', bigint)
      .execute()
  },
}
