import { createHash } from 'node:crypto'
import { type IntentExample, loadIntent, trainIntent } from '@tillwright/core/brain'

export interface ChatTrainInput {
  /** What the pack brings. */
  readonly examples: readonly IntentExample[]
  /** What the tenant added. */
  readonly own: readonly IntentExample[]
  readonly language: string
  /** `linear`: in seconds, for a first answer. */
  readonly size: 'small' | 'linear'
  /** ms since 1970. */
  readonly now: number
  /** Whether to measure what the tenant's own examples change. */
  readonly isMeasured: boolean
}

export interface TrainedChatModel {
  readonly file: Uint8Array
  /** SHA-256 of the file, hex. */
  readonly version: string
  readonly trainingCpuMs: number
  readonly intentCount: number
  readonly exampleCount: number
  readonly metrics: Readonly<Record<string, number>>
}

/** Learns the intents of a pack, in a thread of its own. Yields the model. */
export async function* trainChat(input: ChatTrainInput): AsyncGenerator<TrainedChatModel> {
  const { examples, own, language, size, now, isMeasured } = input
  const start = process.threadCpuUsage()
  const metrics = isMeasured ? beforeAndAfter(examples, own, language) : {}
  const all = [...examples, ...own]
  const file = trainIntent(all, { size, language, now })
  const model = loadIntent(file)
  const { user, system } = process.threadCpuUsage(start)
  yield {
    file,
    version: model.version,
    trainingCpuMs: (user + system) / 1000,
    intentCount: model.intents.length,
    exampleCount: all.length,
    metrics: { ...pick(model.metrics), ...metrics },
  }
}

/** One in this many examples is kept from the training that measures. */
const HELD = 5

/**
 * How often the right intent comes first on examples that neither of two trainings has seen: without the tenant's own examples, and with them.
 * Which are kept depends on their words alone, so that trainings at different times keep the same. The linear part alone is measured.
 */
export function beforeAndAfter(
  examples: readonly IntentExample[],
  own: readonly IntentExample[],
  language: string,
): Record<string, number> {
  const isHeld = ({ text }: IntentExample) => createHash('sha256').update(text).digest()[0]! % HELD === 0
  const held = [...examples, ...own].filter((one) => isHeld(one) && one.intent !== null)
  const taught = (some: readonly IntentExample[]) => some.filter((one) => !isHeld(one))
  if (held.length === 0) return {}
  const accuracyOf = (some: readonly IntentExample[]) => {
    const model = loadIntent(trainIntent(some, { size: 'linear', language }))
    const right = held.filter(({ text, intent }) => model.classify(text).alternatives[0]?.intent === intent)
    return right.length / held.length
  }
  return {
    held: held.length,
    'before.accuracy': accuracyOf(taught(examples)),
    'after.accuracy': accuracyOf(taught([...examples, ...own])),
  }
}

function pick(metrics: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)))
}
