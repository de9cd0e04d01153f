import { basketCount, type Log } from './log.ts'
import { holdLines } from './repeats.ts'
import { topIndexes } from './top.ts'

export interface PairOptions {
  /** Neighbours kept of each product. */
  readonly listLength: number
  /** Larger baskets count as sales but not as pairs. */
  readonly maxBasketItems: number
}

/** A pair counts half as much after so many days: for what goes together, and for what goes together of late. */
const HALF_LIFE_DAYS = 120
const LATE_HALF_LIFE_DAYS = 21
const MAX_HALVINGS = 60
const DAY_MS = 86_400_000

/** Evidence of one basket is shared out from this many products on: a till roll-up says little about any one pair. */
const FULL_BASKET = 40
/** A pair seen once says little: cosines are multiplied by together / (together + SHRINKAGE). */
const SHRINKAGE = 3
/** How fast closeness fades with the places between two products of a basket. */
const NEAR_FADE = 0.7
const MAX_GAP = 24

/**
 * For each product those bought with it, best first, with what is known of each pair. `counts`: baskets that held both,
 * whatever their age, `baskets` those that held the one, so that "in 12 of 31" is exact; `cosine`: weighted by age and shrunk, in
 * [0, 1]; `lately`: the same of the last weeks; `near`: the same as `cosine` where close places in the basket count more; `after`: how much of what follows product i at
 * close places is product j, in [0, 1].
 */
export interface PairLists {
  readonly offsets: Uint32Array
  readonly neighbours: Uint32Array
  readonly counts: Uint32Array
  readonly cosine: Float32Array
  readonly lately: Float32Array
  readonly near: Float32Array
  readonly after: Float32Array
  readonly baskets: Uint32Array
}

/** Cost: O(Σ n²) over baskets of n ≤ maxBasketItems products; memory O(products + lists). */
export function pairLists(log: Log, options: PairOptions, held = holdLines(log)): PairLists {
  const { itemCount } = log
  const { holders, lineWeights } = held
  const weights = basketWeights(log, options.maxBasketItems)
  const lateness = latenessOf(log)
  const fade = Float64Array.from({ length: MAX_GAP + 1 }, (_, gap) => NEAR_FADE ** (gap - 1))

  const total = new Float64Array(itemCount)
  const lateTotal = new Float64Array(itemCount)
  const baskets = new Uint32Array(itemCount)
  for (let item = 0; item < itemCount; item++) {
    for (let at = holders.offsets[item]!; at < holders.offsets[item + 1]!; at++) {
      const weight = weights[holders.baskets[at]!]!
      if (weight === 0) continue
      total[item]! += weight * lineWeights[at]!
      lateTotal[item]! += weight * lineWeights[at]! * lateness[holders.baskets[at]!]!
      baskets[item]!++
    }
  }
  const build = growing(itemCount)
  const together = new Uint32Array(itemCount)
  const both = new Float64Array(itemCount)
  const late = new Float64Array(itemCount)
  const close = new Float64Array(itemCount)
  const following = new Float64Array(itemCount)
  const merit = new Float64Array(itemCount)
  const touched = new Uint32Array(itemCount)
  for (let item = 0; item < itemCount; item++) {
    let count = 0
    let followed = 0
    for (let at = holders.offsets[item]!; at < holders.offsets[item + 1]!; at++) {
      const basket = holders.baskets[at]!
      if (weights[basket] === 0) continue
      const weight = weights[basket]! * lineWeights[at]!
      const lateWeight = weight * lateness[basket]!
      const start = log.offsets[basket]!
      const end = log.offsets[basket + 1]!
      const place = start + holders.places[at]!
      for (let other = start; other < end; other++) {
        const neighbour = log.items[other]!
        if (together[neighbour]!++ === 0) touched[count++] = neighbour
        both[neighbour]! += weight
        late[neighbour]! += lateWeight
      }
      const first = Math.max(start, place - MAX_GAP)
      const last = Math.min(end - 1, place + MAX_GAP)
      for (let other = first; other < place; other++) close[log.items[other]!]! += weight * fade[place - other]!
      for (let other = place + 1; other <= last; other++) {
        const closeness = weight * fade[other - place]!
        close[log.items[other]!]! += closeness
        following[log.items[other]!]! += closeness
        followed += closeness
      }
    }
    const others: number[] = []
    for (let t = 0; t < count; t++) {
      const other = touched[t]!
      if (other === item) continue
      const shrink = together[other]! / (together[other]! + SHRINKAGE)
      const norm = shrink / Math.sqrt(total[item]! * total[other]!)
      both[other]! *= norm
      late[other]! *= shrink / Math.sqrt(lateTotal[item]! * lateTotal[other]! || 1)
      close[other]! *= norm
      following[other]! /= followed || 1
      merit[other] = both[other]! + close[other]! + late[other]!
      others.push(other)
    }
    build.add(topIndexes(others, merit, options.listLength), together, both, late, close, following)
    for (let t = 0; t < count; t++) {
      const other = touched[t]!
      together[other] = 0
      both[other] = 0
      late[other] = 0
      close[other] = 0
      following[other] = 0
    }
  }
  return { ...build.done(), baskets }
}

function basketWeights(log: Log, maxBasketItems: number): Float64Array {
  const weights = halvings(log, HALF_LIFE_DAYS)
  for (let b = 0; b < weights.length; b++) {
    const size = log.offsets[b + 1]! - log.offsets[b]!
    weights[b]! *= size > maxBasketItems ? 0 : Math.min(1, FULL_BASKET / size)
  }
  return weights
}

/** What has to be multiplied with a basket's weight so that it fades faster. */
function latenessOf(log: Log): Float64Array {
  return halvings(log, 1 / (1 / LATE_HALF_LIFE_DAYS - 1 / HALF_LIFE_DAYS))
}

function halvings(log: Log, days: number): Float64Array {
  const weights = new Float64Array(basketCount(log))
  const last = log.at[weights.length - 1] ?? 0
  for (let b = 0; b < weights.length; b++) {
    weights[b] = 2 ** -Math.min((last - log.at[b]!) / DAY_MS / days, MAX_HALVINGS)
  }
  return weights
}

/** Typed arrays that grow, list after list. */
function growing(itemCount: number) {
  const offsets = new Uint32Array(itemCount + 1)
  let neighbours = new Uint32Array(1024)
  let counts = new Uint32Array(1024)
  let scores = Array.from({ length: 4 }, () => new Float32Array(1024))
  let length = 0
  let item = 0
  const reserve = (more: number) => {
    if (length + more <= neighbours.length) return
    const size = Math.max(length + more, neighbours.length * 2)
    const grown = <T extends Uint32Array | Float32Array>(from: T, to: T): T => {
      to.set(from)
      return to
    }
    neighbours = grown(neighbours, new Uint32Array(size))
    counts = grown(counts, new Uint32Array(size))
    scores = scores.map((array) => grown(array, new Float32Array(size)))
  }
  return {
    add(list: readonly number[], together: Uint32Array, ...columns: readonly Float64Array[]): void {
      reserve(list.length)
      for (const other of list) {
        neighbours[length] = other
        counts[length] = together[other]!
        for (let c = 0; c < columns.length; c++) scores[c]![length] = columns[c]![other]!
        length++
      }
      offsets[++item] = length
    },
    done: () => ({
      offsets,
      neighbours: neighbours.slice(0, length),
      counts: counts.slice(0, length),
      cosine: scores[0]!.slice(0, length),
      lately: scores[1]!.slice(0, length),
      near: scores[2]!.slice(0, length),
      after: scores[3]!.slice(0, length),
    }),
  }
}
