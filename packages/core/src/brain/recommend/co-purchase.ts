import { type Lists, listBuilder } from './lists.ts'
import { topIndexes } from './top.ts'

/** A co-purchase seen once says little: scores are multiplied by together / (together + SHRINKAGE). */
const SHRINKAGE = 3

/**
 * Items bought together: for each item the `listLength` others with the highest shrunk cosine,
 * c_ij / √(c_i c_j) · c_ij / (c_ij + 3), where c counts baskets, those with one item included. Also gives c_ij beside each
 * neighbour.
 *
 * `baskets`: distinct item indexes of each basket. A basket of more than `maxBasketItems` items (a till roll-up, a
 * wholesale order) says little about what belongs together and costs its square; it counts neither in c_ij nor in c_i.
 * Cost: O(Σ n²) over the baskets counted; memory O(items + lists).
 */
export function coPurchaseLists(
  baskets: readonly Uint32Array[],
  itemCount: number,
  options: { listLength: number; maxBasketItems: number },
): Lists & { together: Uint32Array; baskets: Uint32Array } {
  const counted = baskets.filter((basket) => basket.length <= options.maxBasketItems)
  const counts = new Uint32Array(itemCount)
  for (const basket of counted) for (const item of basket) counts[item]!++
  const holders = holdersOf(counted, counts)

  const lists = listBuilder(itemCount)
  const together = new Uint32Array(itemCount)
  const scores = new Float32Array(itemCount)
  const togetherOf: number[] = []
  for (let item = 0; item < itemCount; item++) {
    const touched: number[] = []
    for (const basket of holders[item]!) {
      for (const other of counted[basket]!) {
        if (together[other]!++ === 0) touched.push(other)
      }
    }
    for (const other of touched) {
      const both = together[other]!
      const cosine = both / Math.sqrt(counts[item]! * counts[other]!)
      scores[other] = other === item ? 0 : cosine * (both / (both + SHRINKAGE))
    }
    const others = touched.filter((other) => other !== item)
    const list = topIndexes(others, scores, options.listLength)
    lists.add(list, scores)
    for (const other of list) togetherOf.push(together[other]!)
    for (const other of touched) together[other] = 0
  }
  return { ...lists.build(), together: Uint32Array.from(togetherOf), baskets: counts }
}

/** For each item the indexes of the baskets that hold it. */
function holdersOf(baskets: readonly Uint32Array[], counts: Uint32Array): Uint32Array[] {
  const holders = Array.from(counts, (count) => new Uint32Array(count))
  const filled = new Uint32Array(counts.length)
  for (const [index, basket] of baskets.entries()) {
    for (const item of basket) holders[item]![filled[item]!++] = index
  }
  return holders
}
