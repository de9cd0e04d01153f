import * as z from 'zod/mini'
import { file, route, secretKeyOr, stream, visitor } from './define.ts'
import { Job } from './jobs.ts'
import { Digest, MAX_MODEL_BYTES, MODEL_TYPE } from './models.ts'
import { languageTag, timeZone } from './people.ts'
import { foreignId, instant, Money, ownId, page, pageQuery, text } from './schema.ts'

/** Longest message of a visitor, in UTF-16 code units. */
export const MAX_CHAT_TEXT = 10_000
export const CHAT_PACKS = ['shop', 'banking'] as const

// ---- What is said ------------------------------------------------------------------------------------------------

/** A thing to press: `id` is sent back as `choice`, `label` is for people. */
export const ChatChoice = z.object({ id: text(200, 1), label: z.string() })
export type ChatChoice = z.infer<typeof ChatChoice>

export const ChatProduct = z.object({
  id: foreignId(),
  name: z.string(),
  url: z.optional(z.string()),
  imageUrl: z.optional(z.string()),
  price: z.optional(Money),
  inStock: z.optional(z.boolean()),
  /** Why it is shown, as a sentence. */
  reasonText: z.optional(z.string()),
})
export type ChatProduct = z.infer<typeof ChatProduct>

export const ChatOrder = z.object({
  id: foreignId(),
  placedAt: instant(),
  total: Money,
  /** In words; absent where the shop tells no state. */
  stateText: z.optional(z.string()),
  url: z.optional(z.string()),
  /** The first lines; `lineCount` says how many there are. */
  lines: z.array(z.object({ name: z.string(), quantity: z.int(), unitPrice: Money })),
  lineCount: z.int(),
})
export type ChatOrder = z.infer<typeof ChatOrder>

export const CHAT_FIELD_TYPES = ['text', 'email', 'number', 'money', 'date', 'choice'] as const

/** One field of a form; its value is sent back as text under `name`. */
export const ChatField = z.object({
  name: z.string(),
  label: z.string(),
  type: z.enum(CHAT_FIELD_TYPES),
  required: z.boolean(),
  value: z.optional(z.string()),
  hint: z.optional(z.string()),
  maxLength: z.optional(z.int()),
  min: z.optional(z.number()),
  max: z.optional(z.number()),
  options: z.optional(z.array(ChatChoice)),
})
export type ChatField = z.infer<typeof ChatField>

export const CHAT_NOTICES = [
  /** A person has been asked for; nobody has come yet. */
  'handoff_waiting',
  'handoff_joined',
  /** The person has left; the assistant answers again. */
  'handoff_left',
  /** Nobody is there at this hour. */
  'handoff_closed',
  'sign_in_needed',
  /** The person must prove again who they are (`/auth/reauthenticate`), then press the choice that comes along. */
  'step_up_needed',
  'card_number_refused',
  'too_fast',
  'offline',
  'error',
] as const

