const TIME_CHARACTERS = 10
const RANDOM_CHARACTERS = 16

/**
 * A new id: `prefix_`, the time in 10 characters, 80 random bits in 16. Ids made later sort later, to the millisecond.
 * `random` need not be cryptographic: ids are names, not secrets.
 */
export function newId(prefix: string, clock: () => number, random: () => number): string {
  // Base 32 in lower case sorts like the number it writes.
  let body = clock().toString(32).padStart(TIME_CHARACTERS, '0')
  for (let i = 0; i < RANDOM_CHARACTERS; i++) body += Math.floor(random() * 32).toString(32)
  return `${prefix}_${body}`
}
