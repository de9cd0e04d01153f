import { createHmac } from 'node:crypto'
import type { SecretBytes } from '../ports.ts'
import { fromBase32, RFC4648, toBase32 } from './base32.ts'
import { safeEqual } from './opaque-token.ts'

export { newRecoveryCodes, normaliseRecoveryCode, type RecoveryCode, recoveryCodeDigest } from './recovery-codes.ts'

/** RFC 4226, section 4, R6: 160 bits. */
const SECRET_BYTES = 20
const MIN_SECRET_BYTES = 16
const STEP_MS = 30_000
const DIGITS = 6
/** Clocks of telephones are off by up to a step, either way (RFC 6238, section 5.2). Newest first. */
const DRIFT = [1, 0, -1]

/** A secret for an authenticator app: 160 bits as 32 base32 characters. Keep it in a `SecretBox`. */
export function newTotpSecret(secretBytes: SecretBytes): string {
  return toBase32(secretBytes(SECRET_BYTES), RFC4648)
}

/** What the QR code says: `otpauth://totp/…`, which apps read as issuer and account. */
export function totpUri({ secret, issuer, account }: { secret: string; issuer: string; account: string }): string {
  const label = [issuer, account].map((part) => encodeURIComponent(part.toWellFormed().replaceAll(':', ' '))).join(':')
  const query = `secret=${secret}&issuer=${encodeURIComponent(issuer.toWellFormed())}`
  return `otpauth://totp/${label}?${query}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_MS / 1000}`
}

/**
 * The 30-second step, counted from 1970, whose code this is (RFC 6238, SHA-1, 6 digits); `null` where it is that of neither
 * this step nor one beside it. `now` in milliseconds since 1970. Accept each step once: keep the last one, and refuse
 * what is not above it. Spaces within the code do not matter. Throws `RangeError` for a damaged secret.
 */
export function totpStepOf({ secret, code, now }: { secret: string; code: string; now: number }): number | null {
  const key = fromBase32(secret, RFC4648)
  if (!key || key.length < MIN_SECRET_BYTES) throw new RangeError('Not a TOTP secret: base32 of 128 bits or more')
  const typed = code.length <= 4 * DIGITS ? code.replace(/\s/g, '') : ''
  const step = Math.floor(now / STEP_MS)
  let accepted: number | null = null
  for (const drift of DRIFT) {
    if (step + drift >= 0 && safeEqual(typed, codeAt(key, step + drift))) accepted = step + drift
  }
  return accepted
}

/** RFC 4226, section 5.3. */
function codeAt(key: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = mac[mac.length - 1]! & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, '0')
}
