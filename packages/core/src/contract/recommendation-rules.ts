import * as z from 'zod/mini'
import { route, secretKeyOr } from './define.ts'
import { placementName, RECOMMENDATION_KINDS, RecommendationQuery, Recommendations } from './recommendations.ts'
import { foreignId, instant, minorUnits, ownId, text } from './schema.ts'

export const MAX_RULES = 500

/** Which products are meant: those that fit every line that is given. No line at all means every product. */
export const ProductMatch = z.object({
  ids: z.optional(z.array(foreignId()).check(z.minLength(1), z.maxLength(1_000))),
  /** In one of these. */
  categories: z.optional(z.array(text(200, 1)).check(z.minLength(1), z.maxLength(100))),
  brands: z.optional(z.array(text(200, 1)).check(z.minLength(1), z.maxLength(100))),
  /** Each of these, as the catalogue writes it. */
  attributes: z.optional(z.record(text(100, 1), text(500))),
  /** Minor units, bounds included. */
  minPriceMinor: z.optional(minorUnits()),
  maxPriceMinor: z.optional(minorUnits()),
})
export type ProductMatch = z.infer<typeof ProductMatch>

export const RULE_ACTIONS = ['boost', 'bury', 'exclude', 'only', 'pin'] as const

const ruleFields = {
  /** For people: what the rule is for. */
  name: text(200, 1),
  /**
   * `pin`: puts the products of `match.ids` at `position`. `boost`, `bury`: multiplies or divides by `factor` how well a
   * product fits. `exclude`: never these. `only`: nothing but these.
   */
  action: z.enum(RULE_ACTIONS),
  match: ProductMatch,
  factor: z.optional(z.number().check(z.gt(1), z.lte(100))),
  position: z.optional(z.int().check(z.gte(0), z.lte(49))),
  /** Kinds of recommendation that it holds for. Default: all. */
  kinds: z.optional(z.array(z.enum(RECOMMENDATION_KINDS)).check(z.minLength(1))),
  /** Places in the shop that it holds for. Default: all. */
  placements: z.optional(z.array(placementName()).check(z.minLength(1), z.maxLength(50))),
  /** Holds on pages of, or for carts with, a product that fits. */
  context: z.optional(ProductMatch),
  from: z.optional(instant()),
  until: z.optional(instant()),
  enabled: z._default(z.boolean(), true),
}

export const RuleInput = z.object(ruleFields)
export type RuleInput = z.output<typeof RuleInput>

export const RecommendationRule = z.object({ id: ownId('rul'), ...ruleFields, updatedAt: instant() })
export type RecommendationRule = z.output<typeof RecommendationRule>

export const HOLDOUT_SHOWS = ['nothing', 'popular'] as const

export const RecommendationSettings = z.object({
  /** How much answers mix categories, from 0 to 1. */
  diversity: z._default(z.number().check(z.gte(0), z.lte(1)), 0),
  /** How much a product's margin counts: 1 doubles how well a product fits whose margin is 100 %. From 0 to 5. */
  marginWeight: z._default(z.number().check(z.gte(0), z.lte(5)), 0),
  /** Part of visitors, from 0 to 0.5, who are shown no personal recommendations, so that it shows what these earn. */
  holdoutShare: z._default(z.number().check(z.gte(0), z.lte(0.5)), 0),
  /** What those visitors see. */
  holdoutShows: z._default(z.enum(HOLDOUT_SHOWS), 'popular'),
})
export type RecommendationSettings = z.output<typeof RecommendationSettings>

export const RulePreview = z.object({
  /** The answer with all rules that hold. */
  answer: Recommendations,
  /** Ids of the answer without any rule. */
  without: z.array(foreignId()),
  /** What each rule that holds changes: places from 0 before and after it; `null` is not in the list. */
  effects: z.array(
    z.object({
      ruleId: z.string(),
      name: z.string(),
      changes: z.array(z.object({ id: foreignId(), before: z.nullable(z.int()), after: z.nullable(z.int()) })),
    }),
  ),
})

export type RulePreview = z.input<typeof RulePreview>

const ruleId = z.object({ ruleId: ownId('rul') })

export const recommendationRules = {
  list: route({
    method: 'GET',
    path: '/api/recommendation-rules',
    access: secretKeyOr('recommendations:read'),
    output: z.object({ items: z.array(RecommendationRule) }),
  }),
  create: route({
    method: 'POST',
    path: '/api/recommendation-rules',
    access: secretKeyOr('recommendations:write'),
    body: RuleInput,
    output: RecommendationRule,
    status: 201,
    errors: ['conflict'],
  }),
  replace: route({
    method: 'PUT',
    path: '/api/recommendation-rules/{rule_id}',
    access: secretKeyOr('recommendations:write'),
    params: ruleId,
    body: RuleInput,
    output: RecommendationRule,
    errors: ['not_found'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/api/recommendation-rules/{rule_id}',
    access: secretKeyOr('recommendations:write'),
    params: ruleId,
    output: null,
    errors: ['not_found'],
  }),
  /**
   * Answers a query as it would be with the rules, and says what each of them does. `draft` is tried as well, as the rule
   * `draft`, and not kept; the rule `replaces` is left out meanwhile, of which it is to be the next form.
   */
  preview: route({
    method: 'POST',
    path: '/api/recommendation-rules/preview',
    access: secretKeyOr('recommendations:read'),
    body: z.object({
      query: RecommendationQuery,
      draft: z.optional(RuleInput),
      replaces: z.optional(ownId('rul')),
      at: z.optional(instant()),
    }),
    output: RulePreview,
  }),
  settings: route({
    method: 'GET',
    path: '/api/recommendation-settings',
    access: secretKeyOr('recommendations:read'),
    output: RecommendationSettings,
  }),
  setSettings: route({
    method: 'PUT',
    path: '/api/recommendation-settings',
    access: secretKeyOr('recommendations:write'),
    body: RecommendationSettings,
    output: RecommendationSettings,
  }),
}
