import { gzipSync } from 'node:zlib'
import {
  gainOfAsking,
  type IntentExample,
  type IntentModel,
  type IntentTrainingOptions,
  loadIntent,
  type ScoredIntent,
  trainIntent,
} from '../../src/brain/intent/index.ts'
import { calibrationError } from '../../src/brain/intent/measure.ts'
import { seededRandom } from '../../src/brain/intent/random.ts'
import { withTypo } from '../../src/brain/intent/typo.ts'
import type { LabelledText } from './read-examples.ts'
import { draw } from './split.ts'

/** One line of the table. */
export interface IntentFigure {
  readonly what: string
  readonly value: number
  readonly unit: '%' | 'points' | 'ms' | 'kB' | 's' | ''
  readonly note: string
  /** The name of the bar that it is held to. */
  readonly bar?: string
}

export interface Ask {
  readonly train: readonly LabelledText[]
  readonly test: readonly LabelledText[]
  /** The label of what is out of scope. */
  readonly outside: string
  readonly size: NonNullable<IntentTrainingOptions['size']>
  /** Examples of an intent in the rounds with few; 0 for none. */
  readonly few: number
  readonly typos: boolean
  readonly oos: boolean
  readonly linear: boolean
}

const DRAWS = 3
const TYPO_ROUNDS = 3
const WARM_UP = 300
const TRIES = 5

export function* intentFigures(ask: Ask): Generator<IntentFigure> {
  const inScope = ask.test.filter(({ label }) => label !== ask.outside)
  const { bytes, cpuSeconds } = trained(ask.train, ask, ask.size)
  const model = loadIntent(bytes)
  const answers = inScope.map(({ text, label }) => ({ label, ...model.classify(text) }))
  const tops = answers.map(({ label, alternatives }) => alternatives[0]?.intent === label)
  const accuracy = share(tops)
  yield figure('accuracy', accuracy, '%', `${inScope.length} texts; the likeliest intent, believed or not`, 'accuracy')
  yield figure('accuracy, mean over intents', meanOverLabels(answers, tops), '%', 'as a test with equal intents weighs')
  yield figure('accuracy as answered', share(answers.map((one) => one.intent === one.label)), '%', 'null is wrong')
  for (const [part, bar] of [
    [0.05, 'ask5'],
    [0.1, 'ask10'],
  ] as const) {
    yield figure(
      `reaches the right intent, asking in ${part * 100} %`,
      askBack(answers, part),
      '%',
      'top three offered',
      bar,
    )
  }
  const asked = share(answers.map((one) => gainOfAsking(one) >= model.thresholds.askFrom))
  yield figure('turns in which it would ask', asked, '%', 'mayAsk 10 %')
  const ece = calibrationError(answers.map((one, i) => ({ confidence: one.confidence, isRight: tops[i]! })))
  yield figure('calibration error (ECE, 15 bins)', 100 * ece, '%', '', 'ece')
  if (ask.typos) {
    for (const [edits, bar] of [
      [1, 'typo1'],
      [2, 'typo2'],
    ] as const) {
      const lost = accuracy - misspeltAccuracy(model, inScope, edits)
      yield figure(
        `lost to ${edits} random edit${edits > 1 ? 's' : ''}`,
        lost,
        'points',
        `mean of ${TYPO_ROUNDS} rounds`,
        bar,
      )
    }
  }
  if (ask.oos) yield* scopeFigures(model, ask)
  const times = ask.test.length < 100 ? [...ask.test, ...ask.train] : ask.test
  yield figure(
    'one utterance, p95',
    p95(model, times),
    'ms',
    `${times.length} texts, warm, best of ${TRIES} tries`,
    'p95',
  )
  yield figure('model file, gzip', gzipSync(bytes, { level: 9 }).length / 1000, 'kB', `size ${ask.size}`, 'gzip')
  yield figure('training', cpuSeconds, 's', `CPU, ${ask.train.length} texts`, 'cpu')
  if (ask.linear) {
    const linear = trained(ask.train, ask, 'linear')
    const alone = loadIntent(linear.bytes)
    const right = share(inScope.map(({ text, label }) => alone.classify(text).alternatives[0]?.intent === label))
    yield figure(
      'accuracy, linear part alone',
      right,
      '%',
      `${(gzipSync(linear.bytes).length / 1000).toFixed(0)} kB gzip`,
    )
    yield figure('training, linear part alone', linear.cpuSeconds, 's', 'CPU', 'cpuLinear')
  }
  if (ask.few > 0) {
    const known = ask.train.filter(({ label }) => label !== ask.outside)
    const scores = Array.from({ length: DRAWS }, (_, i) => {
      const few = loadIntent(trained(draw(known, ask.few, i + 1), ask, ask.size).bytes)
      return share(inScope.map(({ text, label }) => few.classify(text).alternatives[0]?.intent === label))
    })
    const mean = scores.reduce((sum, score) => sum + score, 0) / DRAWS
    const note = `mean of ${DRAWS} draws: ${scores.map((score) => score.toFixed(1)).join(', ')}`
    yield figure(`accuracy, ${ask.few} examples an intent`, mean, '%', note, 'few')
  }
  const pairs = model.confused
    .slice(0, 5)
    .map(({ intent, takenFor, count, of }) => `${intent} → ${takenFor} ${count}/${of}`)
  yield figure('confused in training (held out)', model.confused.length, '', pairs.join('; '))
}

