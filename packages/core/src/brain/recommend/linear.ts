import { type Lists, listBuilder } from './lists.ts'
import { basketCount, type Log, NOBODY } from './log.ts'
import type { HeldLines } from './repeats.ts'
import { topIndexes } from './top.ts'

/** Products that take part: those with the most buyers of late. The cost grows with their cube. */
const MAX_ITEMS = 1_500
/** Products of one shopper, the best-sold: one who has everything says little and costs the square of it. */
const MAX_OF_USER = 600
/** Fewer shoppers say too little. */
const FEWEST_USERS = 100
/** A product with fewer buyers tells of them alone. */
const FEWEST_BUYERS = 3
/** Holds weights back where few shoppers speak for them. */
const RIDGE = 200
/** Weights kept of each product, the greatest by amount. */
const LIST_LENGTH = 100
/** A purchase counts half as much after so many days. */
export const LINEAR_HALF_LIFE_DAYS = 180
const MAX_HALVINGS = 60
/** Sales of now and of before, in days of half-life; a product that sells twice as well as before is twice as likely. */
const NOW_DAYS = 7
const BEFORE_DAYS = 90
/** Share of all sales that is added to both, so that chance does not make a rise of a few. */
const SHARE_FLOOR = 1e-4
const DAY_MS = 86_400_000

/**
 * What having bought one product tells about another: for each product its weights towards others, to be summed over what a
 * shopper bought. The linear model that best foretells each column of shoppers × products from the others (EASE^R: Steck,
 * "Embarrassingly shallow autoencoders for sparse data", 2019), B = −P / diag(P) with P = (XᵀX + λI)⁻¹, where X halves with age;
 * each column times how the product sells now against before, since X is of then and the answer is for now. Empty where there are too
 * few shoppers. Cost: O(MAX_ITEMS³ + Σ n²) over shoppers with n products.
 */
export function linearLists(log: Log, held: HeldLines): Lists {
  const lists = listBuilder(log.itemCount)
  const bought = buyers(log, held)
  const items = chosenItems(log, bought)
  const weights = items.length === 0 ? null : autoencoder(gram(log, bought, items), items.length)
  const pace = weights === null ? null : paceOf(log, held)
  const place = new Int32Array(log.itemCount).fill(-1)
  for (const [at, item] of items.entries()) place[item] = at
  const row = new Float64Array(items.length)
  const amounts = new Float64Array(items.length)
  const scores = new Float64Array(log.itemCount)
  const columns = items.map((_, at) => at)
  for (let item = 0; item < log.itemCount; item++) {
    const at = place[item]!
    if (weights === null || at === -1) {
      lists.add([], scores)
      continue
    }
    for (let other = 0; other < row.length; other++) {
      row[other] = weights[at * row.length + other]!
      amounts[other] = Math.abs(row[other]!)
    }
    const best = topIndexes(columns, amounts, LIST_LENGTH).filter((other) => amounts[other]! > 0)
    for (const other of best) scores[items[other]!] = row[other]! * pace![items[other]!]!
    lists.add(
      best.map((other) => items[other]!),
      scores,
    )
  }
  return lists.build()
}

/** By product: each shopper who bought it once, and how much that counts. */
interface Buyers {
  readonly offsets: Uint32Array
  readonly users: Uint32Array
  readonly weights: Float32Array
}

function buyers(log: Log, { holders }: HeldLines): Buyers {
  const last = log.at[basketCount(log) - 1] ?? 0
  const byBasket = Float32Array.from(
    log.at,
    (at) => 2 ** -Math.min((last - at) / DAY_MS / LINEAR_HALF_LIFE_DAYS, MAX_HALVINGS),
  )
  const offsets = new Uint32Array(log.itemCount + 1)
  const users = new Uint32Array(holders.baskets.length)
  const weights = new Float32Array(holders.baskets.length)
  const seenFor = new Int32Array(log.userCount).fill(-1)
  let count = 0
  for (let item = 0; item < log.itemCount; item++) {
    // The newest first: it is what counts.
    for (let at = holders.offsets[item + 1]! - 1; at >= holders.offsets[item]!; at--) {
      const user = log.user[holders.baskets[at]!]!
      if (user === NOBODY || seenFor[user] === item) continue
      seenFor[user] = item
      users[count] = user
      weights[count++] = byBasket[holders.baskets[at]!]!
    }
    offsets[item + 1] = count
  }
  return { offsets, users: users.subarray(0, count), weights: weights.subarray(0, count) }
}

/** Products with the most buyers, newer ones counting more, best first. */
function chosenItems(log: Log, { offsets, weights }: Buyers): number[] {
  if (log.userCount < FEWEST_USERS) return []
  const totals = new Float64Array(log.itemCount)
  for (let item = 0; item < log.itemCount; item++) {
    for (let at = offsets[item]!; at < offsets[item + 1]!; at++) totals[item]! += weights[at]!
  }
  const sold = Array.from(totals.keys()).filter((item) => offsets[item + 1]! - offsets[item]! >= FEWEST_BUYERS)
  return topIndexes(sold, totals, MAX_ITEMS)
}

