import type { ChatDeviceState, ChatMessage, ChatPart, Conversation } from '@tillwright/core/contract'
import { type Brain, json } from './brain.ts'
import type { Received, Reply } from './http.ts'

const AT = '2026-11-21T12:00:00.000Z'

export function cannedConversation(change: Partial<Conversation> = {}): Conversation {
  return {
    id: 'cnv_01jj6w2m8p0000000000000001',
    title: 'Where my order is',
    state: 'bot',
    agentName: null,
    language: 'en',
    owner: 'visitor',
    seq: 0,
    startedAt: AT,
    updatedAt: AT,
    ...change,
  }
}

/** What the assistant says to something that was said. */
type Script = (said: { text?: string; choice?: string; form?: { values: Record<string, string> } }) => ChatPart[]

/** One of every kind of part, by the word that asks for it. */
export const PARTS: Readonly<Record<string, ChatPart[]>> = {
  gift: [
    { type: 'text', text: 'Three things under £20 that go well with coffee:' },
    {
      type: 'products',
      items: [
        {
          id: '22423',
          name: 'Regency Cakestand 3 Tier',
          url: '/product/22423',
          price: { amount: 1275, currency: 'GBP' },
        },
        {
          id: '85123A',
          name: 'White Hanging Heart T-Light Holder',
          url: '/product/85123A',
          price: { amount: 295, currency: 'GBP' },
          reasonText: 'Bought by people who like this one',
        },
        {
          id: '47566',
          name: 'Party Bunting',
          url: 'javascript:alert(1)',
          price: { amount: 495, currency: 'GBP' },
          inStock: false,
        },
      ],
    },
    {
      type: 'choices',
      items: [
        { id: 'cheaper', label: 'Something cheaper' },
        { id: 'more', label: 'Show me more' },
      ],
    },
  ],
  order: [
    { type: 'text', text: 'Your order is on its way and should be with you on Tuesday.' },
    {
      type: 'orders',
      items: [
        {
          id: '536365',
          placedAt: '2026-11-18T08:26:00.000Z',
          total: { amount: 4025, currency: 'GBP' },
          stateText: 'On its way',
          url: '/orders/536365',
          lines: [
            { name: 'White Hanging Heart T-Light Holder', quantity: 6, unitPrice: { amount: 255, currency: 'GBP' } },
            { name: 'White Metal Lantern', quantity: 1, unitPrice: { amount: 339, currency: 'GBP' } },
          ],
          lineCount: 7,
        },
      ],
    },
  ],
  transfer: [
    { type: 'text', text: 'Please check before I send it.' },
    {
      type: 'confirm',
      title: 'Send £50.00 to Ann Bell?',
      details: [
        { label: 'From', value: 'Current account' },
        { label: 'To', value: 'Ann Bell' },
        { label: 'Amount', value: '£50.00' },
      ],
      yes: { id: 'yes', label: 'Yes, send it' },
      no: { id: 'no', label: 'No' },
    },
  ],
  spending: [
    {
      type: 'chart',
      title: 'Spending in October',
      bars: [
        { label: 'Groceries', value: 31240, text: '£312.40' },
        { label: 'Eating out', value: 12890, text: '£128.90' },
        { label: 'Transport', value: 6410, text: '£64.10' },
      ],
    },
    {
      type: 'rows',
      title: 'Last payments',
      items: [
        {
          label: 'Corner Shop',
          detail: 'Groceries',
          at: '2026-11-20T09:00:00.000Z',
          amount: { amount: -1299, currency: 'GBP' },
        },
        { label: 'Bus', at: '2026-11-19T09:00:00.000Z', amount: { amount: -280, currency: 'GBP' } },
      ],
    },
    {
      type: 'receipt',
      id: 'rcp_1',
      merchant: 'Corner Shop',
      total: { amount: 1299, currency: 'GBP' },
      at: AT,
      url: '/receipts/1',
    },
  ],
  return: [
    { type: 'text', text: 'Of course. Which item, and why does it go back?' },
    {
      type: 'form',
      id: 'frm_1',
      title: 'Return',
      submitLabel: 'Go on',
      fields: [
        { name: 'item', label: 'Item', type: 'text', required: true, hint: 'For instance “the lantern”' },
        {
          name: 'reason',
          label: 'Reason',
          type: 'choice',
          required: true,
          options: [
            { id: 'broken', label: 'Broken' },
            { id: 'other', label: 'Something else' },
          ],
        },
      ],
    },
  ],
  account: [{ type: 'notice', code: 'sign_in_needed', text: 'For that I need to know who you are.' }],
  proof: [
    { type: 'notice', code: 'step_up_needed', text: 'That is a large amount.' },
    { type: 'choices', items: [{ id: 'stepped-up', label: 'Go on' }] },
  ],
  html: [{ type: 'text', text: '<img src=x onerror=alert(1)><script>alert(2)</script>' }],
  cart: [{ type: 'cart', change: 'add', productId: '22423', name: 'Regency Cakestand 3 Tier', quantity: 2 }],
}

