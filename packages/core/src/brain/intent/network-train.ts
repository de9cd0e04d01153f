import {
  classify,
  convolve,
  createPass,
  embed,
  FIRST_TAP,
  featureCount,
  type NetworkShape,
  type NetworkWeights,
  TAPS,
  WIDTHS,
} from './network.ts'
import { shuffle } from './random.ts'
import { softmaxInPlace } from './softmax.ts'
import { MAX_TOKENS } from './tokens.ts'

/** Utterances as rows of tokens, tokens as rows of ids. */
export interface TokenRows {
  /** Row i is tokens `rows[i]` to `rows[i + 1]`. */
  readonly rows: Uint32Array
  /** Token t is `ids[offsets[t]]` to `ids[offsets[t + 1]]`. */
  readonly offsets: Uint32Array
  readonly ids: Uint16Array
}

export interface NetworkTraining {
  readonly epochs: number
  readonly batch: number
  readonly rate: number
  readonly smoothing: number
  readonly tokenDropout: number
  readonly featureDropout: number
  readonly random: () => number
  /** Which rows an epoch goes through. */
  readonly rowsOfEpoch: (epoch: number) => Uint32Array
  readonly onEpoch?: (done: number) => void
}

const BETA1 = 0.9
const BETA2 = 0.999
const EPSILON = 1e-8
const NEGLIGIBLE = 1e-4

export function initialNetwork(shape: NetworkShape, random: () => number): NetworkWeights {
  const { buckets, dims, filters, classes } = shape
  const uniform = (length: number, span: number) => Float64Array.from({ length }, () => (2 * random() - 1) * span)
  const features = featureCount(shape)
  return {
    embeddings: uniform(buckets * dims, 0.1 * Math.sqrt(3)),
    kernels: uniform(TAPS * filters * dims, Math.sqrt(3 / dims)),
    kernelBias: new Float64Array(WIDTHS * filters),
    output: uniform(classes * features, Math.sqrt(3 / features)),
    outputBias: new Float64Array(classes),
  }
}

