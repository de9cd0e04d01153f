import type { Ranked } from './asked.ts'
import type { Model } from './read-model.ts'

/** What one product of a list takes from those after it that the same baskets hold. */
const SERVED = 0.8

/**
 * Orders products so that as many shoppers as possible find one: each is the one with the greatest sales among baskets that
 * hold none of those before it, times what speaks for it (`merit`, by product, above 0). Sales alone would name ten products
 * that the same people buy. The share of a product's baskets that also hold another is read from the lists of pairs, as if
 * the shares of several were independent. Those beyond `limit` follow by what is left of them. The greedy way of covering: Nemhauser et
 * al., "An analysis of approximations for maximizing submodular set functions", 1978. O(limit · (candidates + list length)).
 */
export function createCover({ sales: { trend }, pairs, itemCount }: Model) {
  const worth = new Float64Array(itemCount)

  return (candidates: readonly number[], merit: ArrayLike<number>, limit: number): Ranked[] => {
    for (const item of candidates) worth[item] = trend[item]! * merit[item]!
    let waiting = [...candidates]
    const list: Ranked[] = []
    while (list.length < limit && waiting.length > 0) {
      const item = waiting.reduce((best, one) => (worth[one]! > worth[best]! ? one : best))
      list.push({ item, score: worth[item]! })
      waiting = waiting.filter((one) => one !== item)
      for (let at = pairs.offsets[item]!; at < pairs.offsets[item + 1]!; at++) {
        const other = pairs.neighbours[at]!
        if (trend[other] === 0) continue
        const share = pairs.lately[at]! * Math.sqrt(trend[item]! / trend[other]!)
        worth[other]! *= 1 - Math.min(1, SERVED * share)
      }
    }
    const rest = waiting.map((item) => ({ item, score: worth[item]! }))
    return [...list, ...rest.sort((a, b) => b.score - a.score || a.item - b.item)]
  }
}
