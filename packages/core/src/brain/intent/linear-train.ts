import { shuffle } from './random.ts'
import { softmaxInPlace } from './softmax.ts'

/** Utterances as rows of features, one after the other; row i is `offsets[i]` to `offsets[i + 1]`. */
export interface SparseRows {
  readonly offsets: Uint32Array
  readonly ids: Uint32Array
  readonly values: Float32Array
}

export interface LinearOptions {
  readonly classes: number
  readonly buckets: number
  readonly epochs: number
  readonly rate: number
  readonly random: () => number
  readonly onEpoch?: (done: number, of: number) => void
}

/** Rows `[bucket][class]` and a bias for each class. */
export interface LinearWeights {
  readonly weights: Float32Array
  readonly bias: Float32Array
}

/** Differences smaller than this are not worth a step: after the first epochs most classes of most examples. */
const NEGLIGIBLE = 1e-3
const ADAGRAD_START = 0.1
const BIAS_RATE = 0.02

/**
 * Softmax regression by AdaGrad, one example a step, the rate falling to zero; the answer is the weights at the end.
 * `labels[i]` is the class of row i.
 */
export function trainLinear(rows: SparseRows, labels: Uint16Array, options: LinearOptions): LinearWeights {
  const { classes, buckets, epochs, rate, random } = options
  const weights = new Float32Array(buckets * classes)
  const squares = new Float32Array(buckets * classes).fill(ADAGRAD_START)
  const bias = new Float32Array(classes)
  const order = Uint32Array.from(labels, (_, i) => i)
  const logits = new Float32Array(classes)
  const active = new Uint16Array(classes)
  const gradient = new Float32Array(classes)
  const total = epochs * order.length
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    for (const row of order) {
      const speed = rate * (1 - step++ / total)
      const from = rows.offsets[row]!
      const to = rows.offsets[row + 1]!
      logits.set(bias)
      for (let at = from; at < to; at++) {
        const value = rows.values[at]!
        const base = rows.ids[at]! * classes
        for (let k = 0; k < classes; k++) logits[k]! += value * weights[base + k]!
      }
      softmaxInPlace(logits)
      const label = labels[row]!
      let count = 0
      for (let k = 0; k < classes; k++) {
        const difference = logits[k]! - (k === label ? 1 : 0)
        if (Math.abs(difference) > NEGLIGIBLE) {
          active[count] = k
          gradient[count++] = difference
        }
      }
      for (let i = 0; i < count; i++) bias[active[i]!]! -= BIAS_RATE * speed * gradient[i]!
      for (let at = from; at < to; at++) {
        const value = rows.values[at]!
        const base = rows.ids[at]! * classes
        for (let i = 0; i < count; i++) {
          const place = base + active[i]!
          const slope = gradient[i]! * value
          const sum = squares[place]! + slope * slope
          squares[place] = sum
          weights[place]! -= (speed * slope) / Math.sqrt(sum)
        }
      }
    }
    options.onEpoch?.(epoch + 1, epochs)
  }
  return { weights, bias }
}
