import { MAX_TOKENS } from './tokens.ts'

/**
 * Sizes of the network. A token is the sum of its ids' rows in `embeddings` ([buckets][dims]) over the root of their number.
 * `filters` filters of each width 1, 2 and 3 look at neighbouring tokens; each keeps its highest value (at least 0). These, and
 * the mean of the tokens, go through one layer to the classes.
 */
export interface NetworkShape {
  readonly buckets: number
  readonly dims: number
  readonly filters: number
  readonly classes: number
}

export interface NetworkWeights {
  /** `[buckets][dims]` */
  readonly embeddings: Float64Array
  /** `[TAPS][filters][dims]`: width 1; width 2 first and second token; width 3 first, second and third token. */
  readonly kernels: Float64Array
  /** `[3][filters]` */
  readonly kernelBias: Float64Array
  /** `[classes][features]` */
  readonly output: Float64Array
  readonly outputBias: Float64Array
}

/** Tokens that the filters of all widths look at: 1 + 2 + 3. */
export const TAPS = 6
export const WIDTHS = 3
/** Where the taps of each width begin. */
export const FIRST_TAP = [0, 1, 3] as const

export function featureCount({ filters, dims }: NetworkShape): number {
  return WIDTHS * filters + dims
}

/** What one pass computes, kept for the way back. Sized for the longest utterance; made once. */
export interface Pass {
  readonly tokens: Float64Array
  /** `[token][tap · filters + filter]` */
  readonly responses: Float64Array
  readonly features: Float64Array
  /** First token of the window that won, for each filter; it may be −1. */
  readonly winners: Int32Array
  readonly logits: Float64Array
}

export function createPass(shape: NetworkShape): Pass {
  return {
    tokens: new Float64Array(MAX_TOKENS * shape.dims),
    responses: new Float64Array(MAX_TOKENS * TAPS * shape.filters),
    features: new Float64Array(featureCount(shape)),
    winners: new Int32Array(WIDTHS * shape.filters),
    logits: new Float64Array(shape.classes),
  }
}

/** The embeddings of `count` tokens from token `first` on: the sum of the rows of each one's ids over the root of their number. */
export function embed(
  shape: NetworkShape,
  embeddings: Float64Array,
  ids: ArrayLike<number>,
  offsets: ArrayLike<number>,
  first: number,
  count: number,
  out: Float64Array,
): void {
  const { dims } = shape
  out.fill(0, 0, count * dims)
  for (let t = 0; t < count; t++) {
    const from = offsets[first + t]!
    const to = offsets[first + t + 1]!
    const place = t * dims
    for (let at = from; at < to; at++) {
      const row = ids[at]! * dims
      for (let d = 0; d < dims; d++) out[place + d]! += embeddings[row + d]!
    }
    const scale = 1 / Math.sqrt(Math.max(1, to - from))
    for (let d = 0; d < dims; d++) out[place + d]! *= scale
  }
}

/** From `pass.tokens` (`count` of them) to `pass.features`. */
export function convolve(shape: NetworkShape, weights: NetworkWeights, count: number, pass: Pass): void {
  const { dims, filters } = shape
  const { tokens, responses, features, winners } = pass
  const { kernels, kernelBias } = weights
  const width = TAPS * filters
  respond(tokens, count, dims, kernels, width, responses)
  for (let size = 1; size <= WIDTHS; size++) {
    const base = FIRST_TAP[size - 1]! * filters
    for (let f = 0; f < filters; f++) {
      const to = (size - 1) * filters + f
      let most = Number.NEGATIVE_INFINITY
      let winner = 0
      for (let start = size === 1 ? 0 : -1; start < Math.max(1, count - size + 2); start++) {
        let sum = 0
        const last = Math.min(size, count - start)
        for (let tap = start < 0 ? 1 : 0; tap < last; tap++) {
          sum += responses[(start + tap) * width + base + tap * filters + f]!
        }
        if (sum > most) {
          most = sum
          winner = start
        }
      }
      most += kernelBias[to]!
      features[to] = Math.max(most, 0)
      winners[to] = winner
    }
  }
  const mean = WIDTHS * filters
  features.fill(0, mean)
  for (let t = 0; t < count; t++) for (let d = 0; d < dims; d++) features[mean + d]! += tokens[t * dims + d]!
  const scale = 1 / Math.sqrt(Math.max(1, count))
  for (let d = 0; d < dims; d++) features[mean + d]! *= scale
}