/** The assistant's part of a server, which remembers what was said and answers each message once. */
export class CannedChat {
  conversation = cannedConversation()
  readonly messages: ChatMessage[] = []
  /** Ids that messages came with, in the order in which they came, copies too. */
  readonly received: string[] = []
  readonly bodies: Record<string, unknown>[] = []
  settings: Partial<NonNullable<ChatDeviceState['assistant']>> = {}
  script: Script = ({ text = '', choice, form }) =>
    Object.entries(PARTS).find(([word]) => text.includes(word))?.[1] ?? [
      { type: 'text', text: `You said “${form ? Object.values(form.values).join(', ') : (choice ?? text)}”.` },
    ]

  add(role: ChatMessage['role'], parts: ChatPart[], more: Partial<ChatMessage> = {}): ChatMessage {
    const seq = this.messages.length + 1
    const id = `msg_01jj6w2m8p${String(seq).padStart(16, '0')}`
    const message: ChatMessage = { id, seq, role, at: AT, parts, source: 'server', ...more }
    this.messages.push(message)
    this.conversation = { ...this.conversation, seq }
    return message
  }

  /** `undefined` for what is not the assistant's. */
  readonly answer: (request: Received) => Reply | undefined = ({ url, body, headers }) => {
    const path = url.pathname.replace(/^\/api\/v1\/chat/, '')
    if (path === url.pathname) return undefined
    const input = body ? (JSON.parse(body) as Record<string, never>) : {}
    if (path === '/device') return json(this.deviceState())
    if (path === '/conversations' && body) {
      if (this.messages.length === 0) this.add('assistant', [{ type: 'text', text: 'Good afternoon! How can I help?' }])
      return json({ conversation: this.conversation, messages: this.messages.slice(0, 1) }, 201)
    }
    if (path === '/conversations') return json({ items: [], nextCursor: null })
    if (path === '') return this.send(input, headers.accept === 'text/event-stream')
    const after = Number(input.after ?? 0)
    if (path.endsWith('/messages')) {
      const messages = this.messages.filter(({ seq }) => seq > after)
      return json({ conversation: this.conversation, messages, more: false })
    }
    if (path.endsWith('/updates')) {
      const messages = this.messages.filter(({ seq }) => seq > after)
      return events([
        ...messages.map((message) => ({ type: 'message', message })),
        { type: 'conversation', conversation: this.conversation },
      ])
    }
    if (path.endsWith('/rename')) return json({ ...this.conversation, title: input.title })
    if (path.endsWith('/remove')) return { status: 204 }
    if (path.endsWith('/transcript')) return json({ status: 'queued' }, 202)
    if (path.endsWith('/export')) return { body: 'Assistant: Good afternoon!' }
    return json({ code: 'not_found', title: 'Not found', status: 404 }, 404)
  }

  private send(input: Record<string, never>, isStream: boolean): Reply {
    const { clientMessageId, text, choice, form } = input as unknown as Record<string, string>
    this.received.push(clientMessageId!)
    this.bodies.push(input)
    if (!this.messages.some((message) => message.clientMessageId === clientMessageId)) {
      for (const held of (input.fromDevice ?? []) as {
        role: 'user' | 'assistant'
        text: string
        clientMessageId: string
      }[]) {
        this.add(held.role, [{ type: 'text', text: held.text }], {
          source: 'device',
          clientMessageId: held.clientMessageId,
        })
      }
      this.add('user', [{ type: 'text', text: text ?? choice ?? 'form' }], { clientMessageId: clientMessageId! })
      if (this.conversation.state === 'bot')
        this.add('assistant', this.script({ text, choice, form } as never), { clientMessageId: clientMessageId! })
    }
    const messages = this.messages.filter((message) => message.clientMessageId === clientMessageId)
    const { conversation } = this
    return isStream
      ? events([{ type: 'conversation', conversation }, ...messages.map((message) => ({ type: 'message', message }))])
      : json({ conversation, messages })
  }

  private deviceState(): ChatDeviceState {
    return {
      model: null,
      stamp: 'one',
      assistant: {
        ...{ pack: 'shop', name: 'Thimble', tone: 'friendly', language: 'en', timeZone: 'Europe/London' },
        ...{ currency: 'GBP', askShare: 0.1, giveUpShare: 0.05, aliases: [], history: 'session', handOff: true },
        ...this.settings,
      } as NonNullable<ChatDeviceState['assistant']>,
    }
  }
}

export function events(list: readonly unknown[]): Reply {
  const lines = list.map((data, index) => `id: ${index}\ndata: ${JSON.stringify(data)}\n\n`)
  return { headers: { 'content-type': 'text/event-stream' }, body: `${lines.join('')}event: end\ndata: {}\n\n` }
}

/** The server with this assistant in it; all else as it is at its best. */
export function withChat(chat: CannedChat, otherwise: Brain['answer']): Brain['answer'] {
  return (request) => chat.answer(request) ?? otherwise(request)
}
