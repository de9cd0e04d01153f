import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface ChatTables {
  chat_conversations: {
    tenant_id: Generated<number>
    id: string
    title: string
    state: 'bot' | 'waiting' | 'agent'
    language: string
    /** The account that it belongs to; `null`: whoever holds the secret. */
    user_id: string | null
    /** SHA-256 of the secret, hex; `null` once an account has it. */
    secret_digest: string | null
    agent_id: string | null
    agent_name: string | null
    /** Of the last message. */
    seq: number
    /** The engine's state, JSON; `null` before the first turn. */
    dialogue: string | null
    /** Until when one process answers a message, ms since 1970: no other begins meanwhile. */
    busy_until: number
    /** Which answer it is that keeps it busy. */
    busy_by: string | null
    waiting_since: number | null
    waiting_for: string | null
    created_at: number
    updated_at: number
  }
  chat_messages: {
    tenant_id: Generated<number>
    conversation_id: string
    seq: number
    id: string
    role: 'user' | 'assistant' | 'agent' | 'system'
    at: number
    /** JSON. */
    parts: string
    /** What is said in it, for the search. */
    search: string
    source: 'server' | 'device'
    /** Of what a visitor or a person at the desk said. */
    client_message_id: string | null
    /** Of an answer: the message that it answers, by its `client_message_id`. */
    answers: string | null
    agent_name: string | null
  }
  /** One row a tenant, once anything was set. */
  chat_settings: {
    tenant_id: Generated<number>
    /** JSON. */
    data: string
  }
  /** What was not understood, with what is private masked. */
  chat_unanswered: {
    tenant_id: Generated<number>
    id: string
    text: string
    /** What it may have meant. */
    guess: string | null
    at: number
  }
  chat_examples: {
    tenant_id: Generated<number>
    id: string
    text: string
    intent: string
    added_at: number
  }
  chat_models: {
    tenant_id: Generated<number>
    seq: Generated<number>
    /** SHA-256 of the file, hex. */
    version: string
    pack: string
    trained_at: number
    training_cpu_ms: number
    example_count: number
    own_count: number
    intent_count: number
    byte_count: number
    active: number
    /** JSON object of numbers. */
    metrics: string
    file: Uint8Array
  }
  /** Which model answered from when on: what going back goes by. */
  chat_model_activations: {
    tenant_id: Generated<number>
    seq: Generated<number>
    version: string
    at: number
  }
}

export const chatMigrations: Migrations = {
  async '2026-11-26-05-chat'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('chat_conversations', (table) =>
      dialect
        .clustered(table)
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('language', 'text', (column) => column.notNull())
        .addColumn('user_id', 'text')
        .addColumn('secret_digest', 'text')
        .addColumn('agent_id', 'text')
        .addColumn('agent_name', 'text')
        .addColumn('seq', bigint, (column) => column.notNull())
        .addColumn('dialogue', 'text')
        .addColumn('busy_until', bigint, (column) => column.notNull())
        .addColumn('busy_by', 'text')
        .addColumn('waiting_since', bigint)
        .addColumn('waiting_for', 'text')
        .addColumn('created_at', bigint, (column) => column.notNull())
        .addColumn('updated_at', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('chat_conversations_pk', ['tenant_id', 'id'] as never)
        .addUniqueConstraint('chat_conversations_by_secret', ['tenant_id', 'secret_digest'] as never),
    )
    const indexOn = (name: string, table: string, columns: string[]) =>
      db.schema
        .createIndex(name)
        .on(table)
        .columns(columns as never)
        .execute()
    await indexOn('chat_conversations_by_user', 'chat_conversations', ['tenant_id', 'user_id', 'updated_at'])
    await indexOn('chat_conversations_by_time', 'chat_conversations', ['tenant_id', 'updated_at'])
    await tenantTable('chat_messages', (table) =>
      dialect
        .clustered(table)
        .addColumn('conversation_id', 'text', (column) => column.notNull())
        .addColumn('seq', bigint, (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('role', 'text', (column) => column.notNull())
        .addColumn('at', bigint, (column) => column.notNull())
        .addColumn('parts', 'text', (column) => column.notNull())
        .addColumn('search', 'text', (column) => column.notNull())
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('client_message_id', 'text')
        .addColumn('answers', 'text')
        .addColumn('agent_name', 'text')
        .addPrimaryKeyConstraint('chat_messages_pk', ['tenant_id', 'conversation_id', 'seq'] as never)
        // What is sent twice is said once, whichever process meets it first.
        .addUniqueConstraint('chat_messages_by_client_id', [
          'tenant_id',
          'conversation_id',
          'client_message_id',
        ] as never),
    )
    await tenantTable('chat_settings', (table) =>
      dialect
        .clustered(table)
        .addColumn('data', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('chat_settings_pk', ['tenant_id'] as never),
    )
    await tenantTable('chat_unanswered', (table) =>
      dialect
        .clustered(table)
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('guess', 'text')
        .addColumn('at', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('chat_unanswered_pk', ['tenant_id', 'id'] as never),
    )
    await tenantTable('chat_examples', (table) =>
      dialect
        .clustered(table)
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('intent', 'text', (column) => column.notNull())
        .addColumn('added_at', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('chat_examples_pk', ['tenant_id', 'id'] as never),
    )
    await tenantTable('chat_models', (table) =>
      table
        .addColumn('seq', dialect.serial)
        .addColumn('version', 'text', (column) => column.notNull())
        .addColumn('pack', 'text', (column) => column.notNull())
        .addColumn('trained_at', bigint, (column) => column.notNull())
        .addColumn('training_cpu_ms', bigint, (column) => column.notNull())
        .addColumn('example_count', bigint, (column) => column.notNull())
        .addColumn('own_count', bigint, (column) => column.notNull())
        .addColumn('intent_count', bigint, (column) => column.notNull())
        .addColumn('byte_count', bigint, (column) => column.notNull())
        .addColumn('active', bigint, (column) => column.notNull())
        .addColumn('metrics', 'text', (column) => column.notNull())
        .addColumn('file', sql.raw(dialect.types.blob), (column) => column.notNull())
        .addUniqueConstraint('chat_models_by_version', ['tenant_id', 'version'] as never),
    )
    await indexOn('chat_models_by_seq', 'chat_models', ['tenant_id', 'seq'])
    await tenantTable('chat_model_activations', (table) =>
      table
        .addColumn('seq', dialect.serial)
        .addColumn('version', 'text', (column) => column.notNull())
        .addColumn('at', bigint, (column) => column.notNull()),
    )
    await indexOn('chat_model_activations_by_seq', 'chat_model_activations', ['tenant_id', 'seq'])
  },
}
