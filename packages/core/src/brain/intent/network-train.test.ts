import { describe, expect, it } from 'vitest'
import { classify, convolve, createPass, embed, type NetworkShape, type NetworkWeights } from './network.ts'
import { initialNetwork, type TokenRows, trainNetwork } from './network-train.ts'
import { seededRandom } from './random.ts'
import { softmaxInPlace } from './softmax.ts'

const SHAPE: NetworkShape = { buckets: 8, dims: 4, filters: 6, classes: 2 }
/** Rows of tokens of one id each: what matters is the order, 1 before 2 or 2 before 1. */
const SENTENCES = [
  [1, 2, 3],
  [3, 1, 2],
  [2, 1, 3],
  [3, 2, 1],
  [4, 1, 2, 5],
  [4, 2, 1, 5],
]
const LABELS = Uint16Array.from([0, 0, 1, 1, 0, 1])

function rowsOf(sentences: readonly number[][]): TokenRows {
  const ids = sentences.flat()
  const rows = [0]
  for (const sentence of sentences) rows.push(rows.at(-1)! + sentence.length)
  return {
    rows: Uint32Array.from(rows),
    offsets: Uint32Array.from({ length: ids.length + 1 }, (_, i) => i),
    ids: Uint16Array.from(ids),
  }
}

function lossOf(weights: NetworkWeights, rows: TokenRows, row: number): number {
  const pass = createPass(SHAPE)
  const first = rows.rows[row]!
  const count = rows.rows[row + 1]! - first
  embed(SHAPE, weights.embeddings, rows.ids, rows.offsets, first, count, pass.tokens)
  convolve(SHAPE, weights, count, pass)
  classify(SHAPE, weights, pass)
  softmaxInPlace(pass.logits)
  return -Math.log(pass.logits[LABELS[row]!]!)
}

const train = (weights: NetworkWeights, epochs: number, rate: number) =>
  trainNetwork(SHAPE, weights, rowsOf(SENTENCES), LABELS, {
    epochs,
    batch: 2,
    rate,
    smoothing: 0,
    tokenDropout: 0,
    featureDropout: 0,
    random: seededRandom(5),
    rowsOfEpoch: () => Uint32Array.from(LABELS, (_, i) => i),
  })

describe('the network', () => {
  it('learns the order of words', () => {
    const weights = initialNetwork(SHAPE, seededRandom(1))
    train(weights, 150, 0.02)
    const rows = rowsOf(SENTENCES)
    expect(SENTENCES.map((_, row) => lossOf(weights, rows, row)).every((loss) => loss < 0.2)).toBe(true)
  })

  it('takes its first step down the slope, in every weight that has one', () => {
    // Adam's first step is the rate times the sign of the slope; the slope is measured by differences.
    const [SHIFT, RATE] = [1e-5, 1e-4]
    const one = [SENTENCES[0]!]
    const rows = rowsOf(one)
    const start = initialNetwork(SHAPE, seededRandom(2))
    const stepped = structuredClone(start)
    trainNetwork(SHAPE, stepped, rows, LABELS, {
      epochs: 1,
      batch: 1,
      rate: RATE,
      smoothing: 0,
      tokenDropout: 0,
      featureDropout: 0,
      random: seededRandom(5),
      rowsOfEpoch: () => Uint32Array.of(0),
    })
    let checked = 0
    for (const name of ['embeddings', 'kernels', 'kernelBias', 'output', 'outputBias'] as const) {
      for (let i = 0; i < start[name].length; i++) {
        const at = (shift: number) => {
          const moved = structuredClone(start)
          moved[name][i]! += shift
          return lossOf(moved, rows, 0)
        }
        const slope = (at(SHIFT) - at(-SHIFT)) / (2 * SHIFT)
        const step = stepped[name][i]! - start[name][i]!
        if (Math.abs(slope) < 1e-4) continue
        expect(Math.sign(step), `${name}[${i}], slope ${slope}`).toBe(-Math.sign(slope))
        checked++
      }
    }
    expect(checked).toBeGreaterThan(60)
  })
})
