import { createHmac } from 'node:crypto'
import { safeEqual } from '../../security/opaque-token.ts'
import { idOf, neededHeader, type Scheme, type SignedRequest, soundName, wrongSignature } from './scheme.ts'

const SIGNATURE = 'x-wc-webhook-signature'
const RESOURCES = ['coupon', 'customer', 'order', 'product']
const EVENTS = ['created', 'updated', 'deleted', 'restored']
const TOPICS = new Set(RESOURCES.flatMap((resource) => EVENTS.map((event) => `${resource}.${event}`)))

/**
 * WooCommerce: base64 of an HMAC-SHA-256 over the body. Neither topic nor delivery id is signed, and two topics may come with
 * one body, such as `{"id":12}`: the same body under the same topic is the same event. Only WooCommerce's own 16 topics
 * count, so that a replay under made-up ones is known, and one body runs 17 times at most. The scheme has no time. Source:
 * WC_Webhook::generate_signature and wc_is_webhook_valid_topic of WooCommerce.
 */
export const woocommerce: Scheme = (request, secret) => {
  const signature = neededHeader(request, SIGNATURE)
  const expected = createHmac('sha256', secret).update(request.body).digest('base64')
  if (!safeEqual(signature, expected)) throw wrongSignature()
  const kind = soundName(request.header('x-wc-webhook-topic'))
  const id = idOf(request.body)
  return { eventId: kind !== null && TOPICS.has(kind) ? `${kind}:${id}` : id, kind }
}

/** What WooCommerce sends, unsigned, when a webhook is saved; it keeps the webhook as active only if the answer is 200. */
export function isPing({ header, body }: Pick<SignedRequest, 'header' | 'body'>): boolean {
  return header(SIGNATURE) === null && /^webhook_id=\d{1,20}$/.test(Buffer.from(body.subarray(0, 40)).toString())
}
