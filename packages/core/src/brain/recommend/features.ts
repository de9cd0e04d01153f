import { LINEAR_HALF_LIFE_DAYS } from './linear.ts'
import type { Lists } from './lists.ts'
import type { PairLists } from './pairs.ts'
import type { Sales } from './sales.ts'
import type { Sessions } from './sessions.ts'
import { createNeighbourSearch } from './sessions.ts'
import { topIndexes } from './top.ts'

const DAY_MS = 86_400_000

/** What is known of a shop, by the numbers of its products. */
export interface Knowledge {
  readonly itemCount: number
  readonly pairs: PairLists
  readonly alike: Lists
  /** What having bought one product tells about others. */
  readonly linear: Lists
  readonly sales: Sales
  readonly sessions: Sessions
  /** Products that sell of late, best first. */
  readonly bestSellers: readonly number[]
  /** Time of the last basket, ms since 1970. */
  readonly now: number
}

/** A question, by the numbers of its products. */
export interface Question {
  /** What is in the basket, oldest first, each once. */
  readonly basket: readonly number[]
  readonly history: readonly { readonly item: number; readonly at: number }[]
}

/** Sums over the basket, and over the history, by product: filled for one question and wiped before the next. */
const BASKET_SUMS = [
  'cosineSum',
  'cosineFaded',
  'cosineLast',
  'cosineMost',
  'latelyFaded',
  'latelyLast',
  'nearFaded',
  'nearLast',
  'nearBefore',
  'afterFaded',
  'afterLast',
  'pairLast',
  'sources',
  'alikeLast',
  'alikeMost',
  'session',
] as const
const HISTORY_SUMS = ['own', 'ownLately', 'ownLast'] as const
const SUMS = [...BASKET_SUMS, ...HISTORY_SUMS, 'linear'] as const
type Sum = (typeof SUMS)[number]

/** What trees look at; their files go by this order. */
export const FEATURES = [
  ...BASKET_SUMS,
  'fast',
  'trend',
  'slow',
  'count',
  'growth',
  'rise',
  'firstAge',
  'lastAge',
  'basketSize',
  'place',
  'basketLength',
  'bought',
  'boughtAge',
  'boughtRate',
  ...HISTORY_SUMS,
  'historyLength',
  'historyAge',
  'known',
  'prior',
] as const
export const FEATURE_COUNT = FEATURES.length

/** A source far back in the basket counts less. */
const COSINE_FADE = 0.93
const NEAR_FADE = 0.6
/** How much of the basket and of the history is looked at: what lies further back says nothing new. */
const MAX_SOURCES = 60
const MAX_HISTORY = 150
const MAX_LINEAR_HISTORY = 600
const HISTORY_HALF_LIFE_DAYS = 90
/** What likeness to a new product is worth, and what goes with those like it: shares of a product's sales for each unit. */
const ALIKE_MERIT = 5
const BESIDE_ALIKE_MERIT = 10
/** Best sellers that are candidates for any question. */
const STANDING_CANDIDATES = 150
/** A product with fewer sales than this also speaks through those that are alike. */
const KNOWN_SALES = 5
const PROXIES = 20

export type Prior = Readonly<
  Record<
    | 'cosine'
    | 'near'
    | 'after'
    | 'alike'
    | 'session'
    | 'lately'
    | 'trend'
    | 'fast'
    | 'rise'
    | 'bought'
    | 'own'
    | 'linear',
    number
  >
>

