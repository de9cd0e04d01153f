import type { Scores } from './scorer.ts'
import { judge, leads, meanOfNetworks, UNWEIGHED, type Weighing } from './weighing.ts'

/** An utterance that was kept from training, what the parts said of it, and its class. */
export interface HeldOut {
  readonly scores: Scores
  /** `intents` for one that is out of scope. */
  readonly label: number
}

const LEAST_POWER = 0.05
const MOST_POWER = 8
/** As if so many examples said that a power is right as it is: a handful of held-out ones changes little. */
const POWER_RIDGE = 1
const STEEPEST_STEP = 0.5
const NEWTON_STEPS = 30
const RIDGE = 1e-3

/**
 * Finds the weighing that makes held-out answers likeliest: first the powers of the linear part and of the networks together
 * (temperature scaling, C. Guo et al., "On calibration of modern neural networks", 2017, with a temperature for each), then, where there are examples out of
 * scope, the log odds of being in scope (J. Platt, 1999) from the sum of both leads, each in its standard deviations.
 */
export function calibrate(heldOut: readonly HeldOut[], intents: number): Weighing {
  const inScope = heldOut.filter(({ label }) => label < intents)
  if (inScope.length === 0) return UNWEIGHED
  return { ...UNWEIGHED, ...poolPowers(inScope, intents), ...scopeWeights(heldOut, intents) }
}

/** Newton's method on the two powers: the loss is convex in them, its gradient the logits' surprise, its curve their spread. */
function poolPowers(inScope: readonly HeldOut[], intents: number): { linearPower: number; networkPower: number } {
  const hasNetworks = inScope[0]!.scores.networks.length > 0
  const start = hasNetworks ? 0.5 : 1
  let [linearPower, networkPower] = [start, start]
  for (let step = 0; step < NEWTON_STEPS; step++) {
    let [g0, g1] = [POWER_RIDGE * (linearPower - start), POWER_RIDGE * (networkPower - start)]
    let [h00, h01, h11] = [POWER_RIDGE, 0, POWER_RIDGE]
    for (const { scores, label } of inScope) {
      const { probabilities } = judge(scores, intents, { ...UNWEIGHED, linearPower, networkPower })
      let [m0, m1, s00, s01, s11] = [0, 0, 0, 0, 0]
      for (let k = 0; k < intents; k++) {
        const p = probabilities[k]!
        const a = scores.linear[k]!
        const b = meanOfNetworks(scores, k)
        m0 += p * a
        m1 += p * b
        s00 += p * a * a
        s01 += p * a * b
        s11 += p * b * b
      }
      g0 += m0 - scores.linear[label]!
      g1 += m1 - meanOfNetworks(scores, label)
      h00 += s00 - m0 * m0
      h01 += s01 - m0 * m1
      h11 += s11 - m1 * m1
    }
    const determinant = h00 * h11 - h01 * h01
    const moved0 = bounded((h11 * g0 - h01 * g1) / determinant)
    const moved1 = bounded((h00 * g1 - h01 * g0) / determinant)
    linearPower = Math.max(LEAST_POWER, Math.min(MOST_POWER, linearPower - moved0))
    networkPower = Math.max(LEAST_POWER, Math.min(MOST_POWER, networkPower - moved1))
    if (Math.abs(moved0) + Math.abs(moved1) < 1e-6) break
  }
  return { linearPower, networkPower }
}

function bounded(step: number): number {
  return Math.max(-STEEPEST_STEP, Math.min(STEEPEST_STEP, step))
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
