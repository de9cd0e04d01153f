import type { Topic } from './keywords.ts'
import type { Layout } from './lay-out.ts'
import type { PlacedAmount } from './place-amounts.ts'
import type { Candidate } from './rank.ts'
import { type Sums, sumsOf } from './sums.ts'

/** Amounts as candidates for the total: what names them, what they make with others, where they stand. */
export function totalCandidates(layout: Layout, amounts: readonly PlacedAmount[]): Candidate<PlacedAmount>[] {
  const sums = sumsOf(amounts)
  return amounts.map((amount) => ({
    value: amount,
    key: String(amount.minor),
    line: amount.line,
    features: [
      ...labelFeatures(amount, layout),
      ...valueFeatures(amount, sums),
      ...placeFeatures(amount, layout, sums),
    ],
  }))
}

function labelFeatures({ label, isLabelAbove, row, before }: PlacedAmount, { rows }: Layout): string[] {
  const way = isLabelAbove ? 'a' : 'l'
  const topics = [...new Set(label.topics)]
  const words = [...new Set(label.words)].filter((word) => /^\p{L}{2,}/u.test(word)).slice(0, MAX_LABEL_WORDS)
  const above = rows[row - 1]?.keyed.topics ?? []
  const below = rows[row + 1]?.keyed.topics ?? []
  return [
    ...topics.map((topic) => `${way}:${topic}`),
    ...topics.map((topic) => `*:${topic}`),
    `s:${topics.toSorted().join('+')}`,
    ...words.map((word) => `w:${word}`),
    ...words.slice(1).map((word, i) => `w:${words[i]} ${word}`),
    `f:${topics[0]}`,
    `e:${topics.at(-1)}`,
    ...SINGLE.filter((word) => words.includes(word)).map((word) => `has:${word}`),
    ...(topics.some((topic) => topic === 'total' || topic === 'due') && topics.every((topic) => PURE.includes(topic))
      ? ['pure']
      : []),
    ...(/^\d+$/.test(label.words.find((word) => /^\d/.test(word)) ?? '') ? ['label-number'] : []),
    ...(before > 0 ? topics.map((topic) => `n:${topic}`) : []),
    ...[...new Set(above)].map((topic) => `u:${topic}`),
    ...[...new Set(below)].map((topic) => `d:${topic}`),
    ...(topics.length === 0 ? [words.length === 0 ? 'bare' : 'unnamed'] : []),
  ]
}

const MAX_LABEL_WORDS = 6
const SINGLE = ['TOTAL', 'GRAND', 'SUB', 'NET', 'NETT']
/** Topics that leave a total a total. */
const PURE: readonly Topic[] = ['total', 'due', 'inclusive', 'tax', 'rounding', 'price', 'invoice', 'date']

function valueFeatures({ minor, hasSign, isFull }: PlacedAmount, sums: Sums): string[] {
  const place = sums.descending.indexOf(minor)
  const count = sums.counts.get(minor) ?? 0
  const named = sums.totals.get(minor) ?? 0
  const claims: Readonly<Record<string, boolean>> = {
    zero: minor === 0,
    negative: minor < 0,
    signed: hasSign,
    whole: !isFull,
    'paid-change': sums.paidLessChange.has(minor),
    'paid-change+named': sums.paidLessChange.has(minor) && named > 0,
    'net+tax': sums.netPlusTax.has(minor),
    'net+tax+named': sums.netPlusTax.has(minor) && named > 0,
    rounded: sums.rounded.has(minor),
    unrounded: sums.unrounded.has(minor),
    paid: sums.paid.has(minor),
    twin: sums.twins.has(minor),
    'twin+paid': sums.twins.has(minor) && (sums.paid.has(minor) || sums.paidLessChange.has(minor)),
    twinned: sums.twinned.has(minor),
    'twinned+paid': sums.twinned.has(minor) && (sums.paid.has(minor) || sums.paidLessChange.has(minor)),
    'paid-and-change': sums.paid.has(minor) && sums.hasChange,
    'paid-exactly': sums.paid.has(minor) && !sums.hasChange && named > 0,
    largest: place === 0,
    fives: minor % 5 === 0,
  }
  return [
    ...Object.keys(claims).filter((claim) => claims[claim]),
    `rank:${place < 0 ? 'far' : Math.min(place, 5)}`,
    `count:${Math.min(count, 5)}`,
    `named:${Math.min(named, 3)}`,
    ...(named > 0 ? [`named-of:${Math.min(sums.totals.size, 4)}`] : []),
    ...(named > 0 && [...sums.totals.keys()].every((other) => other <= minor) ? ['highest-named'] : []),
  ]
}

function placeFeatures({ row, before, after }: PlacedAmount, { rows }: Layout, sums: Sums): string[] {
  const share = row / Math.max(1, rows.length)
  const from = (mark: number) => (Number.isFinite(mark) ? Math.max(-4, Math.min(4, row - mark)) : 'none')
  const height = rows[row]!.height
  return [
    `at:${Math.floor(share * 8)}`,
    `before:${Math.min(before, 3)}`,
    `after:${Math.min(after, 3)}`,
    `first:${from(sums.firstTotalRow)}`,
    `last:${from(sums.lastTotalRow)}`,
    ...(height > TALL ? ['tall'] : []),
    ...(height > VERY_TALL ? ['very-tall'] : []),
  ]
}

const TALL = 1.25
const VERY_TALL = 1.6