export function createScorer(knowledge: Knowledge) {
  const { itemCount, pairs, alike, linear, sales, bestSellers, now } = knowledge
  const sums = Object.fromEntries(SUMS.map((name) => [name, new Float32Array(itemCount)])) as Record<Sum, Float32Array>
  const columns = SUMS.map((name) => sums[name])
  const boughtTimes = new Uint32Array(itemCount)
  const boughtAt = new Float64Array(itemCount)
  const isTouched = new Uint8Array(itemCount)
  const prior = new Float32Array(itemCount)
  const addNeighbours = createNeighbourSearch(knowledge.sessions)
  const salesTotal = {
    fast: total(sales.fast),
    trend: total(sales.trend),
    slow: total(sales.slow),
    count: total(sales.count),
  }
  const mostRise = sales.rise.reduce((most, value) => Math.max(most, value), 0) || 1
  const standings = new Map<Prior, Float32Array>()
  let touched: number[] = []
  let mostOwn = 0
  let mostLinear = 0
  let proxied = 0
  let context = { basketLength: 0, historyLength: 0, historyAge: 0, known: 0 }

  const halved = (at: number, days: number) => 2 ** (-(now - at) / DAY_MS / days)

  function touch(item: number): void {
    if (isTouched[item] === 1) return
    isTouched[item] = 1
    touched.push(item)
  }

  function wipe(): void {
    for (const item of touched) {
      for (const column of columns) column[item] = 0
      boughtTimes[item] = 0
      isTouched[item] = 0
    }
    touched = []
  }

  /** What speaks for each product whatever is asked. */
  function standingOf(weights: Prior): Float32Array {
    let standing = standings.get(weights)
    if (!standing) {
      const { trend, fast, rise } = sales
      standing = Float32Array.from(
        trend,
        (value, item) =>
          weights.trend * Math.sqrt(value / salesTotal.trend) +
          weights.fast * Math.sqrt(fast[item]! / salesTotal.fast) +
          weights.rise * (rise[item]! / mostRise),
      )
      standings.set(weights, standing)
    }
    return standing
  }

  /** One product of the basket, `back` places from its end. */
  function addSource(source: number, back: number, weight: number): void {
    const faded = weight * COSINE_FADE ** back
    const nearby = weight * NEAR_FADE ** back
    for (let at = pairs.offsets[source]!; at < pairs.offsets[source + 1]!; at++) {
      const item = pairs.neighbours[at]!
      touch(item)
      const cosine = pairs.cosine[at]!
      const near = pairs.near[at]!
      sums.cosineSum[item]! += weight * cosine
      sums.cosineFaded[item]! += faded * cosine
      sums.latelyFaded[item]! += faded * pairs.lately[at]!
      if (weight * cosine > sums.cosineMost[item]!) sums.cosineMost[item] = weight * cosine
      sums.nearFaded[item]! += nearby * near
      sums.afterFaded[item]! += nearby * pairs.after[at]!
      sums.sources[item]! += weight
      if (back === 0) {
        sums.cosineLast[item]! += weight * cosine
        sums.nearLast[item]! += weight * near
        sums.latelyLast[item]! += weight * pairs.lately[at]!
        sums.afterLast[item]! += weight * pairs.after[at]!
        sums.pairLast[item]! += weight * pairs.counts[at]!
      } else if (back === 1) sums.nearBefore[item]! += weight * near
    }
  }

  function addAlikes(source: number, back: number): void {
    for (let at = alike.offsets[source]!; at < alike.offsets[source + 1]!; at++) {
      const item = alike.neighbours[at]!
      const score = alike.scores[at]!
      touch(item)
      if (back === 0) sums.alikeLast[item] = Math.max(sums.alikeLast[item]!, score)
      if (score > sums.alikeMost[item]!) sums.alikeMost[item] = score
    }
  }

  function addBasket(basket: readonly number[]): void {
    const end = basket.length
    proxied = 0
    for (let back = 0; back < Math.min(end, MAX_SOURCES); back++) {
      const source = basket[end - 1 - back]!
      addSource(source, back, 1)
      addAlikes(source, back)
      const known = sales.count[source]!
      if (known >= KNOWN_SALES || end > MAX_SOURCES / 4) continue
      const start = alike.offsets[source]!
      const stop = alike.offsets[source + 1]!
      for (let at = start, left = PROXIES; at < stop && left > 0; at++) {
        const proxy = alike.neighbours[at]!
        if (sales.count[proxy]! === 0) continue
        const weight = (alike.scores[at]! ** 2 * (KNOWN_SALES - known)) / KNOWN_SALES
        left--
        proxied += weight
        addSource(proxy, back, weight)
      }
    }
  }

  function addHistory(history: Question['history'], weights: Prior): void {
    let orders = 0
    let before = Number.NaN
    for (const { item, at } of history) {
      if (at !== before) orders++
      before = at
      touch(item)
      boughtTimes[item]!++
      boughtAt[item] = at
    }
    const last = history.at(-1)?.at ?? now
    context.historyLength = orders
    context.historyAge = history.length === 0 ? -1 : (now - last) / DAY_MS
    const known = newest(history, MAX_HISTORY)
    for (const { item: source, at: bought } of known) {
      const weight = halved(bought, HISTORY_HALF_LIFE_DAYS)
      for (let at = pairs.offsets[source]!; at < pairs.offsets[source + 1]!; at++) {
        const item = pairs.neighbours[at]!
        touch(item)
        sums.own[item]! += weight * pairs.cosine[at]!
        sums.ownLately[item]! += weight * pairs.lately[at]!
        if (bought === last) sums.ownLast[item]! += pairs.cosine[at]!
      }
    }
    if (weights.linear > 0) addLinear(history)
    const norm = 1 / Math.sqrt(known.length || 1)
    mostOwn = 0
    mostLinear = 0
    for (const item of touched) {
      sums.own[item]! *= norm
      sums.ownLately[item]! *= norm
      if (boughtTimes[item] === 0 && sums.ownLately[item]! > mostOwn) mostOwn = sums.ownLately[item]!
      if (boughtTimes[item] === 0 && sums.linear[item]! > mostLinear) mostLinear = sums.linear[item]!
    }
  }

  /** What the linear model makes of all that was bought. */
  function addLinear(history: Question['history']): void {
    for (const { item: source, at: bought } of newest(history, MAX_LINEAR_HISTORY)) {
      const weight = halved(bought, LINEAR_HALF_LIFE_DAYS)
      for (let at = linear.offsets[source]!; at < linear.offsets[source + 1]!; at++) {
        const item = linear.neighbours[at]!
        touch(item)
        sums.linear[item]! += weight * linear.scores[at]!
      }
    }
  }

  return {
    sums,
    /** Fills the sums for a question; what they hold is good until the next. */
    ask({ basket, history }: Question, weights: Prior): void {
      wipe()
      context = {
        basketLength: basket.length,
        historyLength: 0,
        historyAge: -1,
        known: sales.count[basket.at(-1) ?? -1] ?? 0,
      }
      for (const item of bestSellers.slice(0, STANDING_CANDIDATES)) touch(item)
      addBasket(basket)
      if (weights.session > 0 && basket.length > 0) addNeighbours(basket, sums.session, touch)
      addHistory(history, weights)
      const sources = Math.sqrt(Math.min(basket.length, MAX_SOURCES) || 1)
      const standing = standingOf(weights)
      for (const item of touched) {
        prior[item] =
          standing[item]! +
          (weights.cosine * sums.cosineFaded[item]!) / sources +
          weights.near * sums.nearFaded[item]! +
          weights.after * sums.afterFaded[item]! +
          weights.alike * sums.alikeMost[item]! +
          weights.session * sums.session[item]! +
          (weights.lately * sums.latelyFaded[item]!) / sources +
          weights.own * (sums.ownLately[item]! / (mostOwn || 1)) +
          weights.linear * Math.max(0, sums.linear[item]! / (mostLinear || 1)) +
          weights.bought * (boughtTimes[item]! > 0 ? 1 + Math.log2(boughtTimes[item]!) : 0)
      }
    },
    prior,
    /** What speaks for a product beside its sales, where those in the basket were never sold: 1 where nothing does. */
    merit: (item: number): number =>
      (1 + ALIKE_MERIT * sums.alikeMost[item]!) *
      (1 + (BESIDE_ALIKE_MERIT * sums.cosineSum[item]!) / (proxied || 1)) *
      (1 + sums.ownLately[item]! / (mostOwn || 1)),
    candidates: (count: number, isAllowed: (item: number) => boolean): number[] =>
      topIndexes(touched.filter(isAllowed), prior, count),
    /** Writes the features of one product at `at`. */
    write(item: number, into: Float32Array, at: number): void {
      let f = at
      into[f++] = sums.cosineSum[item]!
      into[f++] = sums.cosineFaded[item]!
      into[f++] = sums.cosineLast[item]!
      into[f++] = sums.cosineMost[item]!
      into[f++] = sums.latelyFaded[item]!
      into[f++] = sums.latelyLast[item]!
      into[f++] = sums.nearFaded[item]!
      into[f++] = sums.nearLast[item]!
      into[f++] = sums.nearBefore[item]!
      into[f++] = sums.afterFaded[item]!
      into[f++] = sums.afterLast[item]!
      into[f++] = sums.pairLast[item]!
      into[f++] = sums.sources[item]!
      into[f++] = sums.alikeLast[item]!
      into[f++] = sums.alikeMost[item]!
      into[f++] = sums.session[item]!
      into[f++] = (1e4 * sales.fast[item]!) / salesTotal.fast
      into[f++] = (1e4 * sales.trend[item]!) / salesTotal.trend
      into[f++] = (1e4 * sales.slow[item]!) / salesTotal.slow
      into[f++] = (1e4 * sales.count[item]!) / salesTotal.count
      into[f++] = (sales.fast[item]! / salesTotal.fast + 1e-5) / (sales.slow[item]! / salesTotal.slow + 1e-5)
      into[f++] = sales.rise[item]! / mostRise
      into[f++] = sales.firstAge[item]!
      into[f++] = sales.lastAge[item]!
      into[f++] = sales.basketSize[item]!
      into[f++] = sales.place[item]!
      into[f++] = context.basketLength
      into[f++] = boughtTimes[item]!
      into[f++] = boughtTimes[item]! > 0 ? (now - boughtAt[item]!) / DAY_MS : -1
      into[f++] = boughtTimes[item]! / (context.historyLength || 1)
      into[f++] = sums.own[item]!
      into[f++] = sums.ownLately[item]! / (mostOwn || 1)
      into[f++] = sums.ownLast[item]!
      into[f++] = context.historyLength
      into[f++] = context.historyAge
      into[f++] = context.known
      into[f] = prior[item]!
    },
  }
}

export type Scorer = ReturnType<typeof createScorer>

/** What was bought last, each product once, the newest first. */
function newest(history: Question['history'], most: number): Question['history'][number][] {
  const seen = new Set<number>()
  return history
    .toReversed()
    .filter(({ item }) => !seen.has(item) && seen.add(item))
    .slice(0, most)
}

function total(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum || 1
}
