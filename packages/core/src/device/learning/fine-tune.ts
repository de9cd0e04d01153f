import type { RerankCase } from '../../brain/rerank/learn.ts'
import { HIDDEN, partsOf } from '../../brain/rerank/network.ts'
import * as tf from './tensorflow.ts'

/** Small, since larger steps make answers worse on the tuning split of `npm run bench:device`: own events are few. */
export const FINE_TUNING = { steps: 6, rate: 0.001, pull: 0.1 } as const

export interface FineTuning {
  /** Of the network as it was trained on the server, which the visitor's stays near. */
  readonly weights: Float32Array
  /** Features of a candidate. */
  readonly inputs: number
  readonly cases: readonly RerankCase[]
  readonly steps: number
  readonly rate: number
  /** How strongly weights are held where they were. */
  readonly pull: number
}

/** Where a question has fewer candidates than others. */
const NOBODY = -1e9
const [FIRST, SECOND] = [0.9, 0.999]

/**
 * The network's weights after `steps` of Adam on a visitor's own questions: softmax cross-entropy of what was chosen, and
 * `pull` times the squared distance from where the weights began. Deterministic.
 */
export async function fineTune({ weights, inputs, cases, steps, rate, pull }: FineTuning): Promise<Float32Array> {
  await tf.startTensorFlow()
  const rows = Math.max(...cases.map(({ features }) => features.length / inputs))
  const x = new Float32Array(cases.length * rows * inputs)
  const y = new Float32Array(cases.length * rows)
  const absent = new Float32Array(cases.length * rows).fill(NOBODY)
  for (const [i, { features, right }] of cases.entries()) {
    x.set(features, i * rows * inputs)
    for (const row of right) y[i * rows + row] = -1 / right.length / cases.length
    absent.fill(0, i * rows, i * rows + features.length / inputs)
  }
  const anchors = layersOf(weights, inputs)
  const variables = anchors.map((anchor) => tf.variable(anchor))
  const [features, chosen, mask] = [
    tf.tensor2d(x, [cases.length * rows, inputs]),
    tf.tensor2d(y, [cases.length, rows]),
    tf.tensor2d(absent, [cases.length, rows]),
  ]
  const loss = () => {
    const scores = forward(variables, features)
    const shares = tf.logSoftmax(tf.add(tf.reshape(scores, [cases.length, rows]), mask))
    let total = tf.sum(tf.mul(chosen, shares))
    for (const [i, variable] of variables.entries()) {
      total = tf.add(total, tf.mul(pull, tf.sum(tf.square(tf.sub(variable, anchors[i]!)))))
    }
    return total as tf.Scalar
  }
  const adam = new tf.AdamOptimizer(rate, FIRST, SECOND)
  for (let step = 0; step < steps; step++) adam.minimize(loss, false, variables)
  const learned = new Float32Array(weights.length)
  let at = 0
  for (const variable of variables) {
    learned.set(variable.dataSync() as Float32Array, at)
    at += variable.size
  }
  adam.dispose()
  tf.dispose([...variables, ...anchors, features, chosen, mask])
  return learned
}

/** The same scores as `networkScores`, by TensorFlow.js. */
export async function tensorScores(
  weights: Float32Array,
  features: Float32Array,
  inputs: number,
): Promise<Float32Array> {
  await tf.startTensorFlow()
  const layers = layersOf(weights, inputs)
  const rows = tf.tensor2d(features, [features.length / inputs, inputs])
  const scores = forward(layers, rows)
  const values = scores.dataSync() as Float32Array
  tf.dispose([...layers, rows, scores])
  return values
}

function layersOf(weights: Float32Array, inputs: number): tf.Tensor[] {
  const { bias, outer, direct, length } = partsOf(inputs)
  const part = (from: number, to: number, shape: [number, number]) => tf.tensor2d(weights.slice(from, to), shape)
  return [
    part(0, bias, [inputs, HIDDEN]),
    part(bias, outer, [1, HIDDEN]),
    part(outer, direct, [HIDDEN, 1]),
    part(direct, length, [inputs, 1]),
  ]
}

function forward(layers: readonly tf.Tensor[], features: tf.Tensor): tf.Tensor {
  const [inner, innerBias, outward, straight] = layers as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]
  const hidden = tf.tanh(tf.add(tf.matMul(features, inner), innerBias))
  return tf.add(tf.matMul(hidden, outward), tf.matMul(features, straight))
}
