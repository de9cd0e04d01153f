import { createHash, timingSafeEqual } from 'node:crypto'
import { type Conversation, newId } from '@tillwright/core/contract'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { problem } from '../http/problem-error.ts'
import type { Clock, Random, SecretBytes } from '../ports.ts'
import type { ChatCaller } from './caller.ts'
import { plainText, presentConversation, presentMessage } from './present.ts'
import {
  addConversation,
  type ConversationRow,
  changeConversation,
  conversationOfMessage,
  conversationOfSecret,
  findConversation,
  listConversations,
  readMessages,
  removeConversations,
} from './store.ts'

const SECRET_BYTES = 32
/** Messages read at once for a file. */
const EXPORT_STEP = 500

export interface Opened {
  readonly row: ConversationRow
  /** Of a conversation that begins now without one. */
  readonly secret?: string
}

export type Conversations = ReturnType<typeof conversationsService>

/** Whose conversations are whose, and what their owners do with them. */
export function conversationsService({
  clock,
  random,
  secretBytes,
}: {
  clock: Clock
  random: Random
  secretBytes: SecretBytes
}) {
  /** The conversation, if it is the caller's. What is somebody else's is answered as what is nobody's. */
  async function own({ db, user }: ChatCaller, id: string, secret: string | undefined): Promise<ConversationRow> {
    const row = await findConversation(db, id)
    if (!row || !isOpenTo(row, user?.id, secret)) throw problem('not_found', `There is no conversation ${id}`)
    return row
  }

  async function begin(caller: ChatCaller, language: string, secret: string | undefined): Promise<Opened> {
    const { db, user } = caller
    const made =
      secret === undefined && user === null ? Buffer.from(secretBytes(SECRET_BYTES)).toString('base64url') : undefined
    const digest = digestOf(secret ?? made)
    const now = clock()
    const row: ConversationRow = {
      id: newId('cnv', clock, random),
      title: '',
      state: 'bot',
      language,
      user_id: user?.id ?? null,
      secret_digest: digest,
      agent_id: null,
      agent_name: null,
      seq: 0,
      dialogue: null,
      busy_until: 0,
      busy_by: null,
      waiting_since: null,
      waiting_for: null,
      created_at: now,
      updated_at: now,
    }
    if (await db.transaction((tx) => addConversation(tx, row))) return made ? { row, secret: made } : { row }
    // Begun meanwhile under the same secret, by the same caller, or it is none of theirs.
    const known = digest === null ? undefined : await conversationOfSecret(db, digest)
    if (!known || !isOpenTo(known, user?.id, secret)) throw problem('not_found', 'That secret opens nothing')
    return { row: known }
  }

  /** The conversation that is meant, or a new one. */
  async function open(
    caller: ChatCaller,
    { conversationId, secret, clientMessageId, language }: OpenInput,
  ): Promise<Opened> {
    if (conversationId !== undefined) return { row: await own(caller, conversationId, secret) }
    if (secret === undefined && caller.user && clientMessageId !== undefined) {
      const known = await conversationOfMessage(caller.db, caller.user.id, clientMessageId)
      if (known) return { row: known }
    }
    const known = secret === undefined ? undefined : await conversationOfSecret(caller.db, digestOf(secret)!)
    if (!known) return begin(caller, language, secret)
    if (!isOpenTo(known, caller.user?.id, secret)) throw problem('not_found', 'That secret opens nothing')
    return { row: known }
  }

  return {
    own,
    open,
    isOpenTo,
    async list({ db, user }: ChatCaller, { cursor, limit, search = '' }: ListInput) {
      if (!user) return { items: [], nextCursor: null }
      const place = cursor === undefined ? undefined : decodeCursor<[number, string]>(cursor, ['number', 'string'])
      const rows = await listConversations(db, {
        userId: user.id,
        words: wordsOf(search),
        before: place && { rank: 1, at: place[0], id: place[1] },
        limit: limit + 1,
      })
      return toPage(rows, limit, ({ updated_at, id }) => [updated_at, id], presentConversation)
    },
    async messages(caller: ChatCaller, input: MessagesInput) {
      const row = await own(caller, input.conversationId, input.secret)
      const { limit, after, before } = input
      const isForward = after !== undefined
      const rows = await readMessages(caller.db, row.id, { after, before, limit: limit + 1 })
      const shown = isForward ? rows.slice(0, limit) : rows.slice(-limit)
      return {
        conversation: presentConversation(row),
        messages: shown.map(presentMessage),
        more: rows.length > limit,
      }
    },
    async rename(caller: ChatCaller, id: string, secret: string | undefined, title: string): Promise<Conversation> {
      const row = await own(caller, id, secret)
      await caller.db.transaction((tx) => changeConversation(tx, id, { title }))
      return presentConversation({ ...row, title })
    },
    async remove(caller: ChatCaller, id: string, secret: string | undefined): Promise<undefined> {
      await own(caller, id, secret)
      await caller.db.transaction((tx) => removeConversations(tx, [id]))
    },
    /** Hands an anonymous conversation to the account; one that is the account's already stays. */
    async claim(caller: ChatCaller, id: string, secret: string | undefined): Promise<Conversation> {
      const row = await own(caller, id, secret)
      if (!caller.user) throw problem('sign_in_needed', 'Sign in first: the conversation then goes to your account')
      const { id: userId } = caller.user
      if (row.user_id === null) await caller.db.transaction((tx) => changeConversation(tx, id, { user_id: userId }))
      return presentConversation({ ...row, user_id: userId })
    },
    /** All of it, for its owner. */
    async export(caller: ChatCaller, id: string, secret: string | undefined, format: 'text' | 'json') {
      const row = await own(caller, id, secret)
      const messages = []
      for (let after = 0; ; ) {
        const some = await readMessages(caller.db, id, { after, limit: EXPORT_STEP })
        messages.push(...some.map(presentMessage))
        if (some.length < EXPORT_STEP) break
        after = some.at(-1)!.seq
      }
      const conversation = presentConversation(row)
      return format === 'json'
        ? { type: 'application/json', text: JSON.stringify({ conversation, messages }, null, 2) }
        : {
            type: 'text/plain; charset=utf-8',
            text: messages.map((one) => `${one.at} ${one.agentName ?? one.role}: ${plainText(one.parts)}`).join('\n'),
          }
    },
  }
}

interface OpenInput {
  readonly conversationId?: string | undefined
  readonly secret?: string | undefined
  readonly clientMessageId?: string | undefined
  readonly language: string
}

interface ListInput {
  readonly cursor?: string | undefined
  readonly limit: number
  readonly search?: string | undefined
}

interface MessagesInput {
  readonly conversationId: string
  readonly secret?: string | undefined
  readonly after?: number | undefined
  readonly before?: number | undefined
  readonly limit: number
}

/** An account's is open to that account only, whatever else somebody has; an anonymous one to its secret. */
export function isOpenTo(row: ConversationRow, userId: string | undefined, secret: string | undefined): boolean {
  if (row.user_id !== null) return row.user_id === userId
  const digest = digestOf(secret)
  if (digest === null || row.secret_digest === null) return false
  return timingSafeEqual(Buffer.from(digest), Buffer.from(row.secret_digest))
}

function digestOf(secret: string): string
function digestOf(secret: string | undefined): string | null
function digestOf(secret: string | undefined): string | null {
  return secret === undefined ? null : createHash('sha256').update(secret).digest('hex')
}

/** Words of a search, at most ten. */
export function wordsOf(search: string): string[] {
  return search.split(/\s+/).filter(Boolean).slice(0, 10)
}
