import type { Insertable, Selectable, Updateable } from 'kysely'
import { contains } from '../db/contains.ts'
import type { TenantDb } from '../db/open.ts'
import type { ChatTables } from './tables.ts'

export type ConversationRow = Omit<Selectable<ChatTables['chat_conversations']>, 'tenant_id'>
export type MessageRow = Omit<Selectable<ChatTables['chat_messages']>, 'tenant_id'>
export type ConversationChange = Omit<Updateable<ChatTables['chat_conversations']>, 'tenant_id' | 'id'>

const CONVERSATION = [
  'id',
  'title',
  'state',
  'language',
  'user_id',
  'secret_digest',
  'agent_id',
  'agent_name',
  'seq',
  'dialogue',
  'busy_until',
  'busy_by',
  'waiting_since',
  'waiting_for',
  'created_at',
  'updated_at',
] as const
const MESSAGE = [
  'conversation_id',
  'seq',
  'id',
  'role',
  'at',
  'parts',
  'search',
  'source',
  'client_message_id',
  'answers',
  'agent_name',
] as const

/** Returns whether it was added: a conversation with the same secret stays as it is. */
export async function addConversation(
  tx: TenantDb,
  row: Omit<Insertable<ChatTables['chat_conversations']>, 'tenant_id'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.query
    .insertInto('chat_conversations')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export function findConversation(db: TenantDb, id: string): Promise<ConversationRow | undefined> {
  return db.query.selectFrom('chat_conversations').where('id', '=', id).select(CONVERSATION).executeTakeFirst()
}

export function conversationOfSecret(db: TenantDb, digest: string): Promise<ConversationRow | undefined> {
  return db.query
    .selectFrom('chat_conversations')
    .where('secret_digest', '=', digest)
    .select(CONVERSATION)
    .executeTakeFirst()
}

/** The account's conversation in which a message with this id was sent. */
export function conversationOfMessage(
  db: TenantDb,
  userId: string,
  clientMessageId: string,
): Promise<ConversationRow | undefined> {
  return db.query
    .selectFrom('chat_conversations')
    .where('user_id', '=', userId)
    .where('id', 'in', (query) =>
      query.selectFrom('chat_messages').where('client_message_id', '=', clientMessageId).select('conversation_id'),
    )
    .select(CONVERSATION)
    .executeTakeFirst()
}

export async function changeConversation(tx: TenantDb, id: string, change: ConversationChange): Promise<void> {
  await tx.query.updateTable('chat_conversations').set(change).where('id', '=', id).execute()
}

/** Takes the right to answer, unless another answer is being made. Returns whether it was taken. */
export async function makeBusy(tx: TenantDb, id: string, by: string, now: number, until: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.query
    .updateTable('chat_conversations')
    .set({ busy_until: until, busy_by: by })
    .where('id', '=', id)
    .where('busy_until', '<=', now)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function endBusy(tx: TenantDb, id: string, by: string): Promise<void> {
  await tx.query
    .updateTable('chat_conversations')
    .set({ busy_until: 0, busy_by: null })
    .where('id', '=', id)
    .where('busy_by', '=', by)
    .execute()
}

export async function addMessages(tx: TenantDb, rows: readonly MessageRow[]): Promise<void> {
  if (rows.length > 0)
    await tx.query
      .insertInto('chat_messages')
      .values([...rows])
      .execute()
}

/** What was sent under an id, and what answered it, in order. */
export function exchangeOf(db: TenantDb, conversationId: string, clientMessageId: string): Promise<MessageRow[]> {
  return db.query
    .selectFrom('chat_messages')
    .where('conversation_id', '=', conversationId)
    .where((is) => is.or([is('client_message_id', '=', clientMessageId), is('answers', '=', clientMessageId)]))
    .orderBy('seq')
    .select(MESSAGE)
    .execute()
}

/** Which of these ids messages of the conversation have already. */
export async function knownClientIds(
  db: TenantDb,
  conversationId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db.query
    .selectFrom('chat_messages')
    .where('conversation_id', '=', conversationId)
    .where('client_message_id', 'in', ids)
    .select('client_message_id')
    .execute()
  return new Set(rows.map(({ client_message_id }) => client_message_id!))
}

/** In order; those after `after`, or else the last ones before `before`. */
export async function readMessages(
  db: TenantDb,
  conversationId: string,
  { after, before, limit }: { after?: number | undefined; before?: number | undefined; limit: number },
): Promise<MessageRow[]> {
  const query = db.query.selectFrom('chat_messages').where('conversation_id', '=', conversationId).select(MESSAGE)
  if (after !== undefined) return query.where('seq', '>', after).orderBy('seq').limit(limit).execute()
  const last = before === undefined ? query : query.where('seq', '<', before)
  return (await last.orderBy('seq', 'desc').limit(limit).execute()).reverse()
}

export interface ConversationFilter {
  readonly userId?: string
  readonly state?: ConversationRow['state'] | undefined
  readonly words: readonly string[]
  readonly before?: { readonly rank: number; readonly at: number; readonly id: string } | undefined
  readonly limit: number
  /** Those first that wait for a person. */
  readonly waitingFirst?: boolean
}

/** The last spoken to first; before these, where it is asked for, who waits, the longest waiting first. */
export async function listConversations(db: TenantDb, filter: ConversationFilter): Promise<ConversationRow[]> {
  const { userId, state, words, before, limit, waitingFirst } = filter
  let query = db.query.selectFrom('chat_conversations').select(CONVERSATION).limit(limit)
  if (userId !== undefined) query = query.where('user_id', '=', userId)
  if (state !== undefined) query = query.where('state', '=', state)
  for (const word of words) {
    query = query.where((is) =>
      is.or([
        contains('title', word),
        is('id', 'in', (inner) =>
          inner.selectFrom('chat_messages').where(contains('search', word)).select('conversation_id'),
        ),
      ]),
    )
  }
  if (waitingFirst && before?.rank !== 1) {
    const waiting = query.where('state', '=', 'waiting').orderBy('waiting_since').orderBy('id')
    const place = before
    const first = await (place
      ? waiting.where((is) =>
          is.or([
            is('waiting_since', '>', place.at),
            is.and([is('waiting_since', '=', place.at), is('id', '>', place.id)]),
          ]),
        )
      : waiting
    ).execute()
    if (first.length >= limit) return first
    const rest = await query
      .where('state', '!=', 'waiting')
      .orderBy('updated_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit - first.length)
      .execute()
    return [...first, ...rest]
  }
  if (waitingFirst) query = query.where('state', '!=', 'waiting')
  if (before) {
    query = query.where((is) =>
      is.or([is('updated_at', '<', before.at), is.and([is('updated_at', '=', before.at), is('id', '<', before.id)])]),
    )
  }
  return query.orderBy('updated_at', 'desc').orderBy('id', 'desc').execute()
}

/** Removes conversations with what was said. Returns whether there were any. */
export async function removeConversations(tx: TenantDb, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  await tx.query.deleteFrom('chat_messages').where('conversation_id', 'in', ids).execute()
  const { numDeletedRows } = await tx.query.deleteFrom('chat_conversations').where('id', 'in', ids).executeTakeFirst()
  return Number(numDeletedRows)
}

/** Those in which nothing was said since. */
export async function idleConversations(db: TenantDb, before: number, limit: number): Promise<string[]> {
  const rows = await db.query
    .selectFrom('chat_conversations')
    .where('updated_at', '<', before)
    .orderBy('updated_at')
    .limit(limit)
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Whether an account has talked before, and what about last. */
export async function lastTopicOf(db: TenantDb, userId: string, except: string): Promise<string | null> {
  const row = await db.query
    .selectFrom('chat_conversations')
    .where('user_id', '=', userId)
    .where('id', '!=', except)
    .orderBy('updated_at', 'desc')
    .limit(1)
    .select('title')
    .executeTakeFirst()
  return row?.title ?? null
}