/** A piece of a message. All of it is text, never HTML. Amounts of charts are minor units. */
export const ChatPart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('products'), items: z.array(ChatProduct) }),
  z.object({ type: z.literal('orders'), items: z.array(ChatOrder) }),
  /** A short table: payments, bills, what is in the cart. */
  z.object({
    type: z.literal('rows'),
    title: z.optional(z.string()),
    items: z.array(
      z.object({
        label: z.string(),
        detail: z.optional(z.string()),
        at: z.optional(instant()),
        amount: z.optional(Money),
      }),
    ),
  }),
  /** `text` is the value in words; bars are drawn in proportion to `value`. */
  z.object({
    type: z.literal('chart'),
    title: z.string(),
    bars: z.array(z.object({ label: z.string(), value: z.number(), text: z.string() })),
  }),
  z.object({
    type: z.literal('receipt'),
    id: z.string(),
    merchant: z.string(),
    total: z.optional(Money),
    at: z.optional(instant()),
    url: z.optional(z.string()),
  }),
  /** Where to go: a receipt as a file, the page to sign in. */
  z.object({ type: z.literal('link'), label: z.string(), url: z.string() }),
  /** What the page is asked to change in the visitor's cart. */
  z.object({
    type: z.literal('cart'),
    change: z.enum(['add', 'remove']),
    productId: foreignId(),
    name: z.string(),
    quantity: z.int(),
  }),
  /** Quick replies. */
  z.object({ type: z.literal('choices'), items: z.array(ChatChoice) }),
  /** Values that are wanted; sent back as `form` with this `id`. */
  z.object({
    type: z.literal('form'),
    id: z.string(),
    title: z.optional(z.string()),
    fields: z.array(ChatField),
    submitLabel: z.string(),
  }),
  /** Before anything that moves money or changes an order; `yes` and `no` are sent back as `choice`. */
  z.object({
    type: z.literal('confirm'),
    title: z.string(),
    details: z.array(z.object({ label: z.string(), value: z.string() })),
    yes: ChatChoice,
    no: ChatChoice,
  }),
  z.object({ type: z.literal('notice'), code: z.enum(CHAT_NOTICES), text: z.string() }),
  z.object({
    type: z.literal('citations'),
    items: z.array(z.object({ title: z.string(), url: z.optional(z.string()), quote: z.string() })),
  }),
])
export type ChatPart = z.infer<typeof ChatPart>

export const ChatMessage = z.object({
  id: ownId('msg'),
  /** 1, 2, 3 … within its conversation, without a gap. */
  seq: z.int(),
  role: z.enum(['user', 'assistant', 'agent', 'system']),
  at: instant(),
  parts: z.array(ChatPart),
  source: z.enum(['server', 'device']),
  /** Of a visitor's message: the id that it was sent with. Of an answer: that of the message it answers. */
  clientMessageId: z.optional(z.string()),
  /** Of a person's message: the name that visitors see. */
  agentName: z.optional(z.string()),
})
export type ChatMessage = z.infer<typeof ChatMessage>

/** Who answers: the assistant; nobody yet, as a person was asked for; a person. */
export const CHAT_STATES = ['bot', 'waiting', 'agent'] as const

export const Conversation = z.object({
  id: ownId('cnv'),
  title: z.string(),
  state: z.enum(CHAT_STATES),
  /** Name of the person who answers, as visitors see it; `null` while nobody does. */
  agentName: z.nullable(z.string()),
  language: z.string(),
  /** `visitor`: of whoever holds its secret. `account`: of somebody who was signed in, or claimed it. */
  owner: z.enum(['visitor', 'account']),
  /** `seq` of the last message; 0 where nothing was said. */
  seq: z.int(),
  startedAt: instant(),
  updatedAt: instant(),
})
export type Conversation = z.infer<typeof Conversation>

export const ChatAnswer = z.object({
  conversation: Conversation,
  /** Opens an anonymous conversation. Given once, by the call that starts it, unless the caller brought one. */
  secret: z.optional(z.string()),
  /** What the visitor said, and what was answered, in order. While a person answers, only the former. */
  messages: z.array(ChatMessage),
})
export type ChatAnswer = z.infer<typeof ChatAnswer>

/**
 * A piece of an answer as it comes. The ids of the events of messages are `seq` or `seq.part`: pass the last one back as
 * `Last-Event-ID`, and what follows it comes.
 */
export const ChatEvent = z.discriminatedUnion('type', [
  /** First, and again when the answer is complete or the state has changed. */
  z.object({ type: z.literal('conversation'), conversation: Conversation, secret: z.optional(z.string()) }),
  z.object({ type: z.literal('typing'), role: z.enum(['assistant', 'agent']) }),
  /** Part number `index`, from 0, of the message with this id, which is not complete yet. */
  z.object({
    type: z.literal('part'),
    messageId: ownId('msg'),
    seq: z.int(),
    role: z.enum(['assistant', 'agent', 'system']),
    index: z.int(),
    part: ChatPart,
  }),
  /** More text for a part that is a text. */
  z.object({ type: z.literal('delta'), messageId: ownId('msg'), seq: z.int(), index: z.int(), text: z.string() }),
  /** The message complete: it replaces the parts that came before. */
  z.object({ type: z.literal('message'), message: ChatMessage }),
])
export type ChatEvent = z.infer<typeof ChatEvent>

