import type { Scores } from './scorer.ts'
import { judge, leads, UNWEIGHED, type Weighing } from './weighing.ts'

/** An utterance that was kept from training, what the parts said of it, and its class. */
export interface HeldOut {
  readonly scores: Scores
  /** `intents` for one that is out of scope. */
  readonly label: number
}

const LEAST_POWER = 0.2
const MOST_POWER = 8
const SEARCH_STEPS = 24
const GOLDEN = (Math.sqrt(5) - 1) / 2
const NEWTON_STEPS = 30
const RIDGE = 1e-3

/**
 * Finds the weighing that makes held-out answers likeliest: first the power of each part alone, then of their mean
 * (temperature scaling, C. Guo et al., "On calibration of modern neural networks", 2017), then, where there are examples out of
 * scope, the log odds of being in scope (J. Platt, 1999) from the sum of both leads, each in its standard deviations.
 */
export function calibrate(heldOut: readonly HeldOut[], intents: number): Weighing {
  const inScope = heldOut.filter(({ label }) => label < intents)
  if (inScope.length === 0) return UNWEIGHED
  const loss = (weighing: Weighing, only?: 'linear' | 'network') => {
    let sum = 0
    for (const { scores, label } of inScope) {
      const seen =
        only === undefined
          ? scores
          : only === 'linear'
            ? { ...scores, networks: [] }
            : { ...scores, linear: Float32Array.from(scores.networks[0]!), networks: [] }
      sum -= Math.log(Math.max(1e-12, judge(seen, intents, weighing).probabilities[label]!))
    }
    return sum
  }
  const hasNetworks = inScope[0]!.scores.networks.length > 0
  const linearPower = leastAt((linearPower) => loss({ ...UNWEIGHED, linearPower }, 'linear'))
  const networkPower = hasNetworks ? leastAt((power) => loss({ ...UNWEIGHED, linearPower: power }, 'network')) : 1
  const powers = { ...UNWEIGHED, linearPower, networkPower }
  const power = leastAt((power) => loss({ ...powers, power }))
  return { ...powers, power, ...scopeWeights(heldOut, intents) }
}

function scopeWeights(heldOut: readonly HeldOut[], intents: number) {
  const inScope = heldOut.filter(({ label }) => label < intents)
  const all = heldOut.map(({ scores }) => leads(scores, intents))
  const inside = inScope.map(({ scores }) => leads(scores, intents))
  const scopeLinear = 1 / deviation(inside.map(({ linear }) => linear))
  const scopeNetwork = 1 / deviation(inside.map(({ network }) => network))
  if (inScope.length === heldOut.length) return { scopeOrigin: 0, scopeLinear, scopeNetwork }
  const sums = all.map(({ linear, network }) => scopeLinear * linear + scopeNetwork * network)
  const { slope, origin } = logistic(
    sums,
    heldOut.map(({ label }) => label < intents),
  )
  return { scopeOrigin: origin, scopeLinear: slope * scopeLinear, scopeNetwork: slope * scopeNetwork }
}

/** Newton's method on the two parameters, with Platt's softened targets and a small ridge on the slope. */
function logistic(inputs: readonly number[], isTrue: readonly boolean[]): { slope: number; origin: number } {
  const yes = isTrue.filter(Boolean).length
  const targetYes = (yes + 1) / (yes + 2)
  const targetNo = 1 / (isTrue.length - yes + 2)
  let slope = 0
  let origin = 0
  for (let step = 0; step < NEWTON_STEPS; step++) {
    let [g0, g1, h00, h01, h11] = [0, RIDGE * slope, 1e-9, 0, RIDGE]
    for (const [i, x] of inputs.entries()) {
      const p = 1 / (1 + Math.exp(-(origin + slope * x)))
      const error = p - (isTrue[i] ? targetYes : targetNo)
      const curve = p * (1 - p)
      g0 += error
      g1 += error * x
      h00 += curve
      h01 += curve * x
      h11 += curve * x * x
    }
    const determinant = h00 * h11 - h01 * h01
    if (!(determinant > 1e-12)) break
    origin -= clamp((h11 * g0 - h01 * g1) / determinant)
    slope -= clamp((h00 * g1 - h01 * g0) / determinant)
  }
  return { slope: Math.max(slope, 1e-3), origin }
}

function clamp(step: number): number {
  return Math.max(-2, Math.min(2, step))
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return Math.max(Math.sqrt(variance), 1e-3)
}

/** The power of the least loss, by golden section over its logarithm. */
function leastAt(loss: (power: number) => number): number {
  let low = Math.log(LEAST_POWER)
  let high = Math.log(MOST_POWER)
  let left = high - GOLDEN * (high - low)
  let right = low + GOLDEN * (high - low)
  let atLeft = loss(Math.exp(left))
  let atRight = loss(Math.exp(right))
  for (let step = 0; step < SEARCH_STEPS; step++) {
    if (atLeft <= atRight) {
      high = right
      right = left
      atRight = atLeft
      left = high - GOLDEN * (high - low)
      atLeft = loss(Math.exp(left))
    } else {
      low = left
      left = right
      atLeft = atRight
      right = low + GOLDEN * (high - low)
      atRight = loss(Math.exp(right))
    }
  }
  return Math.exp((low + high) / 2)
}
