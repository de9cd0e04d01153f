const MOST = 127

/** Weights as whole numbers from −127 to 127 times a scale for each class: `weight[i] ≈ codes[i] · scales[i mod classes]`. */
export interface QuantisedWeights {
  readonly codes: Int8Array
  readonly scales: Float32Array
}

/** In 8 bits. In 4, a merchant that is rare is rounded away: two points of accuracy on Birmingham's purchase cards. */
export function quantise(weights: Float32Array, classes: number): QuantisedWeights {
  const scales = new Float32Array(classes)
  for (let i = 0; i < weights.length; i++) {
    const size = Math.abs(weights[i]!)
    if (size > scales[i % classes]!) scales[i % classes] = size
  }
  for (let k = 0; k < classes; k++) scales[k]! /= MOST
  const codes = new Int8Array(weights.length)
  for (let i = 0; i < weights.length; i++) {
    const scale = scales[i % classes]!
    codes[i] = scale === 0 ? 0 : Math.round(weights[i]! / scale)
  }
  return { codes, scales }
}
