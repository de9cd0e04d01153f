import { type Holders, holdersOf, type Log, NOBODY } from './log.ts'

/** Baskets of one shopper with the same product that count in full; the n-th beyond them counts 1/(n+1). */
const FULL_REPEATS = 3
/**
 * For each place of `holders` how much that line counts, so that one shopper who buys the same again and again cannot move a
 * list alone.
 */
function repeatWeights(log: Log, holders: Holders): Float32Array {
  const weights = new Float32Array(holders.baskets.length)
  const seen = new Uint32Array(log.userCount)
  const isSeenFor = new Int32Array(log.userCount).fill(-1)
  for (let item = 0; item < log.itemCount; item++) {
    for (let at = holders.offsets[item]!; at < holders.offsets[item + 1]!; at++) {
      const user = log.user[holders.baskets[at]!]!
      if (user === NOBODY) {
        weights[at] = 1
        continue
      }
      if (isSeenFor[user] !== item) {
        isSeenFor[user] = item
        seen[user] = 0
      }
      const times = ++seen[user]!
      weights[at] = times <= FULL_REPEATS ? 1 : 1 / (times - FULL_REPEATS + 1)
    }
  }
  return weights
}

/** Where each product was bought and how much each of these lines counts. */
export interface HeldLines {
  readonly holders: Holders
  readonly lineWeights: Float32Array
}

export function holdLines(log: Log): HeldLines {
  const holders = holdersOf(log)
  return { holders, lineWeights: repeatWeights(log, holders) }
}
