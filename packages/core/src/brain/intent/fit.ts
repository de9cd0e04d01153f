import type { ConceptOf } from './concepts.ts'
import { rememberWords } from './known.ts'
import { createLinearFeatures } from './linear-features.ts'
import { type SparseRows, trainLinear } from './linear-train.ts'
import type { NetworkShape } from './network.ts'
import { initialNetwork, type TokenRows, trainNetwork } from './network-train.ts'
import { IDF_STEPS, type IntentParts, roundTrip } from './parts.ts'
import { seededRandom } from './random.ts'
import { createTokenIds } from './token-ids.ts'
import { tokens } from './tokens.ts'
import { withTypo } from './typo.ts'

/** An utterance to learn from. */
export interface Sample {
  readonly text: string
  readonly words: readonly string[]
  /** From 0. */
  readonly label: number
}

export interface FitOptions {
  readonly classes: number
  readonly conceptOf: ConceptOf
  readonly linearBuckets: number
  readonly network: Pick<NetworkShape, 'buckets' | 'dims' | 'filters'>
  readonly networks: number
  /** Of each network. */
  readonly epochs: number
  readonly featureDropout: number
  readonly seed: number
  /** Share of the work that is done, in [0, 1]. */
  readonly onProgress?: (done: number) => void
}

const LINEAR_STEPS = 85_000
const LINEAR_MIN_EPOCHS = 8
const LINEAR_MAX_EPOCHS = 20
const LINEAR_RATE = 1
/** Misspelt copies made of each example, and how often an epoch takes one of them in the example's place. */
const TYPO_COPIES = 2
const TYPO_SHARE = 0.4
const BATCH = 32
const ADAM_RATE = 0.002
const LABEL_SMOOTHING = 0.1
const TOKEN_DROPOUT = 0.1
/** The linear part's share of the time, for progress. */
const LINEAR_TIME = 0.1

/** Learns all parts from the samples, as they will be read from the file. */
export function fitParts(samples: readonly Sample[], options: FitOptions): IntentParts {
  const { classes, conceptOf, linearBuckets, networks, seed, onProgress } = options
  const linearTime = networks === 0 ? 1 : LINEAR_TIME
  const random = seededRandom(seed)
  const idf = inverseFrequencies(samples, linearBuckets, conceptOf)
  const linear = trainLinear(linearRows(samples, linearBuckets, idf, conceptOf), labelsOf(samples), {
    classes,
    buckets: linearBuckets,
    epochs: Math.max(LINEAR_MIN_EPOCHS, Math.min(LINEAR_MAX_EPOCHS, Math.round(LINEAR_STEPS / samples.length))),
    rate: LINEAR_RATE,
    random,
    onEpoch: (done, of) => onProgress?.((linearTime * done) / of),
  })
  const shape = { ...options.network, classes }
  const trained = Array.from({ length: networks }, (_, i) => {
    const weights = fitNetwork(samples, shape, options, seededRandom(seed + 7919 * (i + 1)), (done) =>
      onProgress?.(linearTime + (1 - linearTime) * ((i + done) / networks)),
    )
    return { shape, weights }
  })
  return roundTrip({
    classes,
    linear: { ...linear, buckets: linearBuckets, idf },
    networks: trained,
    known: rememberWords(samples.map(({ words }) => words)),
  })
}

function fitNetwork(
  samples: readonly Sample[],
  shape: NetworkShape,
  { conceptOf, epochs, featureDropout }: FitOptions,
  random: () => number,
  onProgress: (done: number) => void,
) {
  const copies = Array.from({ length: TYPO_COPIES }, () =>
    samples.map((sample) => ({ ...sample, words: tokens(withTypo(sample.text, random)) })),
  )
  const all = [...samples, ...copies.flat()]
  const weights = initialNetwork(shape, random)
  const rows = tokenRows(all, shape.buckets, conceptOf)
  trainNetwork(shape, weights, rows, labelsOf(all), {
    epochs,
    batch: BATCH,
    rate: ADAM_RATE,
    smoothing: LABEL_SMOOTHING,
    tokenDropout: TOKEN_DROPOUT,
    featureDropout,
    random,
    rowsOfEpoch: () =>
      Uint32Array.from(samples, (_, i) =>
        random() < TYPO_SHARE ? i + samples.length * (1 + Math.floor(random() * TYPO_COPIES)) : i,
      ),
    onEpoch: (done) => onProgress(done / epochs),
  })
  // An id that was never seen says nothing, rather than what it happened to start with.
  const seen = new Uint8Array(shape.buckets)
  for (const id of rows.ids) seen[id] = 1
  for (const [id, isSeen] of seen.entries()) {
    if (!isSeen) weights.embeddings.fill(0, id * shape.dims, (id + 1) * shape.dims)
  }
  return weights
}

/** ln((1 + n) / (1 + samples with the id)) + 1, in the steps that the file keeps. */
function inverseFrequencies(samples: readonly Sample[], buckets: number, conceptOf: ConceptOf): Float32Array {
  const featuresOf = createLinearFeatures(buckets, conceptOf)
  const even = new Float32Array(buckets).fill(1)
  const counts = new Uint32Array(buckets)
  const last = new Int32Array(buckets).fill(-1)
  for (const [sample, { words }] of samples.entries()) {
    const { count, ids } = featuresOf(words, even)
    for (let i = 0; i < count; i++) {
      const id = ids[i]!
      if (last[id] !== sample) counts[id]!++
      last[id] = sample
    }
  }
  return Float32Array.from(counts, (count) => {
    const idf = Math.log((1 + samples.length) / (1 + count)) + 1
    return Math.round(idf * IDF_STEPS) / IDF_STEPS
  })
}

function linearRows(samples: readonly Sample[], buckets: number, idf: Float32Array, conceptOf: ConceptOf): SparseRows {
  const featuresOf = createLinearFeatures(buckets, conceptOf)
  const offsets = new Uint32Array(samples.length + 1)
  const ids: number[] = []
  const values: number[] = []
  for (const [i, { words }] of samples.entries()) {
    const features = featuresOf(words, idf)
    for (let at = 0; at < features.count; at++) {
      ids.push(features.ids[at]!)
      values.push(features.values[at]!)
    }
    offsets[i + 1] = ids.length
  }
  return { offsets, ids: Uint32Array.from(ids), values: Float32Array.from(values) }
}

function tokenRows(samples: readonly Sample[], buckets: number, conceptOf: ConceptOf): TokenRows {
  const idsOf = createTokenIds(buckets, conceptOf)
  const rows = new Uint32Array(samples.length + 1)
  const offsets: number[] = [0]
  const ids: number[] = []
  for (const [i, { words }] of samples.entries()) {
    const found = idsOf(words)
    for (let t = 0; t < found.count; t++) {
      for (let at = found.offsets[t]!; at < found.offsets[t + 1]!; at++) ids.push(found.ids[at]!)
      offsets.push(ids.length)
    }
    rows[i + 1] = offsets.length - 1
  }
  return { rows, offsets: Uint32Array.from(offsets), ids: Uint16Array.from(ids) }
}

function labelsOf(samples: readonly Sample[]): Uint16Array {
  return Uint16Array.from(samples, ({ label }) => label)
}
