/** RFC 4648, section 6: what authenticator apps read. */
export const RFC4648 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** Without I, L, O and U: what people copy from paper. */
export const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const BITS = 5

/** Five bits a character, without padding; `bytes.length` must be a multiple of 5. */
export function toBase32(bytes: Uint8Array, alphabet: string): string {
  let text = ''
  let held = 0
  let heldBits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    heldBits += 8
    while (heldBits >= BITS) {
      heldBits -= BITS
      text += alphabet[(held >>> heldBits) & 31]
    }
    held &= (1 << heldBits) - 1
  }
  return text
}

/** `null` where a character is not of the alphabet. Spare bits at the end are dropped. */
export function fromBase32(text: string, alphabet: string): Uint8Array | null {
  const bytes: number[] = []
  let held = 0
  let heldBits = 0
  for (const character of text) {
    const value = alphabet.indexOf(character)
    if (value < 0) return null
    held = (held << BITS) | value
    heldBits += BITS
    if (heldBits >= 8) {
      heldBits -= 8
      bytes.push(held >>> heldBits)
      held &= (1 << heldBits) - 1
    }
  }
  return Uint8Array.from(bytes)
}
