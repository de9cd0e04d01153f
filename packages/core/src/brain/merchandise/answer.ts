import { explain } from '../recommend/explain.ts'
import { recommendWithFallback } from '../recommend/fallback.ts'
import type { Reason, RecommendationKind, Recommender } from '../recommend/types.ts'
import { arrange, refusal } from './arrange.ts'
import { explainShop, type ShopReason } from './explain.ts'
import { holds, matches } from './match.ts'
import type { ProductMatch, Rule, RuleScope, ShelfItem } from './types.ts'

/** Candidates looked at where rules, margin or diversity may change their order. */
const CANDIDATES_PER_ITEM = 5
const MIN_CANDIDATES = 100

/** From how many orders on a shop's answers stand on more than its first ones, and on ample data. */
const SMALL_BASKETS = 100
const AMPLE_BASKETS = 1_000

/** A product as answers show it and go by it. */
export interface ShelfProduct extends Omit<ShelfItem, 'margin'> {
  readonly name: string
  readonly url?: string | undefined
  readonly imageUrl?: string | undefined
  /** In minor units of the price's currency. */
  readonly costMinor?: number | undefined
  readonly inStock: boolean
  readonly visible: boolean
}

/** A rule, and where and when it holds. */
export interface ScopedRule extends Rule {
  readonly scope: RuleScope
}

/** What answers are made of besides a model. */
export interface ProductShelf {
  /** The whole catalogue by id. */
  readonly products: ReadonlyMap<string, ShelfProduct>
  readonly settings: {
    /** From 0 to 1. */
    readonly diversity: number
    readonly marginWeight: number
    /** What visitors see who are held out. */
    readonly holdoutShows: 'nothing' | 'popular'
  }
}

interface Touch {
  readonly id: string
  /** ms since 1970. */
  readonly at: number
}

/** A question, and what was found out about who asks. */
export interface ShelfQuestion {
  readonly kind: RecommendationKind
  /** The product on the page, or the products in the cart in the order they were added. */
  readonly items: readonly string[]
  readonly exclude: readonly string[]
  readonly limit: number
  /** BCP 47. */
  readonly language: string
  readonly placement?: string | undefined
  readonly filter?: ProductMatch | undefined
  readonly allow: readonly ('out_of_stock' | 'in_cart' | 'hidden')[]
  /** Default: the shelf's. */
  readonly diversity?: number | undefined
  /** What this shopper bought and looked at, oldest first. */
  readonly history: readonly Touch[]
  readonly viewed: readonly Touch[]
  readonly isHeldOut: boolean
  /** ms since 1970. */
  readonly now: number
}

export interface AnsweredItem {
  readonly id: string
  readonly name: string
  readonly url?: string
  readonly imageUrl?: string
  readonly price?: { amount: number; currency: string }
  readonly score: number
  readonly reason: ShownReason
  readonly reasonText: string
}

export interface ShelfAnswer {
  readonly kind: RecommendationKind
  readonly items: readonly AnsweredItem[]
  /** `null`: there was no model. */
  readonly modelVersion: string | null
  /** The ways that were tried, in order. */
  readonly strategies: readonly (RecommendationKind | 'pinned')[]
  /** Orders behind the model: `first_orders` are fewer than 100, `small` fewer than 1,000. */
  readonly basis: { readonly baskets: number; readonly size: 'none' | 'first_orders' | 'small' | 'ample' }
  readonly notice?: {
    readonly code: 'no_model' | 'unknown_product' | 'few_candidates' | 'rules_exclude_all' | 'no_history' | 'holdout'
    readonly message: string
  }
}

/** A reason as JSON has it: instants are ISO 8601. */
export type ShownReason =
  | Exclude<Reason, { kind: 'history' }>
  | { readonly kind: 'history'; readonly times: number; readonly at: string }
  | ShopReason

interface Candidate {
  readonly id: string
  readonly score: number
  readonly reason: Reason | ShopReason
}