/** XᵀX + λI of the chosen products, row by row. */
function gram(log: Log, { offsets, users, weights }: Buyers, items: readonly number[]): Float64Array {
  const size = items.length
  const starts = new Uint32Array(log.userCount + 1)
  for (const item of items) for (let at = offsets[item]!; at < offsets[item + 1]!; at++) starts[users[at]! + 1]!++
  for (let user = 0; user < log.userCount; user++) starts[user + 1]! += starts[user]!
  const next = starts.slice()
  const places = new Uint32Array(starts[log.userCount]!)
  const values = new Float64Array(places.length)
  for (const [place, item] of items.entries()) {
    for (let at = offsets[item]!; at < offsets[item + 1]!; at++) {
      const slot = next[users[at]!]!++
      places[slot] = place
      values[slot] = weights[at]!
    }
  }
  const sums = new Float64Array(size * size)
  for (let user = 0; user < log.userCount; user++) {
    const start = starts[user]!
    const end = Math.min(starts[user + 1]!, start + MAX_OF_USER)
    for (let a = start; a < end; a++) {
      const row = places[a]! * size
      const value = values[a]!
      // Places of a shopper ascend, so that this fills the lower triangle.
      for (let b = start; b <= a; b++) sums[row + places[b]!]! += value * values[b]!
    }
  }
  for (let i = 0; i < size; i++) sums[i * size + i]! += RIDGE
  return sums
}

/** From the lower triangle of a positive definite matrix A to B = −P / diag(P), P = A⁻¹, with nought on the diagonal. Overwrites A. */
function autoencoder(a: Float64Array, size: number): Float64Array {
  choleskyInPlace(a, size)
  const inverse = invertedLower(a, size)
  // P's element (i, j) is the product of rows i and j of the transposed inverse of L, from the later of both on.
  const p = a.fill(0)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const value = dot(inverse, i * size + i, inverse, j * size + i, size - i)
      p[i * size + j] = value
      p[j * size + i] = value
    }
  }
  const diagonal = Float64Array.from({ length: size }, (_, i) => p[i * size + i]!)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) p[i * size + j] = i === j ? 0 : -p[i * size + j]! / diagonal[j]!
  }
  return p
}

/** A = LLᵀ; L takes the place of A's lower triangle. */
function choleskyInPlace(a: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    const row = i * size
    for (let j = 0; j < i; j++) {
      a[row + j] = (a[row + j]! - dot(a, row, a, j * size, j)) / a[j * size + j]!
    }
    a[row + i] = Math.sqrt(a[row + i]! - dot(a, row, a, row, i))
  }
}

/** The transposed inverse of L, upper triangle, row by row. */
function invertedLower(l: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size)
  for (let j = 0; j < size; j++) {
    const row = j * size
    inverse[row + j] = 1 / l[row + j]!
    for (let i = j + 1; i < size; i++) {
      inverse[row + i] = -dot(l, i * size + j, inverse, row + j, i - j) / l[i * size + i]!
    }
  }
  return inverse
}

/** Four sums at a time: one alone waits for itself. */
function dot(a: Float64Array, aStart: number, b: Float64Array, bStart: number, length: number): number {
  let [first, second, third, fourth] = [0, 0, 0, 0]
  const even = length - (length % 4)
  for (let i = 0; i < even; i += 4) {
    first += a[aStart + i]! * b[bStart + i]!
    second += a[aStart + i + 1]! * b[bStart + i + 1]!
    third += a[aStart + i + 2]! * b[bStart + i + 2]!
    fourth += a[aStart + i + 3]! * b[bStart + i + 3]!
  }
  for (let i = even; i < length; i++) first += a[aStart + i]! * b[bStart + i]!
  return first + second + third + fourth
}

/** How each product sells now against before, as shares of all sales; what one shopper buys again and again counts ever less. */
function paceOf(log: Log, { holders, lineWeights }: HeldLines): Float64Array {
  const [now, before] = [new Float64Array(log.itemCount), new Float64Array(log.itemCount)]
  const last = log.at[basketCount(log) - 1] ?? 0
  const ages = Float64Array.from(log.at, (at) => (last - at) / DAY_MS)
  const newer = ages.map((age) => 2 ** (-age / NOW_DAYS))
  const older = ages.map((age) => 2 ** (-age / BEFORE_DAYS))
  let [nowTotal, beforeTotal] = [0, 0]
  for (let item = 0; item < log.itemCount; item++) {
    for (let at = holders.offsets[item]!; at < holders.offsets[item + 1]!; at++) {
      const basket = holders.baskets[at]!
      now[item]! += newer[basket]! * lineWeights[at]!
      before[item]! += older[basket]! * lineWeights[at]!
    }
    nowTotal += now[item]!
    beforeTotal += before[item]!
  }
  return now.map((sold, item) => (sold / nowTotal + SHARE_FLOOR) / (before[item]! / beforeTotal + SHARE_FLOOR))
}

/** No weights at all. */
export function noLinearLists(itemCount: number): Lists {
  return { offsets: new Uint32Array(itemCount + 1), neighbours: new Uint32Array(0), scores: new Float32Array(0) }
}
