import { LIST_LENGTH } from './metrics.ts'
import { type Case, compare, type Order } from './protocol.ts'

/** What answers a case with product ids, best first. */
export type Model = (one: Case) => readonly string[]

const WEEK_MS = 7 * 86_400_000

/** The simple models whose figures the protocol publishes; they prove that data, cases and metrics are read right. */
export function referenceModels(train: readonly Order[], counts: ReadonlyMap<string, number>) {
  const last = train.at(-1)?.at ?? 0
  const recent = new Map<string, number>()
  for (const { items, at } of train) {
    for (const item of items) recent.set(item, (recent.get(item) ?? 0) + 2 ** ((at - last) / WEEK_MS))
  }
  const baskets = train.map(({ items }) => items)
  const customers = new Map<string, Set<string>>()
  for (const { customer, items } of train) {
    if (customer === '') continue
    if (!customers.has(customer)) customers.set(customer, new Set())
    for (const item of items) customers.get(customer)!.add(item)
  }
  const cosine = cosines(baskets)
  const customerCosine = cosines([...customers.values()].map((items) => [...items]))
  const rank = (scores: ReadonlyMap<string, number>, exclude: readonly string[]) => ranked(scores, exclude, counts)
  return {
    popularity: ((one) => rank(counts, one.exclude)) as Model,
    recentPopularity: ((one) => rank(recent, one.exclude)) as Model,
    cosineSum: ((one) => rank(cosine(one.items), one.exclude)) as Model,
    cosineLast: ((one) => rank(cosine(one.items.slice(-1)), one.exclude)) as Model,
    customerCosine: ((one) => rank(customerCosine(one.exclude), one.exclude)) as Model,
  }
}

/** Sums c_ij / √(c_i c_j) over what is asked about. */
function cosines(baskets: readonly (readonly string[])[]) {
  const ids = [...new Set(baskets.flat())]
  const index = new Map(ids.map((id, i) => [id, i]))
  const coded = baskets.map((items) => Uint16Array.from(items, (id) => index.get(id)!))
  const holders: number[][] = ids.map(() => [])
  for (const [basket, items] of coded.entries()) for (const item of items) holders[item]!.push(basket)
  const rows = new Map<number, Float64Array>()
  const rowOf = (item: number) => {
    let row = rows.get(item)
    if (row) return row
    row = new Float64Array(ids.length)
    const mine = holders[item]!
    for (const basket of mine) for (const other of coded[basket]!) row[other]!++
    for (let other = 0; other < row.length; other++) row[other]! /= Math.sqrt(mine.length * holders[other]!.length)
    rows.set(item, row)
    return row
  }
  const sums = new Float64Array(ids.length)
  return (items: readonly string[]) => {
    sums.fill(0)
    for (const id of items) {
      const item = index.get(id)
      if (item === undefined) continue
      const row = rowOf(item)
      for (let other = 0; other < sums.length; other++) sums[other]! += row[other]!
    }
    return new Map(ids.flatMap((id, i) => (sums[i]! > 0 ? [[id, sums[i]!] as const] : [])))
  }
}

function ranked(
  scores: ReadonlyMap<string, number>,
  exclude: readonly string[],
  counts: ReadonlyMap<string, number>,
): string[] {
  const left = new Set(exclude)
  const better = (a: readonly [string, number], b: readonly [string, number]) =>
    b[1] - a[1] || counts.get(b[0])! - counts.get(a[0])! || compare(a[0], b[0])
  const best = [...scores].filter(([id, score]) => score > 0 && !left.has(id)).sort(better)
  const list = best.slice(0, LIST_LENGTH).map(([id]) => id)
  if (list.length === LIST_LENGTH) return list
  const taken = new Set([...exclude, ...list])
  const rest = [...counts].filter(([id]) => !taken.has(id)).sort(better)
  return [...list, ...rest.slice(0, LIST_LENGTH - list.length).map(([id]) => id)]
}
