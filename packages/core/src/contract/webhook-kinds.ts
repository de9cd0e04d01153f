import * as z from 'zod/mini'
import { foreignId, instant, Money, ownId } from './schema.ts'

interface WebhookKindSpec<D extends z.ZodMiniType = z.ZodMiniType> {
  /** When it is sent, in a line without a full stop. */
  readonly summary: string
  readonly data: D
  readonly example: z.input<D>
}

function kind<D extends z.ZodMiniType>(spec: WebhookKindSpec<D>): WebhookKindSpec<D> {
  return spec
}

/**
 * What a tenant's endpoints can be told of. Data name things by their ids and hold nothing about people, so that what has
 * been sent once need not be taken back: the API tells the rest to whoever may ask.
 */
export const WEBHOOK_KINDS = {
  'user.created': kind({
    summary: 'Somebody registered, or was invited',
    data: z.object({ userId: ownId('usr'), how: z.enum(['registered', 'invited']) }),
    example: { userId: 'usr_01jj6w2m8p0000000000000000', how: 'registered' },
  }),
  'user.deleted': kind({
    summary: 'Somebody was removed, by themselves or by an administrator',
    data: z.object({ userId: ownId('usr') }),
    example: { userId: 'usr_01jj6w2m8p0000000000000000' },
  }),
  'order.created': kind({
    summary: 'An order came in over the API; those of imports are told of together, by import.finished',
    data: z.object({
      orderId: foreignId(),
      placedAt: instant(),
      kind: z.enum(['sale', 'return']),
      total: Money,
      lineCount: z.int(),
    }),
    example: {
      orderId: '536365',
      placedAt: '2026-01-31T09:30:00.000Z',
      kind: 'sale',
      total: { amount: 1299, currency: 'GBP' },
      lineCount: 2,
    },
  }),
  'receipt.issued': kind({
    summary: 'A receipt or a credit note was issued',
    data: z.object({ receiptId: ownId('rcp'), number: z.string(), kind: z.enum(['receipt', 'credit-note']) }),
    example: { receiptId: 'rcp_01jj6w2m8p0000000000000000', number: 'R-2026-00042', kind: 'receipt' },
  }),
  'import.finished': kind({
    summary: 'An import of products, customers or orders is done',
    data: z.object({
      jobId: ownId('job'),
      what: z.enum(['products', 'customers', 'orders']),
      rows: z.int(),
      rejected: z.int(),
    }),
    example: { jobId: 'job_01jj6w2m8p0000000000000000', what: 'orders', rows: 5000, rejected: 3 },
  }),
  'chat.handoff_requested': kind({
    summary: 'Somebody who talks to the assistant asked for a person',
    data: z.object({ conversationId: ownId('cnv') }),
    example: { conversationId: 'cnv_01jj6w2m8p0000000000000000' },
  }),
  'chat.message': kind({
    summary: 'A visitor wrote while a person answers, or is waited for',
    data: z.object({ conversationId: ownId('cnv'), messageId: ownId('msg') }),
    example: { conversationId: 'cnv_01jj6w2m8p0000000000000000', messageId: 'msg_01jj6w2m8p0000000000000000' },
  }),
  'webhook.test': kind({
    summary: 'An administrator asked for a test of one endpoint; it is sent once and not tried again',
    data: z.object({ webhookId: ownId('whk') }),
    example: { webhookId: 'whk_01jj6w2m8p0000000000000000' },
  }),
} as const

export type WebhookKind = keyof typeof WEBHOOK_KINDS
/** What a message of a kind tells. */
export type WebhookData<K extends WebhookKind> = z.input<(typeof WEBHOOK_KINDS)[K]['data']>

/** The body that an endpoint receives. `id` is the same for each try, and for each endpoint that gets the message. */
export type WebhookMessage = {
  [K in WebhookKind]: { readonly id: string; readonly type: K; readonly at: string; readonly data: WebhookData<K> }
}[WebhookKind]

/** The schema of such a body. */
export function webhookMessage<K extends WebhookKind>(type: K) {
  return z.object({ id: ownId('msg'), type: z.literal(type), at: instant(), data: WEBHOOK_KINDS[type].data })
}

/** An example of such a body. */
export function webhookExample<K extends WebhookKind>(type: K) {
  return {
    id: 'msg_01jj6w2m8p0000000000000000',
    type,
    at: '2026-01-31T09:30:00.000Z',
    data: WEBHOOK_KINDS[type].example,
  }
}