/**
 * Answers a question from what the shop has: the same on the server and in the browser. `rules` are those that hold
 * (`rulesFor`). Complexity: that of the model's answer, and rules × candidates.
 */
export function answerFromShelf(
  shelf: ProductShelf,
  recommender: Recommender | null,
  question: ShelfQuestion,
  rules: readonly Rule[],
): ShelfAnswer {
  const { kind, limit, isHeldOut } = question
  if (isHeldOut && shelf.settings.holdoutShows === 'nothing') {
    return { ...nothing(question, recommender), notice: HELD_OUT }
  }
  if (!recommender && kind !== 'recently-viewed') return { ...nothing(question, null), notice: NO_MODEL }
  const fits = fitting(shelf, question)
  const refused = refusal(rules)
  const mayShow = (id: string) => fits(id) && !refused(shelfItem(shelf.products.get(id)!))
  const { candidates, strategies } = find(recommender, question, mayShow, candidateCount(shelf, question, rules))
  const arranged = arrange<Candidate>(
    candidates,
    rules,
    (id) => shelfItem(shelf.products.get(id)!),
    {
      limit,
      diversity: question.diversity ?? shelf.settings.diversity,
      marginWeight: shelf.settings.marginWeight,
    },
    (id) => (fits(id) && !question.items.includes(id) ? { id, score: 0, reason: { kind: 'pinned' } } : undefined),
  )
  const isPinned = arranged.some(({ reason }) => reason.kind === 'pinned')
  const notice =
    arranged.length === 0 && rules.length > 0 && find(recommender, question, fits, 1).candidates.length > 0
      ? RULES_EXCLUDE_ALL
      : noticeFor(question, recommender, arranged.length)
  return {
    ...nothing(question, recommender),
    items: arranged.map((candidate) => present(shelf, candidate, question.language)),
    strategies: [...strategies, ...(isPinned ? (['pinned'] as const) : [])],
    ...(notice ? { notice } : {}),
  }
}

/** Rules that hold for a question. */
export function rulesFor<R extends ScopedRule>(
  { products: catalogue }: ProductShelf,
  rules: readonly R[],
  { kind, placement, items, now }: ShelfQuestion,
): R[] {
  const products = items.flatMap((id) => catalogue.get(id) ?? []).map(shelfItem)
  return rules.filter(({ scope }) => holds(scope, { kind, placement, items: products, now }))
}

/** Whether a product may be shown at all, rules aside. */
function fitting({ products }: ProductShelf, { allow, filter }: ShelfQuestion): (id: string) => boolean {
  const mayBeHidden = allow.includes('hidden')
  const mayBeSoldOut = allow.includes('out_of_stock')
  return (id) => {
    const product = products.get(id)
    if (!product || !(product.visible || mayBeHidden) || !(product.inStock || mayBeSoldOut)) return false
    return !filter || matches(filter, shelfItem(product))
  }
}

function candidateCount(
  { settings }: ProductShelf,
  { limit, diversity }: ShelfQuestion,
  rules: readonly Rule[],
): number {
  const keepsOrder = settings.marginWeight === 0 && (diversity ?? settings.diversity) === 0
  const moves = rules.some(({ action }) => action === 'boost' || action === 'bury' || action === 'pin')
  return keepsOrder && !moves ? limit : Math.max(MIN_CANDIDATES, limit * CANDIDATES_PER_ITEM)
}

function find(
  recommender: Recommender | null,
  question: ShelfQuestion,
  filter: (id: string) => boolean,
  limit: number,
): { candidates: readonly Candidate[]; strategies: ShelfAnswer['strategies'] } {
  const { kind, items, exclude, history, viewed } = question
  const asked: RecommendationKind = question.isHeldOut ? 'popular' : kind
  if (asked === 'recently-viewed') {
    const left = new Set([...items, ...exclude])
    return { candidates: lastViewed(viewed, (id) => !left.has(id) && filter(id), limit), strategies: [asked] }
  }
  const found = recommendWithFallback(recommender!, { kind: asked, items, exclude, history, limit, filter })
  return { candidates: found.items, strategies: found.strategies }
}

