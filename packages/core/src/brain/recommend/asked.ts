import type { Model } from './read-model.ts'
import type { Reason, RecommendQuery } from './types.ts'

/** A query by the numbers of its products. */
export interface Asked {
  /** What is in the basket and known, oldest first, each once: where it was named last. */
  readonly basket: readonly number[]
  /** The same with repetitions, the immediate ones aside. */
  readonly steps: readonly number[]
  readonly history: readonly { readonly item: number; readonly at: number }[]
  readonly isAllowed: (item: number) => boolean
  readonly limit: number
}

/** Products in order; `reason` where it does not follow from what was asked. */
export interface Ranked {
  readonly item: number
  readonly score: number
  readonly reason?: Reason
}

/** A query as the model sees it: unknown ids are passed over, what must not be shown is left out. */
export function understand(model: Model, query: RecommendQuery): Asked {
  const numbers = (ids: readonly string[] = []) =>
    ids.flatMap((id) => {
      const item = model.index.get(id)
      return item === undefined ? [] : [item]
    })
  const named = numbers(query.items)
  const steps = named.filter((item, at) => at === 0 || item !== named[at - 1])
  const basket = [...new Set(steps.toReversed())].reverse()
  const history = (query.history ?? []).flatMap(({ id, at }) => {
    const item = model.index.get(id)
    return item === undefined ? [] : [{ item, at }]
  })
  const left = new Set(numbers(query.exclude))
  if (query.kind === 'next') {
    const last = steps.at(-1)
    const returning = new Set(returnsOf(model, steps).keys())
    for (const item of basket) if (item === last || !returning.has(item)) left.add(item)
  } else for (const item of basket) left.add(item)
  if (query.kind === 'for-user') for (const { item } of history) left.add(item)
  return { basket, steps, history, isAllowed: (item) => !left.has(item), limit: query.limit }
}

/** Returns to earlier products are thought of where at least so many steps of the training data were some. */
const LEAST_RETURNS = 0.05

/** For each product before the last one the chance that the next step goes back to it. */
export function returnsOf(model: Model, steps: readonly number[]): ReadonlyMap<number, number> {
  const chances = new Map<number, number>()
  if (model.returns.reduce((sum, chance) => sum + chance, 0) < LEAST_RETURNS) return chances
  const end = steps.length
  for (let back = 0; back < Math.min(model.returns.length, end - 1); back++) {
    const item = steps[end - 2 - back]!
    if (item !== steps[end - 1]) chances.set(item, (chances.get(item) ?? 0) + model.returns[back]!)
  }
  return chances
}
