/**
 * A network that ranks: score = w · x + v · tanh(W x + b), one score a candidate. `weights` holds W (`inputs` × `HIDDEN`, row by
 * row), b, v, w, one after the other. What is added to all candidates of a question changes nothing, so there is no other bias.
 */
export const HIDDEN = 12

/** Where each part of the weights begins. */
export function partsOf(inputs: number) {
  const bias = inputs * HIDDEN
  const outer = bias + HIDDEN
  const direct = outer + HIDDEN
  return { bias, outer, direct, length: direct + inputs }
}

/** Scores of `rows` candidates, whose features stand row by row. O(rows · inputs · HIDDEN). */
export function networkScores(weights: Float32Array, features: Float32Array, inputs: number): Float32Array {
  const { bias, outer, direct } = partsOf(inputs)
  const scores = new Float32Array(features.length / inputs)
  const hidden = new Float64Array(HIDDEN)
  for (let row = 0; row < scores.length; row++) {
    const start = row * inputs
    for (let h = 0; h < HIDDEN; h++) hidden[h] = weights[bias + h]!
    let score = 0
    for (let i = 0; i < inputs; i++) {
      const x = features[start + i]!
      if (x === 0) continue
      score += weights[direct + i]! * x
      for (let h = 0; h < HIDDEN; h++) hidden[h]! += weights[i * HIDDEN + h]! * x
    }
    for (let h = 0; h < HIDDEN; h++) score += weights[outer + h]! * Math.tanh(hidden[h]!)
    scores[row] = score
  }
  return scores
}
