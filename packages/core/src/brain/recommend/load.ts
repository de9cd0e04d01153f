import { readModelFile } from '../model-file.ts'
import { sha256 } from '../sha256.ts'
import { type Asked, type Ranked, understand } from './asked.ts'
import { createBlend, fused } from './blend.ts'
import { checkQuery } from './check-input.ts'
import { readDeviceModel } from './device.ts'
import { diversified } from './diversify.ts'
import { FORMAT, VERSION } from './format.ts'
import { createObserver } from './observe.ts'
import { type Model, readModel } from './read-model.ts'
import { createReasons } from './reasons.ts'
import { RECENT_DAYS } from './sales.ts'
import { topIndexes } from './top.ts'
import { KINDS, type Recommendation, type RecommendationKind, type Recommender, type RecommendQuery } from './types.ts'

/** What each kind can be filled up with, in order. */
type Way = (asked: Asked) => readonly Ranked[]

/** Reads a model file. Throws `ModelFileError` when it is cut short, altered, or of another format or version. */
export function loadRecommender(bytes: Uint8Array): Recommender {
  const file = readModelFile(bytes, FORMAT, VERSION)
  const model = file.header.extra?.device === true ? readDeviceModel(file) : readModel(file)
  const ways = waysOf(model)
  const reasonsFor = createReasons(model)
  const observer = createObserver(model)
  let version: string | undefined
  const { baskets = 0, items = 0 } = file.header.counts
  return {
    // Not before it is asked for: whoever loads a file by its digest knows it.
    get version() {
      return (version ??= sha256(bytes))
    },
    trainedAt: file.header.trainedAt,
    counts: { baskets, items },
    metrics: file.header.metrics,
    knows: (id) => model.index.has(id),
    observe: observer.observe,
    recommend(query) {
      checkQuery(query, KINDS)
      const asked = understand(model, query)
      const ranked = fill(ways[query.kind], asked, query)
      const reasonOf = reasonsFor(query.kind, asked, ranked)
      return ranked.map(
        ({ item, score, reason }): Recommendation => ({
          id: model.ids[item]!,
          score,
          reason: reason ?? reasonOf(item),
        }),
      )
    },
  }

  function fill(chain: readonly Way[], asked: Asked, query: RecommendQuery): Ranked[] {
    const diversity = query.diversity ?? (query.kind === 'for-user' ? PERSONAL_DIVERSITY : 0)
    const shown = new Set<number>()
    const answer: Ranked[] = []
    const isWelcome = (item: number) => !shown.has(item) && query.filter?.(model.ids[item]!) !== false
    for (const way of chain) {
      if (answer.length >= asked.limit) break
      const last = answer.at(-1)?.score ?? Number.POSITIVE_INFINITY
      const found: Ranked[] = []
      for (const ranked of diversified(way(asked), diversity, asked.limit, model)) {
        if (answer.length + found.length >= asked.limit) break
        if (!isWelcome(ranked.item)) continue
        shown.add(ranked.item)
        found.push(ranked)
      }
      answer.push(...belowOf(last, found))
    }
    return answer
  }
}

/** Scores of what fills up go on below those before, so that a list stays in order of score. */
function belowOf(limit: number, ranked: readonly Ranked[]): readonly Ranked[] {
  const most = ranked[0]?.score ?? 0
  if (most <= limit) return ranked
  const scale = limit / most
  return ranked.map((one) => ({ ...one, score: one.score * scale }))
}

/** Each way of recommending and what fills it up. */
function waysOf(model: Model): Readonly<Record<RecommendationKind, readonly Way[]>> {
  const blend = createBlend(model)
  const { sales, alike } = model
  const popular: Way = ({ isAllowed }) =>
    model.bestSellers.filter(isAllowed).map((item) => ({
      item,
      score: sales.trend[item]!,
      reason: { kind: 'popular', baskets: sales.recent[item]!, days: RECENT_DAYS },
    }))
  const similar: Way = ({ basket, isAllowed }) => {
    const scores = new Map<number, number>()
    for (const source of basket) {
      for (let at = alike.offsets[source]!; at < alike.offsets[source + 1]!; at++) {
        const item = alike.neighbours[at]!
        if (isAllowed(item)) scores.set(item, (scores.get(item) ?? 0) + alike.scores[at]!)
      }
    }
    return [...scores]
      .map(([item, score]) => ({ item, score }))
      .sort((a, b) => b.score - a.score || sales.trend[b.item]! - sales.trend[a.item]! || a.item - b.item)
  }
  const trending: Way = ({ isAllowed }) =>
    topIndexes(
      model.bestSellers.filter((item) => isAllowed(item) && sales.recent[item]! > 0),
      sales.rise,
      RISING,
    ).map((item) => ({
      item,
      score: sales.rise[item]!,
      reason: { kind: 'trending', baskets: sales.recent[item]!, days: RECENT_DAYS, factor: growthOf(model, item) },
    }))
  const ownHistory =
    (order: (item: number, times: number, at: number) => number): Way =>
    ({ history, isAllowed }) => {
      const known = new Map<number, { times: number; at: number }>()
      for (const { item, at } of history) {
        if (!isAllowed(item)) continue
        const before = known.get(item)
        known.set(item, { times: (before?.times ?? 0) + 1, at: Math.max(at, before?.at ?? at) })
      }
      return [...known]
        .map(
          ([item, { times, at }]): Ranked => ({
            item,
            score: order(item, times, at),
            reason: { kind: 'history', times, at },
          }),
        )
        .sort((a, b) => b.score - a.score || a.item - b.item)
    }
  const newest = ownHistory((_, __, at) => at)
  const again = ownHistory((_, times, at) => (1 + Math.log2(times)) * 2 ** ((at - model.now) / AGAIN_HALF_LIFE_MS))
  const isNew = ({ basket }: Asked) => basket.every((item) => sales.count[item] === 0)
  const together: Way = (asked) => blend(isNew(asked) ? 'cold' : 'together', asked)
  /** Of a product that was never sold, what sells with its like is as near as what is like it. */
  const likeThis: Way = (asked) => {
    const alikes = similar(asked)
    const sellers = isNew(asked) ? together(asked) : []
    return alikes.length === 0 || sellers.length === 0 ? alikes : fused(alikes, sellers)
  }
  const complements: Way = (asked) => {
    const like = new Set(
      similar(asked)
        .filter(({ score }) => score >= ALIKE * asked.basket.length)
        .map(({ item }) => item),
    )
    return together(asked).filter(({ item }) => !like.has(item))
  }
  const personal: Way = (asked) => blend(model.linear.neighbours.length > 0 ? 'personal' : 'own', asked)
  return {
    popular: [popular],
    trending: [trending, popular],
    'bought-together': [together, similar, popular],
    complements: [complements, popular],
    next: [(asked) => blend('next', asked), similar, popular],
    similar: [likeThis, together, popular],
    'for-user': [personal, popular],
    'buy-again': [again],
    'recently-viewed': [newest],
  }
}

const RISING = 1_000
/** A list for a shopper tries several of their interests. */
const PERSONAL_DIVERSITY = 0.15
const AGAIN_HALF_LIFE_MS = 60 * 86_400_000
/** Products whose words are this much alike stand in for each other rather than going together. */
const ALIKE = 0.5

/** How many times better a product sells than in the time before. */
function growthOf({ sales }: Model, item: number): number {
  const [fast, slow] = [sales.fast[item]! / FAST_DAYS, sales.slow[item]! / SLOW_DAYS]
  return Math.round((10 * fast) / (slow || 1)) / 10
}
const FAST_DAYS = 7
const SLOW_DAYS = 30
