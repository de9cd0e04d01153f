import { checkQuery } from './check-input.ts'
import type { Recommendation, RecommendationKind, Recommender, RecommendQuery } from './types.ts'

/** What stands in when a way of recommending has too little to say, in order. */
export const FALLBACKS: Readonly<Record<RecommendationKind, readonly RecommendationKind[]>> = {
  'bought-together': ['bought-together', 'similar', 'popular'],
  similar: ['similar', 'bought-together', 'popular'],
  popular: ['popular'],
}

export interface Answer {
  readonly items: readonly Recommendation[]
  /** The ways that were tried, in order. */
  readonly strategies: readonly RecommendationKind[]
}

/** Recommends by the kind asked for and fills up, in the order of `FALLBACKS`, until there are `limit` items. */
export function recommendWithFallback(recommender: Recommender, query: RecommendQuery): Answer {
  checkQuery(query, FALLBACKS)
  const items: Recommendation[] = []
  const strategies: RecommendationKind[] = []
  for (const kind of FALLBACKS[query.kind]) {
    const missing = query.limit - items.length
    if (missing <= 0) break
    strategies.push(kind)
    const exclude = [...(query.exclude ?? []), ...items.map(({ id }) => id)]
    items.push(...recommender.recommend({ ...query, kind, exclude, limit: missing }))
  }
  return { items, strategies }
}
