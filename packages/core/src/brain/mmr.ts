/**
 * Takes the best of candidates one after another so that each is good and unlike those before it: maximal marginal relevance. Each
 * place goes to the candidate with the largest (1 − diversity) · relevance − diversity · likeness, where likeness is that to the
 * most alike of those taken; of equals the first. `relevances` and what `likenessTo(index)` gives for other indexes are from 0 to
 * 1, `diversity` from 0 (by relevance alone) to 1. Returns at most `limit` indexes. O(limit · candidates). Source: Carbonell &
 * Goldstein, "The use of MMR", SIGIR 1998.
 */
export function mmr(
  relevances: readonly number[],
  limit: number,
  diversity: number,
  likenessTo: (chosen: number) => (other: number) => number,
): number[] {
  const left = relevances.map((relevance, index) => ({ index, relevance, likeness: 0 }))
  const taken: number[] = []
  while (left.length > 0 && taken.length < limit) {
    let best = 0
    let most = Number.NEGATIVE_INFINITY
    for (const [i, { relevance, likeness }] of left.entries()) {
      const worth = (1 - diversity) * relevance - diversity * likeness
      if (worth > most) {
        most = worth
        best = i
      }
    }
    const [chosen] = left.splice(best, 1)
    taken.push(chosen!.index)
    const likeness = likenessTo(chosen!.index)
    for (const other of left) other.likeness = Math.max(other.likeness, likeness(other.index))
  }
  return taken
}
