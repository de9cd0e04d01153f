import { checkQuery } from './check-input.ts'
import { KINDS, type Recommendation, type RecommendationKind, type Recommender, type RecommendQuery } from './types.ts'

/** What stands in when a way of recommending has too little to say, in order. */
export const FALLBACKS: Readonly<Record<RecommendationKind, readonly RecommendationKind[]>> = {
  'bought-together': ['bought-together', 'similar', 'popular'],
  complements: ['complements', 'popular'],
  similar: ['similar', 'bought-together', 'popular'],
  next: ['next', 'bought-together', 'similar', 'popular'],
  'for-user': ['for-user', 'popular'],
  'buy-again': ['buy-again', 'for-user', 'popular'],
  'recently-viewed': ['recently-viewed', 'popular'],
  trending: ['trending', 'popular'],
  popular: ['popular'],
}

/** Which way of a chain a reason belongs to; those of the kind itself need not be named. */
const WAY_OF_REASON = {
  'bought-together': 'bought-together',
  similar: 'similar',
  popular: 'popular',
  trending: 'trending',
  history: 'buy-again',
} as const

export interface Answer {
  readonly items: readonly Recommendation[]
  /** The ways that were tried, in order. */
  readonly strategies: readonly RecommendationKind[]
}

/** Recommends by the kind asked for and fills up, in the order of `FALLBACKS`, until there are `limit` items. */
export function recommendWithFallback(recommender: Recommender, query: RecommendQuery): Answer {
  checkQuery(query, KINDS)
  const chain = FALLBACKS[query.kind]
  const items: Recommendation[] = []
  const tried = new Set<RecommendationKind>()
  for (const kind of chain) {
    const missing = query.limit - items.length
    if (missing <= 0) break
    tried.add(kind)
    const exclude = [...(query.exclude ?? []), ...items.map(({ id }) => id)]
    for (const item of recommender.recommend({ ...query, kind, exclude, limit: missing })) items.push(item)
  }
  for (const { reason } of items) if (chain.includes(WAY_OF_REASON[reason.kind])) tried.add(WAY_OF_REASON[reason.kind])
  const last = Math.max(-1, ...[...tried].map((kind) => chain.indexOf(kind)))
  return { items, strategies: chain.slice(0, last + 1) }
}
