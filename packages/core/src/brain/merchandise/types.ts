/** What rules may go by: a product of the shop, as far as they look at it. */
export interface ShelfItem {
  readonly id: string
  readonly categories?: readonly string[] | undefined
  readonly brand?: string | undefined
  readonly attributes?: Readonly<Record<string, string>> | undefined
  readonly price?: { readonly amount: number; readonly currency: string } | undefined
  /** (price − cost) / price, from 0 to 1. Without it a product has none that counts. */
  readonly margin?: number | undefined
}

/** Which products are meant: those that fit every line that is given. No line at all means every product. */
export interface ProductMatch {
  readonly ids?: readonly string[] | undefined
  /** One of these. */
  readonly categories?: readonly string[] | undefined
  readonly brands?: readonly string[] | undefined
  /** Each of these, as written. */
  readonly attributes?: Readonly<Record<string, string>> | undefined
  /** Minor units, bounds included. A product without a price does not fit. */
  readonly minPriceMinor?: number | undefined
  readonly maxPriceMinor?: number | undefined
}

/**
 * What a merchant wants of answers.
 *
 * - `pin`: puts matching products at `position` (from 0), in the order of `match.ids`.
 * - `boost`, `bury`: multiplies or divides how well a product fits by `factor`.
 * - `exclude`: never these. `only`: nothing but these.
 */
export type RuleAction = 'pin' | 'boost' | 'bury' | 'exclude' | 'only'

export interface Rule {
  readonly id: string
  readonly action: RuleAction
  readonly match: ProductMatch
  /** Of `boost` and `bury`, above 1. Default 2. */
  readonly factor?: number | undefined
  /** Of `pin`. Default 0. */
  readonly position?: number | undefined
}

/** When and where a rule holds; a line that is not given holds always. */
export interface RuleScope {
  readonly kinds?: readonly string[] | undefined
  readonly placements?: readonly string[] | undefined
  /** On pages of, or in carts with, a product that matches. */
  readonly context?: ProductMatch | undefined
  /** ms since 1970; from this instant on, and before that one. */
  readonly from?: number | undefined
  readonly until?: number | undefined
}

export interface Situation {
  readonly kind: string
  readonly placement?: string | undefined
  /** Products on the page or in the cart. */
  readonly items: readonly ShelfItem[]
  /** ms since 1970. */
  readonly now: number
}

/** What a rule did to one answer. */
export interface RuleEffect {
  readonly ruleId: string
  /** Products that it put in, kept out, or moved, with the places from 0 before and after; `null`: not in the list. */
  readonly changes: readonly { readonly id: string; readonly before: number | null; readonly after: number | null }[]
}
