import { merchantName } from './merchant-name.ts'
import type { CategoryCorrection, CategoryInput } from './types.ts'

/** How many corrections the model's own opinion of a merchant is worth. */
const PRIOR = 0.3
/** What is left of what was said before, when a correction contradicts it. */
const KEPT = 0.5
const MOST_KEYS = 100_000

/** What people said of merchants, newest first in weight. */
export interface Corrections {
  learn(correction: CategoryCorrection, category: number): void
  /** Mixes what was said into the probabilities, in place: the merchant's first, then the merchant's on this account. */
  apply(input: CategoryInput, probabilities: Float32Array): void
}

export function createCorrections(): Corrections {
  const said = new Map<string, Map<number, number>>()
  const keysOf = ({ text, account }: CategoryInput): string[] => {
    const name = merchantName(text)
    if (name === '') return []
    return account === undefined ? [name] : [name, `${name}\n${account}`]
  }
  return {
    learn(correction, category) {
      for (const key of keysOf(correction)) {
        const counts = said.get(key) ?? new Map<number, number>()
        for (const [other, count] of counts) if (other !== category) counts.set(other, count * KEPT)
        counts.set(category, (counts.get(category) ?? 0) + 1)
        // The key that was touched last goes to the end; the oldest is forgotten first.
        said.delete(key)
        said.set(key, counts)
        if (said.size > MOST_KEYS) said.delete(said.keys().next().value!)
      }
    },
    apply(input, probabilities) {
      if (said.size === 0) return
      for (const key of keysOf(input)) {
        const counts = said.get(key)
        if (!counts) continue
        const total = [...counts.values()].reduce((sum, count) => sum + count, PRIOR)
        for (let k = 0; k < probabilities.length; k++) probabilities[k]! *= PRIOR / total
        for (const [category, count] of counts) probabilities[category]! += count / total
      }
    },
  }
}