// ---- What visitors send ------------------------------------------------------------------------------------------

/** Of an anonymous conversation; at least 32 characters of which nobody can guess any. Sent in bodies, never in addresses. */
const secret = () => z.optional(z.string().check(z.minLength(32), z.maxLength(128), z.regex(/^[\w-]+$/)))

const clientMessageId = () =>
  z.string().check(z.minLength(8), z.maxLength(128), z.regex(/^[\w-]+$/, 'must be 8 to 128 of A-Z, a-z, 0-9, _ and -'))

const conversationId = z.object({ conversationId: ownId('cnv') })
/** Whose conversation: the account's that is signed in, or of whoever holds the secret. */
const holder = { secret: secret() }

export const ChatPage = z.object({
  /** The product on the page. */
  productId: z.optional(foreignId()),
  /** What lies in the cart. */
  cart: z.optional(
    z
      .array(z.object({ productId: foreignId(), quantity: z.int().check(z.gte(1), z.lte(10_000)) }))
      .check(z.maxLength(200)),
  ),
})
export type ChatPage = z.infer<typeof ChatPage>

/** What was said on the device while the server was away. */
const heldOnDevice = z.object({
  role: z.enum(['user', 'assistant']),
  at: instant(),
  text: text(MAX_CHAT_TEXT, 1),
  clientMessageId: clientMessageId(),
})

export const ChatInput = z.object({
  /** Absent: a conversation begins, or the one goes on that `secret` opens. */
  conversationId: z.optional(ownId('cnv')),
  /**
   * Of an anonymous conversation. A caller who begins one may bring a secret of their own: a first message that is sent
   * twice, as a queue does, then begins one conversation only.
   */
  ...holder,
  /** What the caller calls this message. Sent twice it is answered once; the same answer comes again. */
  clientMessageId: clientMessageId(),
  /** Exactly one of `text`, `choice` and `form`. */
  text: z.optional(text(MAX_CHAT_TEXT, 1)),
  /** The `id` of what was pressed. */
  choice: z.optional(text(200, 1)),
  form: z.optional(z.object({ id: text(200, 1), values: z.record(text(100, 1), text(1_000)) })),
  /** Default: the page's, then what the visitor writes in, then the shop's. */
  language: z.optional(languageTag()),
  /** Of greetings and of "yesterday". Default: the shop's. */
  timeZone: z.optional(timeZone()),
  page: z.optional(ChatPage),
  visitorId: z.optional(foreignId()),
  /** What the device answered before this message; kept in the history as such, once. */
  fromDevice: z.optional(z.array(heldOnDevice).check(z.maxLength(100))),
})
export type ChatInput = z.input<typeof ChatInput>

export const MAX_CHAT_MESSAGES = 200

/** What a page needs to answer without the server. */
export const ChatDeviceState = z.object({
  /** The intent model's form for devices; `null` before the first training. `url` is relative to the server's address. */
  model: z.nullable(z.object({ digest: Digest, bytes: z.int(), url: z.string() })),
  /** Differs whenever what follows does. */
  stamp: z.string(),
  /** `null` where the stamp that was sent is that of today. */
  assistant: z.nullable(
    z.object({
      pack: z.enum(CHAT_PACKS),
      name: z.string(),
      tone: z.string(),
      language: z.string(),
      timeZone: z.string(),
      currency: z.string(),
      /** Highest shares of questions that are asked back, and that are wrongly given up. */
      askShare: z.number(),
      giveUpShare: z.number(),
      /** Phrases that mean an intent, without training. */
      aliases: z.array(z.object({ phrase: z.string(), intent: z.string() })),
      /** Where a conversation is kept on the visitor's side. */
      history: z.enum(['none', 'session', 'device', 'account']),
      handOff: z.boolean(),
    }),
  ),
})
export type ChatDeviceState = z.infer<typeof ChatDeviceState>

