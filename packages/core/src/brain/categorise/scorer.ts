import { softmaxInPlace } from '../intent/softmax.ts'
import { createPaymentFeatures } from './features.ts'
import type { CategoryInput } from './types.ts'

/** A linear model as it is kept: `weight = codes[bucket][class] · scales[class]`. */
export interface ScorerParts {
  readonly classes: number
  readonly buckets: number
  readonly codes: Int8Array
  readonly scales: Float32Array
  readonly bias: Float32Array
  /** Probabilities are softmax(sharpness · logits): what makes confidence mean what it says. */
  readonly sharpness: number
}

/** The probability of each category; overwritten by the next one. */
export function createScorer({
  classes,
  buckets,
  codes,
  scales,
  bias,
  sharpness,
}: ScorerParts): (input: CategoryInput) => Float32Array {
  const featuresOf = createPaymentFeatures(buckets)
  const scores = new Float32Array(classes)
  return (input) => {
    const { count, ids, values } = featuresOf(input)
    scores.fill(0)
    for (let at = 0; at < count; at++) {
      const value = values[at]!
      const base = ids[at]! * classes
      for (let k = 0; k < classes; k++) scores[k]! += value * codes[base + k]!
    }
    for (let k = 0; k < classes; k++) scores[k] = scores[k]! * scales[k]! + bias[k]!
    softmaxInPlace(scores, sharpness)
    return scores
  }
}
