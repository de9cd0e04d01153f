import { createHmac } from 'node:crypto'
import { safeEqual } from '../../security/opaque-token.ts'
import { idOf, neededHeader, type Scheme, soundName, wrongSignature } from './scheme.ts'

/**
 * GitHub: `X-Hub-Signature-256: sha256=<hex>`, an HMAC-SHA-256 over the body. Neither event nor delivery id is signed: the kind
 * is a hint, and the same body is the same event. The scheme has no time. Source: docs.github.com, "Validating webhook deliveries".
 */
export const github: Scheme = (request, secret) => {
  const signature = neededHeader(request, 'x-hub-signature-256')
  const expected = `sha256=${createHmac('sha256', secret).update(request.body).digest('hex')}`
  if (!safeEqual(signature, expected)) throw wrongSignature()
  return { eventId: idOf(request.body), kind: soundName(request.header('x-github-event')) }
}
