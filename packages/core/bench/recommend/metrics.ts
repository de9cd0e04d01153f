import type { Case } from './protocol.ts'

export const LIST_LENGTH = 20
const SHORT = 10

export interface Metrics {
  readonly cases: number
  readonly hr10: number
  /** Half of the 95 % interval of `hr10`. */
  readonly hr10Within: number
  readonly recall20: number
  readonly ndcg10: number
  readonly mrr20: number
  readonly coverage10: number
  readonly novelty10: number
}

/** Means over cases; `lists[i]` is the answer to `cases[i]`. `counts` are the training baskets of the catalogue's products. */
export function measure(
  cases: readonly Case[],
  lists: readonly (readonly string[])[],
  counts: ReadonlyMap<string, number>,
): Metrics {
  const shown = new Set<string>()
  let sales = 0
  for (const count of counts.values()) sales += count
  let [recall20, ndcg10, mrr20, surprise, places] = [0, 0, 0, 0, 0]
  const hits: number[] = []
  for (const [i, { relevant }] of cases.entries()) {
    const list = lists[i]!
    const ranks = list.flatMap((id, rank) => (relevant.has(id) ? [rank] : []))
    hits.push(ranks.some((rank) => rank < SHORT) ? 1 : 0)
    recall20 += ranks.length / Math.min(LIST_LENGTH, relevant.size)
    ndcg10 += gain(ranks.filter((rank) => rank < SHORT)) / gain(upTo(Math.min(SHORT, relevant.size)))
    if (ranks.length > 0) mrr20 += 1 / (ranks[0]! + 1)
    for (const id of list.slice(0, SHORT)) {
      shown.add(id)
      const count = counts.get(id)
      if (count === undefined) continue
      surprise -= Math.log2(count / sales)
      places++
    }
  }
  const n = Math.max(1, cases.length)
  const hr10 = mean(hits)
  return {
    cases: cases.length,
    hr10,
    hr10Within: (1.96 * Math.sqrt(hr10 * (1 - hr10))) / Math.sqrt(n),
    recall20: recall20 / n,
    ndcg10: ndcg10 / n,
    mrr20: mrr20 / n,
    coverage10: shown.size / Math.max(1, counts.size),
    novelty10: surprise / Math.max(1, places),
  }
}

/** Share of the cases of each slice whose product is among the first ten. */
export function sliceHits(
  cases: readonly Case[],
  lists: readonly (readonly string[])[],
  sliceOf: (one: Case) => string,
): Record<string, string> {
  const slices = new Map<string, number[]>()
  for (const [i, one] of cases.entries()) {
    const slice = sliceOf(one)
    if (!slices.has(slice)) slices.set(slice, [])
    slices.get(slice)!.push(lists[i]!.slice(0, SHORT).some((id) => one.relevant.has(id)) ? 1 : 0)
  }
  return Object.fromEntries(
    [...slices].sort().map(([slice, hits]) => [slice, `${mean(hits).toFixed(3)} of ${hits.length}`]),
  )
}

const gain = (ranks: readonly number[]) => ranks.reduce((sum, rank) => sum + 1 / Math.log2(rank + 2), 0)
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
