/** One order (or one visit) as training sees it. */
export interface Basket {
  /**
   * Product ids in the order in which they were added. Copies count once; where many baskets return to earlier products, as
   * the clicks of a visit do, that is learned too.
   */
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

/**
 * - `popular`: what sells, sales halved every 14 days · `trending`: what sells more of late than before
 * - `bought-together`: what goes with a product or a cart · `complements`: the same without what is alike
 * - `next`: what is added next to a basket, or clicked next in a visit
 * - `similar`: what is alike by name, brand and categories
 * - `for-user`: what a shopper has not bought yet, by history · `buy-again`: what they buy again · `recently-viewed`: their history,
 *   newest first
 */
export const KINDS = [
  'popular',
  'bought-together',
  'similar',
  'next',
  'complements',
  'for-user',
  'buy-again',
  'trending',
  'recently-viewed',
] as const
export type RecommendationKind = (typeof KINDS)[number]

/** Why an item is recommended. The counts are those of the training data. */
export type Reason =
  /** In `together` of the `of` baskets that held item `with`; baskets of more than `maxBasketItems` items aside. */
  | { readonly kind: 'bought-together'; readonly with: string; readonly together: number; readonly of: number }
  /** Shares `words` with item `with`. */
  | { readonly kind: 'similar'; readonly with: string; readonly words: readonly string[] }
  /** In `baskets` baskets of the last `days` days before training. */
  | { readonly kind: 'popular'; readonly baskets: number; readonly days: number }
  /** Sells `factor` times as well as in the time before; in `baskets` baskets of the last `days` days. */
  | { readonly kind: 'trending'; readonly baskets: number; readonly days: number; readonly factor: number }
  /** In the shopper's own history `times` times, last `at` (ms since 1970). */
  | { readonly kind: 'history'; readonly times: number; readonly at: number }

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
  /** From 0, the best answers, to 1, answers that are as little alike each other as can be. Default 0, for `for-user` 0.15. */
  readonly diversity?: number
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
  /** What training measured of itself, by name. */
  readonly metrics: Readonly<Record<string, number>>
  /** Whether training saw this id, in a basket or in the catalogue. */
  knows(id: string): boolean
  /**
   * The best `limit` items for a query, best first, filled up with what sells well. Never one of `query.items`, with one
   * exception: `next` can return to an item before the last where the training data do (clicks; `exclude` keeps them out).
   * `for-user` leaves out the history. Fewer items only where the shop has no more.
   */
  recommend(query: RecommendQuery): Recommendation[]
  /**
   * Counts one more basket at once, without a training: sales, and what was bought together among products that the model
   * knows. What it learns is gone with the object.
   */
  observe(basket: Basket): void
}
