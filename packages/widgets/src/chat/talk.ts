import type { ChatInput, ChatMessage, ChatPart, Conversation } from '@tillwright/core/contract'

/** Where talks are kept on the visitor's side. */
export type Memory = 'none' | 'session' | 'device' | 'account'
export const MEMORIES: readonly Memory[] = ['none', 'session', 'device', 'account']

/** A message as it is shown. */
export interface Shown extends Pick<ChatMessage, 'role' | 'at' | 'parts' | 'source' | 'agentName'> {
  /** The sender's own id of a visitor's message, else the server's. Never changes. */
  readonly key: string
  /** The server's id, once it has one. */
  readonly id?: string
  /** 0 while the server has not numbered it. */
  readonly seq: number
  /** Of an answer: the visitor's message that it answers. */
  readonly to?: string | undefined
  readonly state: 'done' | 'streaming' | 'sending' | 'queued' | 'failed'
}

/** What waits for the server, in the order in which it was said. */
export type Waiting = Pick<ChatInput, 'clientMessageId' | 'text' | 'choice' | 'form'>

/** A talk as the visitor's side keeps it. */
export interface Talk {
  readonly key: string
  /** Opens the conversation on the server while it belongs to no account. Made here, so that a first message can be sent again. */
  readonly secret: string
  readonly conversation: Conversation | null
  readonly title: string
  /** ms since 1970. */
  readonly updatedAt: number
  readonly messages: readonly Shown[]
  readonly waiting: readonly Waiting[]
  /** What the device answered and the server has not heard of. */
  readonly untold: NonNullable<ChatInput['fromDevice']>
  /** How many messages have come that nobody has seen. */
  readonly unread?: number
  /** Of the dialogue on the device. */
  readonly device?: unknown
}

/** `MAX_CHAT_TEXT` of the contract, without the rest of it. */
export const MAX_TEXT = 10_000

/** Most messages that are kept of a talk on the visitor's side. */
const MAX_KEPT = 200

export function withMessages(talk: Talk, messages: readonly Shown[], now: number): Talk {
  return { ...talk, messages: messages.slice(-MAX_KEPT), updatedAt: now }
}

/** A message of the server where it belongs: in its own place, after what it answers, or before what is not sent yet. */
export function placed(messages: readonly Shown[], message: Shown): readonly Shown[] {
  const at = messages.findIndex(({ key, id }) => key === message.key || (id && id === message.id))
  if (at >= 0) return messages.with(at, { ...message, key: messages[at]!.key })
  const asked = messages.findLastIndex(({ key, to }) => message.to && (key === message.to || to === message.to))
  const unsent = messages.findIndex(({ state, seq }) => seq === 0 && (state === 'sending' || state === 'queued'))
  const before = asked >= 0 ? asked + 1 : unsent >= 0 ? unsent : messages.length
  return messages.toSpliced(before, 0, message)
}

export function shownOf(message: ChatMessage): Shown {
  const { id, seq, role, at, parts, source, clientMessageId, agentName } = message
  // What the device answered has the id that it was given there.
  const own = role === 'user' || source === 'device' ? clientMessageId : undefined
  return {
    key: own ?? id,
    id,
    seq,
    role,
    at,
    parts,
    source,
    state: 'done',
    ...(agentName && { agentName }),
    ...(!own && { to: clientMessageId }),
  }
}

/** What a message says, in plain text. */
export function textOf(parts: readonly ChatPart[]): string {
  return parts
    .flatMap((part) => ('text' in part ? part.text : 'title' in part && part.title ? part.title : []))
    .join('\n')
}
