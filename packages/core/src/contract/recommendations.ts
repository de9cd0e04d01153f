import * as z from 'zod/mini'
import { anyKey, route } from './define.ts'
import { foreignId, Money, text } from './schema.ts'

export const RECOMMENDATION_KINDS = ['popular', 'bought-together', 'similar'] as const
export type RecommendationKind = (typeof RECOMMENDATION_KINDS)[number]

/** Why a product is recommended, as data. `text` of the answer says the same in words. */
export const Reason = z.discriminatedUnion('kind', [
  /** In `together` of the `of` baskets that held product `with`. */
  z.object({ kind: z.literal('bought-together'), with: foreignId(), together: z.int(), of: z.int() }),
  /** Shares `words` of its name or category with product `with`. */
  z.object({ kind: z.literal('similar'), with: foreignId(), words: z.array(z.string()) }),
  /** Sold in `baskets` baskets of the last `days` days that the model saw. */
  z.object({ kind: z.literal('popular'), baskets: z.int(), days: z.int() }),
])
export type Reason = z.infer<typeof Reason>

export const RecommendedProduct = z.object({
  id: foreignId(),
  name: z.string(),
  url: z.optional(z.string()),
  imageUrl: z.optional(z.string()),
  price: z.optional(Money),
  /** Comparable within one answer only. */
  score: z.number(),
  reason: Reason,
  /** The reason as a sentence in the language asked for. */
  reasonText: z.string(),
})
export type RecommendedProduct = z.infer<typeof RecommendedProduct>

export const Recommendations = z.object({
  /** Joins what was shown, clicked and bought: send it with the events. */
  recommendationId: foreignId(),
  kind: z.enum(RECOMMENDATION_KINDS),
  items: z.array(RecommendedProduct),
  source: z.enum(['server', 'device']),
  /** Digest of the model file behind the answer; `null` before the first training. */
  modelVersion: z.nullable(z.string()),
  /** The ways of recommending that were tried, in order; the last one gave the last items. */
  strategies: z.array(z.enum(RECOMMENDATION_KINDS)),
  /** Why the list is shorter than asked for, or empty. */
  notice: z.optional(
    z.object({ code: z.enum(['no_model', 'unknown_product', 'few_candidates']), message: z.string() }),
  ),
})
export type Recommendations = z.infer<typeof Recommendations>

export const MAX_RECOMMENDATIONS = 50

export const recommendations = {
  list: route({
    method: 'GET',
    path: '/api/recommendations',
    access: anyKey,
    query: z.object({
      kind: z._default(z.enum(RECOMMENDATION_KINDS), 'popular'),
      /** The product on the page, or the products in the cart in the order they were added. */
      items: z.optional(z.array(foreignId()).check(z.maxLength(100))),
      exclude: z.optional(z.array(foreignId()).check(z.maxLength(100))),
      limit: z._default(z.int().check(z.gte(1), z.lte(MAX_RECOMMENDATIONS)), 10),
      /** BCP 47 language of `reasonText`. */
      language: z._default(text(35, 2), 'en'),
    }),
    output: Recommendations,
    offline: 'device',
    limit: 'page',
  }),
}
