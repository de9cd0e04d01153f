/** Whole numbers from −7 to 7, two to a byte. */
const NIBBLE_MOST = 7
const NIBBLE_ZERO = 8
const BYTE_MOST = 127
/** Scales of 4-bit rows are powers of 2^(1/8), a byte each: 2^((code − 160) / 8), and 0 for a row of zeros. */
const SCALE_STEPS = 8
const SCALE_ORIGIN = 160
/** Spans that are tried, as shares of the largest weight. A smaller span rounds finer and cuts the few largest. */
const SPANS = [1, 0.85, 0.7, 0.6, 0.5, 0.42, 0.35, 0.28, 0.22] as const

type Weights = Float32Array | Float64Array

/** Weights as small whole numbers times a scale for each column: `weight[i] ≈ codes[i] · scales[i mod columns]`. */
export interface Quantised {
  readonly codes: Int8Array
  readonly scales: Float32Array
}

/** 4-bit codes, a scale for each column, each chosen among `SPANS` for the least squared error. */
export function quantiseColumns(weights: Float32Array, columns: number): Quantised {
  const codes = new Int8Array(weights.length)
  const scales = new Float32Array(columns)
  for (let column = 0; column < columns; column++) {
    const scale = Math.fround(bestScale(weights, column, columns, weights.length, NIBBLE_MOST))
    scales[column] = scale
    for (let i = column; i < weights.length; i += columns) codes[i] = rounded(weights[i]!, scale, NIBBLE_MOST)
  }
  return { codes, scales }
}

/** 8-bit codes and a scale for each row: `weight[i] ≈ codes[i] · scales[⌊i / length⌋]`. */
export function quantiseRows(weights: Weights, length: number): Quantised {
  return byRow(weights, length, BYTE_MOST, (scale) => scale)
}

/** 4-bit codes and a scale for each row out of 255; many short rows. */
export function quantiseShortRows(weights: Weights, length: number): Quantised {
  return byRow(weights, length, NIBBLE_MOST, (scale) => scaleOf(scaleCode(scale)))
}

export function packScales(scales: Float32Array): Uint8Array {
  return Uint8Array.from(scales, scaleCode)
}

export function unpackScales(codes: Uint8Array): Float32Array {
  return Float32Array.from(codes, scaleOf)
}

function byRow(weights: Weights, length: number, most: number, snap: (scale: number) => number): Quantised {
  const codes = new Int8Array(weights.length)
  const scales = new Float32Array(weights.length / length)
  for (let row = 0; row < scales.length; row++) {
    const from = row * length
    const scale = Math.fround(snap(bestScale(weights, from, 1, from + length, most)))
    scales[row] = scale
    for (let i = from; i < from + length; i++) codes[i] = rounded(weights[i]!, scale, most)
  }
  return { codes, scales }
}

function scaleCode(scale: number): number {
  if (scale === 0) return 0
  return Math.max(1, Math.min(255, Math.round(Math.log2(scale) * SCALE_STEPS) + SCALE_ORIGIN))
}

function scaleOf(code: number): number {
  return code === 0 ? 0 : 2 ** ((code - SCALE_ORIGIN) / SCALE_STEPS)
}

export function packNibbles(codes: Int8Array): Uint8Array {
  const packed = new Uint8Array(Math.ceil(codes.length / 2))
  for (let i = 0; i < codes.length; i++) packed[i >> 1]! |= (codes[i]! + NIBBLE_ZERO) << ((i & 1) * 4)
  return packed
}

export function unpackNibbles(packed: Uint8Array, length: number): Int8Array {
  const codes = new Int8Array(length)
  for (let i = 0; i < length; i++) codes[i] = ((packed[i >> 1]! >> ((i & 1) * 4)) & 15) - NIBBLE_ZERO
  return codes
}

/** Row by row back to floating point. */
export function restoreRows({ codes, scales }: Quantised): Float64Array {
  const weights = new Float64Array(codes.length)
  const length = codes.length / Math.max(1, scales.length)
  for (let row = 0; row < scales.length; row++) {
    for (let i = row * length; i < (row + 1) * length; i++) weights[i] = codes[i]! * scales[row]!
  }
  return weights
}

/** Column by column back to floating point. */
export function restoreColumns({ codes, scales }: Quantised): Float32Array {
  const weights = new Float32Array(codes.length)
  const columns = scales.length
  for (let from = 0; from < codes.length; from += columns) {
    for (let column = 0; column < columns; column++) weights[from + column] = codes[from + column]! * scales[column]!
  }
  return weights
}

function bestScale(weights: Weights, from: number, stride: number, to: number, most: number): number {
  let largest = 0
  for (let i = from; i < to; i += stride) largest = Math.max(largest, Math.abs(weights[i]!))
  if (largest === 0) return 0
  if (most > NIBBLE_MOST) return largest / most
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const span of SPANS) {
    const scale = (largest * span) / most
    let error = 0
    for (let i = from; i < to; i += stride) error += (weights[i]! - rounded(weights[i]!, scale, most) * scale) ** 2
    if (error < least) {
      least = error
      best = scale
    }
  }
  return best
}

function rounded(weight: number, scale: number, most: number): number {
  return scale === 0 ? 0 : Math.max(-most, Math.min(most, Math.round(weight / scale)))
}
