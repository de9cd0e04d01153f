import { seededRandom, shuffle } from '../../src/brain/intent/random.ts'

/** One choice: the features of each candidate, and which of them are right. */
export interface Choice {
  readonly candidates: readonly (readonly string[])[]
  readonly isRight: readonly boolean[]
  /** Whose receipt it is: features of one group alone are left out, and large groups count less than by their size. */
  readonly group: string
}

export interface FitOptions {
  readonly rounds: number
  readonly rate: number
  /** Pull towards 0, for each choice. */
  readonly l2: number
  /** Groups that a feature must be in to count. */
  readonly least: number
  /** Weights nearer to 0 than this are left out. */
  readonly prune: number
}

const SEED = 6
/** A group of n counts as n^(1 - this). */
const DAMPING = 0.5

/**
 * Weights of a conditional logit: maximises the log of the summed probability of the right candidates, less an L2 penalty, by AdaGrad
 * with weights averaged over the second half of the rounds. The same choices give the same weights.
 */
export function fitChoices(
  choices: readonly Choice[],
  { rounds, rate, l2, least, prune }: FitOptions,
): Record<string, number> {
  const usable = choices.filter(({ isRight }) => isRight.some(Boolean) && !isRight.every(Boolean))
  const { names, coded } = encode(usable, least)
  const weights = new Float64Array(names.length)
  const squares = new Float64Array(names.length).fill(1e-3)
  const sums = new Float64Array(names.length)
  const slopes = new Float64Array(names.length)
  const random = seededRandom(SEED)
  const sizes = Map.groupBy(usable, ({ group }) => group)
  const shares = usable.map(({ group }) => sizes.get(group)!.length ** -DAMPING)
  let averaged = 0
  for (let round = 0; round < rounds; round++) {
    for (const i of shuffle([...coded.keys()], random)) {
      for (const id of addGradient(coded[i]!, usable[i]!.isRight, weights, slopes)) {
        const step = shares[i]! * slopes[id]! + l2 * weights[id]!
        slopes[id] = 0
        squares[id]! += step * step
        weights[id]! -= (rate * step) / Math.sqrt(squares[id]!)
      }
    }
    if (round * 2 < rounds) continue
    averaged++
    for (const [id, weight] of weights.entries()) sums[id]! += weight
  }
  const entries = names.map((name, id) => [name, sums[id]! / averaged] as const)
  return Object.fromEntries(entries.filter(([, weight]) => Math.abs(weight) >= prune))
}

function encode(choices: readonly Choice[], least: number): { names: string[]; coded: Int32Array[][] } {
  const groups = new Map<string, Set<string>>()
  for (const { candidates, group } of choices) {
    for (const name of candidates.flat()) groups.set(name, (groups.get(name) ?? new Set()).add(group))
  }
  const names = [...groups].filter(([, { size }]) => size >= least).map(([name]) => name)
  const ids = new Map(names.map((name, id) => [name, id]))
  const coded = choices.map(({ candidates }) =>
    candidates.map((features) => Int32Array.from(features.flatMap((name) => ids.get(name) ?? []))),
  )
  return { names, coded }
}

/** Adds the slope of each feature of a choice to `slopes`; returns the features that have one. */
function addGradient(
  candidates: readonly Int32Array[],
  isRight: readonly boolean[],
  weights: Float64Array,
  slopes: Float64Array,
): Set<number> {
  const scores = candidates.map((ids) => {
    let score = 0
    for (let i = 0; i < ids.length; i++) score += weights[ids[i]!]!
    return score
  })
  const highest = Math.max(...scores)
  const masses = scores.map((score) => Math.exp(score - highest))
  const all = masses.reduce((sum, mass) => sum + mass, 0)
  const right = masses.reduce((sum, mass, i) => sum + (isRight[i] ? mass : 0), 0) || 1e-12
  const touched = new Set<number>()
  for (const [i, ids] of candidates.entries()) {
    const slope = masses[i]! / all - (isRight[i] ? masses[i]! / right : 0)
    if (Math.abs(slope) < NEGLIGIBLE) continue
    for (let n = 0; n < ids.length; n++) {
      slopes[ids[n]!]! += slope
      touched.add(ids[n]!)
    }
  }
  return touched
}

const NEGLIGIBLE = 1e-4

export interface Judged {
  readonly signs: Readonly<Record<string, number>>
  readonly isRight: boolean
}

const LOGISTIC_STEPS = 400
const LOGISTIC_RATE = 0.3
/** Keeps the calibration of few mistakes from claiming too much. */
const LOGISTIC_L2 = 0.01

/** Weights of a logistic regression of whether choices were right, by gradient descent with the whole set at each step. */
export function fitLogistic(examples: readonly Judged[]): Record<string, number> {
  const names = [...new Set(examples.flatMap(({ signs }) => Object.keys(signs)))]
  const weights: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]))
  for (let step = 0; step < LOGISTIC_STEPS; step++) {
    const slopes = new Map(names.map((name) => [name, name === 'bias' ? 0 : LOGISTIC_L2 * weights[name]!]))
    for (const { signs, isRight } of examples) {
      let score = 0
      for (const [name, value] of Object.entries(signs)) score += weights[name]! * value
      const error = (1 / (1 + Math.exp(-score)) - (isRight ? 1 : 0)) / examples.length
      for (const [name, value] of Object.entries(signs))
        slopes.set(name, slopes.get(name)! + (error * value) / scaleOf(name))
    }
    for (const [name, slope] of slopes) weights[name]! -= LOGISTIC_RATE * slope
  }
  return weights
}

/** Logarithms of odds reach 9; the other signs are 0 or 1. */
function scaleOf(name: string): number {
  return name === 'odds' || name === 'lead' ? 10 : 1
}
