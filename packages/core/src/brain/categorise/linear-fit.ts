import { shuffle } from '../intent/random.ts'
import { softmaxInPlace } from '../intent/softmax.ts'

/** Payments as rows of features, one after the other; row i is `offsets[i]` to `offsets[i + 1]`, and counts `weights[i]` times. */
export interface WeightedRows {
  readonly offsets: Uint32Array
  readonly ids: Uint32Array
  readonly values: Float32Array
  /** 1 for features that only one merchant has. */
  readonly isOwn: Uint8Array
  readonly labels: Uint16Array
  readonly weights: Float32Array
}

export interface FitOptions {
  readonly classes: number
  readonly buckets: number
  readonly epochs: number
  readonly random: () => number
  /** Share of the work that is done, in [0, 1]. */
  readonly onProgress?: ((done: number) => void) | undefined
}

/** Rows `[bucket][class]` and a bias for each class. */
export interface LinearModel {
  readonly weights: Float32Array
  readonly bias: Float32Array
}

const RATE = 0.5
const BIAS_RATE = 0.02
const ADAGRAD_START = 0.1
/** Differences smaller than this are not worth a step: most classes of most rows. */
const NEGLIGIBLE = 1e-3
const ROWS_A_REPORT = 4_096
/** How often a row is seen as if its merchant were new: else names explain all, and nothing is left to learn for merchants that nobody saw. */
const AS_IF_NEW = 0.5

/**
 * Softmax regression by AdaGrad (J. Duchi, E. Hazan, Y. Singer, 2011), one row a step, the rate falling to zero. A row's weight multiplies
 * its gradient; weights should be one on average.
 */
export function fitLinear(
  rows: WeightedRows,
  { classes, buckets, epochs, random, onProgress }: FitOptions,
): LinearModel {
  const { offsets, ids, values, isOwn, labels, weights: rowWeights } = rows
  const weights = new Float32Array(buckets * classes)
  const squares = new Float32Array(buckets * classes).fill(ADAGRAD_START)
  const bias = new Float32Array(classes)
  const logits = new Float32Array(classes)
  const active = new Uint16Array(classes)
  const gradient = new Float32Array(classes)
  const order = Uint32Array.from(labels, (_, i) => i)
  const total = epochs * order.length
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    for (const row of order) {
      if (step % ROWS_A_REPORT === 0) onProgress?.(step / total)
      const rate = RATE * (1 - step++ / total)
      const isAsIfNew = random() < AS_IF_NEW
      const [from, to] = [offsets[row]!, offsets[row + 1]!]
      logits.set(bias)
      for (let at = from; at < to; at++) {
        if (isAsIfNew && isOwn[at] === 1) continue
        const value = values[at]!
        const base = ids[at]! * classes
        for (let k = 0; k < classes; k++) logits[k]! += value * weights[base + k]!
      }
      softmaxInPlace(logits)
      const label = labels[row]!
      const rowWeight = rowWeights[row]!
      let count = 0
      for (let k = 0; k < classes; k++) {
        const difference = logits[k]! - (k === label ? 1 : 0)
        if (Math.abs(difference) > NEGLIGIBLE) {
          active[count] = k
          gradient[count++] = difference * rowWeight
        }
      }
      for (let i = 0; i < count; i++) bias[active[i]!]! -= BIAS_RATE * rate * gradient[i]!
      for (let at = from; at < to; at++) {
        if (isAsIfNew && isOwn[at] === 1) continue
        const value = values[at]!
        const base = ids[at]! * classes
        for (let i = 0; i < count; i++) {
          const place = base + active[i]!
          const slope = gradient[i]! * value
          const sum = squares[place]! + slope * slope
          squares[place] = sum
          weights[place]! -= (rate * slope) / Math.sqrt(sum)
        }
      }
    }
  }
  onProgress?.(1)
  return { weights, bias }
}
