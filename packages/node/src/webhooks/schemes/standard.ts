import { createHmac } from 'node:crypto'
import { safeEqual } from '../../security/opaque-token.ts'
import { neededHeader, refuseOtherTimes, type Scheme, WebhookSignatureError, wrongSignature } from './scheme.ts'

export const SECRET_PREFIX = 'whsec_'
const MIN_KEY_BYTES = 24
const MAX_KEY_BYTES = 64
/** Signatures that are looked at: a sender that rotates its secret sends two. */
const MAX_SIGNATURES = 8
/** A dot would let an id and a time be read as another id and another time. */
const MESSAGE_ID = /^[\x21-\x2d\x2f-\x7e]{1,200}$/

/** HMAC-SHA-256 of `message` under `key`. */
export type HmacSha256 = (key: Uint8Array, message: Uint8Array) => Uint8Array

export const nodeHmacSha256: HmacSha256 = (key, message) => createHmac('sha256', key).update(message).digest()

export interface StandardMessage {
  readonly id: string
  /** Seconds since 1970. */
  readonly timestamp: number | string
  readonly body: Uint8Array
}

/**
 * `v1,` and the base64 of an HMAC-SHA-256 over `id.timestamp.body`. Source: Standard Webhooks 1.0, "Signature scheme"
 * (github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 */
export function signStandard(
  { id, timestamp, body }: StandardMessage,
  secret: string,
  hmac: HmacSha256 = nodeHmacSha256,
): string {
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body])
  return `v1,${Buffer.from(hmac(standardKey(secret), signed)).toString('base64')}`
}

/** The key in a secret such as `whsec_…`: 24 to 64 bytes in base64. Throws `WebhookSignatureError`. */
export function standardKey(secret: string): Uint8Array {
  const text = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret
  const key = Buffer.from(text, 'base64')
  const isBase64 = key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '')
  if (isBase64 && key.length >= MIN_KEY_BYTES && key.length <= MAX_KEY_BYTES) return key
  throw new WebhookSignatureError(
    'bad_secret',
    `The secret must be ${SECRET_PREFIX} and ${MIN_KEY_BYTES} to ${MAX_KEY_BYTES} bytes in base64`,
  )
}

/** Looks at a request as `signStandard` signs it. Throws `WebhookSignatureError`. */
export function verifyStandard(
  ...[request, secret, nowMs, hmac = nodeHmacSha256]: [...Parameters<Scheme>, hmac?: HmacSha256]
): ReturnType<Scheme> {
  const id = neededHeader(request, 'webhook-id')
  const timestamp = neededHeader(request, 'webhook-timestamp')
  const signatures = neededHeader(request, 'webhook-signature')
  if (!MESSAGE_ID.test(id)) throw new WebhookSignatureError('malformed', 'webhook-id is no id of a message')
  refuseOtherTimes(timestamp, nowMs)
  const expected = signStandard({ id, timestamp, body: request.body }, secret, hmac)
  const isSigned = signatures
    .split(' ', MAX_SIGNATURES)
    .reduce((found, signature) => safeEqual(signature, expected) || found, false)
  if (!isSigned) throw wrongSignature()
  return { eventId: id, kind: null }
}

/** Standard Webhooks 1.0. */
export const standard: Scheme = (request, secret, nowMs) => verifyStandard(request, secret, nowMs)
