import { hash } from 'node:crypto'

/** A request whose signature is looked at. */
export interface SignedRequest {
  /** A header by its lower-case name. */
  header(name: string): string | null
  /** As it came. */
  readonly body: Uint8Array
  /** The address that the sender was told to use: some sign it. */
  readonly url: string
}

/** What a sender vouches for. */
export interface VerifiedEvent {
  /** What tells the event from all others. It is part of what is signed, or made of it: a replay cannot change it. */
  readonly eventId: string
  /** What it is about, as the sender calls it; `null` where it does not say. */
  readonly kind: string | null
}

/**
 * Looks whether a request was signed with `secret`, at about `nowMs` where the scheme has a time. Throws
 * `WebhookSignatureError`.
 */
export type Scheme = (request: SignedRequest, secret: string, nowMs: number) => VerifiedEvent

export type SignatureProblem = 'missing' | 'malformed' | 'wrong' | 'too_old' | 'too_new' | 'bad_secret'

/** The request is not from who holds the secret, or not from now; `code` says which. */
export class WebhookSignatureError extends Error {
  override name = 'WebhookSignatureError'
  readonly code: SignatureProblem

  constructor(code: SignatureProblem, message: string) {
    super(message)
    this.code = code
  }
}

/** How far a signed time may be from now, either way, in seconds. */
export const TOLERANCE_SECONDS = 300

/** Throws unless `seconds`, as a sender wrote it, is about now. */
export function refuseOtherTimes(seconds: string, nowMs: number): void {
  if (!/^\d{1,11}$/.test(seconds)) {
    throw new WebhookSignatureError('malformed', 'The time of the signature must be in seconds since 1970')
  }
  const age = Math.floor(nowMs / 1_000) - Number(seconds)
  if (age > TOLERANCE_SECONDS) throw new WebhookSignatureError('too_old', `It was signed ${age} seconds ago`)
  if (age < -TOLERANCE_SECONDS) throw new WebhookSignatureError('too_new', `It was signed ${-age} seconds from now`)
}

/** The header, or a refusal that names it. */
export function neededHeader({ header }: SignedRequest, name: string): string {
  const value = header(name)
  if (value === null || value === '') throw new WebhookSignatureError('missing', `The header ${name} is missing`)
  return value
}

export function wrongSignature(): WebhookSignatureError {
  return new WebhookSignatureError('wrong', 'The signature is not of this body under the secret')
}

/** For senders that sign no id: the same body is the same event. */
export function idOf(signed: Uint8Array | string): string {
  return `sha256:${hash('sha256', signed)}`
}

/** An id or kind that a sender chose, where it is of a length and of characters that can be kept. */
export function soundName(name: unknown): string | null {
  return typeof name === 'string' && /^[\x21-\x7e]{1,200}$/.test(name) ? name : null
}
