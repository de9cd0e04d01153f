import { loadRecommender, type Recommender, type RecommendQuery, trainRecommender } from '../../src/brain/index.ts'
import { LIST_LENGTH } from './metrics.ts'
import type { Case, Order, Task } from './protocol.ts'

/** What each task asks the public interface. */
const KIND_OF: Readonly<Record<Task, RecommendQuery['kind']>> = {
  A: 'next',
  'A+': 'next',
  B: 'for-user',
  C: 'bought-together',
  'C+': 'bought-together',
  X: 'bought-together',
}

export interface Trained {
  readonly bytes: Uint8Array
  readonly recommender: Recommender
  readonly cpuSeconds: number
}

/** Trains with default options on orders and names, as any user of the package would. */
export function trainOn(
  orders: readonly Order[],
  names: ReadonlyMap<string, string>,
  options?: Parameters<typeof trainRecommender>[1],
): Trained {
  const baskets = orders.map(({ items, at, customer }) => ({
    items,
    at,
    ...(customer === '' ? {} : { user: customer }),
  }))
  const items = [...names].map(([id, name]) => ({ id, name }))
  const start = cpuSeconds()
  const bytes = trainRecommender({ baskets, items }, options)
  const spent = cpuSeconds() - start
  return { bytes, recommender: loadRecommender(bytes), cpuSeconds: spent }
}

export function ask(
  recommender: Recommender,
  task: Task,
  { items, history, exclude }: Case,
  kind = KIND_OF[task],
): readonly string[] {
  return recommender.recommend({ kind, items, history, exclude, limit: LIST_LENGTH }).map(({ id }) => id)
}

/** Answers every case, and how long each took, in ms of wall clock; the first 200 are asked twice. */
export function askAll(recommender: Recommender, task: Task, cases: readonly Case[], kind?: RecommendQuery['kind']) {
  const { answers, ...times } = timesOf(cases, (one) => ask(recommender, task, one, kind))
  return { lists: answers, ...times }
}

/** Answers every question, with the percentiles of how long that took, in ms of wall clock; the first 200 are asked twice. */
export function timesOf<Question, Answer>(questions: readonly Question[], answer: (one: Question) => Answer) {
  for (const one of questions.slice(0, WARM_UP)) answer(one)
  const times: number[] = []
  const answers = questions.map((one) => {
    const start = performance.now()
    const given = answer(one)
    times.push(performance.now() - start)
    return given
  })
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { answers, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

const WARM_UP = 200

export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
