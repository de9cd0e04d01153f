/** Numbers in [0, 1) from a seed, the same on every machine (Mulberry32, T. Ettinger; period 2^32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Reorders in place, every order alike (Fisher and Yates). */
export function shuffle<T extends { [index: number]: unknown; readonly length: number }>(
  items: T,
  random: () => number,
): T {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const swap = items[last]
    items[last] = items[other]
    items[other] = swap
  }
  return items
}
