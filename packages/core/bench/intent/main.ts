import { parseArgs } from 'node:util'
import { type IntentFigure, intentFigures } from './figures.ts'
import { readExamples } from './read-examples.ts'
import { split } from './split.ts'

interface Bar {
  readonly sense: '>=' | '<='
  readonly value: number
}

const least = (value: number): Bar => ({ sense: '>=', value })
const most = (value: number): Bar => ({ sense: '<=', value })

const ALL_SETS: Readonly<Record<string, Bar>> = { typo1: most(3), typo2: most(5), ece: most(4), p95: most(1) }
/** What a figure must reach, for the sets that bars were set for. */
const BARS: Readonly<Record<string, Readonly<Record<string, Bar>>>> = {
  none: {},
  banking77: {
    ...ALL_SETS,
    accuracy: least(92),
    ask5: least(94.5),
    ask10: least(96),
    few: least(79),
    gzip: most(250),
    cpu: most(240),
    cpuLinear: most(30),
  },
  'banking77-large': { ...ALL_SETS, accuracy: least(93), gzip: most(1200) },
  clinc150: { accuracy: least(93.5), auroc: least(0.965), caught: least(83), ece: most(4), p95: most(1) },
}
const SPLIT = { share: 0.15, seed: 7 }
const USAGE = `npm run bench:intent -- --train F [--test F | --split] [--few 10] [--typos] [--oos] [--linear] [--all]
                        [--size small|large|linear] [--outside oos] [--bars ${Object.keys(BARS).join('|')}]
F is a CSV of text,label, or that as .gz. --split keeps ${SPLIT.share * 100} % of each label, drawn by seed ${SPLIT.seed}, for validation.`

const { values } = parseArgs({
  options: {
    train: { type: 'string' },
    test: { type: 'string' },
    split: { type: 'boolean', default: false },
    few: { type: 'string', default: '0' },
    typos: { type: 'boolean', default: false },
    oos: { type: 'boolean', default: false },
    linear: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    size: { type: 'string', default: 'small' },
    outside: { type: 'string', default: 'oos' },
    bars: { type: 'string', default: 'banking77' },
  },
})
const bars = BARS[values.bars]
const size = (['small', 'large', 'linear'] as const).find((name) => name === values.size)
if (!values.train || !bars || !size || !(Number(values.few) >= 0)) {
  console.error(USAGE)
  process.exit(2)
}

const examples = readExamples(values.train)
const cut = split(examples, SPLIT.share, SPLIT.seed)
const isSplit = !values.test
const train = isSplit ? cut.fit : examples
const test = isSplit ? cut.validation : readExamples(values.test!)
console.log(
  isSplit
    ? `Train ${train.length}, validation ${test.length}: ${SPLIT.share * 100} % of each label of the train file, seed ${SPLIT.seed}. Bars are for the official test split.`
    : `Train ${train.length}, test ${test.length}.`,
)

let isMet = true
const ask = {
  train,
  test,
  size,
  outside: values.outside,
  few: values.all && values.few === '0' ? 10 : Number(values.few),
  typos: values.typos || values.all,
  oos: values.oos || values.all,
  linear: values.linear || values.all,
}
for (const figure of intentFigures(ask)) {
  const bar = figure.bar === undefined ? undefined : bars[figure.bar]
  if (bar && !meets(figure, bar)) isMet = false
  console.log(line(figure, bar))
}
process.exitCode = isMet ? 0 : 1

function meets({ value }: IntentFigure, { sense, value: limit }: Bar): boolean {
  return sense === '>=' ? value >= limit : value <= limit
}

function line(figure: IntentFigure, bar: Bar | undefined): string {
  const value = `${figure.value.toFixed(figure.unit === '%' || figure.unit === 'points' ? 2 : figure.value < 10 ? 3 : 1)} ${figure.unit}`
  const verdict = bar ? `${bar.sense} ${bar.value}`.padEnd(9) + (meets(figure, bar) ? 'met   ' : 'MISSED') : ''
  return `${figure.what.padEnd(44)} ${value.padEnd(14)} ${verdict.padEnd(16)} ${figure.note}`.trimEnd()
}
