import { ModelFileError } from '../errors.ts'
import { checkWhole } from '../intent/check-input.ts'
import { readModelFile } from '../model-file.ts'
import { sha256 } from '../sha256.ts'
import { unpackStrings } from '../string-table.ts'
import { checkExample } from './check-input.ts'
import { createCorrections } from './corrections.ts'
import { createScorer } from './scorer.ts'
import { type CategoriserExtra, FORMAT, VERSION } from './train.ts'
import type { Categorisation, Categoriser, CategoryCorrection, CategoryGuess } from './types.ts'

export interface CategoriserLoadingOptions {
  /** What people corrected since training, oldest first. */
  readonly corrections?: readonly CategoryCorrection[]
  /** Most alternatives in an answer. Default 5. */
  readonly alternatives?: number
}

const NOTHING: Categorisation = { category: null, confidence: 0, alternatives: [] }
const HAS_CONTENT = /[\p{L}\p{N}]/u
const MOST_BUCKETS = 1 << 20

/**
 * Reads a model file. Throws `ModelFileError` when it is cut short, altered, or of another format or version, and `TypeError` for options that
 * cannot be used.
 */
export function loadCategoriser(bytes: Uint8Array, options: CategoriserLoadingOptions = {}): Categoriser {
  const file = readModelFile(bytes, FORMAT, VERSION)
  const { header } = file
  const { alternatives: most = 5 } = options
  checkWhole('alternatives', most, 1, 1000)
  const categories = unpackStrings({
    bytes: file.section('categories.bytes', 'u8'),
    offsets: file.section('categories.offsets', 'u32'),
  })
  const classes = categories.length
  const { buckets, sharpness, applyFrom } = checkExtra(header.extra)
  const codes = file.section('codes', 'u8')
  const scales = file.section('scales', 'f32')
  const bias = file.section('bias', 'f32')
  if (codes.length !== buckets * classes || scales.length !== classes || bias.length !== classes) {
    throw new ModelFileError('The model file has weights that do not fit its categories')
  }
  const score = createScorer({
    classes,
    buckets,
    sharpness,
    scales,
    bias,
    codes: new Int8Array(codes.buffer, codes.byteOffset, codes.length),
  })
  const corrections = createCorrections()

  const learn = (correction: CategoryCorrection) => {
    checkExample(correction, 'correction')
    let label = categories.indexOf(correction.category)
    if (label < 0) label = categories.push(correction.category) - 1
    corrections.learn(correction, label)
  }
  for (const correction of options.corrections ?? []) learn(correction)

  return {
    version: sha256(bytes),
    trainedAt: header.trainedAt,
    categories,
    counts: header.counts,
    metrics: header.metrics,
    applyFrom,
    learn,
    categorise(input) {
      if (!HAS_CONTENT.test(input.text) || categories.length === 0) return NOTHING
      const trained = classes > 0 ? score(input) : new Float32Array()
      // Categories that were learnt since training have no score of their own.
      const probabilities = new Float32Array(categories.length)
      probabilities.set(trained)
      corrections.apply(input, probabilities)
      const alternatives = topOf(probabilities, most).map(
        (k): CategoryGuess => ({ category: categories[k]!, confidence: probabilities[k]! }),
      )
      const [first] = alternatives
      return first ? { ...first, alternatives } : NOTHING
    },
  }
}

function checkExtra(extra: unknown): CategoriserExtra {
  const { buckets, sharpness, applyFrom } = (extra ?? {}) as Partial<CategoriserExtra>
  const isPowerOfTwo =
    Number.isInteger(buckets) && buckets! > 0 && buckets! <= MOST_BUCKETS && (buckets! & (buckets! - 1)) === 0
  if (!isPowerOfTwo || !(sharpness! > 0) || !(applyFrom! >= 0))
    throw new ModelFileError('The model file does not say what its numbers are')
  return { buckets: buckets!, sharpness: sharpness!, applyFrom: applyFrom! }
}

/** The places of the largest, largest first; none of those that are zero. */
function topOf(values: Float32Array, most: number): number[] {
  const top: number[] = []
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!
    if (value <= 0 || (top.length === most && value <= values[top[most - 1]!]!)) continue
    let at = top.length < most ? top.length : most - 1
    while (at > 0 && values[top[at - 1]!]! < value) {
      top[at] = top[at - 1]!
      at--
    }
    top[at] = k
  }
  return top
}