/** Trains in place by Adam; embeddings that a batch does not touch are not stepped. */
export function trainNetwork(
  shape: NetworkShape,
  weights: NetworkWeights,
  rows: TokenRows,
  labels: Uint16Array,
  training: NetworkTraining,
): void {
  const { buckets, dims, filters, classes } = shape
  const { random, batch, smoothing, tokenDropout, featureDropout } = training
  const features = featureCount(shape)
  const pass = createPass(shape)

  const dense = [weights.kernels, weights.kernelBias, weights.output, weights.outputBias].map(adamState)
  const [kernelState, kernelBiasState, outputState, outputBiasState] = dense as [Adam, Adam, Adam, Adam]
  const table = adamState(weights.embeddings)
  const touchedAt = new Int32Array(buckets).fill(-1)
  const touched = new Uint32Array(buckets)
  let touchedCount = 0

  const featureSlope = new Float64Array(features)
  const featureMask = new Float64Array(features)
  /** Features that are not 0: only these pass anything on, forwards or backwards. */
  const active = new Uint16Array(features)
  const tokenSlope = new Float64Array(MAX_TOKENS * dims)
  const kept = new Uint8Array(MAX_TOKENS)
  let step = 0
  const epochRows = training.rowsOfEpoch(0).length
  const totalSteps = training.epochs * Math.ceil(epochRows / batch)

  for (let epoch = 0; epoch < training.epochs; epoch++) {
    const order = shuffle(training.rowsOfEpoch(epoch), random)
    for (let begin = 0; begin < order.length; begin += batch) {
      const end = Math.min(order.length, begin + batch)
      touchedCount = 0
      for (let i = begin; i < end; i++) {
        const row = order[i]!
        const first = rows.rows[row]!
        const count = rows.rows[row + 1]! - first
        embed(shape, weights.embeddings, rows.ids, rows.offsets, first, count, pass.tokens)
        for (let t = 0; t < count; t++) {
          kept[t] = random() >= tokenDropout ? 1 : 0
          if (!kept[t]) pass.tokens.fill(0, t * dims, (t + 1) * dims)
        }
        convolve(shape, weights, count, pass)
        const scale = 1 / (1 - featureDropout)
        if (featureDropout > 0) {
          for (let f = 0; f < features; f++) {
            const mask = random() >= featureDropout ? scale : 0
            featureMask[f] = mask
            pass.features[f]! *= mask
          }
        } else featureMask.fill(1)
        classify(shape, weights, pass)
        const { logits } = pass
        softmaxInPlace(logits)
        const label = labels[row]!

        featureSlope.fill(0)
        let activeCount = 0
        for (let f = 0; f < features; f++) if (pass.features[f] !== 0) active[activeCount++] = f
        const size = end - begin
        for (let k = 0; k < classes; k++) {
          const target = (k === label ? 1 - smoothing : 0) + smoothing / classes
          const difference = logits[k]! - target
          if (Math.abs(difference) < NEGLIGIBLE) continue
          const slope = difference / size
          outputBiasState.slopes[k]! += slope
          const base = k * features
          for (let i = 0; i < activeCount; i++) {
            const f = active[i]!
            outputState.slopes[base + f]! += slope * pass.features[f]!
            featureSlope[f]! += slope * weights.output[base + f]!
          }
        }
        backThroughFilters(count)
        const scaleMean = 1 / Math.sqrt(Math.max(1, count))
        const mean = WIDTHS * filters
        for (let d = 0; d < dims; d++) {
          const slope = featureSlope[mean + d]! * featureMask[mean + d]! * scaleMean
          for (let t = 0; t < count; t++) tokenSlope[t * dims + d]! += slope
        }
        backToEmbeddings(first, count)
      }
      step++
      const progress = step / totalSteps
      const warm = Math.min(1, step / (0.05 * totalSteps))
      const rate = training.rate * warm * (1 - progress) + 1e-6
      const correction = Math.sqrt(1 - BETA2 ** step) / (1 - BETA1 ** step)
      for (const state of dense) adamStep(state, rate * correction)
      for (let i = 0; i < touchedCount; i++) {
        const bucket = touched[i]!
        adamRow(table, bucket * dims, dims, rate * correction)
        touchedAt[bucket] = -1
      }
    }
    training.onEpoch?.(epoch + 1)
  }

  function backThroughFilters(count: number) {
    tokenSlope.fill(0, 0, count * dims)
    const { kernels } = weights
    const { tokens, winners } = pass
    for (let size = 1; size <= WIDTHS; size++) {
      const base = FIRST_TAP[size - 1]! * filters
      for (let f = 0; f < filters; f++) {
        const from = (size - 1) * filters + f
        if (pass.features[from]! <= 0) continue
        const slope = featureSlope[from]! * featureMask[from]!
        kernelBiasState.slopes[from]! += slope
        for (let tap = 0; tap < size; tap++) {
          const t = winners[from]! + tap
          if (t < 0 || t >= count || !kept[t]) continue
          const row = (base + tap * filters + f) * dims
          const place = t * dims
          const { slopes } = kernelState
          for (let d = 0; d < dims; d++) {
            slopes[row + d]! += slope * tokens[place + d]!
            tokenSlope[place + d]! += slope * kernels[row + d]!
          }
        }
      }
    }
  }

  function backToEmbeddings(first: number, count: number) {
    const { slopes } = table
    for (let t = 0; t < count; t++) {
      if (!kept[t]) continue
      const from = rows.offsets[first + t]!
      const to = rows.offsets[first + t + 1]!
      const scale = 1 / Math.sqrt(Math.max(1, to - from))
      const place = t * dims
      for (let d = 0; d < dims; d++) tokenSlope[place + d]! *= scale
      for (let at = from; at < to; at++) {
        const bucket = rows.ids[at]!
        if (touchedAt[bucket]! < 0) {
          touchedAt[bucket] = touchedCount
          touched[touchedCount++] = bucket
        }
        const base = bucket * dims
        for (let d = 0; d < dims; d++) slopes[base + d]! += tokenSlope[place + d]!
      }
    }
  }
}

interface Adam {
  readonly weights: Float64Array
  readonly slopes: Float64Array
  readonly means: Float64Array
  readonly squares: Float64Array
}

function adamState(weights: Float64Array): Adam {
  const zeros = () => new Float64Array(weights.length)
  return { weights, slopes: zeros(), means: zeros(), squares: zeros() }
}

function adamStep(state: Adam, rate: number): void {
  adamRow(state, 0, state.weights.length, rate)
}

function adamRow(state: Adam, from: number, length: number, rate: number): void {
  const { weights, slopes, means, squares } = state
  for (let i = from; i < from + length; i++) {
    const slope = slopes[i]!
    slopes[i] = 0
    const mean = BETA1 * means[i]! + (1 - BETA1) * slope
    const square = BETA2 * squares[i]! + (1 - BETA2) * slope * slope
    means[i] = mean
    squares[i] = square
    weights[i]! -= (rate * mean) / (Math.sqrt(square) + EPSILON)
  }
}
