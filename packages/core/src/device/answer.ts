import {
  answerFromShelf,
  isHeldOut,
  loadRecommender,
  type ProductShelf,
  type Recommender,
  type RuleScope,
  rulesFor,
  type ScopedRule,
  type ShelfQuestion,
} from '../brain/index.ts'
import { pastQuestions } from '../brain/rerank/cases.ts'
import { FEATURE_COUNT } from '../brain/rerank/features.ts'
import { fits, readReranker } from '../brain/rerank/reranker.ts'
import type { RouteInput } from '../contract/define.ts'
import { newId } from '../contract/new-id.ts'
import { labelId } from '../contract/recommendation-id.ts'
import type { DeviceShelf, Recommendations, recommendations } from '../contract/recommendations.ts'
import type { Platform } from '../ports.ts'
import type { Teachable } from './own-weights.ts'
import type { Touches } from './touches.ts'

export type DeviceQuery = RouteInput<typeof recommendations.ask>

const DEFAULT_LIMIT = 10

/** What the device has to answer from. */
export interface DeviceBrain {
  /** `own`: weights that this visitor's events taught; only a brain that is teachable takes any. */
  answer(query: DeviceQuery, touches: Touches, own?: Float32Array): Recommendations
  /** The network that puts the lists in order for a visitor; `null` where the file has none, or nobody learns here. */
  readonly teachable: Teachable | null
}

export interface DeviceModelFile {
  readonly digest: string
  readonly file: Uint8Array
}

/**
 * Reads what was kept. `isLearning`: answers for visitors whose past is known go by the file's network. Throws `ModelFileError` where the model
 * is damaged or of another format.
 */
export function deviceBrain(
  { digest, file }: DeviceModelFile,
  { products, rules, settings }: DeviceShelf,
  { clock, random }: Pick<Platform, 'clock' | 'random'>,
  isLearning = false,
): DeviceBrain {
  const recommender: Recommender = loadRecommender(file)
  const reranker = isLearning ? readReranker(file, recommender) : null
  const shelf: ProductShelf = {
    products: new Map(products.map((product) => [product.id, { ...product, inStock: true, visible: true }])),
    settings: { ...settings, marginWeight: 0 },
  }
  const scoped = rules.map(scopedRule)
  return {
    teachable: reranker && {
      digest,
      weights: reranker.weights,
      inputs: FEATURE_COUNT,
      questionsOf: pastQuestions,
      caseOf: reranker.caseOf,
      fits,
    },
    answer(query, touches, own) {
      const who = query.visitorId ?? query.sessionId
      const heldOut = who !== undefined && isHeldOut(who, settings.holdoutShare)
      const question = questionOf(query, touches, heldOut, clock())
      const { kind, placement = null, history, viewed } = question
      const ranked = reranker?.forVisitor({ bought: history, viewed }, own) ?? recommender
      const label = { kind, model: recommender.version, isHeldOut: heldOut, placement }
      return {
        recommendationId: labelId(newId('rec', clock, random), label),
        ...answerFromShelf(shelf, ranked, question, rulesFor(shelf, scoped, question)),
        source: 'device',
      } as Recommendations
    },
  }
}

function questionOf(query: DeviceQuery, touches: Touches, isHeldOut: boolean, now: number): ShelfQuestion {
  const { kind = 'popular', items = [], exclude = [], limit = DEFAULT_LIMIT, language = 'en', allow = [] } = query
  const { placement, filter, diversity, history = [], viewed = [] } = query
  const timed = (list: readonly { id: string; at: string }[]) => list.map(({ id, at }) => ({ id, at: Date.parse(at) }))
  const byTime = (a: { at: number }, b: { at: number }) => a.at - b.at
  return {
    kind,
    items: [...new Set(items)],
    exclude,
    limit,
    language,
    placement,
    filter,
    diversity,
    allow,
    history: [...timed(history), ...touches.bought].sort(byTime),
    viewed: [...timed(viewed), ...touches.viewed].sort(byTime),
    isHeldOut,
    now,
  }
}

function scopedRule({ kinds, placements, context, from, until, ...rule }: DeviceShelf['rules'][number]): ScopedRule {
  const scope = { kinds, placements, context, from: from && Date.parse(from), until: until && Date.parse(until) }
  return { ...rule, scope: scope as RuleScope }
}