function* scopeFigures(model: IntentModel, { train, test, outside }: Ask): Generator<IntentFigure> {
  const inside = test.filter(({ label }) => label !== outside).map(({ text }) => model.classify(text))
  const outer = test.filter(({ label }) => label === outside).map(({ text }) => model.classify(text))
  if (outer.length === 0) return
  const taught = train.filter(({ label }) => label === outside).length
  const note = `${outer.length} texts out of scope; ${taught} others in training`
  for (const by of ['scope', 'confidence'] as const) {
    const [a, b] = [inside, outer].map((answers) => answers.map((one) => one[by])) as [number[], number[]]
    yield figure(`out of scope: AUROC of ${by}`, auroc(a, b), '', note, by === 'scope' ? 'auroc' : undefined)
    const caught = caughtAt(a, b, 0.95)
    yield figure(`caught at 95 % kept, by ${by}`, caught, '%', '', by === 'scope' ? 'caught' : undefined)
  }
  yield figure('caught by its own threshold', share(outer.map(({ intent }) => intent === null)), '%', '')
  yield figure('in scope given up by it', share(inside.map(({ intent }) => intent === null)), '%', '')
}

function trained(examples: readonly LabelledText[], { outside }: Ask, size: Ask['size']) {
  const list: IntentExample[] = examples.map(({ text, label }) => ({ text, intent: label === outside ? null : label }))
  const before = process.cpuUsage()
  const bytes = trainIntent(list, { size })
  const { user, system } = process.cpuUsage(before)
  return { bytes, cpuSeconds: (user + system) / 1e6 }
}

/** The share that is right, where in the `part` of the turns in which asking wins most it may be one of the first three. */
function askBack(answers: readonly { label: string; alternatives: readonly ScoredIntent[] }[], part: number): number {
  const sorted = answers.toSorted((a, b) => gainOfAsking(b) - gainOfAsking(a))
  const asked = Math.floor(part * sorted.length)
  return share(
    sorted.map(({ label, alternatives }, i) =>
      alternatives.slice(0, i < asked ? 3 : 1).some(({ intent }) => intent === label),
    ),
  )
}

function misspeltAccuracy(model: IntentModel, texts: readonly LabelledText[], edits: number): number {
  const random = seededRandom(edits)
  const rounds = Array.from({ length: TYPO_ROUNDS }, () =>
    texts.map(({ text, label }) => {
      let misspelt = text
      for (let i = 0; i < edits; i++) misspelt = withTypo(misspelt, random)
      return model.classify(misspelt).alternatives[0]?.intent === label
    }),
  )
  return share(rounds.flat())
}

function meanOverLabels(answers: readonly { label: string }[], isRight: readonly boolean[]): number {
  const groups = Map.groupBy(isRight.keys(), (i) => answers[i]!.label)
  const shares = [...groups.values()].map((indexes) => share(indexes.map((i) => isRight[i]!)))
  return shares.reduce((sum, one) => sum + one, 0) / shares.length
}

/** The chance that one in scope scores higher than one that is not; a tie is half a chance. */
function auroc(inside: readonly number[], outside: readonly number[]): number {
  let sum = 0
  for (const a of inside) for (const b of outside) sum += a > b ? 1 : a === b ? 0.5 : 0
  return sum / (inside.length * outside.length)
}

function caughtAt(inside: readonly number[], outside: readonly number[], kept: number): number {
  const from = inside.toSorted((a, b) => a - b)[Math.floor((1 - kept) * inside.length)]!
  return share(outside.map((score) => score < from))
}

/** Each text's best of a few tries, so that other work on the machine counts less. */
function p95(model: IntentModel, texts: readonly LabelledText[]): number {
  for (const { text } of texts.slice(0, WARM_UP)) model.classify(text)
  const times = texts.map(({ text }) => {
    const tries = Array.from({ length: TRIES }, () => {
      const start = performance.now()
      model.classify(text)
      return performance.now() - start
    })
    return Math.min(...tries)
  })
  return times.sort((a, b) => a - b)[Math.floor(0.95 * times.length)]!
}

/** In per cent. */
function share(claims: readonly boolean[]): number {
  return (100 * claims.filter(Boolean).length) / Math.max(1, claims.length)
}

function figure(what: string, value: number, unit: IntentFigure['unit'], note: string, bar?: string): IntentFigure {
  return { what, value, unit, note, ...(bar && { bar }) }
}
