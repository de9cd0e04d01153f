import { type CategoryInput, loadCategoriser, trainCategoriser } from '../../src/brain/categorise/index.ts'
import type { Payment } from './read-payments.ts'

/** How much of a payment is shown. */
export type Shown = 'text' | 'amount' | 'account' | 'facts'

/** One line of the table. */
export interface CategoryFigure {
  readonly what: string
  readonly value: number
  readonly unit: '%' | 'ms' | 'MB' | 's'
  readonly note: string
  /** The name of the bar that it is held to. */
  readonly bar?: string
}

const WARM_UP = 500

export function* categoryFigures(
  train: readonly Payment[],
  test: readonly Payment[],
  shown: Shown,
): Generator<CategoryFigure> {
  const before = process.cpuUsage()
  const bytes = trainCategoriser(train.map((one) => ({ ...inputOf(one, shown), category: one.category, at: one.at })))
  const { user, system } = process.cpuUsage(before)
  const model = loadCategoriser(bytes)
  const inputs = test.map((one) => inputOf(one, shown))
  for (const input of inputs.slice(0, WARM_UP)) model.categorise(input)
  const start = process.cpuUsage().user
  const answers = inputs.map((input) => model.categorise(input))
  const milliseconds = (process.cpuUsage().user - start) / 1000 / inputs.length

  const isRight = answers.map(({ category }, i) => category === test[i]!.category)
  const isInTop3 = answers.map(({ alternatives }, i) =>
    alternatives.slice(0, 3).some(({ category }) => category === test[i]!.category),
  )
  const known = new Set(train.map(({ text }) => text))
  const unseen = test.flatMap(({ text }, i) => (known.has(text) ? [] : [isRight[i]!]))
  const applied = answers.flatMap(({ confidence }, i) => (confidence >= model.applyFrom ? [isRight[i]!] : []))
  yield { what: 'top-1', value: share(isRight), unit: '%', note: `${test.length} payments`, bar: 'top1' }
  yield { what: 'top-3', value: share(isInTop3), unit: '%', note: '', bar: 'top3' }
  yield {
    what: 'top-1, merchants that training never saw',
    value: share(unseen),
    unit: '%',
    note: `${unseen.length} payments`,
    bar: 'unseen',
  }
  yield {
    what: 'applied without asking',
    value: (100 * applied.length) / answers.length,
    unit: '%',
    note: `from confidence ${model.applyFrom.toFixed(2)}`,
  }
  yield { what: 'right among these', value: share(applied), unit: '%', note: 'it aims at 90' }
  yield { what: 'calibration error (15 bins)', value: 100 * calibrationError(answers, isRight), unit: '%', note: '' }
  yield { what: 'one payment, CPU', value: milliseconds, unit: 'ms', note: 'mean', bar: 'ms' }
  yield {
    what: 'training, CPU',
    value: (user + system) / 1e6,
    unit: 's',
    note: `${train.length} payments, twice: to measure and to keep`,
  }
  yield { what: 'model file', value: bytes.length / 1e6, unit: 'MB', note: '' }

  // As in use: each payment is put right after it was shown, and the next one knows.
  const learner = loadCategoriser(bytes)
  const isRightLater = inputs.map((input, i) => {
    const { category } = learner.categorise(input)
    learner.learn({ ...input, category: test[i]!.category })
    return category === test[i]!.category
  })
  yield {
    what: 'top-1, each put right after it was shown',
    value: share(isRightLater),
    unit: '%',
    note: 'corrections alone, no new training',
  }
}

function inputOf({ text, amount, account, facts }: Payment, shown: Shown): CategoryInput {
  const level = ['text', 'amount', 'account', 'facts'].indexOf(shown)
  return { text, ...(level > 0 && { amount }), ...(level > 1 && { account }), ...(level > 2 && { facts }) }
}

function calibrationError(answers: readonly { confidence: number }[], isRight: readonly boolean[]): number {
  const bins = Array.from({ length: 15 }, () => ({ count: 0, confidence: 0, right: 0 }))
  answers.forEach(({ confidence }, i) => {
    const bin = bins[Math.min(14, Math.floor(15 * confidence))]!
    bin.count++
    bin.confidence += confidence
    bin.right += isRight[i] ? 1 : 0
  })
  return bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / Math.max(1, answers.length)
}

/** In per cent. */
function share(claims: readonly boolean[]): number {
  return (100 * claims.filter(Boolean).length) / Math.max(1, claims.length)
}
