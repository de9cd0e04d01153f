import { createHmac } from 'node:crypto'
import { safeEqual } from '../../security/opaque-token.ts'
import { idOf, neededHeader, type Scheme, wrongSignature } from './scheme.ts'

/**
 * Twilio: base64 of an HMAC-SHA-1 over the address and the form's fields, each name followed by its value, sorted by name.
 * Nothing stands between them, so that another form can sign the same: the event is known by what was signed, not by its
 * body. The scheme has no time. Source: twilio.com/docs/usage/security, "Validating requests".
 */
export const twilio: Scheme = (request, secret) => {
  const signature = neededHeader(request, 'x-twilio-signature')
  const fields = new URLSearchParams(Buffer.from(request.body).toString())
  const signed = [...fields]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .reduce((text, [name, value]) => text + name + value, request.url)
  const expected = createHmac('sha1', secret).update(signed).digest('base64')
  if (!safeEqual(signature, expected)) throw wrongSignature()
  return { eventId: idOf(signed), kind: null }
}
