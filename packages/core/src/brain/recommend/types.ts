/** One order as training sees it. */
export interface Basket {
  /** Product ids in the order in which they were added. Copies count once. */
  readonly items: readonly string[]
  /** When, in ms since 1970. */
  readonly at: number
  readonly user?: string
}

/** What is known of a product besides its sales. */
export interface ItemInfo {
  readonly id: string
  readonly name?: string
  readonly categories?: readonly string[]
  readonly brand?: string
}

export interface TrainingInput {
  readonly baskets: readonly Basket[]
  /** Products; those without a sale can still be recommended as similar. */
  readonly items?: readonly ItemInfo[]
}

export type RecommendationKind = 'popular' | 'bought-together' | 'similar'

/** Why an item is recommended. The counts are those of the training data. */
export type Reason =
  /** In `together` of the `of` baskets that held item `with`; baskets of more than `maxBasketItems` items aside. */
  | { readonly kind: 'bought-together'; readonly with: string; readonly together: number; readonly of: number }
  /** Shares `words` with item `with`. */
  | { readonly kind: 'similar'; readonly with: string; readonly words: readonly string[] }
  /** In `baskets` baskets of the last `days` days before training. */
  | { readonly kind: 'popular'; readonly baskets: number; readonly days: number }

export interface RecommendQuery {
  readonly kind: RecommendationKind
  /** The basket so far in order, or the product on the page. Ids that the model does not know are passed over. */
  readonly items?: readonly string[]
  /** What this shopper bought before, oldest first; `at` in ms since 1970. */
  readonly history?: readonly { readonly id: string; readonly at: number }[]
  readonly limit: number
  readonly exclude?: readonly string[]
  /** Called for candidates in order of score, until there are enough. */
  readonly filter?: (id: string) => boolean
}

export interface Recommendation {
  readonly id: string
  /** Comparable within one answer only; higher is better. */
  readonly score: number
  readonly reason: Reason
}

export interface Recommender {
  /** SHA-256 of the model file, in hex. */
  readonly version: string
  /** When it was trained, ms since 1970. */
  readonly trainedAt: number
  readonly counts: { readonly baskets: number; readonly items: number }
  /** Whether training saw this id, in a basket or in the catalogue. */
  knows(id: string): boolean
  /** The best `limit` items for a query, best first; never one of `query.items`. Fewer where there is no more to say. */
  recommend(query: RecommendQuery): Recommendation[]
}
