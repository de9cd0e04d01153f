import * as z from 'zod/mini'
import { anyKey, route, secretKeyOr } from './define.ts'
import { Job } from './jobs.ts'
import { foreignId, instant, Money, minorUnits, ownId, page, pageQuery, text } from './schema.ts'

export const RECOMMENDATION_KINDS = [
  'popular',
  'trending',
  'next',
  'bought-together',
  'complements',
  'similar',
  'for-user',
  'buy-again',
  'recently-viewed',
] as const
export type RecommendationKind = (typeof RECOMMENDATION_KINDS)[number]

/** Why a product is recommended, as data. `text` of the answer says the same in words. */
export const Reason = z.discriminatedUnion('kind', [
  /** In `together` of the `of` baskets that held product `with`. */
  z.object({ kind: z.literal('bought-together'), with: foreignId(), together: z.int(), of: z.int() }),
  /** Shares `words` of its name or category with product `with`. */
  z.object({ kind: z.literal('similar'), with: foreignId(), words: z.array(z.string()) }),
  /** Sold in `baskets` baskets of the last `days` days that the model saw. */
  z.object({ kind: z.literal('popular'), baskets: z.int(), days: z.int() }),
  /** Sells `factor` times as well as in the time before; in `baskets` baskets of the last `days` days. */
  z.object({ kind: z.literal('trending'), baskets: z.int(), days: z.int(), factor: z.number() }),
  /** The shopper has bought it `times` times, last `at`. */
  z.object({ kind: z.literal('history'), times: z.int(), at: instant() }),
  /** The shopper looked at it; `at` is when they did last. */
  z.object({ kind: z.literal('viewed'), at: instant() }),
  /** The shop has put it there. */
  z.object({ kind: z.literal('pinned') }),
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

/** From how many orders answers are made; small shops are told so. */
export const BASIS_SIZES = ['none', 'first_orders', 'small', 'ample'] as const

/** How an answer comes about: a way of recommending, what the shop wants, or what the shopper looked at. */
export const STRATEGIES = [...RECOMMENDATION_KINDS, 'pinned'] as const

export const Recommendations = z.object({
  /** Joins what was shown, clicked and bought: send it with the events. */
  recommendationId: foreignId(),
  kind: z.enum(RECOMMENDATION_KINDS),
  items: z.array(RecommendedProduct),
  source: z.enum(['server', 'device']),
  /** Digest of the model file behind the answer; `null` before the first training. */
  modelVersion: z.nullable(z.string()),
  /** The ways of recommending that were tried, in order; the last one gave the last items. */
  strategies: z.array(z.enum(STRATEGIES)),
  /** Orders behind the model: `first_orders` are fewer than 100, `small` fewer than 1,000. */
  basis: z.optional(z.object({ baskets: z.int(), size: z.enum(BASIS_SIZES) })),
  /** Why the list is shorter than asked for, or empty, or not what was asked for. */
  notice: z.optional(
    z.object({
      code: z.enum(['no_model', 'unknown_product', 'few_candidates', 'rules_exclude_all', 'no_history', 'holdout']),
      message: z.string(),
    }),
  ),
})
export type Recommendations = z.infer<typeof Recommendations>

export const MAX_RECOMMENDATIONS = 50
/** Products in a cart, or of a shopper's past, that an answer takes into account. */
export const MAX_CONTEXT = 10_000
export const MAX_BATCH_QUERIES = 1_000

/** A name for a place in the shop: `product-page`, `cart`. */
export function placementName() {
  return z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes'))
}

const limit = () => z._default(z.int().check(z.gte(1), z.lte(MAX_RECOMMENDATIONS)), 10)
/** BCP 47 language of `reasonText`. */
const language = () => z._default(text(35, 2), 'en')

/** Who is looking, as far as the page may say: random ids of the browser, whose own events then count. */
const shopper = {
  visitorId: z.optional(foreignId()),
  sessionId: z.optional(foreignId()),
}

/** A question with everything that can go with it. */
export const RecommendationQuery = z.object({
  kind: z._default(z.enum(RECOMMENDATION_KINDS), 'popular'),
  /** The product on the page, or the products in the cart in the order they were added. Duplicates count once. */
  items: z.optional(z.array(foreignId()).check(z.maxLength(MAX_CONTEXT))),
  /** What this shopper bought before, oldest first. */
  history: z.optional(z.array(z.object({ id: foreignId(), at: instant() })).check(z.maxLength(MAX_CONTEXT))),
  /** What this shopper looked at, oldest first. */
  viewed: z.optional(z.array(z.object({ id: foreignId(), at: instant() })).check(z.maxLength(MAX_CONTEXT))),
  ...shopper,
  /** Whose orders count as history. For secret keys: pages must not ask about people. */
  customerId: z.optional(foreignId()),
  exclude: z.optional(z.array(foreignId()).check(z.maxLength(MAX_CONTEXT))),
  limit: limit(),
  language: language(),
  placement: z.optional(placementName()),
  /** Only products that fit every line. */
  filter: z.optional(
    z.object({
      categories: z.optional(z.array(text(200, 1)).check(z.minLength(1), z.maxLength(100))),
      brands: z.optional(z.array(text(200, 1)).check(z.minLength(1), z.maxLength(100))),
      attributes: z.optional(z.record(text(100, 1), text(500))),
      minPriceMinor: z.optional(minorUnits()),
      maxPriceMinor: z.optional(minorUnits()),
    }),
  ),
  /** What is left out of answers unless it is asked for. Hidden products are for secret keys. */
  allow: z.optional(z.array(z.enum(['out_of_stock', 'in_cart', 'hidden'])).check(z.maxLength(3))),
  /** How much the answer mixes categories, from 0 to 1. Default: the shop's setting. */
  diversity: z.optional(z.number().check(z.gte(0), z.lte(1))),
})
export type RecommendationQuery = z.output<typeof RecommendationQuery>

export const RecommendationBatch = z.object({
  job: Job,
  /** Answers in the order of the queries, once the job is done. */
  answers: z.nullable(z.array(Recommendations)),
})

/** What was shown, and what came of it. */
const earned = {
  /** Answers that came into view. */
  shown: z.int(),
  clicked: z.int(),
  /** Orders with a product that was clicked in the answer, within the window. */
  orders: z.int(),
  /** What these orders' clicked products cost. */
  revenueMinor: z.int(),
  /** Orders by whoever clicked last before ordering, whatever they bought, and what they paid in all. */
  lastClickOrders: z.int(),
  lastClickRevenueMinor: z.int(),
}

const groupOutcome = z.object({ visitors: z.int(), orders: z.int(), revenueMinor: z.int() })

export const RecommendationReport = z.object({
  from: instant(),
  to: instant(),
  currency: z.string(),
  /** Days between a click and the order that it still counts for. */
  windowDays: z.int(),
  total: z.object(earned),
  byKind: z.array(z.object({ kind: z.string(), ...earned })),
  byPlacement: z.array(z.object({ placement: z.string(), ...earned })),
  byModel: z.array(z.object({ model: z.string(), ...earned })),
  /** Visitors who were shown recommendations beside those who were not; `null` where nobody was held out. */
  holdout: z.nullable(
    z.object({
      shown: groupOutcome,
      heldOut: groupOutcome,
      /** Orders a visitor, shown minus held out, with its 95 % interval; `null` while there are too few visitors. */
      difference: z.nullable(z.object({ ordersPerVisitor: z.number(), low: z.number(), high: z.number() })),
    }),
  ),
})

export type RecommendationReport = z.output<typeof RecommendationReport>

/** A rule as pages may know it: without its name. */
const shownRule = z.object({
  id: z.string(),
  action: z.enum(['boost', 'bury', 'exclude', 'only', 'pin']),
  match: z.record(z.string(), z.unknown()),
  factor: z.optional(z.number()),
  position: z.optional(z.int()),
  kinds: z.optional(z.array(z.string())),
  placements: z.optional(z.array(z.string())),
  context: z.optional(z.record(z.string(), z.unknown())),
  from: z.optional(instant()),
  until: z.optional(instant()),
})

/** What a page needs besides the model to answer without the server. */
export const DeviceShelf = z.object({
  /** Products that can be shown and bought. */
  products: z.array(
    z.object({
      id: foreignId(),
      name: z.string(),
      url: z.optional(z.string()),
      imageUrl: z.optional(z.string()),
      price: z.optional(Money),
      categories: z.optional(z.array(z.string())),
      brand: z.optional(z.string()),
      /** Those that a rule goes by. */
      attributes: z.optional(z.record(z.string(), z.string())),
    }),
  ),
  rules: z.array(shownRule),
  settings: z.object({ diversity: z.number(), holdoutShare: z.number(), holdoutShows: z.enum(['nothing', 'popular']) }),
})
export type DeviceShelf = z.output<typeof DeviceShelf>

export const DeviceState = z.object({
  /** The model's form for devices; `null` before the first training. `url` is relative to the server's address. */
  model: z.nullable(z.object({ digest: z.string(), bytes: z.int(), url: z.string() })),
  /** Differs whenever the shelf does. */
  stamp: z.string(),
  /** `null` where the stamp that was sent is that of today. */
  shelf: z.nullable(DeviceShelf),
})
export type DeviceState = z.output<typeof DeviceState>

/** A batch goes by the id of its job. */
const batchId = z.object({ batchId: ownId('job') })

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
      limit: limit(),
      language: language(),
      ...shopper,
      placement: z.optional(placementName()),
    }),
    output: Recommendations,
    offline: 'device',
    limit: 'page',
  }),
  /** The same with everything that can go with a question: history, filters, a cart of any size. */
  ask: route({
    method: 'POST',
    path: '/api/recommendations',
    access: anyKey,
    body: RecommendationQuery,
    output: Recommendations,
    errors: ['wrong_key_kind'],
    offline: 'device',
    limit: 'page',
    maxBodyBytes: 4 * 2 ** 20,
  }),
  /** What a browser keeps so as to answer while the server is away. */
  device: route({
    method: 'GET',
    path: '/api/recommendations/device',
    access: anyKey,
    query: z.object({
      /** The stamp of what is kept. */
      stamp: z.optional(text(200)),
    }),
    output: DeviceState,
    limit: 'page',
  }),
  /** Queues many questions: for mailings and for caches of one's own. Follow the job, or ask for the batch. */
  createBatch: route({
    method: 'POST',
    path: '/api/recommendations/batch',
    access: secretKeyOr('recommendations:read'),
    body: z.object({
      queries: z.array(RecommendationQuery).check(z.minLength(1), z.maxLength(MAX_BATCH_QUERIES)),
    }),
    output: Job,
    status: 202,
    maxBodyBytes: 8 * 2 ** 20,
  }),
  batches: route({
    method: 'GET',
    path: '/api/recommendations/batch',
    access: secretKeyOr('recommendations:read'),
    query: z.object({ ...pageQuery, state: z.optional(z.enum(['queued', 'running', 'done', 'dead'])) }),
    output: page(Job),
    paged: true,
  }),
  batchStatistics: route({
    method: 'GET',
    path: '/api/recommendations/batch/statistics',
    access: secretKeyOr('recommendations:read'),
    output: z.object({
      queued: z.int(),
      running: z.int(),
      done: z.int(),
      dead: z.int(),
      /** Answers that batches gave, of the jobs that are still kept. */
      answers: z.int(),
    }),
  }),
  batch: route({
    method: 'GET',
    path: '/api/recommendations/batch/{batch_id}',
    access: secretKeyOr('recommendations:read'),
    params: batchId,
    output: RecommendationBatch,
    errors: ['not_found'],
  }),
  /** Puts a batch that failed back into the queue. */
  retryBatch: route({
    method: 'POST',
    path: '/api/recommendations/batch/{batch_id}/retry',
    access: secretKeyOr('recommendations:write'),
    params: batchId,
    output: Job,
    errors: ['not_found', 'conflict'],
  }),
  /** What recommendations were shown, clicked and bought, and what they earned. At most 92 days at a time. */
  report: route({
    method: 'GET',
    path: '/api/recommendations/report',
    access: secretKeyOr('reports:read'),
    query: z.object({
      /** Default: 30 days before `to`. */
      from: z.optional(instant()),
      /** Default: now. */
      to: z.optional(instant()),
      /** Days between a click and the order that it still counts for. */
      windowDays: z._default(z.int().check(z.gte(1), z.lte(30)), 7),
    }),
    output: RecommendationReport,
  }),
}
