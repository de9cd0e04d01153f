import type { Scores } from './scorer.ts'
import { judge, type Weighing } from './weighing.ts'

/** Probabilities of the intents, "out of scope" having its share, and the scope score. */
export interface WeighedScores {
  readonly confidences: Float32Array
  readonly scope: number
}

/** `intents` is the number of classes without "out of scope". */
export function classificationOf(scores: Scores, intents: number, weighing: Weighing): WeighedScores {
  const { probabilities, scope } = judge(scores, intents, weighing)
  const knowsOutside = scores.linear.length > intents
  const inScope = knowsOutside ? 1 / (1 + Math.exp(-scope)) : 1
  for (let k = 0; k < intents; k++) probabilities[k]! *= inScope
  return { confidences: probabilities, scope }
}

export function best(values: Float32Array): number {
  let first = 0
  for (let k = 1; k < values.length; k++) if (values[k]! > values[first]!) first = k
  return first
}
