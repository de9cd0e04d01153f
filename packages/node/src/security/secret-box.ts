import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

export interface BoxKey {
  /** Names the key in what it sealed: letters, digits, `_` and `-`, up to 64. */
  readonly id: string
  /** 32 bytes. */
  readonly key: Uint8Array
}

export interface SecretBox {
  /** Text `v1.<key id>.<nonce>.<ciphertext and tag>`. `context` says what it is for, and opening must name the same. */
  seal(plain: string | Uint8Array, context: string): string
  /** Throws `SecretBoxError` for an unknown key id, altered text or another context. */
  open(sealed: string, context: string): Uint8Array
  /** Whether it was sealed with the current key; false means: seal it again. */
  isCurrent(sealed: string): boolean
}

/** What was sealed cannot be opened: its key is gone, it was altered, or it belongs elsewhere. */
export class SecretBoxError extends Error {
  override name = 'SecretBoxError'
}

const VERSION = 'v1'
const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_ID = /^[\w-]{1,64}$/

/**
 * Secrets at rest: AES-256-GCM with a random 96-bit nonce, so one key seals up to 2³² of them (NIST SP 800-38D, 8.3).
 * Seals with `current`; opens what `current` or one of `older` sealed. Throws `SecretBoxError` for unusable keys.
 */
export function secretBox({ current, older = [] }: { current: BoxKey; older?: readonly BoxKey[] }): SecretBox {
  const keys = new Map<string, Uint8Array>()
  for (const { id, key } of [current, ...older]) {
    if (!KEY_ID.test(id)) throw new SecretBoxError('A key id has 1 to 64 letters, digits, _ and -')
    if (key.length !== KEY_BYTES) throw new SecretBoxError(`Key "${id}" has ${key.length} bytes, expected ${KEY_BYTES}`)
    if (keys.has(id)) throw new SecretBoxError(`Two keys are called "${id}"`)
    keys.set(id, Uint8Array.from(key))
  }

  return {
    seal(plain, context) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, keys.get(current.id)!, nonce, { authTagLength: TAG_BYTES })
      cipher.setAAD(Buffer.from(context))
      const bytes = typeof plain === 'string' ? Buffer.from(plain) : plain
      const sealed = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
      return [VERSION, current.id, nonce.toString('base64url'), sealed.toString('base64url')].join('.')
    },
    open(text, context) {
      const { keyId, nonce, sealed } = read(text)
      const key = keys.get(keyId)
      if (!key) throw new SecretBoxError(`Sealed with key "${keyId}", which is not configured`)
      const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(context))
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
      try {
        return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]))
      } catch (cause) {
        throw new SecretBoxError('Altered, sealed with another key of the same id, or for another context', { cause })
      }
    },
    isCurrent: (text) => text.startsWith(`${VERSION}.${current.id}.`),
  }
}

function read(text: string): { keyId: string; nonce: Buffer; sealed: Buffer } {
  const [version, keyId = '', nonceText = '', sealedText = '', ...rest] = text.split('.')
  const nonce = fromBase64url(nonceText)
  const sealed = fromBase64url(sealedText)
  const isSound =
    version === VERSION &&
    KEY_ID.test(keyId) &&
    rest.length === 0 &&
    nonce?.length === NONCE_BYTES &&
    sealed !== null &&
    sealed.length >= TAG_BYTES
  if (!isSound) throw new SecretBoxError('Not sealed text, or cut short')
  return { keyId, nonce, sealed }
}

/** `null` for all but the one spelling that encoding gives: Buffer passes over foreign characters and spare bits. */
function fromBase64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}
