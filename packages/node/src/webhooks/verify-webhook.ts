import type { WebhookMessage } from '@tillwright/core/contract'
import { WebhookSignatureError } from './schemes/scheme.ts'
import { type HmacSha256, nodeHmacSha256, signStandard, verifyStandard } from './schemes/standard.ts'

/** Headers as a Web request or Node's own server gives them. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

export interface VerifyWebhookInput {
  readonly headers: WebhookHeaders
  /** As it came: the bytes, or the text before any parser. A body that was parsed and written again has another signature. */
  readonly body: Uint8Array | string
  /** `whsec_…`, as it was shown when the webhook was made or its secret rotated. */
  readonly secret: string
  /** Instant in ms since 1970; `Date.now()`, for example. */
  readonly now: number
  /** Default: that of `node:crypto`. */
  readonly hmac?: HmacSha256
}

/**
 * Looks whether a request is a message of Tillwright's, signed within five minutes of `now`, and gives the message. Throws
 * `WebhookSignatureError`: answer 401 then. Messages may come more than once: whoever acts on one keeps its `id`, and does
 * nothing the second time. Source: Standard Webhooks 1.0.
 */
export function verifyWebhook({
  headers,
  body,
  secret,
  now,
  hmac = nodeHmacSha256,
}: VerifyWebhookInput): WebhookMessage {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const request = { header: (name: string) => headerOf(headers, name), body: bytes, url: '' }
  const { eventId } = verifyStandard(request, secret, now, hmac)
  const message = JSON.parse(Buffer.from(bytes).toString()) as WebhookMessage
  if (message.id === eventId) return message
  throw new WebhookSignatureError(
    'malformed',
    'webhook-id is not the id in the body: expected a message of Tillwright’s',
  )
}

export interface SignWebhookInput {
  readonly message: WebhookMessage
  readonly secret: string
  /** Instant in ms since 1970. */
  readonly now: number
  /** Default: that of `node:crypto`. */
  readonly hmac?: HmacSha256
}

/** A request as Tillwright would send it, for tests of what receives it. */
export function signTestWebhook({ message, secret, now, hmac = nodeHmacSha256 }: SignWebhookInput): {
  headers: Record<string, string>
  body: string
} {
  const body = JSON.stringify(message)
  const timestamp = Math.floor(now / 1_000)
  const signature = signStandard({ id: message.id, timestamp, body: Buffer.from(body) }, secret, hmac)
  return {
    headers: {
      'content-type': 'application/json',
      'webhook-id': message.id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signature,
    },
    body,
  }
}

function headerOf(headers: WebhookHeaders, name: string): string | null {
  if (headers instanceof Headers) return headers.get(name)
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? []
  return value === undefined ? null : typeof value === 'string' ? value : value.join(' ')
}
