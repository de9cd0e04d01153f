import { createHmac } from 'node:crypto'
import { safeEqual } from '../../security/opaque-token.ts'
import {
  idOf,
  neededHeader,
  refuseOtherTimes,
  type Scheme,
  soundName,
  WebhookSignatureError,
  wrongSignature,
} from './scheme.ts'

const MAX_SIGNATURES = 8

/**
 * Stripe: `Stripe-Signature: t=<seconds>,v1=<hex>`, an HMAC-SHA-256 over `t.body` under the endpoint's secret as text. Several
 * `v1` come while a secret is rotated; other versions count for nothing. An event that is sent again may differ, in
 * `pending_webhooks` for example. Source: docs.stripe.com/webhooks, "Verify manually".
 */
export const stripe: Scheme = (request, secret, nowMs) => {
  const parts = neededHeader(request, 'stripe-signature')
    .split(',')
    .map((part) => part.trim().split('='))
  const times = parts.filter(([name]) => name === 't')
  if (times.length !== 1) throw new WebhookSignatureError('malformed', 'Stripe-Signature must have one time, t=…')
  const timestamp = times[0]![1] ?? ''
  refuseOtherTimes(timestamp, nowMs)
  const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(request.body).digest('hex')
  const isSigned = parts
    .filter(([name]) => name === 'v1')
    .slice(0, MAX_SIGNATURES)
    .reduce((found, [, signature = '']) => safeEqual(signature, expected) || found, false)
  if (!isSigned) throw wrongSignature()
  const { id, type } = fieldsOf(request.body)
  return { eventId: soundName(id) ?? idOf(request.body), kind: soundName(type) }
}

/** What was signed may still be no JSON: then the event has no name. */
function fieldsOf(body: Uint8Array): { id?: unknown; type?: unknown } {
  try {
    return (JSON.parse(Buffer.from(body).toString()) as object | null) ?? {}
  } catch {
    return {}
  }
}
