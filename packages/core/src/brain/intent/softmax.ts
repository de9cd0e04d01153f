/** Logits to probabilities, in place; each logit times `power` first. */
export function softmaxInPlace(scores: Float32Array | Float64Array, power = 1): void {
  let most = Number.NEGATIVE_INFINITY
  for (let k = 0; k < scores.length; k++) if (scores[k]! > most) most = scores[k]!
  let sum = 0
  for (let k = 0; k < scores.length; k++) {
    const value = Math.exp((scores[k]! - most) * power)
    scores[k] = value
    sum += value
  }
  for (let k = 0; k < scores.length; k++) scores[k]! /= sum
}
