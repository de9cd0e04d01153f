import { mmr } from '../mmr.ts'
import type { Ranked } from './asked.ts'
import type { Model } from './read-model.ts'

/** Products looked at for each place of the list. */
const CHOICE = 4

/**
 * Puts products in an order where each is good and unlike those before it (`mmr`), by rank and by likeness: that of the words, or of
 * what is bought together, whichever is greater. Scores stay in the order given.
 */
export function diversified(
  ranked: readonly Ranked[],
  diversity: number,
  limit: number,
  model: Model,
): readonly Ranked[] {
  if (diversity === 0 || ranked.length < 2) return ranked
  const count = Math.min(ranked.length, limit * CHOICE)
  const relevances = Array.from({ length: count }, (_, rank) => 1 - rank / count)
  const taken = mmr(relevances, limit, diversity, (chosen) => {
    const like = likenessTo(model, ranked[chosen]!.item)
    return (other) => like.get(ranked[other]!.item) ?? 0
  })
  const isTaken = new Set(taken)
  const rest = ranked.filter((_, i) => !isTaken.has(i))
  const scores = ranked.map(({ score }) => score)
  return [...taken.map((i) => ranked[i]!), ...rest].map((one, i) => ({ ...one, score: scores[i]! }))
}

function likenessTo({ alike, pairs }: Model, item: number): Map<number, number> {
  const likeness = new Map<number, number>()
  for (let at = pairs.offsets[item]!; at < pairs.offsets[item + 1]!; at++)
    likeness.set(pairs.neighbours[at]!, pairs.cosine[at]!)
  for (let at = alike.offsets[item]!; at < alike.offsets[item + 1]!; at++) {
    const other = alike.neighbours[at]!
    likeness.set(other, Math.max(likeness.get(other) ?? 0, alike.scores[at]!))
  }
  return likeness
}
