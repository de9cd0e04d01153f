/** Something that a field may be, with what speaks for and against it. */
export interface Candidate<T> {
  readonly value: T
  /** Candidates of one key are the same value, found in several places. */
  readonly key: string
  readonly features: readonly string[]
  /** The place of its line among those passed in. */
  readonly line: number
}

export interface Ranked<T> {
  readonly best: Candidate<T>
  /** Share of the best key of all, and of the next. */
  readonly probability: number
  readonly next: number
}

export type Weights = Readonly<Record<string, number>>

/** Places of one key that add up: a value that a long list repeats is no likelier for it. */
const MAX_PLACES = 5

/**
 * The likeliest key under a log-linear model: a candidate's score is the sum of the weights of its features, a key's probability the
 * sum over its candidates of exp(score), over that of all. `null` without candidates. Source: conditional logit, McFadden 1974.
 */
export function rank<T>(candidates: readonly Candidate<T>[], weights: Weights): Ranked<T> | null {
  if (candidates.length === 0) return null
  const scores = candidates.map((one) => scoreOf(one, weights))
  const highest = Math.max(...scores)
  const byKey = Map.groupBy(candidates.keys(), (i) => candidates[i]!.key)
  const mass = [...byKey].map(([key, places]): [string, number] => {
    const best = places
      .map((i) => scores[i]!)
      .toSorted((a, b) => b - a)
      .slice(0, MAX_PLACES)
    return [key, best.reduce((total, score) => total + Math.exp(score - highest), 0)]
  })
  const sum = mass.reduce((total, [, one]) => total + one, 0)
  const [[key, first], second] = mass.toSorted((a, b) => b[1] - a[1]) as [[string, number], [string, number]?]
  const ofKey = byKey.get(key)!
  const best = ofKey.reduce((a, b) => (scores[b]! > scores[a]! ? b : a))
  return { best: candidates[best]!, probability: first / sum, next: (second?.[1] ?? 0) / sum }
}

function scoreOf({ features }: Candidate<unknown>, weights: Weights): number {
  let score = 0
  for (const feature of features) score += Object.hasOwn(weights, feature) ? weights[feature]! : 0
  return score
}
