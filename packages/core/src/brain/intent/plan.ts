import type { FitOptions } from './fit.ts'

const SIZES = {
  linear: { linearBuckets: 8192, networks: 0, network: { buckets: 64, dims: 8, filters: 8 } },
  small: { linearBuckets: 4096, networks: 1, network: { buckets: 4096, dims: 48, filters: 48 } },
  large: { linearBuckets: 16_384, networks: 3, network: { buckets: 8192, dims: 48, filters: 48 } },
} as const

/** Below this many examples, each is precious: several networks agree on an answer. */
const FEW_EXAMPLES = 2_000
const NETWORKS_FOR_FEW = 3
const EPOCH_EXAMPLES = 200_000
const MIN_EPOCHS = 15
const MAX_EPOCHS = 100
/** Dropout between filters and classes: seven tenths for 15 examples an intent or fewer, falling to a fifth for 60 or more. */
const DROPOUT = { few: 15, fewShare: 0.7, many: 60, manyShare: 0.2 } as const

export type IntentSize = keyof typeof SIZES

export function isIntentSize(size: string): size is IntentSize {
  return Object.hasOwn(SIZES, size)
}

export function areFew(examples: number): boolean {
  return examples <= FEW_EXAMPLES
}

/** How large the parts are and how long they learn, for so many examples of so many intents. */
export function planOf(
  size: IntentSize,
  examples: number,
  intents: number,
): Pick<FitOptions, 'linearBuckets' | 'network' | 'networks' | 'epochs' | 'featureDropout'> {
  const { linearBuckets, network, networks } = SIZES[size]
  return {
    linearBuckets,
    network,
    networks: networks > 0 && areFew(examples) ? NETWORKS_FOR_FEW : networks,
    epochs: defaultEpochs(examples),
    featureDropout: dropout(examples / Math.max(1, intents)),
  }
}

function defaultEpochs(examples: number): number {
  return Math.max(MIN_EPOCHS, Math.min(MAX_EPOCHS, Math.round(EPOCH_EXAMPLES / Math.max(1, examples))))
}

function dropout(perIntent: number): number {
  const { few, fewShare, many, manyShare } = DROPOUT
  const along = Math.max(0, Math.min(1, (perIntent - few) / (many - few)))
  return fewShare + along * (manyShare - fewShare)
}
