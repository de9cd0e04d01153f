import * as z from 'zod/mini'
import { person, rawBody, route, secretKeyOr, whoeverSigned } from './define.ts'
import { instant, ownId, page, pageQuery, text } from './schema.ts'
import { WEBHOOK_KINDS, type WebhookKind } from './webhook-kinds.ts'

/** Most endpoints, and most sources, of one tenant. */
export const MAX_WEBHOOKS = 20
/** Largest event that a source may send, in bytes. */
export const MAX_INCOMING_BYTES = 2 ** 20

/** What an endpoint can ask for; a test goes to whichever endpoint it was asked for. */
const CHOICES = [
  ...(Object.keys(WEBHOOK_KINDS) as WebhookKind[]).filter((kind) => kind !== 'webhook.test'),
  '*',
] as const

/** Kinds that an endpoint wants to hear of; `*` for all, those included that are added later. */
const WebhookEvents = z
  .array(z.enum(CHOICES as unknown as [Exclude<WebhookKind, 'webhook.test'>, '*']))
  .check(z.minLength(1), z.maxLength(CHOICES.length))

function endpointUrl() {
  return z.string().check(z.maxLength(2048), z.regex(/^https?:\/\/[^\s\p{C}\\]+$/u, 'must be an https address'))
}

/** Where a tenant's messages go. */
export const Webhook = z.object({
  id: ownId('whk'),
  url: endpointUrl(),
  events: WebhookEvents,
  description: z.string(),
  enabled: z.boolean(),
  /** Why it is not: an administrator, or five days in which nothing arrived. */
  disabledWhy: z.nullable(z.enum(['by_administrator', 'failing'])),
  /** Since when nothing has arrived; `null` while it works. */
  failingSince: z.nullable(instant()),
  /** Until when messages are signed with the secret before the last as well. */
  previousSecretUntil: z.nullable(instant()),
  createdAt: instant(),
  updatedAt: instant(),
})
export type Webhook = z.infer<typeof Webhook>

/** `secret` is shown this once: `whsec_` and 32 bytes in base64. */
export const WebhookWithSecret = z.object({ webhook: Webhook, secret: z.string() })
export type WebhookWithSecret = z.infer<typeof WebhookWithSecret>

/** One message on its way to one endpoint. */
export const WebhookDelivery = z.object({
  id: ownId('dlv'),
  messageId: ownId('msg'),
  kind: z.string(),
  /** `failed`: given up, and among the dead letters. */
  state: z.enum(['queued', 'delivered', 'failed']),
  attempts: z.int(),
  /** Of the last attempt; `null` where no answer came. */
  responseStatus: z.nullable(z.int()),
  durationMs: z.nullable(z.int()),
  error: z.nullable(z.string()),
  /** As it is sent. */
  body: z.string(),
  createdAt: instant(),
  lastAttemptAt: z.nullable(instant()),
  nextAttemptAt: z.nullable(instant()),
})
export type WebhookDelivery = z.infer<typeof WebhookDelivery>

/** Who signs how: the scheme of Standard Webhooks, or a provider's own. */
export const WEBHOOK_SCHEMES = ['standard', 'stripe', 'twilio', 'woocommerce', 'github'] as const
export type WebhookScheme = (typeof WEBHOOK_SCHEMES)[number]

/** Somebody who sends events to the tenant. */
export const WebhookSource = z.object({
  id: ownId('whs'),
  name: z.string(),
  scheme: z.enum(WEBHOOK_SCHEMES),
  /** Where the sender is to send them. */
  url: z.string(),
  createdAt: instant(),
  updatedAt: instant(),
  lastEventAt: z.nullable(instant()),
})
export type WebhookSource = z.infer<typeof WebhookSource>

const received = {
  id: ownId('whe'),
  /** What the sender calls it, where that is signed; else made of the SHA-256 of what is. Each is taken once. */
  eventId: z.string(),
  kind: z.nullable(z.string()),
  /** `kept`: nothing on this server handles events of the source, so that they lie here for 30 days. */
  state: z.enum(['handled', 'kept']),
  bytes: z.int(),
  receivedAt: instant(),
}
export const ReceivedWebhook = z.object(received)
export type ReceivedWebhook = z.infer<typeof ReceivedWebhook>

/** With its body in base64, where that is kept. */
export const ReceivedWebhookWithBody = z.object({
  ...received,
  contentType: z.string(),
  bodyBase64: z.nullable(z.string()),
})
export type ReceivedWebhookWithBody = z.infer<typeof ReceivedWebhookWithBody>

const webhookId = z.object({ webhookId: ownId('whk') })
const sourceId = z.object({ sourceId: ownId('whs') })
const read = secretKeyOr('webhooks:read')
const write = person({ permission: 'webhooks:write' })
/** What leaves goes where an endpoint says, and what comes in is believed by a source's secret. */
const writeFresh = person({ permission: 'webhooks:write', fresh: true })

