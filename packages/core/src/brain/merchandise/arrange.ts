import { diversify } from './diversify.ts'
import { matches } from './match.ts'
import type { Rule, RuleEffect, ShelfItem } from './types.ts'

/** How much the first places weigh against those behind: with 10, a factor of 2 lifts the eleventh level with the first. */
const RANK_SMOOTHING = 10
const DEFAULT_FACTOR = 2

export interface Arrangement {
  readonly limit: number
  /** From 0 to 1; see `diversify`. Default 0. */
  readonly diversity?: number | undefined
  /** How much margin counts: relevance is multiplied by 1 + weight · margin. Default 0. */
  readonly marginWeight?: number | undefined
}

interface Placed<T> {
  readonly candidate: T
  readonly relevance: number
  readonly categories: readonly string[]
}

/**
 * Arranges candidates (best first, of several strategies whose scores cannot be compared) by the rules that hold.
 * How well the candidate at place r fits is 1 / (r + 10), as in reciprocal rank fusion; rules and margin multiply it, then
 * the list is diversified, then pins take their places. A pinned product must be among the candidates or be given by `pinned`;
 * `exclude` and `only` are above pins. The answer has at most `limit`.
 */
export function arrange<T extends { readonly id: string }>(
  candidates: readonly T[],
  rules: readonly Rule[],
  itemOf: (id: string) => ShelfItem,
  { limit, diversity = 0, marginWeight = 0 }: Arrangement,
  pinned: (id: string) => T | undefined = () => undefined,
): T[] {
  const refused = refusal(rules)
  const weighed = candidates
    .flatMap((candidate, rank): Placed<T>[] => {
      const item = itemOf(candidate.id)
      if (refused(item)) return []
      const relevance = (weightOf(item, rules) * (1 + marginWeight * (item.margin ?? 0))) / (rank + RANK_SMOOTHING)
      return [{ candidate, relevance, categories: item.categories ?? [] }]
    })
    // Stable: equals stay in the order in which they came.
    .sort((a, b) => b.relevance - a.relevance)
  const list = diversify(weighed, limit, diversity).map(({ candidate }) => candidate)
  return withPins(list, rules, (id) => {
    if (refused(itemOf(id))) return undefined
    return candidates.find((candidate) => candidate.id === id) ?? pinned(id)
  }).slice(0, limit)
}

/** Whether rules keep a product out. */
export function refusal(rules: readonly Rule[]): (item: ShelfItem) => boolean {
  const excluding = rules.filter(({ action }) => action === 'exclude')
  const only = rules.filter(({ action }) => action === 'only')
  return (item) =>
    excluding.some(({ match }) => matches(match, item)) || !only.every(({ match }) => matches(match, item))
}

function weightOf(item: ShelfItem, rules: readonly Rule[]): number {
  let weight = 1
  for (const { action, match, factor = DEFAULT_FACTOR } of rules) {
    if (action === 'boost' && matches(match, item)) weight *= factor
    if (action === 'bury' && matches(match, item)) weight /= factor
  }
  return weight
}

function withPins<T extends { readonly id: string }>(
  list: readonly T[],
  rules: readonly Rule[],
  find: (id: string) => T | undefined,
): T[] {
  const pins = rules
    .filter(({ action }) => action === 'pin')
    .flatMap(({ match, position = 0 }) => (match.ids ?? []).map((id, i) => ({ id, position: position + i })))
  const known = pins.flatMap(({ id, position }) => {
    const candidate = find(id)
    return candidate ? [{ candidate, position }] : []
  })
  const unique = known.filter(({ candidate }, i) => known.findIndex((pin) => pin.candidate.id === candidate.id) === i)
  const pinnedIds = new Set(unique.map(({ candidate }) => candidate.id))
  const arranged = list.filter(({ id }) => !pinnedIds.has(id))
  for (const { candidate, position } of unique.toSorted((a, b) => a.position - b.position)) {
    arranged.splice(Math.min(position, arranged.length), 0, candidate)
  }
  return arranged
}

/** What each rule changes: the list with all of them beside the list without that one. */
export function effectsOf(
  rules: readonly Rule[],
  listWith: (rules: readonly Rule[]) => readonly { readonly id: string }[],
): RuleEffect[] {
  const all = listWith(rules).map(({ id }) => id)
  return rules.map((rule) => {
    const without = listWith(rules.filter((other) => other !== rule)).map(({ id }) => id)
    const changes = [...new Set([...all, ...without])]
      .map((id) => ({ id, before: placeIn(without, id), after: placeIn(all, id) }))
      .filter(({ before, after }) => before !== after)
    return { ruleId: rule.id, changes }
  })
}

function placeIn(ids: readonly string[], id: string): number | null {
  const place = ids.indexOf(id)
  return place < 0 ? null : place
}