/**
 * `responses[t][o] = tokens[t] · kernels[o]`, four tokens by two kernels at a time, so that each number fetched serves several
 * products. Most of the time goes here; 64-bit arrays, since engines widen each 32-bit number they read. `width` is even.
 */
function respond(
  tokens: Float64Array,
  count: number,
  dims: number,
  kernels: Float64Array,
  width: number,
  responses: Float64Array,
): void {
  let t = 0
  for (; t + 4 <= count; t += 4) {
    const t0 = t * dims
    const t1 = t0 + dims
    const t2 = t1 + dims
    const t3 = t2 + dims
    for (let o = 0; o < width; o += 2) {
      const rowA = o * dims
      const rowB = rowA + dims
      let a0 = 0
      let a1 = 0
      let a2 = 0
      let a3 = 0
      let b0 = 0
      let b1 = 0
      let b2 = 0
      let b3 = 0
      for (let d = 0; d < dims; d++) {
        const a = kernels[rowA + d]!
        const b = kernels[rowB + d]!
        const x0 = tokens[t0 + d]!
        const x1 = tokens[t1 + d]!
        const x2 = tokens[t2 + d]!
        const x3 = tokens[t3 + d]!
        a0 += a * x0
        a1 += a * x1
        a2 += a * x2
        a3 += a * x3
        b0 += b * x0
        b1 += b * x1
        b2 += b * x2
        b3 += b * x3
      }
      const to = t * width + o
      responses[to] = a0
      responses[to + 1] = b0
      responses[to + width] = a1
      responses[to + width + 1] = b1
      responses[to + 2 * width] = a2
      responses[to + 2 * width + 1] = b2
      responses[to + 3 * width] = a3
      responses[to + 3 * width + 1] = b3
    }
  }
  for (; t < count; t++) {
    const place = t * dims
    for (let o = 0; o < width; o += 2) {
      const rowA = o * dims
      const rowB = rowA + dims
      let a = 0
      let b = 0
      for (let d = 0; d < dims; d++) {
        const x = tokens[place + d]!
        a += kernels[rowA + d]! * x
        b += kernels[rowB + d]! * x
      }
      responses[t * width + o] = a
      responses[t * width + o + 1] = b
    }
  }
}

/** From `pass.features` to `pass.logits`. */
export function classify(shape: NetworkShape, weights: NetworkWeights, pass: Pass): void {
  const { features, logits } = pass
  const { output, outputBias } = weights
  const { classes } = shape
  const size = features.length
  let k = 0
  for (; k + 4 <= classes; k += 4) {
    const row = k * size
    let a = outputBias[k]!
    let b = outputBias[k + 1]!
    let c = outputBias[k + 2]!
    let d = outputBias[k + 3]!
    for (let i = 0; i < size; i++) {
      const feature = features[i]!
      a += output[row + i]! * feature
      b += output[row + size + i]! * feature
      c += output[row + 2 * size + i]! * feature
      d += output[row + 3 * size + i]! * feature
    }
    logits[k] = a
    logits[k + 1] = b
    logits[k + 2] = c
    logits[k + 3] = d
  }
  for (; k < classes; k++) {
    const row = k * size
    let sum = outputBias[k]!
    for (let i = 0; i < size; i++) sum += output[row + i]! * features[i]!
    logits[k] = sum
  }
}