/** Messages to a tenant's own systems. */
export const webhooks = {
  list: route({
    method: 'GET',
    path: '/admin/webhooks',
    access: read,
    output: z.object({ items: z.array(Webhook) }),
  }),
  create: route({
    method: 'POST',
    path: '/admin/webhooks',
    access: writeFresh,
    body: z.object({
      url: endpointUrl(),
      events: WebhookEvents,
      description: z._default(text(200), ''),
    }),
    output: WebhookWithSecret,
    status: 201,
    errors: ['conflict'],
    holdsSecrets: true,
  }),
  get: route({
    method: 'GET',
    path: '/admin/webhooks/{webhook_id}',
    access: read,
    params: webhookId,
    output: Webhook,
    errors: ['not_found'],
  }),
  /** Changes what is given. */
  update: route({
    method: 'PUT',
    path: '/admin/webhooks/{webhook_id}',
    access: writeFresh,
    params: webhookId,
    body: z.object({
      url: z.optional(endpointUrl()),
      events: z.optional(WebhookEvents),
      description: z.optional(text(200)),
      enabled: z.optional(z.boolean()),
    }),
    output: Webhook,
    errors: ['not_found'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/admin/webhooks/{webhook_id}',
    access: write,
    params: webhookId,
    output: null,
    errors: ['not_found'],
  }),
  rotateSecret: route({
    method: 'POST',
    path: '/admin/webhooks/{webhook_id}/rotate-secret',
    access: writeFresh,
    params: webhookId,
    output: WebhookWithSecret,
    errors: ['not_found'],
    holdsSecrets: true,
  }),
  test: route({
    method: 'POST',
    path: '/admin/webhooks/{webhook_id}/test',
    access: write,
    params: webhookId,
    output: WebhookDelivery,
    status: 202,
    errors: ['not_found', 'conflict'],
  }),
  /** Newest first. */
  deliveries: route({
    method: 'GET',
    path: '/admin/webhooks/{webhook_id}/deliveries',
    access: read,
    params: webhookId,
    query: z.object({ ...pageQuery, state: z.optional(z.enum(['queued', 'delivered', 'failed'])) }),
    output: page(WebhookDelivery),
    errors: ['not_found'],
    paged: true,
  }),
  retryDelivery: route({
    method: 'POST',
    path: '/admin/webhooks/{webhook_id}/deliveries/{delivery_id}/retry',
    access: write,
    params: z.object({ webhookId: ownId('whk'), deliveryId: ownId('dlv') }),
    output: WebhookDelivery,
    status: 202,
    errors: ['not_found', 'conflict'],
  }),
}

/** Events that others send to a tenant. */
export const webhookSources = {
  list: route({
    method: 'GET',
    path: '/admin/webhook-sources',
    access: read,
    output: z.object({ items: z.array(WebhookSource) }),
  }),
  create: route({
    method: 'POST',
    path: '/admin/webhook-sources',
    access: writeFresh,
    body: z.object({
      name: text(100, 1),
      scheme: z.enum(WEBHOOK_SCHEMES),
      /** What the sender signs with, as the sender's own pages show it. */
      secret: text(512, 16),
    }),
    output: WebhookSource,
    status: 201,
    errors: ['conflict'],
  }),
  /** Changes what is given. Another secret counts at once. */
  update: route({
    method: 'PUT',
    path: '/admin/webhook-sources/{source_id}',
    access: writeFresh,
    params: sourceId,
    body: z.object({ name: z.optional(text(100, 1)), secret: z.optional(text(512, 16)) }),
    output: WebhookSource,
    errors: ['not_found'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/admin/webhook-sources/{source_id}',
    access: write,
    params: sourceId,
    output: null,
    errors: ['not_found'],
  }),
  /** Newest first. */
  events: route({
    method: 'GET',
    path: '/admin/webhook-sources/{source_id}/events',
    access: read,
    params: sourceId,
    query: z.object(pageQuery),
    output: page(ReceivedWebhook),
    errors: ['not_found'],
    paged: true,
  }),
  event: route({
    method: 'GET',
    path: '/admin/webhook-sources/{source_id}/events/{event_id}',
    access: read,
    params: z.object({ sourceId: ownId('whs'), eventId: ownId('whe') }),
    output: ReceivedWebhookWithBody,
    errors: ['not_found'],
  }),
  /** Takes an event, once. */
  receive: route({
    method: 'POST',
    path: '/api/webhooks/{source_id}',
    access: whoeverSigned,
    params: sourceId,
    body: rawBody(['application/json', 'application/x-www-form-urlencoded'], MAX_INCOMING_BYTES),
    /** `ignored`: WooCommerce's unsigned ping. Twilio gets no body, which it would take for orders. */
    output: z.object({ status: z.enum(['accepted', 'duplicate', 'ignored']) }),
    orEmpty: true,
    errors: ['not_found', 'conflict'],
    limit: 'webhook',
  }),
}
