import type { RecommendationKind } from '@tillwright/core/contract'

/** In the order in which people look for them. A record, so that a new kind does not compile without its place. */
const ORDER: Readonly<Record<RecommendationKind, number>> = {
  popular: 0,
  trending: 1,
  'bought-together': 2,
  similar: 3,
  complements: 4,
  next: 5,
  'for-user': 6,
  'buy-again': 7,
  'recently-viewed': 8,
}

export const RECOMMENDATION_KIND_NAMES = (Object.keys(ORDER) as RecommendationKind[]).sort(
  (a, b) => ORDER[a] - ORDER[b],
)
