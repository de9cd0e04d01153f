import { ModelFileError } from '../errors.ts'
import type { ModelFile, Section } from '../model-file.ts'
import { KNOWN_BYTES } from './known.ts'
import type { LinearWeights } from './linear-train.ts'
import { featureCount, type NetworkShape, type NetworkWeights, TAPS, WIDTHS } from './network.ts'
import {
  packNibbles,
  packScales,
  quantiseColumns,
  quantiseRows,
  quantiseShortRows,
  restoreColumns,
  restoreRows,
  unpackNibbles,
  unpackScales,
} from './quantise.ts'

/** What has been learnt of `classes` classes, before it is weighed up: any number of networks beside the linear part. */
export interface IntentParts {
  readonly classes: number
  readonly linear: LinearWeights & { readonly buckets: number; readonly idf: Float32Array }
  readonly networks: readonly { readonly shape: NetworkShape; readonly weights: NetworkWeights }[]
  /** See `rememberWords`. */
  readonly known: Uint8Array
}

/** Steps of 1/16: what an n-gram counts for as it gets rarer lies between 1 and some 12. */
export const IDF_STEPS = 16

/** The parts as sections of a model file: 4 bits a linear weight or embedding, 8 bits for the rest of a network. */
export function packParts(parts: IntentParts): Record<string, Section> {
  const linear = quantiseColumns(parts.linear.weights, parts.classes)
  const sections: Record<string, Section> = {
    'linear.idf': Uint8Array.from(parts.linear.idf, (idf) => Math.min(255, Math.round(idf * IDF_STEPS))),
    'linear.codes': packNibbles(linear.codes),
    'linear.scales': linear.scales,
    'linear.bias': parts.linear.bias,
    known: parts.known,
  }
  for (const [i, { shape, weights }] of parts.networks.entries()) {
    const embeddings = quantiseShortRows(weights.embeddings, shape.dims)
    const kernels = quantiseRows(weights.kernels, shape.dims)
    const output = quantiseRows(weights.output, featureCount(shape))
    Object.assign(sections, {
      [`network${i}.embeddings`]: packNibbles(embeddings.codes),
      [`network${i}.embeddingScales`]: packScales(embeddings.scales),
      [`network${i}.kernels`]: new Uint8Array(kernels.codes.buffer),
      [`network${i}.kernelScales`]: kernels.scales,
      [`network${i}.kernelBias`]: Float32Array.from(weights.kernelBias),
      [`network${i}.output`]: new Uint8Array(output.codes.buffer),
      [`network${i}.outputScales`]: output.scales,
      [`network${i}.outputBias`]: Float32Array.from(weights.outputBias),
    })
  }
  return sections
}

/** The parts of a file, or of sections just packed. Throws `ModelFileError` where sizes do not fit each other. */
export function unpackParts(
  sections: Pick<ModelFile, 'section'>,
  sizes: { classes: number; linearBuckets: number; networks: readonly NetworkShape[] },
): IntentParts {
  const { classes, linearBuckets } = sizes
  const idf = bytes('linear.idf', linearBuckets)
  const codes = bytes('linear.codes', Math.ceil((linearBuckets * classes) / 2))
  return {
    classes,
    linear: {
      buckets: linearBuckets,
      idf: Float32Array.from(idf, (step) => step / IDF_STEPS),
      weights: restoreColumns({
        codes: unpackNibbles(codes, linearBuckets * classes),
        scales: floats('linear.scales', classes),
      }),
      bias: floats('linear.bias', classes),
    },
    known: bytes('known', KNOWN_BYTES),
    networks: sizes.networks.map((shape, i) => {
      const name = (part: string) => `network${i}.${part}`
      const features = featureCount(shape)
      const kernelRows = TAPS * shape.filters
      return {
        shape,
        weights: {
          embeddings: restoreRows({
            codes: unpackNibbles(
              bytes(name('embeddings'), Math.ceil((shape.buckets * shape.dims) / 2)),
              shape.buckets * shape.dims,
            ),
            scales: unpackScales(bytes(name('embeddingScales'), shape.buckets)),
          }),
          kernels: restoreRows({
            codes: signed(bytes(name('kernels'), kernelRows * shape.dims)),
            scales: floats(name('kernelScales'), kernelRows),
          }),
          kernelBias: Float64Array.from(floats(name('kernelBias'), WIDTHS * shape.filters)),
          output: restoreRows({
            codes: signed(bytes(name('output'), classes * features)),
            scales: floats(name('outputScales'), classes),
          }),
          outputBias: Float64Array.from(floats(name('outputBias'), classes)),
        },
      }
    }),
  }

  function bytes(name: string, length: number): Uint8Array {
    return checked(name, sections.section(name, 'u8'), length)
  }
  function floats(name: string, length: number): Float32Array {
    return checked(name, sections.section(name, 'f32'), length)
  }
}

/** What comes of the parts when they are written to a file and read again: what is measured is what will be used. */
export function roundTrip(parts: IntentParts): IntentParts {
  const packed = packParts(parts)
  return unpackParts(
    { section: (name) => packed[name] as never },
    {
      classes: parts.classes,
      linearBuckets: parts.linear.buckets,
      networks: parts.networks.map(({ shape }) => shape),
    },
  )
}

function checked<T extends Section>(name: string, section: T, length: number): T {
  if (section.length === length) return section
  throw new ModelFileError(`The model file's section ${name} has ${section.length} numbers where ${length} belong`)
}

function signed(codes: Uint8Array): Int8Array {
  return new Int8Array(codes.buffer, codes.byteOffset, codes.length)
}
