import { type Asked, type Ranked, returnsOf } from './asked.ts'
import { treeScore } from './boost.ts'
import { createCover } from './cover.ts'
import { createScorer, FEATURE_COUNT } from './features.ts'
import { CANDIDATES, priorFor, priorScore, type Ranking } from './prior.ts'
import type { Model } from './read-model.ts'
import { topIndexes } from './top.ts'

/** Ranks of two orders are added as 1 / (FUSED + rank). Source: Cormack et al., "Reciprocal rank fusion", 2009. */
const FUSED = 3

/**
 * Ranks what was ever sold for a question: the most promising by the prior, put in order by the shop's trees where it has
 * some. Scores are shares of 1 for `next` and `together`.
 */
export function createBlend(model: Model) {
  const scorer = createScorer(model)
  const cover = createCover(model)
  const features = new Float32Array(FEATURE_COUNT)
  const scores = new Float64Array(model.itemCount)
  const rankings = ['next', 'together', 'cold', 'personal', 'own'] as const
  const priors = new Map(rankings.map((ranking) => [ranking, priorFor(ranking, model.baskets)]))

  return (ranking: Ranking, { basket, steps, history, isAllowed, limit }: Asked): readonly Ranked[] => {
    if (limit === 0) return []
    scorer.ask({ basket, history }, priors.get(ranking)!)
    const returns = ranking === 'next' ? returnsOf(model, steps) : NO_RETURNS
    const isCandidate = (item: number) => model.sales.count[item]! > 0 && isAllowed(item) && !returns.has(item)
    const candidates = scorer.candidates(CANDIDATES, isCandidate)
    if (ranking === 'cold') {
      for (const item of candidates) scores[item] = scorer.merit(item)
      return cover(candidates, scores, limit)
    }
    const trees = model.trees[ranking] ?? null
    for (const item of candidates) {
      scores[item] = priorScore(scorer.prior[item]!)
      if (trees === null) continue
      scorer.write(item, features, 0)
      scores[item]! += treeScore(trees, features, 0)
    }
    // Without trees the candidates are in order already.
    const best = trees === null ? candidates : topIndexes(candidates, scores, candidates.length)
    return withReturns(shares(best, scores), returns, isAllowed)
  }
}

const NO_RETURNS: ReadonlyMap<number, number> = new Map()

/** One order of several; each product as high as the sum of what its ranks are worth. */
export function fused(...orders: readonly (readonly { readonly item: number }[])[]): Ranked[] {
  const sums = new Map<number, number>()
  for (const order of orders) {
    for (const [rank, { item }] of order.entries()) sums.set(item, (sums.get(item) ?? 0) + 1 / (FUSED + rank))
  }
  return [...sums].map(([item, score]) => ({ item, score })).sort((a, b) => b.score - a.score || a.item - b.item)
}

/** The softmax of scores in descending order. */
function shares(items: readonly number[], scores: Float64Array): Ranked[] {
  const most = items.length === 0 ? 0 : scores[items[0]!]!
  let sum = 0
  for (const item of items) sum += Math.exp(scores[item]! - most)
  return items.map((item) => ({ item, score: Math.exp(scores[item]! - most) / sum }))
}

/** Mixes in what the next step may return to, by its chance. */
function withReturns(
  ranked: readonly Ranked[],
  returns: ReadonlyMap<number, number>,
  isAllowed: (item: number) => boolean,
): readonly Ranked[] {
  const back = [...returns].flatMap(([item, score]) => (isAllowed(item) ? [{ item, score }] : []))
  if (back.length === 0) return ranked
  const stay = Math.max(0, 1 - back.reduce((sum, { score }) => sum + score, 0))
  return [...ranked.map(({ item, score }) => ({ item, score: score * stay })), ...back].sort(
    (a, b) => b.score - a.score || a.item - b.item,
  )
}
