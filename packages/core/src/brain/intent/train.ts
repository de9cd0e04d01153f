import { writeModelFile } from '../model-file.ts'
import { packStrings } from '../string-table.ts'
import { calibrate } from './calibrate.ts'
import { checkExamples, checkShare, checkTime, checkWhole } from './check-input.ts'
import { classificationOf } from './classification.ts'
import { conceptsOf } from './concepts.ts'
import { type FitOptions, fitParts } from './fit.ts'
import { FORMAT, type IntentExtra, VERSION } from './format.ts'
import { heldOutAnswers, heldOutWork } from './hold-out.ts'
import { measure } from './measure.ts'
import { packParts } from './parts.ts'
import { type IntentSize, isIntentSize, planOf } from './plan.ts'
import { tokens } from './tokens.ts'
import type { IntentExample } from './types.ts'
import { packWeighing } from './weighing.ts'

export interface IntentTrainingOptions {
  /** The same examples and the same seed give the same bytes. A whole number. Default 1. */
  readonly seed?: number
  /** When training takes place, ms since 1970; it is written to the file. Default 0. */
  readonly now?: number
  /** BCP 47. Of English, forms of a word and words that mean much the same are known as such. Default `en`. */
  readonly language?: string
  /** A name that marks examples as out of scope, as `null` does. Default `oos`. */
  readonly outOfScopeIntent?: string
  /** The share of turns in which it may ask back; see `IntentModel.thresholds`. Default 0.1. */
  readonly mayAsk?: number
  /** The share of turns in scope that it may take for out of scope. Default 0.05; 0.01 without examples out of scope. */
  readonly mayGiveUp?: number
  /**
   * `small`: below 250 KB compressed for 77 intents. `large`: three networks and finer tables, some four times the size and three
   * times as long to train. `linear`: no network; trained in seconds, a point or two less right, and less sure of misspelt words.
   * Default `small`.
   */
  readonly size?: IntentSize
  /** Rounds through the examples, of each network. Default: fewer for more examples, 100 to 15. */
  readonly epochs?: number
  /** Called now and then with the share of the work that is done, in [0, 1]. */
  readonly onProgress?: (done: number) => void
}

const MAX_INTENTS = 2_000
const QUANTILES = 200

/**
 * Learns from utterances and their intents, and returns the model file for `loadIntent`: a linear model of hashed n-grams and a
 * small convolutional network over words, whose answers are joined by a logarithmic pool. Some examples are held out first, to fit the confidence and the
 * thresholds and to measure; then it learns from all. Any number of examples will do, none included. Deterministic for a seed.
 *
 * Metrics in the file, all on held-out examples: `accuracy`, `calibrationError` (expected, 15 bins), `heldOut` (their number),
 * and with examples out of scope `outOfScopeCaught` at `mayGiveUp`.
 *
 * Throws `TypeError` for an example or an option that cannot be used.
 */
export function trainIntent(examples: readonly IntentExample[], options: IntentTrainingOptions = {}): Uint8Array {
  checkExamples(examples)
  const { seed = 1, now = 0, language = 'en', outOfScopeIntent = 'oos', size = 'small', onProgress } = options
  checkWhole('seed', seed, 0, 2 ** 31)
  checkTime('now', now)
  if (!isIntentSize(size)) throw new TypeError(`size must be small, large or linear, got ${String(size)}`)
  const isOutside = ({ intent }: IntentExample) => intent === null || intent === outOfScopeIntent
  const intents = [...new Set(examples.filter((one) => !isOutside(one)).map(({ intent }) => intent!))].sort()
  checkWhole('the number of intents', intents.length, 0, MAX_INTENTS)
  const { mayAsk = 0.1, mayGiveUp = examples.some(isOutside) ? 0.05 : 0.01 } = options
  checkShare('mayAsk', mayAsk)
  checkShare('mayGiveUp', mayGiveUp)

  const labels = new Map(intents.map((intent, label) => [intent, label]))
  const samples = examples
    .map((one) => ({
      text: one.text,
      words: tokens(one.text),
      label: isOutside(one) ? intents.length : labels.get(one.intent!)!,
    }))
    .filter(({ words }) => words.length > 0)
  const hasOutside = samples.some(({ label }) => label === intents.length)
  const conceptOf = conceptsOf(language)
  const plan = planOf(size, samples.length, intents.length)
  const fitOptions: FitOptions = {
    ...plan,
    conceptOf,
    classes: intents.length + (hasOutside ? 1 : 0),
    epochs: options.epochs ?? plan.epochs,
    seed,
  }
  checkWhole('epochs', fitOptions.epochs, 1, 10_000)

  const before = heldOutWork(samples.length, fitOptions)
  const heldOut = heldOutAnswers(samples, {
    ...fitOptions,
    onProgress: (done) => onProgress?.((done * before) / (before + 1)),
  })
  const weighing = calibrate(heldOut, intents.length)
  const measured = measure(
    heldOut.map(({ scores, label }) => ({ label, ...classificationOf(scores, intents.length, weighing) })),
    intents,
    { mayGiveUp },
  )
  const parts = fitParts(samples, { ...fitOptions, onProgress: (done) => onProgress?.((before + done) / (before + 1)) })

  const names = packStrings(intents)
  const extra: IntentExtra = {
    language,
    linearBuckets: plan.linearBuckets,
    networks: parts.networks.map(({ shape }) => shape),
    mayAsk,
    mayGiveUp,
    confused: measured.confused,
  }
  return writeModelFile(
    {
      format: FORMAT,
      version: VERSION,
      trainedAt: now,
      counts: { intents: intents.length, classes: parts.classes, examples: samples.length },
      metrics: measured.metrics,
      extra: { ...extra },
    },
    {
      'intents.bytes': names.bytes,
      'intents.offsets': names.offsets,
      weighing: packWeighing(weighing),
      'quantiles.scope': quantiles(measured.scopes),
      'quantiles.confidence': quantiles(measured.confidences),
      'quantiles.gain': quantiles(measured.gains),
      ...packParts(parts),
    },
  )
}

/** The smallest, the largest and 199 values between them at even shares; none where there are none. */
function quantiles(values: readonly number[]): Float32Array {
  const sorted = Float32Array.from(values).sort()
  if (sorted.length === 0) return sorted
  return Float32Array.from(
    { length: QUANTILES + 1 },
    (_, i) => sorted[Math.round((i / QUANTILES) * (sorted.length - 1))]!,
  )
}
