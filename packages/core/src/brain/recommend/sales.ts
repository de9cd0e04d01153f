import { basketCount, type Log } from './log.ts'
import { type HeldLines, holdLines } from './repeats.ts'

const DAY_MS = 86_400_000
/** Sales that are older count alike. Beyond some 140 halvings they would be lost to a 32-bit number, and the item with them. */
const MAX_HALVINGS = 100
/** The days that the words "lately" and "in the last … days" speak of. */
export const RECENT_DAYS = 30
/** Half-lives, in days, of the ways of counting sales. */
const BURST_DAYS = 3
const FAST_DAYS = 7
const USUAL_DAYS = 14
const SLOW_DAYS = 30
/** Sales that a product must have before its rise is taken at its word. */
const RISE_FLOOR = 3

/** How each product sells, in baskets; ages in days, counted back from the last basket. */
export interface Sales {
  readonly count: Uint32Array
  /** Baskets of the last 30 days. */
  readonly recent: Uint32Array
  /** Sales that count half as much every 7, 14 and 30 days; what one shopper buys again and again counts ever less. */
  readonly fast: Float32Array
  readonly trend: Float32Array
  readonly slow: Float32Array
  /** What rises: burst² / (slow + 3), burst being sales that count half as much every 3 days. */
  readonly rise: Float32Array
  readonly firstAge: Float32Array
  readonly lastAge: Float32Array
  /** Mean of the logarithm of the sizes of the baskets that held it. */
  readonly basketSize: Float32Array
  /** Mean place in its basket: 0 first, 1 last. */
  readonly place: Float32Array
}

export function countSales(log: Log, held = holdLines(log)): Sales {
  const { itemCount } = log
  const sales = {
    count: new Uint32Array(itemCount),
    recent: new Uint32Array(itemCount),
    fast: new Float32Array(itemCount),
    trend: new Float32Array(itemCount),
    slow: new Float32Array(itemCount),
    rise: new Float32Array(itemCount),
    firstAge: new Float32Array(itemCount),
    lastAge: new Float32Array(itemCount),
    basketSize: new Float32Array(itemCount),
    place: new Float32Array(itemCount),
  }
  const last = log.at[basketCount(log) - 1] ?? 0
  const weights = byLine(log, held)
  for (let b = 0; b < basketCount(log); b++) {
    const age = (last - log.at[b]!) / DAY_MS
    const halved = (days: number) => 2 ** -Math.min(age / days, MAX_HALVINGS)
    const [burst, fast, trend, slow] = [halved(BURST_DAYS), halved(FAST_DAYS), halved(USUAL_DAYS), halved(SLOW_DAYS)]
    const start = log.offsets[b]!
    const size = log.offsets[b + 1]! - start
    for (let at = start; at < start + size; at++) {
      const item = log.items[at]!
      if (sales.count[item]!++ === 0) sales.firstAge[item] = age
      sales.lastAge[item] = age
      if (age <= RECENT_DAYS) sales.recent[item]!++
      sales.rise[item]! += weights[at]! * burst
      sales.fast[item]! += weights[at]! * fast
      sales.trend[item]! += weights[at]! * trend
      sales.slow[item]! += weights[at]! * slow
      sales.basketSize[item]! += Math.log2(size)
      sales.place[item]! += size < 2 ? 0.5 : (at - start) / (size - 1)
    }
  }
  for (let item = 0; item < itemCount; item++) {
    sales.rise[item] = sales.rise[item]! ** 2 / (sales.slow[item]! + RISE_FLOOR)
    sales.basketSize[item]! /= sales.count[item] || 1
    sales.place[item]! /= sales.count[item] || 1
  }
  return sales
}

/** How much each line counts, in the order of the log. */
function byLine({ offsets }: Log, { holders, lineWeights }: HeldLines): Float32Array {
  const weights = new Float32Array(lineWeights.length)
  for (let at = 0; at < lineWeights.length; at++) {
    weights[offsets[holders.baskets[at]!]! + holders.places[at]!] = lineWeights[at]!
  }
  return weights
}
