import type { ItemInfo, TrainingInput } from './types.ts'

/** No user. */
export const NOBODY = -1

/**
 * A shop's baskets as numbers, oldest first. Basket `b` holds the products `items[offsets[b]] … items[offsets[b + 1] - 1]`, each
 * once, in the order in which they were added; `at[b]` is its time in ms since 1970, `user[b]` its shopper or `NOBODY`.
 */
export interface Log {
  readonly itemCount: number
  readonly userCount: number
  readonly offsets: Uint32Array
  readonly items: Uint32Array
  readonly at: Float64Array
  readonly user: Int32Array
}

export interface Shop {
  /** The catalogue and whatever was sold without being in it, ids in code-unit order, so that any order of input gives the same file. */
  readonly items: readonly ItemInfo[]
  readonly log: Log
  /**
   * `returns[k]`: share of the steps within a basket that go back by k + 2 places, of those that could. Clicks of a visit do so,
   * orders do not.
   */
  readonly returns: readonly number[]
}

/** Places back that returns are counted for. */
const MAX_RETURN = 12

export function readShop(input: TrainingInput): Shop {
  const { items, numbers } = numbered(input)
  const order = byTime(input)

  const offsets = new Uint32Array(order.length + 1)
  const flat = new Uint32Array(numbers.items.length)
  const at = new Float64Array(order.length)
  const user = new Int32Array(order.length).fill(NOBODY)
  const users = new Map<string, number>()
  const lastSeen = new Int32Array(items.length).fill(-1)
  const placeOf = new Int32Array(items.length)
  const returned = new Float64Array(MAX_RETURN)
  const possible = new Float64Array(MAX_RETURN)
  let filled = 0
  for (let b = 0; b < order.length; b++) {
    const basket = input.baskets[order[b]!]!
    let previous = -1
    let place = 0
    for (let line = numbers.starts[order[b]!]!; line < numbers.starts[order[b]! + 1]!; line++) {
      const item = numbers.items[line]!
      if (item === previous) continue
      previous = item
      if (lastSeen[item] === b) {
        const back = place - placeOf[item]! - 2
        if (back < MAX_RETURN) returned[back]!++
      } else {
        lastSeen[item] = b
        flat[filled++] = item
      }
      placeOf[item] = place++
    }
    for (let back = 0; back < MAX_RETURN && back + 2 < place; back++) possible[back]! += place - back - 2
    offsets[b + 1] = filled
    at[b] = basket.at
    if (basket.user !== undefined && basket.user !== '') user[b] = numberOf(users, basket.user)
  }
  const returns = Array.from(returned, (times, back) => (times === 0 ? 0 : times / possible[back]!))
  const log = { itemCount: items.length, userCount: users.size, offsets, items: flat.slice(0, filled), at, user }
  return { items, log, returns }
}

/** The baskets from `start` up to, not including, `end`. Shares the numbers of products and users with the whole. */
export function part(log: Log, start: number, end: number): Log {
  const from = log.offsets[start]!
  return {
    ...log,
    offsets: log.offsets.slice(start, end + 1).map((offset) => offset - from),
    items: log.items.subarray(from, log.offsets[end]!),
    at: log.at.subarray(start, end),
    user: log.user.subarray(start, end),
  }
}

export function basketCount(log: Log): number {
  return log.at.length
}

/** Where each product was bought: basket by basket, oldest first, and at which place in it. */
export interface Holders {
  readonly offsets: Uint32Array
  readonly baskets: Uint32Array
  readonly places: Uint32Array
}

export function holdersOf({ itemCount, items, offsets }: Log): Holders {
  const starts = new Uint32Array(itemCount + 1)
  for (const item of items) starts[item + 1]!++
  for (let item = 0; item < itemCount; item++) starts[item + 1]! += starts[item]!
  const next = starts.slice()
  const baskets = new Uint32Array(items.length)
  const places = new Uint32Array(items.length)
  for (let b = 0; b + 1 < offsets.length; b++) {
    const start = offsets[b]!
    for (let at = start; at < offsets[b + 1]!; at++) {
      const slot = next[items[at]!]!++
      baskets[slot] = b
      places[slot] = at - start
    }
  }
  return { offsets: starts, baskets, places }
}

function numberOf(numbers: Map<string, number>, name: string): number {
  let number = numbers.get(name)
  if (number === undefined) numbers.set(name, (number = numbers.size))
  return number
}

/** Positions in order of time; equal times stay as they came. */
function byTime({ baskets }: TrainingInput): Uint32Array {
  const order = new Uint32Array(baskets.length)
  let isSorted = true
  for (let b = 0; b < order.length; b++) {
    order[b] = b
    if (b > 0 && baskets[b]!.at < baskets[b - 1]!.at) isSorted = false
  }
  if (isSorted) return order
  const at = Float64Array.from(baskets, (basket) => basket.at)
  return at.every(Number.isSafeInteger) ? byDigits(order, at) : order.sort((a, b) => at[a]! - at[b]! || a - b)
}

const DIGITS = 2 ** 16

/** Radix sort of whole numbers, the lowest digit first: at millions, comparing them would cost more than all counting. Stable. */
function byDigits(order: Uint32Array, keys: Float64Array): Uint32Array {
  const least = keys.reduce((a, b) => Math.min(a, b))
  const low = Uint32Array.from(keys, (key) => (key - least) % DIGITS ** 2)
  const high = Uint32Array.from(keys, (key) => (key - least) / DIGITS ** 2)
  const columns = [
    low.map((key) => key % DIGITS),
    low.map((key) => key >>> 16),
    high.map((key) => key % DIGITS),
    high.map((key) => key >>> 16),
  ]
  let from = order
  let to: Uint32Array = new Uint32Array(order.length)
  for (const digits of columns) {
    const next = new Uint32Array(DIGITS + 1)
    for (const digit of digits) next[digit + 1]!++
    if (next[1] === order.length) continue
    for (let value = 0; value < DIGITS; value++) next[value + 1]! += next[value]!
    for (const basket of from) to[next[digits[basket]!]!++] = basket
    const swap = from
    from = to
    to = swap
  }
  return from
}

/**
 * All products, ids in code-unit order, and each line's place among them; the lines of basket `b` are `items[starts[b]]` …
 * `items[starts[b + 1] - 1]`. Each id is looked up once: at millions of lines that is what costs.
 */
function numbered(input: TrainingInput) {
  const infos: ItemInfo[] = []
  const seen = new Map<string, number>()
  const add = (id: string): number => {
    const number = infos.push({ id }) - 1
    seen.set(id, number)
    return number
  }
  const starts = new Uint32Array(input.baskets.length + 1)
  for (let b = 0; b < input.baskets.length; b++) starts[b + 1] = starts[b]! + input.baskets[b]!.items.length
  const items = new Uint32Array(starts[input.baskets.length]!)
  let line = 0
  for (const basket of input.baskets) for (const id of basket.items) items[line++] = seen.get(id) ?? add(id)
  for (const info of input.items ?? []) infos[seen.get(info.id) ?? add(info.id)] = info

  const order = infos.map((_, number) => number).sort((a, b) => (infos[a]!.id < infos[b]!.id ? -1 : 1))
  const place = new Uint32Array(infos.length)
  for (const [at, number] of order.entries()) place[number] = at
  for (let at = 0; at < items.length; at++) items[at] = place[items[at]!]!
  return { items: order.map((number) => infos[number]!), numbers: { items, starts } }
}
