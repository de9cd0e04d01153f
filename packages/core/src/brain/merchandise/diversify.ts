import { mmr } from '../mmr.ts'

/**
 * Orders `candidates` (best first) so that what follows is unlike what went before (`mmr`). Likeness is the share of categories
 * that two products have in common (Jaccard), from 0 to 1. `diversity` is from 0 (nothing changes) to 1.
 */
export function diversify<T extends { readonly relevance: number; readonly categories: readonly string[] }>(
  candidates: readonly T[],
  limit: number,
  diversity: number,
): T[] {
  if (diversity <= 0) return candidates.slice(0, limit)
  const top = Math.max(...candidates.map(({ relevance }) => relevance), Number.MIN_VALUE)
  const relevances = candidates.map(({ relevance }) => relevance / top)
  const categoriesOf = (index: number) => candidates[index]!.categories
  return mmr(
    relevances,
    limit,
    diversity,
    (chosen) => (other) => likeness(categoriesOf(chosen), categoriesOf(other)),
  ).map((index) => candidates[index]!)
}

function likeness(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0
  const common = a.filter((category) => b.includes(category)).length
  return common / (a.length + b.length - common)
}
