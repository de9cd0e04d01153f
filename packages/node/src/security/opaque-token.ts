import { hash, timingSafeEqual } from 'node:crypto'
import type { SecretBytes } from '../ports.ts'

export interface OpaqueToken {
  /** `rt_` and 43 base64url characters. Given to its holder, kept nowhere. */
  readonly token: string
  /** What is kept: SHA-256, 64 hex characters. */
  readonly digest: string
}

/** 256 bits: nobody guesses a token, so a fast hash is enough to keep it. */
const TOKEN_BYTES = 32

/** A new secret such as a refresh token or the token in a mailed link; `prefix` says which, `rt` for example. */
export function newToken(secretBytes: SecretBytes, prefix: string): OpaqueToken {
  const token = `${prefix}_${Buffer.from(secretBytes(TOKEN_BYTES)).toString('base64url')}`
  return { token, digest: digestOf(token) }
}

/** What a token is looked up by. */
export function digestOf(token: string): string {
  return hash('sha256', token)
}

/** Whether two secrets are the same text; the time it takes tells neither their content nor where they differ. */
export function safeEqual(a: string, b: string): boolean {
  return timingSafeEqual(fingerprint(a), fingerprint(b))
}

/** UTF-16, since UTF-8 has one spelling for all lone surrogates. */
function fingerprint(text: string): Buffer {
  return hash('sha256', Buffer.from(text, 'utf16le'), 'buffer')
}
