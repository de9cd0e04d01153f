import { parseArgs } from 'node:util'
import { choose, sureness } from '../../src/brain/extract/choose.ts'
import type { LearntField } from '../../src/brain/extract/learnt.ts'
import { nameBook } from '../../src/brain/extract/name-book.ts'
import { sameName } from './compare.ts'
import { FOLDS, foldsOf, vendorsOf } from './folds.ts'
import { isRight, LEARNT_FIELDS, learn, type Studied, study, withBook } from './learn.ts'
import { readReceipts } from './read-receipts.ts'

const USAGE = `npm run bench:extract -- --data PATH [--unseen] [--no-boxes] [--errors]
PATH is a .jsonl or .jsonl.gz, or a folder of them, one receipt a line: {"id", "entities": {"company", "date", "total"}, "lines": [{"b", "t"}]}.`
const BARS = { seen: 0.97, unseen: 0.93, sure: 0.93 }
const SURE = 0.9

interface Outcome {
  readonly field: LearntField
  readonly isGiven: boolean
  readonly isWanted: boolean
  readonly isRight: boolean
  readonly isLooselyRight: boolean
  readonly confidence: number
  readonly receipt: Studied
  readonly given: string | number | null
}

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    /** Vendors of the fifth that is tested are in no other fifth. */
    unseen: { type: 'boolean', default: false },
    /** Tests on lines without their boxes. */
    'no-boxes': { type: 'boolean', default: false },
    errors: { type: 'boolean', default: false },
  },
})
if (!values.data) {
  console.error(USAGE)
  process.exit(2)
}

const receipts = readReceipts(values.data)
const vendors = vendorsOf(receipts)
const folds = foldsOf(vendors, values.unseen)
const studied = study(receipts, vendors)
const outcomes = Array.from({ length: FOLDS }, (_, fold) => testFold(fold)).flat()
console.log(
  `${receipts.length} receipts, ${new Set(vendors).size} vendors, ${FOLDS} folds: learnt on four, tested on the fifth.
Fold of a receipt: ${values.unseen ? 'the place of its vendor among the vendors, modulo 5 (vendors that are tested were never seen)' : 'its place in the file, modulo 5'}.${values['no-boxes'] ? '\nTested on lines without boxes.' : ''}
Right: merchant the same characters after trimming, in capitals, without white space; date the same day; total the same amount.\n`,
)
console.log('             precision   recall       F1   | sure (>= 0.9)  of these right')
let areSure = true
for (const field of LEARNT_FIELDS) {
  const own = outcomes.filter((one) => one.field === field)
  const sure = own.filter(({ confidence }) => confidence >= SURE)
  const share = part(sure, ({ isRight }) => isRight)
  if (sure.length > 0 && share < BARS.sure) areSure = false
  console.log(
    `${row(field, own)}   | ${percent(sure.length / own.length).padStart(13)}  ${percent(share).padStart(14)}`,
  )
}
const loose = outcomes.map((one) => ({ ...one, isRight: one.isLooselyRight }))
console.log(row('all', outcomes))
console.log(`${row('all, loose', loose)}   (merchant by letters and digits alone)`)
const both = receipts.map((_, i) => {
  const own = outcomes.filter(({ receipt, field }) => receipt === studied[i] && field !== 'merchant')
  return { isRight: own.every((one) => one.isRight), isSure: own.every(({ confidence }) => confidence >= SURE) }
})
const sure = both.filter(({ isSure }) => isSure)
console.log(
  `\ndate and total both sure: ${percent(sure.length / both.length)} of receipts, ${percent(part(sure, ({ isRight }) => isRight))} of these right`,
)
console.log(
  `calibration error (10 bins): ${LEARNT_FIELDS.map((field) => `${field} ${calibrationError(outcomes.filter((one) => one.field === field)).toFixed(3)}`).join(', ')}`,
)
if (values.errors) {
  for (const { field, receipt, given } of outcomes.filter((one) => !one.isRight)) {
    console.log(`${field.padEnd(8)} ${receipt.id}  ${JSON.stringify(given)} for ${JSON.stringify(receipt[field])}`)
  }
}
const bar = values.unseen ? BARS.unseen : BARS.seen
const reached = f1(outcomes).f1
console.log(
  `\nF1 ${reached.toFixed(4)}, bar ${bar}: ${reached >= bar ? 'met' : 'MISSED'}; sure ones right, bar ${BARS.sure}: ${areSure ? 'met' : 'MISSED'}`,
)
process.exitCode = reached >= bar && areSure ? 0 : 1

function testFold(fold: number): Outcome[] {
  const learnt = learn(studied.filter((_, i) => folds[i] !== fold))
  const book = nameBook(learnt.merchants)
  return studied
    .filter((_, i) => folds[i] === fold)
    .flatMap((receipt) => {
      const chosen = choose(withBook(values['no-boxes'] ? receipt.unboxed : receipt.fields, book), learnt)
      const given = {
        merchant: chosen.merchant?.best.value.name ?? null,
        date: chosen.date?.best.value.date ?? null,
        total: chosen.total?.best.value.minor ?? null,
      }
      return LEARNT_FIELDS.map((field) => ({
        field,
        receipt,
        given: given[field],
        isGiven: given[field] !== null,
        isWanted: receipt[field] !== null,
        isRight: isRight(receipt, field, chosen),
        isLooselyRight:
          field === 'merchant' ? sameName(given.merchant, receipt.merchant, 'loose') : isRight(receipt, field, chosen),
        confidence: sureness(chosen, field, learnt),
      }))
    })
}

function f1(list: readonly Outcome[]): { precision: number; recall: number; f1: number } {
  const right = list.filter((one) => one.isRight && one.isWanted).length
  const precision = right / Math.max(1, list.filter(({ isGiven }) => isGiven).length)
  const recall = right / Math.max(1, list.filter(({ isWanted }) => isWanted).length)
  return { precision, recall, f1: (2 * precision * recall) / Math.max(1e-9, precision + recall) }
}

function row(name: string, list: readonly Outcome[]): string {
  const { precision, recall, f1: both } = f1(list)
  return name.padEnd(12) + [precision, recall, both].map((one) => one.toFixed(4).padStart(9)).join(' ')
}

function part<T>(list: readonly T[], claim: (one: T) => boolean): number {
  return list.filter(claim).length / Math.max(1, list.length)
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function calibrationError(list: readonly Outcome[]): number {
  const bins = Map.groupBy(list, ({ confidence }) => Math.min(9, Math.floor(confidence * 10)))
  const off = [...bins.values()].map((bin) => {
    const mean = bin.reduce((sum, { confidence }) => sum + confidence, 0) / bin.length
    return Math.abs(part(bin, (one) => one.isRight) - mean) * bin.length
  })
  return off.reduce((sum, one) => sum + one, 0) / Math.max(1, list.length)
}