/**
 * Talking to the assistant. An account sees its own conversations; an anonymous one opens to whoever holds its secret. An id
 * of somebody else's, and one of nobody's, are `not_found` alike. What takes a secret is a POST, so that it is in no address.
 */
export const chat = {
  send: route({
    method: 'POST',
    path: '/api/chat',
    access: visitor,
    body: ChatInput,
    output: ChatAnswer,
    orStream: stream(ChatEvent),
    holdsSecrets: true,
    errors: ['not_found', 'rate_limited'],
    offline: 'device',
    limit: 'page',
    maxBodyBytes: 2 * 2 ** 20,
    timeoutMs: 60_000,
    forWidgets: true,
  }),
  /** Begins a conversation with a greeting, before anything is said. */
  start: route({
    method: 'POST',
    path: '/api/chat/conversations',
    access: visitor,
    body: z.object({
      ...holder,
      language: z.optional(languageTag()),
      timeZone: z.optional(timeZone()),
      page: z.optional(ChatPage),
      visitorId: z.optional(foreignId()),
    }),
    output: ChatAnswer,
    status: 201,
    holdsSecrets: true,
    limit: 'page',
    forWidgets: true,
  }),
  /** The account's conversations, the last one first; none where nobody is signed in. */
  conversations: route({
    method: 'GET',
    path: '/api/chat/conversations',
    access: visitor,
    query: z.object({
      ...pageQuery,
      /** Words that must all occur in the title or in what was said. */
      search: z.optional(text(200)),
    }),
    output: page(Conversation),
    paged: true,
    limit: 'page',
    forWidgets: true,
  }),
  /** Messages after, or before, one of them; both absent: the last ones. Oldest first. */
  messages: route({
    method: 'POST',
    path: '/api/chat/conversations/{conversation_id}/messages',
    access: visitor,
    params: conversationId,
    body: z.object({
      ...holder,
      after: z.optional(z.int().check(z.gte(0))),
      before: z.optional(z.int().check(z.gte(1))),
      limit: z._default(z.int().check(z.gte(1), z.lte(MAX_CHAT_MESSAGES)), 50),
    }),
    output: z.object({
      conversation: Conversation,
      messages: z.array(ChatMessage),
      /** Whether there are more in the direction that was asked for. */
      more: z.boolean(),
    }),
    holdsSecrets: true,
    errors: ['not_found'],
    limit: 'page',
    forWidgets: true,
  }),
  /** What is said from now on, or after `after`: of a person who has joined, above all. Ends after an hour; ask again. */
  updates: route({
    method: 'POST',
    path: '/api/chat/conversations/{conversation_id}/updates',
    access: visitor,
    params: conversationId,
    body: z.object({ ...holder, after: z.optional(z.int().check(z.gte(0))) }),
    output: stream(ChatEvent),
    errors: ['not_found'],
    limit: 'page',
    timeoutMs: 60 * 60_000,
    forWidgets: true,
  }),
  rename: route({
    method: 'POST',
    path: '/api/chat/conversations/{conversation_id}/rename',
    access: visitor,
    params: conversationId,
    body: z.object({ ...holder, title: text(200, 1) }),
    output: Conversation,
    holdsSecrets: true,
    errors: ['not_found'],
    limit: 'page',
    forWidgets: true,
  }),
  remove: route({
    method: 'POST',
    path: '/api/chat/conversations/{conversation_id}/remove',
    access: visitor,
    params: conversationId,
    body: z.object(holder),
    output: null,
    holdsSecrets: true,
    errors: ['not_found'],
    limit: 'page',
    forWidgets: true,
  }),
  /** The whole conversation as a file. */
  export: route({
    method: 'POST',
    path: '/api/chat/conversations/{conversation_id}/export',
    access: visitor,
    params: conversationId,
    body: z.object({ ...holder, format: z._default(z.enum(['text', 'json']), 'text') }),
    output: file(['text/plain; charset=utf-8', 'application/json'], 64 * 2 ** 20),
    errors: ['not_found'],
    limit: 'page',
    forWidgets: true,
  }),
  /** Mails the conversation to the address of the account that is signed in; to no other, so that nobody sends mail to others by it. */
  mailTranscript: route({
    method: 'POST',
    path: '/api/chat/conversations/{conversation_id}/transcript',
    access: visitor,
    params: conversationId,
    body: z.object(holder),
    output: z.object({ status: z.literal('queued') }),
    status: 202,
    holdsSecrets: true,
    errors: ['not_found', 'sign_in_needed'],
    forWidgets: true,
  }),
  /** Hands an anonymous conversation over to the account that is signed in. Its secret opens nothing any more. */
  claim: route({
    method: 'POST',
    path: '/api/chat/conversations/{conversation_id}/claim',
    access: visitor,
    params: conversationId,
    body: z.object({ ...holder }),
    output: Conversation,
    holdsSecrets: true,
    errors: ['not_found', 'sign_in_needed'],
    limit: 'page',
    forWidgets: true,
  }),
  /** What a browser keeps so as to answer while the server is away. */
  device: route({
    method: 'GET',
    path: '/api/chat/device',
    access: visitor,
    query: z.object({
      /** The stamp of what is kept. */
      stamp: z.optional(text(200)),
    }),
    output: ChatDeviceState,
    limit: 'page',
    forWidgets: true,
  }),
  /** A model of intents by its digest. */
  model: route({
    method: 'GET',
    path: '/api/chat/models/{model_version}',
    access: visitor,
    params: z.object({ modelVersion: Digest }),
    output: file([MODEL_TYPE], MAX_MODEL_BYTES),
    cacheControl: 'public, max-age=31536000, immutable',
    errors: ['not_found'],
    limit: 'page',
    forWidgets: true,
  }),
}

