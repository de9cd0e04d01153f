import { checkShare, checkTime, checkWhole } from '../intent/check-input.ts'
import { seededRandom, shuffle } from '../intent/random.ts'
import { writeModelFile } from '../model-file.ts'
import { packStrings } from '../string-table.ts'
import { applyFrom, fitSharpness, type HeldOut } from './calibrate.ts'
import { checkExamples } from './check-input.ts'
import { amountStep, createPaymentFeatures } from './features.ts'
import { fitLinear, type WeightedRows } from './linear-fit.ts'
import { quantise } from './quantise.ts'
import { createScorer, type ScorerParts } from './scorer.ts'
import type { CategoryExample } from './types.ts'

export const FORMAT = 'categoriser'
export const VERSION = 1

export interface CategoriserTrainingOptions {
  /** Default 1. */
  readonly seed?: number
  /** When training takes place, ms since 1970; it is written to the file. Default: the time of the newest example, or 0. */
  readonly now?: number
  /** Days after which an example counts half. Default 180. */
  readonly halfLifeDays?: number
  /** Of the categories that are applied without asking, the share that may be wrong. Default 0.1. */
  readonly mayBeWrong?: number
  /** Called now and then with the share of the work that is done, in [0, 1]. */
  readonly onProgress?: (done: number) => void
}

/** What the header says beside counts and metrics. */
export interface CategoriserExtra {
  readonly buckets: number
  readonly sharpness: number
  readonly applyFrom: number
}

const DAY_MS = 86_400_000
const HALF_LIFE_DAYS = 180
/** Examples older than this many half-lives count for nothing beside newer ones of their merchant; of merchants never seen again they are all there is. */
const LEAST_WEIGHT = 2 ** -6
const EPOCHS = 3
/** With few examples each is looked at more often: this many steps in all, at most so many epochs. */
const FEWEST_STEPS = 12_000
const MOST_EPOCHS = 30
const LEAST_BUCKETS = 1 << 10
const MOST_BUCKETS = 1 << 17
/** Places for each distinct example. */
const BUCKETS_AN_EXAMPLE = 8
const MAX_CATEGORIES = 2_000
/** The newest tenth is held out, to fit what confidence means; at most so many. */
const HELD_OUT_SHARE = 0.1
const MOST_HELD_OUT = 10_000

/**
 * Learns from payments and their categories, and returns the model file for `loadCategoriser`: softmax regression on hashed words, letters,
 * amount, account and facts, in which newer examples count for more. First it learns from the older nine tenths and measures on the newest tenth, then from all.
 * Any number of examples will do, none included. Deterministic for a seed.
 *
 * Metrics in the file, all on the held-out tenth: `accuracy`, `top3`, `heldOut` (their number), `applied` (the share that it would have applied without
 * asking) and `appliedRight` (the share of these that were right).
 *
 * Throws `TypeError` for an example or an option that cannot be used.
 */
export function trainCategoriser(
  examples: readonly CategoryExample[],
  options: CategoriserTrainingOptions = {},
): Uint8Array {
  checkExamples(examples)
  const newest = examples.reduce((most, { at }) => Math.max(most, at ?? 0), 0)
  const { seed = 1, now = newest, halfLifeDays = HALF_LIFE_DAYS, mayBeWrong = 0.1, onProgress } = options
  checkWhole('seed', seed, 0, 2 ** 31)
  checkTime('now', now)
  checkShare('mayBeWrong', mayBeWrong)
  if (!(halfLifeDays > 0)) throw new TypeError(`halfLifeDays must be above 0, got ${halfLifeDays}`)
  const categories = [...new Set(examples.map(({ category }) => category))].sort()
  checkWhole('the number of categories', categories.length, 0, MAX_CATEGORIES)

  const labels = new Map(categories.map((category, label) => [category, label]))
  const fit = (list: readonly CategoryExample[], onShare: (done: number) => void) =>
    fitParts(list, { labels, seed, halfLifeMs: halfLifeDays * DAY_MS, onProgress: onShare })
  const { kept, held } = holdOut(examples, seed)
  const share = kept.length / Math.max(1, kept.length + examples.length)
  const measured = measure(
    held,
    kept,
    fit(kept, (done) => onProgress?.(done * share)),
    labels,
    mayBeWrong,
  )
  const parts = fit(examples, (done) => onProgress?.(share + done * (1 - share)))

  const names = packStrings(categories)
  const extra: CategoriserExtra = {
    buckets: parts.buckets,
    sharpness: measured.sharpness,
    applyFrom: measured.applyFrom,
  }
  return writeModelFile(
    {
      format: FORMAT,
      version: VERSION,
      trainedAt: now,
      counts: { categories: categories.length, examples: examples.length },
      metrics: measured.metrics,
      extra: { ...extra },
    },
    {
      'categories.bytes': names.bytes,
      'categories.offsets': names.offsets,
      codes: new Uint8Array(parts.codes.buffer),
      scales: parts.scales,
      bias: parts.bias,
    },
  )
}

interface FitContext {
  readonly labels: ReadonlyMap<string, number>
  readonly seed: number
  readonly halfLifeMs: number
  readonly onProgress: (done: number) => void
}

