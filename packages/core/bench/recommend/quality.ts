import type { Recommender, RecommendQuery } from '../../src/brain/index.ts'
import type { Bars } from './bars.ts'
import { ask, askAll, trainOn } from './evaluate.ts'
import { type Metrics, measure, sliceHits } from './metrics.ts'
import {
  type Case,
  countBaskets,
  historiesOf,
  ORIGINS,
  type Order,
  type Split,
  splitOrders,
  type Task,
} from './protocol.ts'

/** HR@10 and Coverage@10 that are asked for, with one training before all questions. */
const STATIC_BARS: Readonly<Record<Task, { readonly hr10: number; readonly coverage10?: number }>> = {
  A: { hr10: 0.325, coverage10: 0.5 },
  'A+': { hr10: 0.365 },
  B: { hr10: 0.575, coverage10: 0.2 },
  C: { hr10: 0.58, coverage10: 0.45 },
  'C+': { hr10: 0.74 },
  X: { hr10: 0.64 },
}
const DAILY_BARS: Readonly<Partial<Record<Task, number>>> = { 'A+': 0.39, C: 0.615 }
/** Orders that a shop has, and HR@10 of task C that is asked of it. */
const SMALL_SHOPS = [
  [100, 0.38],
  [300, 0.43],
  [1_000, 0.47],
] as const

export interface Part {
  readonly split: Split
  readonly names: ReadonlyMap<string, string>
  readonly tasks: readonly Task[]
  /** Every n-th case. */
  readonly step: number
  readonly bars: Bars
}

/** Asks all questions of one model. Gives the slowest of the p99 of its tasks, ms. */
export function runStatic(
  recommender: Recommender,
  { split: { cases, counts }, tasks, step, bars }: Part,
  { slices }: { slices: boolean },
): number {
  const slowest: number[] = []
  for (const task of tasks) {
    const asked = sampled(cases[task], step)
    const { lists, p50, p95, p99 } = askAll(recommender, task, asked)
    slowest.push(p99)
    const figures = measure(asked, lists, counts)
    console.log(
      `${task.padEnd(2)} ${line(figures)}  p50 ${p50.toFixed(3)} p95 ${p95.toFixed(3)} p99 ${p99.toFixed(3)} ms`,
    )
    if (task === 'A' && slices) console.log(slicesOf(asked, lists, counts))
    const bar = STATIC_BARS[task]
    bars.least(`${task} HR@10`, figures.hr10, bar.hr10)
    if (bar.coverage10) bars.least(`${task} Coverage@10`, figures.coverage10, bar.coverage10)
  }
  return Math.max(0, ...slowest)
}

/** Asks the questions of one task in another way than its own; no bar. */
export function runAs(recommender: Recommender, kind: RecommendQuery['kind'], task: Task, part: Part): void {
  const asked = sampled(part.split.cases[task], part.step)
  const { lists } = askAll(recommender, task, asked, kind)
  console.log(`${task} ${kind} ${line(measure(asked, lists, part.split.counts))}`)
}

/** Counts anew each day, of all baskets before it; how the signals are weighed stays as it was learned before the first day. */
export function runDaily(earlier: Uint8Array, { split: { train, test, cases }, names, tasks, step, bars }: Part): void {
  const daily = tasks.filter((task) => task !== 'B' && task !== 'X')
  const customers = new Map(test.map(({ invoice, customer }) => [invoice, customer]))
  const asked = new Map(daily.map((task) => [task, sampled(cases[task], step)]))
  const lists = new Map<Task, (readonly string[])[]>(daily.map((task) => [task, []]))
  const days = [...new Set(test.map(({ time }) => time.slice(0, 10)))].sort()
  for (const day of days) {
    const known = [...train, ...test.filter(({ time }) => time < day)]
    const { recommender } = trainOn(known, names, { ranking: false, earlier })
    const histories = historiesOf(known)
    for (const task of daily) {
      const today = asked.get(task)!.filter((one) => one.day === day)
      const knowing = today.map((one) => {
        const customer = customers.get(one.key) ?? ''
        return { ...one, history: task.endsWith('+') ? (histories.get(customer) ?? []) : [] }
      })
      lists.get(task)!.push(...knowing.map((one) => ask(recommender, task, one)))
    }
  }
  const counts = countBaskets([...train, ...test])
  console.log(`\ncounted anew on each of ${days.length} days`)
  for (const task of daily) {
    const figures = measure(asked.get(task)!, lists.get(task)!, counts)
    console.log(`${task.padEnd(2)} ${line(figures)}`)
    const bar = DAILY_BARS[task]
    if (bar) bars.least(`${task} HR@10, daily`, figures.hr10, bar)
  }
}

/** A shop that has only its newest orders. */
export function runSmall({ split: { train, cases }, names, step, bars }: Part): void {
  console.log()
  for (const [size, bar] of SMALL_SHOPS) {
    const few = train.slice(-size)
    const counts = countBaskets(few)
    const { recommender, cpuSeconds } = trainOn(few, names)
    for (const task of ['A', 'C'] as const) {
      const asked = sampled(cases[task], step)
      const { lists } = askAll(recommender, task, asked)
      const figures = measure(asked, lists, counts)
      console.log(`${size} orders ${task} ${line(figures)}  trained in ${cpuSeconds.toFixed(1)} s CPU`)
      if (task === 'C') bars.least(`C HR@10 after ${size} orders`, figures.hr10, bar)
    }
  }
}

/** Several earlier days to tune on, all before the test. */
export function runOrigins(orders: readonly Order[], names: ReadonlyMap<string, string>, tasks: readonly Task[]): void {
  for (const origin of ORIGINS) {
    const { train, cases, counts } = splitOrders(orders, origin)
    const { recommender } = trainOn(train, names)
    for (const task of tasks) {
      const lists = cases[task].map((one) => ask(recommender, task, one))
      console.log(`${origin.join('–')} ${task.padEnd(2)} ${line(measure(cases[task], lists, counts))}`)
    }
  }
}

function sampled(cases: readonly Case[], step: number): Case[] {
  return cases.filter((_, i) => i % step === 0)
}

function line({ cases, hr10, hr10Within, recall20, ndcg10, mrr20, coverage10, novelty10 }: Metrics): string {
  return (
    `HR@10 ${hr10.toFixed(4)} ±${hr10Within.toFixed(3)}  R@20 ${recall20.toFixed(4)}  NDCG@10 ${ndcg10.toFixed(4)}  ` +
    `MRR@20 ${mrr20.toFixed(4)}  Cov@10 ${coverage10.toFixed(3)}  Nov@10 ${novelty10.toFixed(2)}  n ${cases}`
  )
}

function slicesOf(
  asked: readonly Case[],
  lists: readonly (readonly string[])[],
  counts: ReadonlyMap<string, number>,
): object {
  const sizeOf = (n: number) => (n <= 3 ? 'a 1–3' : n <= 9 ? 'b 4–9' : n <= 24 ? 'c 10–24' : 'd 25+')
  const salesOf = (n: number) =>
    n === 0 ? 'a 0' : n <= 20 ? 'b 1–20' : n <= 100 ? 'c 21–100' : n <= 300 ? 'd 101–300' : 'e 301+'
  return {
    prefix: sliceHits(asked, lists, ({ items }) => sizeOf(items.length)),
    target: sliceHits(asked, lists, ({ relevant }) => salesOf(counts.get([...relevant][0]!) ?? 0)),
  }
}
