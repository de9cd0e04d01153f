import { loadRecommender } from './load.ts'
import { trainRecommender } from './train.ts'
import type { Basket, TrainingInput } from './types.ts'

/** The last share of the baskets, which is asked about, and how many of them at most, spread evenly. */
const HELD_BACK = 0.1
const MAX_CASES = 400
/** Fewer baskets to ask about say nothing. */
const FEWEST_CASES = 10
const TOP = 10
/** Larger baskets are wholesale, where every list hits. */
const MAX_ITEMS = 100

/**
 * How well a shop's past foretells its last tenth: a model is trained on what was before (without learned ranking, which would
 * take a whole training more) and asked about each basket after. `next.hr10`: how often the last product of a basket is among
 * the ten for those before it; `bought-together.hr10`: how often one of the others is among the ten for the first;
 * `coverage10`: which part of the products is ever among them. From 0 to 1. Nothing is measured of shops with too few orders.
 * Comparable between trainings of one shop, not between shops.
 */
export function offlineMetrics({ baskets, items }: TrainingInput): Record<string, number> {
  const ordered = baskets.toSorted((a, b) => a.at - b.at)
  const start = Math.floor(ordered.length * (1 - HELD_BACK))
  const cases = spread(ordered.slice(start).filter(isAskable), MAX_CASES)
  if (cases.length < FEWEST_CASES) return {}
  const before = { baskets: ordered.slice(0, start), ...(items ? { items } : {}) }
  const model = loadRecommender(trainRecommender(before, { ranking: false }))
  const shown = new Set<string>()
  let next = 0
  let together = 0
  for (const { items: sold } of cases) {
    const top = (kind: 'next' | 'bought-together', known: readonly string[]) => {
      const ids = model.recommend({ kind, items: known, exclude: known, limit: TOP }).map(({ id }) => id)
      for (const id of ids) shown.add(id)
      return ids
    }
    const distinct = [...new Set(sold)]
    if (top('next', distinct.slice(0, -1)).includes(distinct.at(-1)!)) next++
    const others = new Set(distinct.slice(1))
    if (top('bought-together', distinct.slice(0, 1)).some((id) => others.has(id))) together++
  }
  return {
    'next.hr10': next / cases.length,
    'bought-together.hr10': together / cases.length,
    coverage10: model.counts.items === 0 ? 0 : shown.size / model.counts.items,
    cases: cases.length,
  }
}

function isAskable({ items }: Basket): boolean {
  const { size } = new Set(items)
  return size >= 2 && size <= MAX_ITEMS
}

function spread<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list]
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)]!)
}
