/**
 * The `k` highest-scored of the candidates, best first; equal scores in the order of the smaller index. Candidates are
 * indexes into `scores`. O(n + k log k) on average.
 */
export function topIndexes(candidates: readonly number[], scores: ArrayLike<number>, k: number): number[] {
  const better = (a: number, b: number) => scores[b]! - scores[a]! || a - b
  if (candidates.length <= k) return [...candidates].sort(better)
  const pool = [...candidates]
  partition(pool, k, better)
  return pool.slice(0, k).sort(better)
}

/** Reorders `pool` so that its first `k` are its best `k`, in any order (Hoare's quickselect). */
function partition(pool: number[], k: number, better: (a: number, b: number) => number): void {
  let low = 0
  let high = pool.length - 1
  while (low < high) {
    const pivot = pool[(low + high) >> 1]!
    let i = low
    let j = high
    while (i <= j) {
      while (better(pool[i]!, pivot) < 0) i++
      while (better(pool[j]!, pivot) > 0) j--
      if (i <= j) {
        const swap = pool[i]!
        pool[i++] = pool[j]!
        pool[j--] = swap
      }
    }
    if (k - 1 <= j) high = j
    else if (k - 1 >= i) low = i
    else return
  }
}
