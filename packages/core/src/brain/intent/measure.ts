import { best, type WeighedScores } from './classification.ts'
import type { Confusion } from './types.ts'

const BINS = 15
const MOST_CONFUSED = 20

export interface Measured {
  readonly metrics: Record<string, number>
  /** Worst first. */
  readonly confused: Confusion[]
  /** Of the examples in scope. */
  readonly scopes: number[]
  readonly confidences: number[]
  /** What the second and third choice have together. */
  readonly gains: number[]
}

/** How good answers to held-out examples are. A label of `intents.length` is "out of scope". */
export function measure(
  answers: readonly (WeighedScores & { readonly label: number })[],
  intents: readonly string[],
  { mayGiveUp }: { readonly mayGiveUp: number },
): Measured {
  const inScope = answers.filter(({ label }) => label < intents.length)
  const outside = answers.filter(({ label }) => label === intents.length)
  const tops = inScope.map(({ confidences, label }) => {
    const top = best(confidences)
    return { label, top, confidence: confidences[top]!, gain: runnersUp(confidences, top) }
  })
  const scopes = inScope.map(({ scope }) => scope)
  const metrics: Record<string, number> = { heldOut: inScope.length }
  if (inScope.length > 0) {
    metrics.accuracy = tops.filter(({ label, top }) => label === top).length / tops.length
    metrics.calibrationError = calibrationError(
      tops.map(({ confidence, label, top }) => ({ confidence, isRight: label === top })),
    )
  }
  if (outside.length > 0 && inScope.length > 0) {
    const from = scopes.toSorted((a, b) => a - b)[Math.floor(mayGiveUp * (scopes.length - 1))]!
    metrics.heldOutOfScope = outside.length
    metrics.outOfScopeCaught = outside.filter(({ scope }) => scope < from).length / outside.length
  }
  return {
    metrics,
    confused: confusions(tops, intents),
    scopes,
    confidences: tops.map(({ confidence }) => confidence),
    gains: tops.map(({ gain }) => gain),
  }
}

function runnersUp(confidences: Float32Array, top: number): number {
  let [second, third] = [0, 0]
  for (let k = 0; k < confidences.length; k++) {
    const confidence = confidences[k]!
    if (k === top) continue
    if (confidence > second) [second, third] = [confidence, second]
    else if (confidence > third) third = confidence
  }
  return second + third
}

/** The mean gap between confidence and the share of right answers, over 15 bins of even width (expected calibration error). */
export function calibrationError(answers: readonly { confidence: number; isRight: boolean }[]): number {
  const gaps = new Float64Array(BINS)
  for (const { confidence, isRight } of answers) {
    gaps[Math.min(BINS - 1, Math.floor(confidence * BINS))]! += confidence - (isRight ? 1 : 0)
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / Math.max(1, answers.length)
}

function confusions(tops: readonly { label: number; top: number }[], intents: readonly string[]): Confusion[] {
  const totals = new Map<number, number>()
  const counts = new Map<string, { label: number; top: number; count: number }>()
  for (const { label, top } of tops) {
    totals.set(label, (totals.get(label) ?? 0) + 1)
    if (label === top) continue
    const key = `${label} ${top}`
    const pair = counts.get(key)
    if (pair) pair.count++
    else counts.set(key, { label, top, count: 1 })
  }
  return [...counts.values()]
    .sort((a, b) => b.count - a.count || a.label - b.label || a.top - b.top)
    .slice(0, MOST_CONFUSED)
    .map(({ label, top, count }) => ({
      intent: intents[label]!,
      takenFor: intents[top]!,
      count,
      of: totals.get(label)!,
    }))
}
