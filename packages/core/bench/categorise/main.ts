import { parseArgs } from 'node:util'
import { type CategoryFigure, categoryFigures, type Shown } from './figures.ts'
import { readPayments } from './read-payments.ts'

interface Bar {
  readonly sense: '>=' | '<='
  readonly value: number
}

const BARS: Readonly<Record<string, Bar>> = {
  top1: { sense: '>=', value: 74 },
  top3: { sense: '>=', value: 90.5 },
  unseen: { sense: '>=', value: 55 },
  ms: { sense: '<=', value: 0.2 },
}
const SHOWN: Readonly<Record<Shown, string>> = {
  text: 'the merchant alone',
  amount: 'merchant and amount',
  account: 'merchant, amount and card',
  facts: 'merchant, amount, card, cost centre, directorate and tax code',
}
const USAGE = `npm run bench:categorise -- --data DIR [--show ${Object.keys(SHOWN).join('|')}] [--until 2017-06-30] [--to 2018-12-31]
DIR holds CSV (or .csv.gz) with date, gross, merchant, category, and card_last4, vat_code, cost_centre_code, directorate, source_file where they are known.
Trains on payments up to --until, tests on those after it up to --to. Bars are for --until 2017-06-30 on Birmingham's purchase cards.`

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    show: { type: 'string', default: 'facts' },
    until: { type: 'string', default: '2017-06-30' },
    to: { type: 'string', default: '9999-12-31' },
  },
})
const until = Date.parse(values.until)
const to = Date.parse(values.to)
if (!values.data || !Object.hasOwn(SHOWN, values.show) || Number.isNaN(until) || Number.isNaN(to)) {
  console.error(USAGE)
  process.exit(2)
}
const shown = values.show as Shown
const { payments, files, twice, incomplete } = readPayments(values.data)
const train = payments.filter(({ at }) => at <= until)
const test = payments.filter(({ at }) => at > until && at <= to)
console.log(
  `${payments.length} payments from ${files} files; published twice and counted once: ${twice.join(', ') || 'none'}; ${incomplete} rows without day, merchant, amount or category.`,
)
console.log(`Train ${train.length} up to ${values.until}, test ${test.length} after it. Shown: ${SHOWN[shown]}.\n`)

let isMet = true
for (const figure of categoryFigures(train, test, shown)) {
  const bar = figure.bar === undefined ? undefined : BARS[figure.bar]
  if (bar && !meets(figure, bar)) isMet = false
  console.log(line(figure, bar))
}
process.exitCode = isMet ? 0 : 1

function meets({ value }: CategoryFigure, { sense, value: limit }: Bar): boolean {
  return sense === '>=' ? value >= limit : value <= limit
}

function line(figure: CategoryFigure, bar: Bar | undefined): string {
  const value = `${figure.value.toFixed(figure.unit === '%' ? 2 : 3)} ${figure.unit}`
  const verdict = bar ? `${bar.sense} ${bar.value}`.padEnd(9) + (meets(figure, bar) ? 'met' : 'MISSED') : ''
  return `${figure.what.padEnd(44)} ${value.padEnd(12)} ${verdict.padEnd(16)} ${figure.note}`.trimEnd()
}
