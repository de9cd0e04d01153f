import type { SecretBytes } from '../ports.ts'
import { CROCKFORD, toBase32 } from './base32.ts'
import { digestOf } from './opaque-token.ts'

export interface RecoveryCode {
  /** `K7QM-…`: 24 characters in six groups of four. Shown once, kept nowhere. */
  readonly code: string
  /** What is kept: SHA-256 of the normalised code, hex. */
  readonly digest: string
}

/** 120 bits: nobody guesses a code, so a fast hash is enough to keep it (OWASP ASVS 5.0, 6.5.2). */
const CODE_BYTES = 15
const CODE_LENGTH = 24
const MAX_TYPED_LENGTH = 64

export function newRecoveryCodes(secretBytes: SecretBytes, count: number): RecoveryCode[] {
  return Array.from({ length: count }, () => {
    const characters = toBase32(secretBytes(CODE_BYTES), CROCKFORD)
    return { code: characters.match(/.{4}/g)!.join('-'), digest: digestOf(characters) }
  })
}

/** What people meant: case, spaces, dashes, O for 0, I and L for 1 do not matter. `null` where it is no recovery code. */
export function normaliseRecoveryCode(text: string): string | null {
  if (text.length > MAX_TYPED_LENGTH) return null
  const characters = text
    .replace(/[\s\p{Pd}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return characters.length === CODE_LENGTH && [...characters].every((one) => CROCKFORD.includes(one))
    ? characters
    : null
}

/** What a typed code is looked up by; `null` where it is no recovery code. */
export function recoveryCodeDigest(text: string): string | null {
  const code = normaliseRecoveryCode(text)
  return code === null ? null : digestOf(code)
}
