import { holdersOf, type Log, NOBODY } from './log.ts'
import { topIndexes } from './top.ts'

/**
 * Past baskets by product, the newest first and no more than `MAX_HOLDERS` of each: what "shoppers like this one" are found
 * in. Sources: Ludewig & Jannach, "Evaluation of session-based recommendation algorithms", 2018; Kersbergen et al.,
 * "Serenade", 2022 (the index of recent sessions).
 */
export interface Sessions {
  /** Baskets: `offsets[s]` … `offsets[s + 1] - 1` are the places of basket `s` in `items`, newest basket last. */
  readonly offsets: Uint32Array
  readonly items: Uint32Array
  readonly holderOffsets: Uint32Array
  readonly holders: Uint32Array
}

const MAX_HOLDERS = 400
/** Baskets of one shopper among those of a product. */
const MAX_OF_USER = 3
const MAX_BASKET_ITEMS = 100
const NEIGHBOURS = 120
/** Products of the basket that neighbours are looked for by, from its end. */
const MAX_SOURCES = 15
const SOURCE_FADE = 0.8

export function sessionIndex(log: Log): Sessions {
  const holders = holdersOf(log)
  const starts = new Uint32Array(log.itemCount + 1)
  const kept: number[] = []
  const byUser = new Map<number, number>()
  for (let item = 0; item < log.itemCount; item++) {
    const start = holders.offsets[item]!
    let count = 0
    byUser.clear()
    for (let at = holders.offsets[item + 1]! - 1; at >= start && count < MAX_HOLDERS; at--) {
      const basket = holders.baskets[at]!
      if (log.offsets[basket + 1]! - log.offsets[basket]! > MAX_BASKET_ITEMS) continue
      const user = log.user[basket]!
      if (user !== NOBODY) {
        const times = byUser.get(user) ?? 0
        if (times === MAX_OF_USER) continue
        byUser.set(user, times + 1)
      }
      kept.push(basket)
      count++
    }
    starts[item + 1] = kept.length
  }
  return { offsets: log.offsets, items: log.items, holderOffsets: starts, holders: Uint32Array.from(kept) }
}

/** Looks for the past baskets most like the one at hand. Keeps a number for each past basket at hand between questions. */
export function createNeighbourSearch({ offsets, items, holderOffsets, holders }: Sessions) {
  const likeness = new Float32Array(offsets.length - 1)

  /** Adds to `scores` what the past baskets most like this one held, shares of 1 for each product; tells `touch` each. */
  return (basket: readonly number[], scores: Float32Array, touch: (item: number) => void): void => {
    const found: number[] = []
    const end = basket.length
    for (let back = 0; back < Math.min(end, MAX_SOURCES); back++) {
      const source = basket[end - 1 - back]!
      const start = holderOffsets[source]!
      const stop = holderOffsets[source + 1]!
      const weight = SOURCE_FADE ** back * Math.log(1 + likeness.length / (stop - start + 1))
      for (let at = start; at < stop; at++) {
        const past = holders[at]!
        if (likeness[past] === 0) found.push(past)
        likeness[past]! += weight
      }
    }
    for (const past of found) likeness[past]! /= Math.sqrt(offsets[past + 1]! - offsets[past]!)
    const best = topIndexes(found, likeness, NEIGHBOURS)
    let sum = 0
    for (const past of best) sum += likeness[past]!
    for (const past of best) {
      const share = likeness[past]! / sum
      for (let at = offsets[past]!; at < offsets[past + 1]!; at++) {
        touch(items[at]!)
        scores[items[at]!]! += share
      }
    }
    for (const past of found) likeness[past] = 0
  }
}