// ---- The people who answer ---------------------------------------------------------------------------------------

/** `HH:MM`, from 00:00 to 24:00, in the tenant's time zone. */
const timeOfDay = () => z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time such as 09:30'))

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

export const CannedAnswer = z.object({ id: text(60, 1), title: text(100, 1), text: text(2_000, 1) })
export type CannedAnswer = z.infer<typeof CannedAnswer>

export const ChatSettings = z.object({
  pack: z._default(z.enum(CHAT_PACKS), 'shop'),
  /** What the assistant calls itself. */
  name: z._default(text(60, 1), 'Assistant'),
  tone: z._default(z.enum(['friendly', 'formal']), 'friendly'),
  language: z._default(languageTag(), 'en'),
  /** Highest share of questions that it may ask back. */
  askShare: z._default(z.number().check(z.gte(0), z.lte(0.5)), 0.1),
  /** Highest share of questions that it understood and may give up all the same. */
  giveUpShare: z._default(z.number().check(z.gte(0), z.lte(0.3)), 0.05),
  /** Where conversations are kept on the visitor's side. */
  history: z._default(z.enum(['none', 'session', 'device', 'account']), 'device'),
  /** After how many days without a word a conversation is removed. */
  retentionDays: z._default(z.int().check(z.gte(1), z.lte(3_650)), 180),
  /** Whether visitors may ask for a person. */
  handOff: z._default(z.boolean(), true),
  /** When people answer; `null`: at any time. */
  officeHours: z._default(
    z.nullable(
      z
        .array(z.object({ day: z.enum(WEEKDAYS), from: timeOfDay(), to: timeOfDay() }))
        .check(z.minLength(1), z.maxLength(50)),
    ),
    null,
  ),
  cannedAnswers: z._default(z.array(CannedAnswer).check(z.maxLength(200)), []),
  /** Phrases that mean an intent, at once and without training. */
  aliases: z._default(z.array(z.object({ phrase: text(100, 2), intent: text(100, 1) })).check(z.maxLength(1_000)), []),
  /** Whether a language model that the installation has may rephrase and answer what the assistant does not know. */
  llm: z._default(z.boolean(), false),
})
export type ChatSettings = z.output<typeof ChatSettings>

