import { boost, type Trees } from './boost.ts'
import { createScorer, FEATURE_COUNT, type Knowledge, type Question } from './features.ts'
import { basketCount, type Log, NOBODY } from './log.ts'
import { CANDIDATES, priorFor, priorScore } from './prior.ts'
import { sequence } from './sequence.ts'

/** Those that trees are learned for: of new products and of one shopper's taste a shop's past tells too little. */
export const LEARNED = ['next', 'together'] as const
export type Learned = (typeof LEARNED)[number]

interface LearningCase extends Question {
  readonly right: ReadonlySet<number>
  readonly exclude: ReadonlySet<number>
}

export interface RankerOptions {
  /** Questions learned from, at most. */
  readonly maxCases: number
}

const FEWEST_CASES = 150
const HELD_EVERY = 6
/** Wrong candidates shown beside the right ones: all of the best, and some of the rest, which count for all of it. */
const BEST_WRONG = 15
const OTHER_WRONG = 25
const MAX_RIGHT = 20
const MAX_BASKET = 100
const TREES = { trees: 80, leaves: 16, learningRate: 0.1, minRows: 40, ridge: 4, sample: 0.5 } as const

/**
 * Learns to rank from the baskets `start` … of a log with what was known before them. Gives no trees where there is too
 * little to learn from, or where they would not have helped on the sixth of the questions that is held back.
 */
export function learnRanking(
  ranking: Learned,
  { log, start, before }: { log: Log; start: number; before: Knowledge },
  { maxCases }: RankerOptions,
): Trees | null {
  const all = basketCases(ranking, log, start, historiesOf(log, start))
  const stride = Math.max(1, all.length / maxCases)
  const cases = Array.from({ length: Math.floor(all.length / stride) }, (_, i) => all[Math.floor(i * stride)]!)
  if (cases.length < FEWEST_CASES) return null
  const held = cases.filter((_, i) => i % HELD_EVERY === 0)
  const shown = cases.filter((_, i) => i % HELD_EVERY !== 0)
  const trees = boost(
    examplesOf(ranking, shown, before, basketCount(log)),
    TREES,
    examplesOf(ranking, held, before, basketCount(log)),
  )
  return trees.roots.length === 0 ? null : trees
}

type History = Question['history']

function historiesOf(log: Log, end: number): Map<number, { item: number; at: number }[]> {
  const histories = new Map<number, { item: number; at: number }[]>()
  for (let b = 0; b < end; b++) {
    const user = log.user[b]!
    if (user === NOBODY) continue
    let history = histories.get(user)
    if (!history) histories.set(user, (history = []))
    for (const item of itemsOf(log, b)) history.push({ item, at: log.at[b]! })
  }
  return histories
}

function itemsOf(log: Log, basket: number): Uint32Array {
  return log.items.subarray(log.offsets[basket]!, log.offsets[basket + 1]!)
}

/** The end of each basket, or what its first product goes with; with the shopper's history and without. */
function basketCases(
  ranking: Learned,
  log: Log,
  start: number,
  histories: ReadonlyMap<number, History>,
): LearningCase[] {
  const cases: LearningCase[] = []
  for (let b = start; b < basketCount(log); b++) {
    const items = [...itemsOf(log, b)]
    if (items.length < 2 || items.length > MAX_BASKET) continue
    const history = histories.get(log.user[b]!)
    const basket = ranking === 'next' ? items.slice(0, -1) : items.slice(0, 1)
    const right = new Set(ranking === 'next' ? items.slice(-1) : items.slice(1))
    const exclude = new Set(basket)
    cases.push({ basket, history: [], right, exclude })
    if (history) cases.push({ basket, history, right, exclude })
  }
  return cases
}

function examplesOf(ranking: Learned, cases: readonly LearningCase[], before: Knowledge, baskets: number) {
  const scorer = createScorer(before)
  const prior = priorFor(ranking, baskets)
  const random = sequence()
  const rows = cases.length * (MAX_RIGHT + BEST_WRONG + OTHER_WRONG)
  const features = new Float32Array(rows * FEATURE_COUNT)
  const labels = new Uint8Array(rows)
  const weights = new Float32Array(rows)
  const offsets = new Float32Array(rows)
  const starts = [0]
  let row = 0
  const add = (item: number, label: number, weight: number) => {
    scorer.write(item, features, row * FEATURE_COUNT)
    labels[row] = label
    weights[row] = weight
    offsets[row] = priorScore(scorer.prior[item]!)
    row++
  }
  for (const { right, exclude, ...question } of cases) {
    scorer.ask(question, prior)
    const candidates = scorer.candidates(CANDIDATES, (item) => before.sales.count[item]! > 0 && !exclude.has(item))
    const found = candidates.filter((item) => right.has(item)).slice(0, MAX_RIGHT)
    const wrong = candidates.filter((item) => !right.has(item))
    if (found.length === 0 || wrong.length === 0) continue
    for (const item of found) add(item, 1, 1)
    for (const item of wrong.slice(0, BEST_WRONG)) add(item, 0, 1)
    const others = drawn(wrong.slice(BEST_WRONG), OTHER_WRONG, random)
    for (const item of others) add(item, 0, (wrong.length - BEST_WRONG) / others.length)
    starts.push(row)
  }
  return {
    features: features.subarray(0, row * FEATURE_COUNT),
    featureCount: FEATURE_COUNT,
    labels: labels.subarray(0, row),
    weights: weights.subarray(0, row),
    offsets: offsets.subarray(0, row),
    starts: Uint32Array.from(starts),
  }
}

/** `count` of the values, each at most once; shuffles `values`. */
function drawn(values: number[], count: number, random: (below: number) => number): number[] {
  const wanted = Math.min(count, values.length)
  for (let i = 0; i < wanted; i++) {
    const other = i + random(values.length - i)
    const swap = values[i]!
    values[i] = values[other]!
    values[other] = swap
  }
  return values.slice(0, wanted)
}
