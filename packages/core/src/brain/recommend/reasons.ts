import type { Asked, Ranked } from './asked.ts'
import type { Model } from './read-model.ts'
import { RECENT_DAYS } from './sales.ts'
import type { Reason, RecommendationKind } from './types.ts'

/** Places from the end of basket and history that reasons are looked for in. */
const MAX_BASKET = 20
const MAX_HISTORY = 40

/** Kinds that speak of likeness first. */
const LIKENESS: ReadonlySet<RecommendationKind> = new Set(['similar'])

/**
 * Says for each product of an answer what speaks most for it: the shopper's own history, what it was bought together with,
 * what it is like, or that it sells.
 */
export function createReasons(model: Model) {
  const { pairs, alike, sales, ids } = model

  return (
    kind: RecommendationKind,
    { basket, history }: Asked,
    ranked: readonly Ranked[],
  ): ((item: number) => Reason) => {
    const asked = new Set(ranked.flatMap(({ item, reason }) => (reason ? [] : [item])))
    const bought = new Map<number, { times: number; at: number }>()
    const together = new Map<number, { merit: number; from: number; at: number }>()
    const like = new Map<number, { score: number; from: number }>()
    if (asked.size > 0) {
      for (const { item, at } of history)
        if (asked.has(item)) bought.set(item, { times: (bought.get(item)?.times ?? 0) + 1, at })
      for (const from of basket.slice(-MAX_BASKET)) lookThrough(from)
      const own = [...new Set(history.map(({ item }) => item).reverse())].slice(0, MAX_HISTORY)
      for (const from of own) if (together.size < asked.size) lookThrough(from, false)
    }
    return (item) => {
      const likeness = like.get(item)
      const likely: Reason | undefined = likeness && {
        kind: 'similar',
        with: ids[likeness.from]!,
        words: sharedWords(model, likeness.from, item),
      }
      if (likely && LIKENESS.has(kind)) return likely
      const before = bought.get(item)
      if (before) return { kind: 'history', ...before }
      const pair = together.get(item)
      if (pair) {
        return {
          kind: 'bought-together',
          with: ids[pair.from]!,
          together: pairs.counts[pair.at]!,
          of: pairs.baskets[pair.from]!,
        }
      }
      return likely ?? { kind: 'popular', baskets: sales.recent[item]!, days: RECENT_DAYS }
    }

    function lookThrough(from: number, isInBasket = true): void {
      for (let at = pairs.offsets[from]!; at < pairs.offsets[from + 1]!; at++) {
        const item = pairs.neighbours[at]!
        if (!asked.has(item)) continue
        const merit = pairs.cosine[at]! + pairs.near[at]!
        const best = together.get(item)
        if (!best || (isInBasket && merit > best.merit)) together.set(item, { merit, from, at })
      }
      if (!isInBasket) return
      for (let at = alike.offsets[from]!; at < alike.offsets[from + 1]!; at++) {
        const item = alike.neighbours[at]!
        const score = alike.scores[at]!
        if (asked.has(item) && score > (like.get(item)?.score ?? 0)) like.set(item, { score, from })
      }
    }
  }
}

function sharedWords({ wordIds, wordOffsets, words }: Model, a: number, b: number): string[] {
  const wordsOf = (item: number) => wordIds.subarray(wordOffsets[item], wordOffsets[item + 1])
  const others = new Set(wordsOf(b))
  return [...wordsOf(a)].filter((word) => others.has(word)).map((word) => words[word]!)
}
