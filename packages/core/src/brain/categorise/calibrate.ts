import { softmaxInPlace } from '../intent/softmax.ts'

/** A held-out payment: the logarithms of its probabilities, and which category it had; −1 for one that training did not know. */
export interface HeldOut {
  readonly logits: Float32Array
  readonly label: number
}

const LEAST_SHARPNESS = 0.2
const MOST_SHARPNESS = 3
const STEPS = 40
/** Fewer held-out examples than this tell nothing about a share. */
const FEWEST = 20

/** The sharpness with the least log loss (golden-section search; the loss is convex in it). */
export function fitSharpness(heldOut: readonly HeldOut[]): number {
  const known = heldOut.filter(({ label }) => label >= 0)
  if (known.length < FEWEST) return 1
  const loss = (sharpness: number) =>
    known.reduce((sum, { logits, label }) => {
      const probabilities = logits.slice()
      softmaxInPlace(probabilities, sharpness)
      return sum - Math.log(Math.max(1e-9, probabilities[label]!))
    }, 0)
  const golden = (Math.sqrt(5) - 1) / 2
  let [low, high] = [LEAST_SHARPNESS, MOST_SHARPNESS]
  let [a, b] = [high - golden * (high - low), low + golden * (high - low)]
  let [lossA, lossB] = [loss(a), loss(b)]
  for (let step = 0; step < STEPS && high - low > 1e-3; step++) {
    if (lossA < lossB) {
      high = b
      ;[b, lossB] = [a, lossA]
      a = high - golden * (high - low)
      lossA = loss(a)
    } else {
      low = a
      ;[a, lossA] = [b, lossB]
      b = low + golden * (high - low)
      lossB = loss(b)
    }
  }
  return (low + high) / 2
}

/** The least confidence from which on at most `mayBeWrong` of the answers are wrong; 2, which no confidence reaches, where there is none. */
export function applyFrom(answers: readonly { confidence: number; isRight: boolean }[], mayBeWrong: number): number {
  const sorted = answers.toSorted((a, b) => b.confidence - a.confidence)
  let wrong = 0
  let threshold = 2
  for (const [i, { confidence, isRight }] of sorted.entries()) {
    if (!isRight) wrong++
    const isLastOfEqual = sorted[i + 1]?.confidence !== confidence
    if (isLastOfEqual && i + 1 >= FEWEST && wrong <= mayBeWrong * (i + 1)) threshold = confidence
  }
  return threshold
}
