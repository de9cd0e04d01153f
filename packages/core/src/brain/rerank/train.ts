import { readModelFile } from '../model-file.ts'
import { exportDevice } from '../recommend/device.ts'
import { FORMAT, VERSION } from '../recommend/format.ts'
import { loadRecommender } from '../recommend/load.ts'
import { sequence } from '../recommend/sequence.ts'
import { trainRecommender } from '../recommend/train.ts'
import type { Basket, TrainingInput } from '../recommend/types.ts'
import type { PastQuestion } from './cases.ts'
import { FEATURE_COUNT, FEATURES, type Touch } from './features.ts'
import { learnNetwork, type RerankCase } from './learn.ts'
import { HIDDEN, partsOf } from './network.ts'
import { createReranker, type Reranker, type RerankNetwork } from './reranker.ts'

/** Baskets looked at: a larger shop needs no more. */
const MAX_BASKETS = 30_000
/** The last share of them, which is learned from with what was known before. */
const LEARNING_SHARE = 0.2
const MAX_CASES = 6_000
const FEWEST_CASES = 150
const HELD_EVERY = 6
const [FEWEST_ITEMS, MOST_ITEMS] = [2, 100]
/** What a device remembers of its visitor. */
const KEPT_TOUCHES = 200
const LEARNING = { epochs: 8, rate: 0.01, decay: 1e-4 } as const
/** Weights that the network begins with lie within ± this. */
const START = 0.3

/**
 * Learns from a shop's last baskets how the lists of its device file are put in order for a shopper whose past is known.
 * `null` where there is too little to learn from (fewer than 150 questions of known shoppers), or where it would not have helped on
 * the sixth that is held back. Deterministic. Some seconds.
 */
export function trainReranker(input: TrainingInput): RerankNetwork | null {
  const baskets = [...input.baskets].sort((a, b) => a.at - b.at).slice(-MAX_BASKETS)
  const start = Math.floor(baskets.length * (1 - LEARNING_SHARE))
  const questions = questionsOf(baskets, start)
  const stride = Math.max(1, questions.length / MAX_CASES)
  const asked = Array.from(
    { length: Math.floor(questions.length / stride) },
    (_, i) => questions[Math.floor(i * stride)]!,
  )
  if (asked.length < FEWEST_CASES) return null
  const before = { baskets: baskets.slice(0, start), ...(input.items ? { items: input.items } : {}) }
  const file = exportDevice(trainRecommender(before, { ranking: false }))
  const plain = { weights: new Float32Array(partsOf(FEATURE_COUNT).length), scales: ones(FEATURE_COUNT) }
  const lists: Reranker = createReranker(readModelFile(file, FORMAT, VERSION), loadRecommender(file), plain)
  const cases = asked.flatMap(({ basket, ...question }) => {
    const one = lists.caseOf(question)
    return one ? [{ ...one, isHeld: basket % HELD_EVERY === 0 }] : []
  })
  if (cases.length < FEWEST_CASES) return null

  const scales = scalesOf(cases)
  for (const { features } of cases) for (let i = 0; i < features.length; i++) features[i]! *= scales[i % FEATURE_COUNT]!
  const held = cases.filter(({ isHeld }) => isHeld)
  const shown = cases.filter(({ isHeld }) => !isHeld)
  const random = sequence()
  const learned = learnNetwork(startOf(scales, random), FEATURE_COUNT, shown, held, { ...LEARNING, random })
  return learned && { weights: learned.weights, scales }
}

/** What the last baskets of known shoppers ask. */
function questionsOf(baskets: readonly Basket[], start: number): (PastQuestion & { basket: number })[] {
  const histories = new Map<string, Touch[]>()
  const questions: (PastQuestion & { basket: number })[] = []
  const trainedTo = baskets[start - 1]?.at ?? 0
  for (const [b, { items, at, user }] of baskets.entries()) {
    if (user === undefined || user === '') continue
    const history = histories.get(user) ?? []
    const ids = [...new Set(items)]
    if (b >= start && history.length > 0 && ids.length >= FEWEST_ITEMS && ids.length <= MOST_ITEMS) {
      const visitor = { basket: b, at: trainedTo, bought: history.slice(-KEPT_TOUCHES), viewed: [] }
      questions.push({ kind: 'next', items: ids.slice(0, -1), chosen: ids.slice(-1), ...visitor })
      questions.push({ kind: 'bought-together', items: ids.slice(0, 1), chosen: ids.slice(1), ...visitor })
      questions.push({ kind: 'for-user', items: [], chosen: ids, ...visitor })
    }
    // Later questions of the last stretch see only what was known before it, as the lists do.
    if (b < start) histories.set(user, [...history, ...ids.map((id) => ({ id, at }))])
  }
  return questions
}

/** One divided by the spread of each feature; 1 where it never differs. */
function scalesOf(cases: readonly RerankCase[]): Float32Array {
  const [sum, squares] = [new Float64Array(FEATURE_COUNT), new Float64Array(FEATURE_COUNT)]
  let rows = 0
  for (const { features } of cases) {
    rows += features.length / FEATURE_COUNT
    for (let i = 0; i < features.length; i++) {
      sum[i % FEATURE_COUNT]! += features[i]!
      squares[i % FEATURE_COUNT]! += features[i]! ** 2
    }
  }
  return Float32Array.from(sum, (total, i) => {
    const spread = Math.sqrt(Math.max(0, squares[i]! / rows - (total / rows) ** 2))
    return spread > 1e-6 ? 1 / spread : 1
  })
}

/** Ranks as the lists do, whatever the hidden layer makes of chance. */
function startOf(scales: Float32Array, random: (below: number) => number): Float32Array {
  const { bias, outer, direct, length } = partsOf(FEATURE_COUNT)
  const weights = new Float32Array(length)
  for (let i = 0; i < bias; i++) weights[i] = START * (random(2 ** 24) / 2 ** 23 - 1)
  weights.fill(0, outer, outer + HIDDEN)
  weights[direct + FEATURES.indexOf('share')] = 1 / scales[FEATURES.indexOf('share')]!
  return weights
}

function ones(count: number): Float32Array {
  return new Float32Array(count).fill(1)
}
