/** Longer fields are texts that hardly repeat: looking them up costs more than decoding them. */
const MAX_INTERNED_BYTES = 64
const SLOTS = 1 << 15
const MAX_PROBES = 4

/**
 * Turns bytes into strings, the same bytes into the same string object, mostly without allocating: in a table of orders
 * nearly every cell repeats one before it. A lossy cache of 32,768 slots with a fixed cost of 2.5 MB; a slot is overwritten
 * when its neighbourhood is full.
 */
export class Interner {
  readonly #hashes = new Int32Array(SLOTS)
  /** Length of each slot's bytes plus one; 0 is an empty slot. */
  readonly #lengths = new Uint8Array(SLOTS)
  readonly #pool = new Uint8Array(SLOTS * MAX_INTERNED_BYTES)
  readonly #strings: string[] = new Array(SLOTS).fill('')
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

  /** The text of `source[start, end)`, or `null` where it is not UTF-8 or holds NUL. `hash` is any hash of the bytes. */
  text(source: Uint8Array, start: number, end: number, hash: number): string | null {
    const length = end - start
    if (length > MAX_INTERNED_BYTES) return this.#decode(source, start, end)
    let slot = hash & (SLOTS - 1)
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const at = (slot + probe) & (SLOTS - 1)
      const stored = this.#lengths[at]!
      if (stored === 0) {
        slot = at
        break
      }
      if (stored === length + 1 && this.#hashes[at] === hash && this.#isSame(at, source, start, end)) {
        return this.#strings[at]!
      }
    }
    const text = this.#decode(source, start, end)
    if (text === null) return null
    this.#hashes[slot] = hash
    this.#lengths[slot] = length + 1
    this.#pool.set(source.subarray(start, end), slot * MAX_INTERNED_BYTES)
    this.#strings[slot] = text
    return text
  }

  #isSame(slot: number, source: Uint8Array, start: number, end: number): boolean {
    const pool = this.#pool
    for (let i = start, j = slot * MAX_INTERNED_BYTES; i < end; i++, j++) if (pool[j] !== source[i]) return false
    return true
  }

  #decode(source: Uint8Array, start: number, end: number): string | null {
    try {
      const text = this.#decoder.decode(source.subarray(start, end))
      return text.includes('\0') ? null : text
    } catch {
      return null // Not UTF-8.
    }
  }
}