export const DeskConversation = z.object({
  ...Conversation.shape,
  /** The person who answers, where one does. */
  agentId: z.nullable(z.string()),
  /** The account, where it belongs to one. */
  userId: z.nullable(z.string()),
  /** Since when somebody waits for a person. */
  waitingSince: z.nullable(instant()),
  /** What they want a person for, in their words. */
  waitingFor: z.nullable(z.string()),
})
export type DeskConversation = z.infer<typeof DeskConversation>

/** Questions that were not understood and resemble each other. */
export const UnansweredCluster = z.object({
  id: ownId('unq'),
  count: z.int(),
  lastAt: instant(),
  /** Some of them, with what is private masked. */
  texts: z.array(z.string()),
  /** What they may have meant, best first. */
  suggestions: z.array(z.object({ intent: z.string(), label: z.string() })),
})
export type UnansweredCluster = z.infer<typeof UnansweredCluster>

/** A sentence of the tenant's own that the assistant learns from. */
export const ChatExample = z.object({
  id: ownId('exm'),
  text: z.string(),
  intent: z.string(),
  addedAt: instant(),
})
export type ChatExample = z.infer<typeof ChatExample>

export const ChatModel = z.object({
  modelVersion: Digest,
  pack: z.enum(CHAT_PACKS),
  trainedAt: instant(),
  bytes: z.int(),
  /** Relative to the server's own address. */
  url: z.string(),
  active: z.boolean(),
  counts: z.object({ examples: z.int(), own: z.int(), intents: z.int() }),
  trainingCpuMs: z.number(),
  /**
   * On examples that were kept from the training that measured: `before.accuracy` without the tenant's own examples, `after.accuracy`
   * with them, both from 0 to 1, of `held` examples. Empty where nothing was measured.
   */
  metrics: z.record(z.string(), z.number()),
})
export type ChatModel = z.infer<typeof ChatModel>

const exampleId = z.object({ exampleId: ownId('exm') })
const unansweredId = z.object({ unansweredId: ownId('unq') })
const modelVersion = z.object({ modelVersion: Digest })

