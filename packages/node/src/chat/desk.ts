import type { DialogueState } from '@tillwright/core/brain'
import { type ChatMessage, type ChatPart, type DeskConversation, newId } from '@tillwright/core/contract'
import type { AuditActor } from '../audit/actor.ts'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { Assistants } from './assistants.ts'
import { wordsOf } from './conversations.ts'
import type { ChatPorts } from './ports.ts'
import { plainText, presentAtDesk, presentMessage } from './present.ts'
import {
  addMessages,
  type ConversationChange,
  type ConversationRow,
  changeConversation,
  exchangeOf,
  findConversation,
  listConversations,
  type MessageRow,
  readMessages,
  removeConversations,
} from './store.ts'
import { BACK_TO_BOT } from './talk.ts'
import { cannedText, chatWords } from './words.ts'

export type DeskService = ReturnType<typeof deskService>

export interface DeskPorts extends Pick<ChatPorts, 'clock' | 'random' | 'audit' | 'people'> {
  readonly assistants: Assistants
  /** Whether somebody may answer visitors. */
  readonly mayAnswer: (db: TenantDb, userId: string) => Promise<boolean>
}

/** What the people do who answer visitors. */
export function deskService({ clock, random, audit, people, assistants, mayAnswer }: DeskPorts) {
  async function existing(db: TenantDb, id: string): Promise<ConversationRow> {
    const row = await findConversation(db, id)
    if (!row) throw problem('not_found', `There is no conversation ${id}`)
    return row
  }

  function rowOf(
    row: ConversationRow,
    role: MessageRow['role'],
    parts: readonly ChatPart[],
    name: string | null,
  ): MessageRow {
    return {
      conversation_id: row.id,
      seq: row.seq + 1,
      id: newId('msg', clock, random),
      role,
      at: clock(),
      parts: JSON.stringify(parts),
      search: plainText(parts),
      source: 'server',
      client_message_id: null,
      answers: null,
      agent_name: name,
    }
  }

  /** Changes a conversation and says so in it. What the row was when it was read must still hold: somebody else may be as quick. */
  async function change(
    db: TenantDb,
    actor: AuditActor,
    kind: string,
    id: string,
    work: (row: ConversationRow) => { change: ConversationChange; message: MessageRow | null },
  ): Promise<DeskConversation> {
    return db.transaction(async (tx) => {
      const row = await existing(tx, id)
      if (row.busy_until > clock())
        throw problem('conflict', 'The assistant is answering just now: try again in a moment')
      const { change, message } = work(row)
      if (message) await addMessages(tx, [message])
      const full = { ...change, seq: message?.seq ?? row.seq, updated_at: clock() }
      await changeConversation(tx, id, full)
      await audit.record(tx, {
        kind,
        actorId: actor.id,
        subjectId: null,
        caller: actor.caller,
        data: { conversation: id },
      })
      return presentAtDesk((await findConversation(tx, id))!)
    })
  }

  /** How visitors see whoever answers. */
  async function nameOf(db: TenantDb, id: string, language: string): Promise<string> {
    return (await people.user(db, id))?.name ?? chatWords(language).agent
  }

  function joined(row: ConversationRow, agentId: string, name: string) {
    const notice: ChatPart = { type: 'notice', code: 'handoff_joined', text: chatWords(row.language).joined(name) }
    const change: ConversationChange = { state: 'agent', agent_id: agentId, agent_name: name, waiting_since: null }
    return { change: { ...change, ...withHolder(row, 'person') }, message: rowOf(row, 'system', [notice], name) }
  }

  return {
    async list(db: TenantDb, { cursor, limit, state, search = '' }: ListInput) {
      const place =
        cursor === undefined
          ? undefined
          : decodeCursor<[number, number, string]>(cursor, ['number', 'number', 'string'])
      const rows = await listConversations(db, {
        state,
        words: wordsOf(search),
        before: place && { rank: place[0], at: place[1], id: place[2] },
        limit: limit + 1,
        waitingFirst: true,
      })
      const placeOfRow = (row: ConversationRow): [number, number, string] =>
        row.state === 'waiting' ? [0, row.waiting_since ?? 0, row.id] : [1, row.updated_at, row.id]
      return toPage(rows, limit, placeOfRow, presentAtDesk)
    },
    async read(db: TenantDb, id: string, after: number, limit: number) {
      const row = await existing(db, id)
      const messages = await readMessages(db, id, { after, limit })
      return { conversation: presentAtDesk(row), messages: messages.map(presentMessage) }
    },
    async take(db: TenantDb, actor: AuditActor, id: string): Promise<DeskConversation> {
      const name = await nameOf(db, actor.id, (await existing(db, id)).language)
      return change(db, actor, 'chat.taken', id, (row) => {
        if (row.state === 'agent' && row.agent_id !== actor.id) {
          throw problem('conflict', `${row.agent_name} answers already: assign the conversation, or wait`)
        }
        if (row.state === 'agent') return { change: {}, message: null }
        return joined(row, actor.id, name)
      })
    },
    async assign(db: TenantDb, actor: AuditActor, id: string, userId: string): Promise<DeskConversation> {
      const { language } = await existing(db, id)
      if (!(await mayAnswer(db, userId))) {
        throw problem('conflict', 'That person may not answer visitors: give them a role with chat:write')
      }
      const name = await nameOf(db, userId, language)
      return change(db, actor, 'chat.assigned', id, (row) => joined(row, userId, name))
    },
    async say(db: TenantDb, actor: AuditActor, input: SayInput): Promise<ChatMessage> {
      await existing(db, input.conversationId)
      const text = await wordsOfAnswer(db, input)
      return db.transaction(async (tx) => {
        const row = await existing(tx, input.conversationId)
        const [known] = await exchangeOf(tx, row.id, input.clientMessageId)
        if (known) return presentMessage(known)
        if (row.state !== 'agent' || row.agent_id !== actor.id) {
          throw problem('conflict', 'Take the conversation first: the assistant or somebody else answers in it')
        }
        const message = {
          ...rowOf(row, 'agent', [{ type: 'text', text }], row.agent_name),
          client_message_id: input.clientMessageId,
        }
        await addMessages(tx, [message])
        await changeConversation(tx, row.id, { seq: message.seq, updated_at: clock() })
        return presentMessage(message)
      })
    },
    giveBack: (db: TenantDb, actor: AuditActor, id: string) =>
      change(db, actor, 'chat.given_back', id, (row) => {
        if (row.state === 'bot') throw problem('conflict', 'The assistant answers already')
        const notice: ChatPart = { type: 'notice', code: 'handoff_left', text: chatWords(row.language).left }
        return { change: { ...BACK_TO_BOT, ...withHolder(row, 'bot') }, message: rowOf(row, 'system', [notice], null) }
      }),
    async remove(db: TenantDb, { id: actorId, caller }: AuditActor, id: string): Promise<undefined> {
      await db.transaction(async (tx) => {
        await existing(tx, id)
        await removeConversations(tx, [id])
        const data = { conversation: id }
        await audit.record(tx, { kind: 'chat.removed', actorId, subjectId: null, caller, data })
      })
    },
  }

  async function wordsOfAnswer(db: TenantDb, { text, cannedAnswerId }: SayInput): Promise<string> {
    if ((text === undefined) === (cannedAnswerId === undefined)) {
      throw new ProblemError('invalid_input', {
        errors: [{ path: 'text', message: 'give exactly one of text and cannedAnswerId' }],
      })
    }
    if (text !== undefined) return text
    const { cannedAnswers } = await assistants.settings(db)
    const canned = cannedText(cannedAnswers, cannedAnswerId!)
    if (canned === undefined) throw problem('not_found', `There is no canned answer ${cannedAnswerId}`)
    return canned
  }
}

/** The engine's state says who answers as well. */
function withHolder({ dialogue }: ConversationRow, holder: DialogueState['holder']): ConversationChange {
  if (dialogue === null) return {}
  return { dialogue: JSON.stringify({ ...(JSON.parse(dialogue) as DialogueState), holder }) }
}

interface ListInput {
  readonly cursor?: string | undefined
  readonly limit: number
  readonly state?: ConversationRow['state'] | undefined
  readonly search?: string | undefined
}

interface SayInput {
  readonly conversationId: string
  readonly text?: string | undefined
  readonly cannedAnswerId?: string | undefined
  readonly clientMessageId: string
}
