import { HIDDEN, networkScores, partsOf } from './network.ts'

/** A question to learn from: its candidates' features, and which of them were right. */
export interface RerankCase {
  readonly features: Float32Array
  /** Rows that were chosen. */
  readonly right: readonly number[]
}

export interface LearnOptions {
  readonly epochs: number
  readonly rate: number
  /** Pull towards zero, per step. */
  readonly decay: number
  /** Whole numbers below a limit. */
  readonly random: (below: number) => number
}

/** Adam. Source: D. Kingma, J. Ba, "Adam: a method for stochastic optimization", 2015. */
const [FIRST, SECOND, TINY] = [0.9, 0.999, 1e-8]
const BATCH = 16

/**
 * Trains the network so that the chosen come first: softmax over the candidates of a question, cross-entropy with what was
 * chosen (ListNet's top one: Cao et al., "Learning to rank: from pairwise approach to listwise approach", 2007). Keeps the weights
 * of the epoch that ranks `held` best; `null` where none ranks them better than the start. Deterministic.
 */
export function learnNetwork(
  start: Float32Array,
  inputs: number,
  shown: readonly RerankCase[],
  held: readonly RerankCase[],
  { epochs, rate, decay, random }: LearnOptions,
): { weights: Float32Array; before: number; after: number } | null {
  const weights = start.slice()
  const [mean, square] = [new Float64Array(weights.length), new Float64Array(weights.length)]
  const gradient = new Float64Array(weights.length)
  const before = meanLoss(start, inputs, held)
  let best = { weights: start, loss: before }
  const order = shown.map((_, i) => i)
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    const pace = rate * (1 - epoch / epochs)
    for (let at = 0; at < order.length; at += BATCH) {
      gradient.fill(0)
      const batch = order.slice(at, at + BATCH)
      for (const one of batch) addGradient(weights, inputs, shown[one]!, gradient, 1 / batch.length)
      step++
      for (let i = 0; i < weights.length; i++) {
        const slope = gradient[i]! + decay * (weights[i]! - start[i]!)
        mean[i] = FIRST * mean[i]! + (1 - FIRST) * slope
        square[i] = SECOND * square[i]! + (1 - SECOND) * slope * slope
        const size = Math.sqrt(square[i]! / (1 - SECOND ** step)) + TINY
        weights[i]! -= (pace * (mean[i]! / (1 - FIRST ** step))) / size
      }
    }
    const loss = meanLoss(weights, inputs, held)
    if (loss < best.loss) best = { weights: weights.slice(), loss }
  }
  return best.weights === start ? null : { weights: best.weights, before, after: best.loss }
}

/** Mean cross-entropy of what was chosen. */
export function meanLoss(weights: Float32Array, inputs: number, cases: readonly RerankCase[]): number {
  let sum = 0
  for (const { features, right } of cases) {
    const shares = softmax(networkScores(weights, features, inputs))
    for (const row of right) sum -= Math.log(Math.max(shares[row]!, 1e-12)) / right.length
  }
  return sum / (cases.length || 1)
}

function addGradient(
  weights: Float32Array,
  inputs: number,
  { features, right }: RerankCase,
  into: Float64Array,
  share: number,
): void {
  const { bias, outer, direct } = partsOf(inputs)
  const slopes = softmax(networkScores(weights, features, inputs))
  for (const row of right) slopes[row]! -= 1 / right.length
  const hidden = new Float64Array(HIDDEN)
  for (let row = 0; row < slopes.length; row++) {
    const slope = slopes[row]! * share
    if (Math.abs(slope) < 1e-9) continue
    const start = row * inputs
    for (let h = 0; h < HIDDEN; h++) hidden[h] = weights[bias + h]!
    for (let i = 0; i < inputs; i++) {
      const x = features[start + i]!
      if (x === 0) continue
      into[direct + i]! += slope * x
      for (let h = 0; h < HIDDEN; h++) hidden[h]! += weights[i * HIDDEN + h]! * x
    }
    for (let h = 0; h < HIDDEN; h++) {
      const active = Math.tanh(hidden[h]!)
      into[outer + h]! += slope * active
      hidden[h] = slope * weights[outer + h]! * (1 - active * active)
      into[bias + h]! += hidden[h]!
    }
    for (let i = 0; i < inputs; i++) {
      const x = features[start + i]!
      if (x === 0) continue
      for (let h = 0; h < HIDDEN; h++) into[i * HIDDEN + h]! += hidden[h]! * x
    }
  }
}

function softmax(scores: Float32Array): Float64Array {
  const most = scores.reduce((highest, score) => Math.max(highest, score), Number.NEGATIVE_INFINITY)
  const shares = Float64Array.from(scores, (score) => Math.exp(score - most))
  const sum = shares.reduce((total, share) => total + share, 0)
  return shares.map((share) => share / sum)
}

function shuffle(values: number[], random: (below: number) => number): void {
  for (let i = values.length - 1; i > 0; i--) {
    const other = random(i + 1)
    const swap = values[i]!
    values[i] = values[other]!
    values[other] = swap
  }
}