function fitParts(
  examples: readonly CategoryExample[],
  { labels, seed, halfLifeMs, onProgress }: FitContext,
): ScorerParts {
  const distinct = weigh(examples, halfLifeMs)
  const buckets = bucketsFor(distinct.length)
  const classes = labels.size
  const epochs = Math.max(EPOCHS, Math.min(MOST_EPOCHS, Math.round(FEWEST_STEPS / Math.max(1, distinct.length))))
  const { weights, bias } = fitLinear(rowsOf(distinct, labels, buckets), {
    classes,
    buckets,
    epochs,
    random: seededRandom(seed),
    onProgress,
  })
  return { classes, buckets, bias, sharpness: 1, ...quantise(weights, classes) }
}

interface Weighted {
  readonly example: CategoryExample
  weight: number
}

/** Examples that look the same are one, with the sum of what they count. */
function weigh(examples: readonly CategoryExample[], halfLifeMs: number): Weighted[] {
  const newest = examples.reduce(
    (most, { at }) => Math.max(most, at ?? Number.NEGATIVE_INFINITY),
    Number.NEGATIVE_INFINITY,
  )
  const distinct = new Map<string, Weighted>()
  for (const example of examples) {
    const { text, category, amount, account, facts, at } = example
    const weight = at === undefined ? 1 : Math.max(LEAST_WEIGHT, 0.5 ** ((newest - at) / halfLifeMs))
    const key = JSON.stringify([
      text,
      category,
      amount === undefined ? null : amountStep(amount),
      account ?? null,
      facts ?? null,
    ])
    const same = distinct.get(key)
    if (same) same.weight += weight
    else distinct.set(key, { example, weight })
  }
  return [...distinct.values()]
}

function rowsOf(distinct: readonly Weighted[], labels: ReadonlyMap<string, number>, buckets: number): WeightedRows {
  const featuresOf = createPaymentFeatures(buckets)
  const mean = distinct.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, distinct.length)
  const offsets = new Uint32Array(distinct.length + 1)
  const ids: number[] = []
  const values: number[] = []
  const isOwn: number[] = []
  distinct.forEach(({ example }, i) => {
    const features = featuresOf(example)
    for (let at = 0; at < features.count; at++) {
      ids.push(features.ids[at]!)
      values.push(features.values[at]!)
      isOwn.push(features.isOwn[at]!)
    }
    offsets[i + 1] = ids.length
  })
  return {
    offsets,
    ids: Uint32Array.from(ids),
    values: Float32Array.from(values),
    isOwn: Uint8Array.from(isOwn),
    labels: Uint16Array.from(distinct, ({ example }) => labels.get(example.category)!),
    weights: Float32Array.from(distinct, ({ weight }) => weight / mean),
  }
}

function bucketsFor(examples: number): number {
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(1, BUCKETS_AN_EXAMPLE * examples)))
  return Math.max(LEAST_BUCKETS, Math.min(MOST_BUCKETS, wanted))
}

/** The newest tenth, or a random one where times are not known. */
function holdOut(
  examples: readonly CategoryExample[],
  seed: number,
): { kept: CategoryExample[]; held: CategoryExample[] } {
  const isTimed = examples.every(({ at }) => at !== undefined)
  const order = isTimed ? examples.toSorted((a, b) => a.at! - b.at!) : shuffle([...examples], seededRandom(seed))
  const count = Math.min(MOST_HELD_OUT, Math.floor(HELD_OUT_SHARE * examples.length))
  return { kept: order.slice(0, order.length - count), held: order.slice(order.length - count) }
}

function measure(
  held: readonly CategoryExample[],
  kept: readonly CategoryExample[],
  parts: ScorerParts,
  labels: ReadonlyMap<string, number>,
  mayBeWrong: number,
) {
  const known = new Set(kept.map(({ category }) => category))
  const score = createScorer(parts)
  const heldOut = held.map(
    (example): HeldOut => ({
      logits: score(example).map((probability) => Math.log(Math.max(1e-30, probability))),
      label: known.has(example.category) ? labels.get(example.category)! : -1,
    }),
  )
  const sharpness = fitSharpness(heldOut)
  const answers = heldOut.map(({ logits, label }) => {
    const total = logits.reduce((sum, logit) => sum + Math.exp(sharpness * logit), 0)
    const own = label < 0 ? Number.NEGATIVE_INFINITY : logits[label]!
    const rank = logits.reduce((above, logit) => above + (logit > own ? 1 : 0), 0)
    const confidence = logits.reduce((most, logit) => Math.max(most, Math.exp(sharpness * logit) / total), 0)
    return { confidence, isRight: rank === 0, isInTop3: rank < 3 }
  })
  const threshold = applyFrom(answers, mayBeWrong)
  const applied = answers.filter(({ confidence }) => confidence >= threshold)
  const part = (claims: readonly boolean[]) => claims.filter(Boolean).length / Math.max(1, claims.length)
  return {
    sharpness,
    applyFrom: threshold,
    metrics: {
      accuracy: part(answers.map(({ isRight }) => isRight)),
      top3: part(answers.map(({ isInTop3 }) => isInTop3)),
      heldOut: answers.length,
      applied: applied.length / Math.max(1, answers.length),
      appliedRight: part(applied.map(({ isRight }) => isRight)),
    },
  }
}
