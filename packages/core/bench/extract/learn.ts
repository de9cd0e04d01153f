import { choose, signsOf } from '../../src/brain/extract/choose.ts'
import type { Learnt, LearntField } from '../../src/brain/extract/learnt.ts'
import { merchantCandidates } from '../../src/brain/extract/merchant-candidates.ts'
import { nameBook } from '../../src/brain/extract/name-book.ts'
import { type Fields, readFields } from '../../src/brain/extract/read-fields.ts'
import { sameName } from './compare.ts'
import { type Choice, type FitOptions, fitChoices, fitLogistic } from './fit.ts'
import type { KnownReceipt } from './read-receipts.ts'

/** A receipt with all that does not depend on what was learnt, found once. */
export interface Studied extends KnownReceipt {
  readonly vendor: number
  readonly fields: Fields
  /** The same without boxes, as a mail or plain OCR gives it. */
  readonly unboxed: Fields
}

export const LEARNT_FIELDS: readonly LearntField[] = ['merchant', 'date', 'total']
/** Parts of the training receipts that take turns in telling how sure choices may be. */
const CALIBRATION_FOLDS = 4

export const FIT: FitOptions = { rounds: 10, rate: 0.2, l2: 0.004, least: 2, prune: 0.03 }

export function study(receipts: readonly KnownReceipt[], vendors: readonly number[]): Studied[] {
  const book = nameBook([])
  return receipts.map((receipt, i) => ({
    ...receipt,
    vendor: vendors[i]!,
    fields: readFields(receipt.lines, book),
    unboxed: readFields(
      receipt.lines.map(({ text }) => ({ text })),
      book,
    ),
  }))
}

/** Learns names, weights and calibration. The calibration is learnt from choices on receipts that the weights had not seen. */
export function learn(receipts: readonly Studied[], options: FitOptions = FIT): Learnt {
  const tries = Array.from({ length: CALIBRATION_FOLDS }, (_, fold) => {
    const held = receipts.filter((_, i) => i % CALIBRATION_FOLDS === fold)
    const rest = receipts.filter((_, i) => i % CALIBRATION_FOLDS !== fold)
    const weights = learnWeights(rest, { ...options, rounds: Math.ceil(options.rounds / 2) })
    const book = nameBook(countNames(rest))
    return held.map((receipt) => ({ receipt, chosen: choose(withBook(receipt.fields, book), { weights }) }))
  }).flat()
  const calibration = Object.fromEntries(
    LEARNT_FIELDS.map((field) => {
      const examples = tries.flatMap(({ receipt, chosen }) => {
        const signs = signsOf(chosen, field)
        return signs ? [{ signs, isRight: isRight(receipt, field, chosen) }] : []
      })
      return [field, rounded(fitLogistic(examples))]
    }),
  ) as unknown as Learnt['calibration']
  return { weights: learnWeights(receipts, options), calibration, merchants: [...countNames(receipts)] }
}

export function isRight(receipt: KnownReceipt, field: LearntField, chosen: ReturnType<typeof choose>): boolean {
  if (field === 'merchant') return sameName(chosen.merchant?.best.value.name ?? null, receipt.merchant)
  if (field === 'date') return (chosen.date?.best.value.date ?? null) === receipt.date
  return (chosen.total?.best.value.minor ?? null) === receipt.total
}

export function withBook(fields: Fields, book: ReturnType<typeof nameBook>): Fields {
  return { ...fields, merchant: merchantCandidates(fields.offered, book) }
}

function countNames(receipts: readonly KnownReceipt[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { merchant } of receipts) if (merchant) counts.set(merchant, (counts.get(merchant) ?? 0) + 1)
  return counts
}

/**
 * Each receipt is learnt from twice: with the names of all others in the book, and as if nobody had met its vendor. Every fourth is read
 * without boxes.
 */
function learnWeights(receipts: readonly Studied[], options: FitOptions): Learnt['weights'] {
  const counts = countNames(receipts)
  const namesOfVendor = Map.groupBy(receipts, ({ vendor }) => vendor)
  const choices: Record<LearntField, Choice[]> = { merchant: [], date: [], total: [] }
  for (const [i, receipt] of receipts.entries()) {
    const fields = i % UNBOXED_EVERY === 0 ? receipt.unboxed : receipt.fields
    const group = String(receipt.vendor)
    const others = new Map(counts)
    if (receipt.merchant) others.set(receipt.merchant, counts.get(receipt.merchant)! - 1)
    const strangers = new Map(counts)
    for (const { merchant } of namesOfVendor.get(receipt.vendor)!) strangers.delete(merchant ?? '')
    for (const names of [others, strangers]) {
      const candidates = merchantCandidates(fields.offered, nameBook([...names].filter(([, count]) => count > 0)))
      choices.merchant.push({
        group,
        candidates: candidates.map(({ features }) => features),
        isRight: candidates.map(({ value }) => sameName(value.name, receipt.merchant)),
      })
    }
    choices.date.push(choiceOf(group, fields.date, ({ date }) => date === receipt.date))
    choices.total.push(choiceOf(group, fields.total, ({ minor }) => minor === receipt.total))
  }
  return Object.fromEntries(
    LEARNT_FIELDS.map((field) => [field, rounded(fitChoices(choices[field], options))]),
  ) as unknown as Learnt['weights']
}

const UNBOXED_EVERY = 4

function choiceOf<T>(
  group: string,
  candidates: readonly { readonly features: readonly string[]; readonly value: T }[],
  isRight: (value: T) => boolean,
): Choice {
  return {
    group,
    candidates: candidates.map(({ features }) => features),
    isRight: candidates.map(({ value }) => isRight(value)),
  }
}

function rounded(weights: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, Math.round(weight * 100) / 100]))
}
