import { sha256 } from '../sha256.ts'

const encoder = new TextEncoder()
/** Hex digits that make the number: 48 bits, which a double holds exactly. */
const DIGITS = 12

/**
 * Where somebody falls in [0, 1), always and everywhere the same for a purpose: who is below a share belongs to it. Purposes
 * (`salt`) do not correlate, so that a holdout is spread evenly over the arms of a comparison. The first 48 bits of SHA-256.
 */
export function placeOf(salt: string, who: string): number {
  const digest = sha256(encoder.encode(`${salt}\u0000${who}`))
  return Number.parseInt(digest.slice(0, DIGITS), 16) / 2 ** 48
}

/** Whether a visitor is one of the `share`, from 0 to 1, who are shown nothing personal. */
export function isHeldOut(who: string, share: number): boolean {
  return share > 0 && placeOf('holdout', who) < share
}
