import { ModelFileError } from '../errors.ts'
import { readModelFile } from '../model-file.ts'
import { sha256 } from '../sha256.ts'
import { unpackStrings } from '../string-table.ts'
import { createAliasFinder, createSynonyms, type IntentAliases, type IntentSynonyms } from './aliases.ts'
import { checkShare, checkWhole } from './check-input.ts'
import { best, classificationOf } from './classification.ts'
import { conceptsOf } from './concepts.ts'
import { FORMAT, type IntentExtra, VERSION } from './format.ts'
import type { NetworkShape } from './network.ts'
import { unpackParts } from './parts.ts'
import { createScorer } from './scorer.ts'
import { tokens } from './tokens.ts'
import type { Classification, IntentModel, IntentThresholds } from './types.ts'
import { unpackWeighing, WEIGHING_LENGTH } from './weighing.ts'

export interface IntentLoadingOptions {
  /**
   * Phrases that mean an intent, by its name: `{ order_status: ['wismo', 'where is my kit'] }`. An utterance that is a phrase
   * has that intent for certain; one that holds it, the more likely the more of it the phrase is.
   */
  readonly aliases?: IntentAliases
  /** Words for a word that training knew: `{ parcel: ['pkg', 'shipment'] }`. */
  readonly synonyms?: IntentSynonyms
  /** The share of turns in which it may ask back. Default: as trained. */
  readonly mayAsk?: number
  /** The share of turns in scope that it may take for out of scope. Default: as trained. */
  readonly mayGiveUp?: number
  /** Most alternatives in an answer. Default 5. */
  readonly alternatives?: number
}

const NOTHING: Classification = { intent: null, confidence: 0, alternatives: [], scope: Number.NEGATIVE_INFINITY }
/** An utterance of which fewer words were ever seen is out of scope, whatever the scores say. */
const LEAST_KNOWN = 0.2
/** With a single intent there is nothing to compare with, and what is known of the words decides alone. */
const LEAST_KNOWN_OF_ONE = 0.5
const MAX_BUCKETS = 1 << 16

/**
 * Reads a model file. Throws `ModelFileError` when it is cut short, altered, or of another format or version, and `TypeError`
 * for options that do not fit it.
 */
export function loadIntent(bytes: Uint8Array, options: IntentLoadingOptions = {}): IntentModel {
  const file = readModelFile(bytes, FORMAT, VERSION)
  const { header } = file
  const extra = header.extra as unknown as IntentExtra
  const intents = unpackStrings({
    bytes: file.section('intents.bytes', 'u8'),
    offsets: file.section('intents.offsets', 'u32'),
  })
  const classes = header.counts.classes!
  if (![extra, extra?.networks].every(Boolean) || !(classes === intents.length || classes === intents.length + 1)) {
    throw new ModelFileError('The model file does not say what its numbers are')
  }
  const parts = unpackParts(file, {
    classes,
    linearBuckets: checkBuckets(extra.linearBuckets),
    networks: extra.networks.map((shape) => checkShape(shape, classes)),
  })
  const numbers = file.section('weighing', 'f32')
  if (numbers.length !== WEIGHING_LENGTH) throw new ModelFileError('The model file does not say how to weigh its parts')
  const weighing = unpackWeighing(numbers)
  const { mayAsk = extra.mayAsk, mayGiveUp = extra.mayGiveUp, alternatives: most = 5 } = options
  checkShare('mayAsk', mayAsk)
  checkShare('mayGiveUp', mayGiveUp)
  checkWhole('alternatives', most, 1, 1000)
  const heldOut = header.metrics.heldOut ?? 0
  const thresholds: IntentThresholds = {
    answerFrom: quantile(file.section('quantiles.confidence', 'f32'), mayAsk, heldOut, 0),
    askFrom: -quantile(negated(file.section('quantiles.gain', 'f32')), mayAsk, heldOut, Number.NEGATIVE_INFINITY),
    scopeFrom: quantile(file.section('quantiles.scope', 'f32'), mayGiveUp, heldOut, Number.NEGATIVE_INFINITY),
  }
  const findAlias = createAliasFinder(options.aliases ?? {}, intents)
  const withSynonyms = createSynonyms(options.synonyms ?? {})
  const score = createScorer(parts, conceptsOf(extra.language))
  const leastKnown = classes === 1 ? LEAST_KNOWN_OF_ONE : LEAST_KNOWN

  const classify = (text: string): Classification => {
    const said = tokens(text)
    if (said.length === 0 || intents.length === 0) return NOTHING
    const words = withSynonyms(said)
    const scores = score(words)
    const { confidences, scope } = classificationOf(scores, intents.length, weighing)
    const alias = findAlias(said)
    if (alias) {
      for (let k = 0; k < confidences.length; k++) confidences[k]! *= 1 - alias.share
      confidences[alias.intent]! += alias.share
    }
    const first = best(confidences)
    const confidence = confidences[first]!
    const isAlias = alias !== undefined && alias.intent === first
    const isInScope = isAlias || (scores.known >= leastKnown && scope >= thresholds.scopeFrom)
    return {
      intent: isInScope ? intents[first]! : null,
      confidence,
      alternatives: topOf(confidences, most).map((k) => ({ intent: intents[k]!, confidence: confidences[k]! })),
      scope,
    }
  }
  return {
    version: sha256(bytes),
    trainedAt: header.trainedAt,
    language: extra.language,
    intents,
    counts: header.counts,
    metrics: header.metrics,
    confused: extra.confused,
    thresholds,
    classify,
  }
}

/** The value below which this share of the held-out ones lie; `none` where they are too few to tell. */
function quantile(quantiles: Float32Array, share: number, heldOut: number, none: number): number {
  if (share >= 1) return Number.POSITIVE_INFINITY
  if (quantiles.length === 0 || share * heldOut < 1) return none
  return quantiles[Math.round(share * (quantiles.length - 1))]!
}

/** The same quantiles of the negated values. */
function negated(quantiles: Float32Array): Float32Array {
  return Float32Array.from(quantiles, (value) => -value).reverse()
}

function topOf(confidences: Float32Array, most: number): number[] {
  const top: number[] = []
  for (let k = 0; k < confidences.length; k++) {
    const confidence = confidences[k]!
    if (top.length === most && confidence <= confidences[top[most - 1]!]!) continue
    let at = top.length < most ? top.length : most - 1
    while (at > 0 && confidences[top[at - 1]!]! < confidence) {
      top[at] = top[at - 1]!
      at--
    }
    top[at] = k
  }
  return top
}

function checkBuckets(buckets: number): number {
  const isPowerOfTwo =
    Number.isInteger(buckets) && buckets > 0 && buckets <= MAX_BUCKETS && (buckets & (buckets - 1)) === 0
  if (isPowerOfTwo) return buckets
  throw new ModelFileError(`The model file has tables of ${buckets} places where a power of two belongs`)
}

function checkShape(shape: NetworkShape, classes: number): NetworkShape {
  checkBuckets(shape.buckets)
  const isUsable = shape.classes === classes && [shape.dims, shape.filters].every((n) => Number.isInteger(n) && n > 0)
  if (isUsable) return shape
  throw new ModelFileError('The model file has a network that does not fit its intents')
}
