import { bestSellersOf } from './best-sellers.ts'
import type { Model } from './read-model.ts'
import type { Basket } from './types.ts'

const MAX_BASKET = 200

/** Moves a loaded model's counts with each new basket: sales, and the counts and cosines of pairs that are in its lists. */
export function createObserver(model: Model) {
  const { pairs, sales, index } = model

  /** How the cosine of a pair grows when one more basket holds both, all else as it was. */
  function grow(at: number, from: number): void {
    const before = pairs.counts[at]!++
    const growth = before === 0 ? 1 : (before + 1) / before
    const [was, is] = [pairs.baskets[from]! - 1 || 1, pairs.baskets[from]!]
    const factor = (growth * was) / is
    for (const column of [pairs.cosine, pairs.lately, pairs.near]) column[at] = Math.min(1, column[at]! * factor)
  }

  return {
    observe({ items }: Basket): void {
      const known = [...new Set(items)].flatMap((id) => index.get(id) ?? [])
      for (const item of known) {
        sales.count[item]!++
        sales.recent[item]!++
        for (const column of [sales.fast, sales.trend, sales.slow]) column[item]!++
        sales.lastAge[item] = 0
        if (known.length <= MAX_BASKET) pairs.baskets[item]!++
      }
      if (known.length <= MAX_BASKET) {
        const held = new Set(known)
        for (const from of known) {
          for (let at = pairs.offsets[from]!; at < pairs.offsets[from + 1]!; at++)
            if (held.has(pairs.neighbours[at]!)) grow(at, from)
        }
      }
      ;(model.bestSellers as number[]).splice(0, model.bestSellers.length, ...bestSellersOf(sales.trend))
    },
  }
}