function lastViewed(viewed: readonly Touch[], filter: (id: string) => boolean, limit: number): Candidate[] {
  const latest = new Map<string, number>()
  // Of two at one time, the later in the list comes first; so does a second look at the same.
  for (const { id, at } of viewed.toReversed()) if (!latest.has(id)) latest.set(id, at)
  return [...latest]
    .filter(([id]) => filter(id))
    .sort(([, a], [, b]) => b - a)
    .slice(0, limit)
    .map(([id, at]) => ({ id, score: at, reason: { kind: 'viewed', at: new Date(at).toISOString() } }))
}

function present({ products }: ProductShelf, { id, score, reason }: Candidate, language: string): AnsweredItem {
  const nameOf = (other: string) => products.get(other)?.name ?? other
  return {
    ...card(products.get(id)!),
    score,
    reason: shown(reason),
    reasonText: isShopReason(reason) ? explainShop(reason, language) : explain(reason, nameOf, language),
  }
}

function shown(reason: Candidate['reason']): ShownReason {
  return reason.kind === 'history' ? { ...reason, at: new Date(reason.at).toISOString() } : reason
}

function isShopReason(reason: Candidate['reason']): reason is ShopReason {
  return reason.kind === 'pinned' || reason.kind === 'viewed'
}

function card({ id, name, url, imageUrl, price }: ShelfProduct) {
  return { id, name, ...(url ? { url } : {}), ...(imageUrl ? { imageUrl } : {}), ...(price ? { price } : {}) }
}

function nothing({ kind }: ShelfQuestion, recommender: Recommender | null): ShelfAnswer {
  const baskets = recommender?.counts.baskets ?? 0
  return {
    kind,
    items: [],
    modelVersion: recommender?.version ?? null,
    strategies: [],
    basis: { baskets, size: basisOf(baskets) },
  }
}

function basisOf(baskets: number) {
  if (baskets === 0) return 'none'
  if (baskets < SMALL_BASKETS) return 'first_orders'
  return baskets < AMPLE_BASKETS ? 'small' : 'ample'
}

const NO_MODEL: ShelfAnswer['notice'] = {
  code: 'no_model',
  message: 'No model has been trained yet: import orders, and training follows by itself',
}

const HELD_OUT: ShelfAnswer['notice'] = {
  code: 'holdout',
  message: 'This visitor is one of those who are shown no recommendations, so that it shows what these earn',
}

const RULES_EXCLUDE_ALL: ShelfAnswer['notice'] = {
  code: 'rules_exclude_all',
  message:
    'The rules of the shop exclude every product that would fit: POST /api/recommendation-rules/preview shows which',
}

function noticeFor(
  { kind, items, limit, isHeldOut }: ShelfQuestion,
  recommender: Recommender | null,
  found: number,
): ShelfAnswer['notice'] {
  if (isHeldOut)
    return { code: 'holdout', message: 'This visitor is one of those who see what sells well, whatever was asked' }
  if (kind === 'recently-viewed' && found === 0) {
    return { code: 'no_history', message: 'This shopper has looked at nothing yet that can be shown' }
  }
  if (items.length > 0 && recommender && !items.some((id) => recommender.knows(id))) {
    return {
      code: 'unknown_product',
      message: `The model does not know ${items.slice(0, 3).join(', ')}; what sells well stands in`,
    }
  }
  if (found < limit) return { code: 'few_candidates', message: `Only ${found} products fit` }
  return undefined
}

/** A product as rules look at it. */
function shelfItem({ id, categories, brand, attributes, price, costMinor }: ShelfProduct): ShelfItem {
  const margin = price && costMinor !== undefined && price.amount > 0 ? (price.amount - costMinor) / price.amount : 0
  return { id, categories, brand, attributes, price, margin: Math.min(1, Math.max(0, margin)) }
}
