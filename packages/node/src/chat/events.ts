import { setTimeout as sleep } from 'node:timers/promises'
import type { ChatAnswer, ChatEvent } from '@tillwright/core/contract'
import type { ChatCaller } from './caller.ts'
import { isOpenTo } from './conversations.ts'
import { presentConversation, presentMessage } from './present.ts'
import { findConversation, readMessages } from './store.ts'

/** An event as it is streamed. */
export interface NumberedEvent {
  readonly id?: string
  readonly data: ChatEvent
}

const POLL_MS = 500
const PAGE = 100

/** The events of an answer as one answer. */
export async function wholeAnswer(events: AsyncIterable<ChatEvent>): Promise<ChatAnswer> {
  let answer: ChatAnswer | undefined
  const messages: ChatAnswer['messages'] = []
  for await (const event of events) {
    if (event.type === 'conversation') {
      const { conversation } = event
      const secret: string | undefined = event.secret ?? answer?.secret
      answer = { conversation, messages, ...(secret === undefined ? {} : { secret }) }
    } else if (event.type === 'message') {
      messages.push(event.message)
    }
  }
  return answer!
}

/** Events with ids to go on from; those up to `lastId` are left out, which a caller has already. */
export async function* numbered(
  events: AsyncIterable<ChatEvent>,
  lastId: string | null,
): AsyncGenerator<NumberedEvent> {
  const last = placeOf(lastId)
  for await (const data of events) {
    const id = idOf(data)
    if (id === undefined) yield { data }
    else if (last === null || isAfter(placeOf(id)!, last)) yield { id, data }
  }
}

/** What is said in a conversation after `after`, as long as it is open to the caller and they listen. */
export async function* updatesOf(
  caller: ChatCaller,
  conversationId: string,
  secret: string | undefined,
  after: number,
): AsyncGenerator<NumberedEvent> {
  let told = ''
  let seq = after
  while (!caller.signal.aborted) {
    const row = await findConversation(caller.db, conversationId)
    if (!row || !isOpenTo(row, caller.user?.id, secret) || !(await caller.isStill())) return
    const state = JSON.stringify([row.state, row.agent_name, row.title])
    if (state !== told) yield { data: { type: 'conversation', conversation: presentConversation(row) } }
    told = state
    while (row.seq > seq) {
      const rows = await readMessages(caller.db, conversationId, { after: seq, limit: PAGE })
      for (const message of rows.map(presentMessage)) {
        yield { id: String(message.seq), data: { type: 'message', message } }
      }
      if (rows.length === 0) break
      seq = rows.at(-1)!.seq
    }
    await sleep(POLL_MS, undefined, { signal: caller.signal }).catch(() => {
      // Aborted: the loop ends by its condition.
    })
  }
}

/** `seq` of a message that is complete, `seq.part` of a piece of one. */
function idOf(event: ChatEvent): string | undefined {
  if (event.type === 'message') return String(event.message.seq)
  return event.type === 'part' || event.type === 'delta' ? `${event.seq}.${event.index}` : undefined
}

/** Where an id stands: a message that is complete comes after all of its parts. `null` for what is no id of ours. */
export function placeOf(id: string | null): readonly [number, number] | null {
  const [, seq, part] = /^(\d{1,15})(?:\.(\d{1,6}))?$/.exec(id ?? '') ?? []
  if (seq === undefined) return null
  return [Number(seq), part === undefined ? Number.POSITIVE_INFINITY : Number(part)]
}

function isAfter([seq, part]: readonly [number, number], [lastSeq, lastPart]: readonly [number, number]): boolean {
  return seq > lastSeq || (seq === lastSeq && part > lastPart)
}