/** The desk of the people who answer, teach and set up the assistant. */
export const chatDesk = {
  /** Who waits comes first, the longest waiting first; then the last spoken to. */
  list: route({
    method: 'GET',
    path: '/admin/chat/conversations',
    access: secretKeyOr('chat:read'),
    query: z.object({
      ...pageQuery,
      state: z.optional(z.enum(CHAT_STATES)),
      search: z.optional(text(200)),
    }),
    output: page(DeskConversation),
    paged: true,
  }),
  read: route({
    method: 'GET',
    path: '/admin/chat/conversations/{conversation_id}',
    access: secretKeyOr('chat:read'),
    params: conversationId,
    query: z.object({
      after: z._default(z.int().check(z.gte(0)), 0),
      limit: z._default(z.int().check(z.gte(1), z.lte(MAX_CHAT_MESSAGES)), MAX_CHAT_MESSAGES),
    }),
    output: z.object({ conversation: DeskConversation, messages: z.array(ChatMessage) }),
    errors: ['not_found'],
  }),
  /** Whoever calls answers from now on, and the assistant is silent. */
  take: route({
    method: 'POST',
    path: '/admin/chat/conversations/{conversation_id}/take',
    access: secretKeyOr('chat:write'),
    params: conversationId,
    output: DeskConversation,
    errors: ['not_found', 'conflict'],
  }),
  /** Gives the conversation to another person who may answer. */
  assign: route({
    method: 'POST',
    path: '/admin/chat/conversations/{conversation_id}/assign',
    access: secretKeyOr('chat:write'),
    params: conversationId,
    body: z.object({ userId: ownId('usr') }),
    output: DeskConversation,
    errors: ['not_found', 'conflict'],
  }),
  /** Says something to the visitor, in words of one's own or a canned answer's. Exactly one of `text` and `cannedAnswerId`. */
  say: route({
    method: 'POST',
    path: '/admin/chat/conversations/{conversation_id}/messages',
    access: secretKeyOr('chat:write'),
    params: conversationId,
    body: z.object({
      text: z.optional(text(MAX_CHAT_TEXT, 1)),
      cannedAnswerId: z.optional(text(60, 1)),
      clientMessageId: clientMessageId(),
    }),
    output: ChatMessage,
    status: 201,
    errors: ['not_found', 'conflict'],
  }),
  /** Leaves; the assistant answers again. */
  giveBack: route({
    method: 'POST',
    path: '/admin/chat/conversations/{conversation_id}/give-back',
    access: secretKeyOr('chat:write'),
    params: conversationId,
    output: DeskConversation,
    errors: ['not_found', 'conflict'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/admin/chat/conversations/{conversation_id}',
    access: secretKeyOr('chat:write'),
    params: conversationId,
    output: null,
    errors: ['not_found'],
  }),
  settings: route({
    method: 'GET',
    path: '/admin/chat/settings',
    access: secretKeyOr('chat:read'),
    output: ChatSettings,
  }),
  setSettings: route({
    method: 'PUT',
    path: '/admin/chat/settings',
    access: secretKeyOr('chat:write'),
    body: ChatSettings,
    output: ChatSettings,
  }),
  /** What the assistant can understand: the intents that examples and aliases name. */
  intents: route({
    method: 'GET',
    path: '/admin/chat/intents',
    access: secretKeyOr('chat:read'),
    output: z.object({ items: z.array(z.object({ intent: z.string(), label: z.string() })) }),
  }),
  /** What was not understood, the most frequent first. */
  unanswered: route({
    method: 'GET',
    path: '/admin/chat/unanswered',
    access: secretKeyOr('chat:read'),
    output: z.object({ items: z.array(UnansweredCluster) }),
  }),
  /** Turns a cluster into examples of an intent. They count from the next training on. */
  teach: route({
    method: 'POST',
    path: '/admin/chat/unanswered/{unanswered_id}/teach',
    access: secretKeyOr('chat:write'),
    params: unansweredId,
    body: z.object({ intent: text(100, 1) }),
    output: z.object({ added: z.int() }),
    errors: ['not_found'],
  }),
  dismiss: route({
    method: 'POST',
    path: '/admin/chat/unanswered/{unanswered_id}/dismiss',
    access: secretKeyOr('chat:write'),
    params: unansweredId,
    output: null,
    errors: ['not_found'],
  }),
  examples: route({
    method: 'GET',
    path: '/admin/chat/examples',
    access: secretKeyOr('chat:read'),
    query: z.object({ ...pageQuery, intent: z.optional(text(100)) }),
    output: page(ChatExample),
    paged: true,
  }),
  addExample: route({
    method: 'POST',
    path: '/admin/chat/examples',
    access: secretKeyOr('chat:write'),
    body: z.object({ text: text(500, 1), intent: text(100, 1) }),
    output: ChatExample,
    status: 201,
  }),
  removeExample: route({
    method: 'DELETE',
    path: '/admin/chat/examples/{example_id}',
    access: secretKeyOr('chat:write'),
    params: exampleId,
    output: null,
    errors: ['not_found'],
  }),
  models: route({
    method: 'GET',
    path: '/admin/chat/models',
    access: secretKeyOr('chat:read'),
    query: z.object(pageQuery),
    output: page(ChatModel),
    paged: true,
  }),
  /** Queues a training on the pack's examples and the tenant's own. */
  train: route({
    method: 'POST',
    path: '/admin/chat/models/train',
    access: secretKeyOr('models:train'),
    output: Job,
    status: 202,
  }),
  activate: route({
    method: 'POST',
    path: '/admin/chat/models/{model_version}/activate',
    access: secretKeyOr('models:train'),
    params: modelVersion,
    output: ChatModel,
    errors: ['not_found'],
  }),
  /** Goes back to the model that answered before. */
  rollback: route({
    method: 'POST',
    path: '/admin/chat/models/rollback',
    access: secretKeyOr('models:train'),
    output: ChatModel,
    errors: ['conflict'],
  }),
}
