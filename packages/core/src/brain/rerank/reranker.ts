import { type ModelFile, readModelFile, withSections } from '../model-file.ts'
import { readDeviceModel } from '../recommend/device.ts'
import { FORMAT, VERSION } from '../recommend/format.ts'
import { readModel } from '../recommend/read-model.ts'
import type { Recommendation, Recommender, RecommendQuery } from '../recommend/types.ts'
import type { PastQuestion } from './cases.ts'
import { createFeatures, FEATURE_COUNT, type RerankQuestion, type Visitor } from './features.ts'
import type { RerankCase } from './learn.ts'
import { networkScores, partsOf } from './network.ts'

/** Candidates of a list that change places. */
export const RERANKED = 50
/** A kind that goes by a visitor, and is put in another order for them. */
const KINDS: ReadonlySet<string> = new Set(['next', 'bought-together', 'for-user'])

/** The sections of a network in a model file. */
const WEIGHTS = 'rerank.weights'
const SCALES = 'rerank.scales'

/** What training gives: weights, and by what features are divided. */
export interface RerankNetwork {
  readonly weights: Float32Array
  readonly scales: Float32Array
}

/** The same file with a network. Throws `ModelFileError` where it is no recommender's. */
export function withReranker(file: Uint8Array, { weights, scales }: RerankNetwork): Uint8Array {
  return withSections(file, FORMAT, VERSION, { [WEIGHTS]: weights, [SCALES]: scales })
}

export interface Reranker {
  /** As they were trained on the server. */
  readonly weights: Float32Array
  /** The lists' answers in the order that the network gives them for this visitor. `weights`: the visitor's own. */
  forVisitor(visitor: Visitor, weights?: Float32Array): Recommender
  /** What a network learns from a past question; `null` where the lists did not have what was chosen. */
  caseOf(question: PastQuestion): RerankCase | null
}

/** Reads the network of a device's file; `null` where it has none, or one of another shape. Throws as `loadRecommender` does. */
export function readReranker(bytes: Uint8Array, recommender: Recommender): Reranker | null {
  const file = readModelFile(bytes, FORMAT, VERSION)
  const network = networkIn(file)
  return network && createReranker(file, recommender, network)
}

/** The same with a network of one's own. */
export function createReranker(
  file: ModelFile,
  recommender: Recommender,
  { weights: trained, scales }: RerankNetwork,
): Reranker {
  const model = file.header.extra?.device === true ? readDeviceModel(file) : readModel(file)
  const rawFeatures = createFeatures(model)
  const features = (question: RerankQuestion, listed: readonly Recommendation[]) => {
    const values = rawFeatures(question, listed)
    for (let i = 0; i < values.length; i++) values[i]! *= scales[i % FEATURE_COUNT]!
    return values
  }
  /** What the lists offer a visitor: to those who only looked, what goes with that. */
  const listed = (query: RecommendQuery, { bought, viewed }: Visitor, limit: number) => {
    const history = query.kind === 'for-user' ? [...bought, ...viewed].sort((a, b) => a.at - b.at) : bought
    return recommender.recommend({ ...query, history, limit })
  }
  return {
    weights: trained,
    forVisitor(visitor, weights = trained) {
      return {
        ...recommender,
        recommend(query) {
          if (!KINDS.has(query.kind)) return recommender.recommend(query)
          const bought = query.history ?? visitor.bought
          const known = { bought, viewed: visitor.viewed }
          if (bought.length + known.viewed.length === 0) return recommender.recommend(query)
          const list = listed(query, known, Math.max(query.limit, RERANKED))
          const [moving, rest] = [list.slice(0, RERANKED), list.slice(RERANKED)]
          const question = { kind: query.kind as RerankQuestion['kind'], items: query.items ?? [], ...known }
          const scores = networkScores(weights, features(question, moving), FEATURE_COUNT)
          return [...ordered(moving, scores), ...rest].slice(0, query.limit)
        },
      }
    },
    caseOf({ chosen, ...question }) {
      const list = listed({ kind: question.kind, items: question.items, limit: RERANKED }, question, RERANKED)
      const wanted = new Set(chosen)
      const right = list.flatMap(({ id }, row) => (wanted.has(id) ? [row] : []))
      if (right.length === 0 || right.length === list.length) return null
      return { features: features(question, list), right }
    },
  }
}

/** By the network's scores; the list's own scores are handed out anew, so that they go down the list. */
function ordered(list: readonly Recommendation[], scores: Float32Array): Recommendation[] {
  const order = list.map((_, row) => row).sort((a, b) => scores[b]! - scores[a]! || a - b)
  return order.map((row, rank) => ({ ...list[row]!, score: list[rank]!.score }))
}

function networkIn(file: ModelFile): RerankNetwork | null {
  if (!file.has(WEIGHTS) || !file.has(SCALES)) return null
  const [weights, scales] = [file.section(WEIGHTS, 'f32'), file.section(SCALES, 'f32')]
  return fits(weights) && scales.length === FEATURE_COUNT ? { weights, scales } : null
}

/** Whether these are a network's weights, all of them numbers. */
export function fits(weights: unknown): weights is Float32Array {
  return (
    weights instanceof Float32Array &&
    weights.length === partsOf(FEATURE_COUNT).length &&
    weights.every(Number.isFinite)
  )
}
