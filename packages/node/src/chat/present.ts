import type { ChatMessage, ChatPart, Conversation, DeskConversation } from '@tillwright/core/contract'
import type { ConversationRow, MessageRow } from './store.ts'

const iso = (at: number) => new Date(at).toISOString()

export function presentConversation(row: ConversationRow): Conversation {
  return {
    id: row.id,
    title: row.title,
    state: row.state,
    agentName: row.agent_name,
    language: row.language,
    owner: row.user_id === null ? 'visitor' : 'account',
    seq: row.seq,
    startedAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
  }
}

export function presentAtDesk(row: ConversationRow): DeskConversation {
  return {
    ...presentConversation(row),
    agentId: row.agent_id,
    userId: row.user_id,
    waitingSince: row.waiting_since === null ? null : iso(row.waiting_since),
    waitingFor: row.waiting_for,
  }
}

export function presentMessage(row: MessageRow): ChatMessage {
  const clientMessageId = row.client_message_id ?? row.answers
  return {
    id: row.id,
    seq: row.seq,
    role: row.role,
    at: iso(row.at),
    parts: JSON.parse(row.parts) as ChatPart[],
    source: row.source,
    ...(clientMessageId === null ? {} : { clientMessageId }),
    ...(row.agent_name === null ? {} : { agentName: row.agent_name }),
  }
}

/** What is said in parts, as lines of text. */
export function plainText(parts: readonly ChatPart[]): string {
  return parts.flatMap(linesOf).join('\n')
}

function linesOf(part: ChatPart): string[] {
  switch (part.type) {
    case 'text':
    case 'notice':
      return [part.text]
    case 'products':
      return part.items.map(({ name, price }) => (price ? `${name}, ${money(price)}` : name))
    case 'orders':
      return part.items.map(({ id, total, stateText }) =>
        [`#${id}`, money(total), stateText].filter(Boolean).join(', '),
      )
    case 'rows':
      return part.items.map(({ label, detail, amount }) =>
        [label, detail, amount && money(amount)].filter(Boolean).join(', '),
      )
    case 'chart':
      return [part.title, ...part.bars.map(({ label, text }) => `${label}: ${text}`)]
    case 'receipt':
      return [[part.merchant, part.total && money(part.total)].filter(Boolean).join(', ')]
    case 'link':
      return [part.label]
    case 'cart':
      return [`${part.name} × ${part.quantity}`]
    case 'confirm':
      return [part.title, ...part.details.map(({ label, value }) => `${label}: ${value}`)]
    case 'form':
      return part.title === undefined ? [] : [part.title]
    case 'citations':
      return part.items.map(({ title }) => title)
    case 'choices':
      return []
  }
}

/** An amount as it is written in English: `£12.99`. */
export function money({ amount, currency }: { amount: number; currency: string }): string {
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}
