import type { Topic } from './keywords.ts'
import type { PlacedAmount } from './place-amounts.ts'

/** What the amounts of a receipt say of each other. */
export interface Sums {
  readonly counts: ReadonlyMap<number, number>
  readonly descending: readonly number[]
  readonly paidLessChange: ReadonlySet<number>
  readonly netPlusTax: ReadonlySet<number>
  readonly rounded: ReadonlySet<number>
  readonly unrounded: ReadonlySet<number>
  readonly paid: ReadonlySet<number>
  /** Amounts next to a named total that cash can pay, and totals that have one. */
  readonly twins: ReadonlySet<number>
  readonly twinned: ReadonlySet<number>
  readonly totals: ReadonlyMap<number, number>
  readonly hasChange: boolean
  readonly lastTotalRow: number
  readonly firstTotalRow: number
}

/** In minor units: rounding to what coins can pay is less. */
const ROUNDING_LIMIT = 10

export function sumsOf(amounts: readonly PlacedAmount[]): Sums {
  const of = (topic: Topic) => amounts.filter(({ label, after }) => label.topics.includes(topic) && after === 0)
  const minors = (list: readonly PlacedAmount[]) => [...new Set(list.map(({ minor }) => minor))]
  const paid = minors([...of('cash'), ...of('card')]).slice(0, MAX_TERMS)
  const change = minors(of('change')).slice(0, MAX_TERMS)
  const tax = minors(of('tax')).slice(0, MAX_TERMS)
  const all = minors(amounts).slice(0, MAX_VALUES)
  const present = new Set(all)
  const adjustments = minors(of('rounding')).filter((one) => one !== 0 && Math.abs(one) < ROUNDING_LIMIT)
  const pairs = all.flatMap((one) => adjustments.flatMap((by) => [one + by, one - by].map((to) => [one, to] as const)))
  const rounded = pairs.filter(([, to]) => present.has(to) && to % 5 === 0)
  const totals = [...of('total'), ...of('due')]
  const settling = minors([
    ...totals,
    ...of('rounding'),
    ...of('cash'),
    ...amounts.filter(({ label }) => label.topics.length === 0),
  ])
  const pairsOfTwins = minors(totals).flatMap((one) =>
    settling
      .filter((twin) => twin !== one && twin % 5 === 0 && Math.abs(twin - one) < 5 && one > ROUNDING_LIMIT)
      .map((twin) => [one, twin] as const),
  )
  return {
    twins: new Set(pairsOfTwins.map(([, twin]) => twin)),
    twinned: new Set(pairsOfTwins.map(([one]) => one)),
    counts: countOf(amounts.map(({ minor }) => minor)),
    descending: all.toSorted((a, b) => b - a),
    paidLessChange: new Set(paid.flatMap((one) => change.map((back) => one - Math.abs(back)))),
    netPlusTax: new Set(all.flatMap((one) => tax.map((more) => (more > 0 && more < one ? one + more : Number.NaN)))),
    rounded: new Set(rounded.map(([, to]) => to)),
    unrounded: new Set(rounded.map(([from]) => from).filter((from) => from % 5 !== 0)),
    paid: new Set(paid),
    totals: countOf(totals.map(({ minor }) => minor)),
    hasChange: change.some((one) => one !== 0),
    firstTotalRow: Math.min(...totals.map(({ row }) => row)),
    lastTotalRow: Math.max(...totals.map(({ row }) => row)),
  }
}

const MAX_TERMS = 12
const MAX_VALUES = 400

function countOf(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
