import type { BillInterval } from '@tillwright/core/contract'
import { daysBetween, nextDueDay } from './calendar.ts'

/** A payment that may come back. */
export interface Payment {
  readonly merchantKey: string
  readonly name: string
  readonly bookedOn: string
  /** Minor units; negative, since money goes out. */
  readonly amountMinor: number
  readonly currency: string
  readonly accountId: string
  readonly categoryId: string | null
}

export interface Recurring {
  readonly name: string
  readonly merchantKey: string
  /** The size in the middle of the latest. */
  readonly amountMinor: number
  readonly currency: string
  readonly tolerancePercent: number
  readonly every: Exclude<BillInterval, 'once'>
  readonly dueDay: number
  readonly nextDueOn: string
  readonly accountId: string
  readonly categoryId: string | null
}

interface Rhythm {
  readonly every: Exclude<BillInterval, 'once'>
  /** Days between two payments. */
  readonly least: number
  readonly most: number
  /** Payments that make it one. */
  readonly fewest: number
}

const RHYTHMS: readonly Rhythm[] = [
  { every: 'week', least: 6, most: 8, fewest: 4 },
  { every: 'two-weeks', least: 12, most: 16, fewest: 4 },
  { every: 'month', least: 25, most: 36, fewest: 3 },
  { every: 'quarter', least: 83, most: 99, fewest: 3 },
  { every: 'year', least: 350, most: 380, fewest: 2 },
]
/** Payments that are looked at, the latest. */
const LATEST = 12
/** How far amounts may be from the one in the middle, in percent, and still be steady. */
const MOST_DEVIATION = 25
const LEAST_TOLERANCE = 5

/**
 * Payments that come back: to the same merchant in the same currency, all of the latest in the same rhythm, of about the same size, and not
 * over yet at `today`. Ones that miss a beat are not found; what is found is a suggestion.
 */
export function findRecurring(payments: readonly Payment[], today: string): Recurring[] {
  const groups = Map.groupBy(
    payments.filter(({ amountMinor, merchantKey }) => amountMinor < 0 && merchantKey !== ''),
    ({ merchantKey, currency }) => `${merchantKey}\n${currency}`,
  )
  return [...groups.values()].flatMap((group) => {
    const found = recurringOf(group, today)
    return found ? [found] : []
  })
}

function recurringOf(group: readonly Payment[], today: string): Recurring | null {
  const latest = group.toSorted((a, b) => (a.bookedOn < b.bookedOn ? -1 : 1)).slice(-LATEST)
  const gaps = latest.slice(1).map(({ bookedOn }, i) => daysBetween(latest[i]!.bookedOn, bookedOn))
  const rhythm = RHYTHMS.find(
    ({ least, most, fewest }) => latest.length >= fewest && gaps.every((gap) => gap >= least && gap <= most),
  )
  const last = latest.at(-1)!
  if (!rhythm || daysBetween(last.bookedOn, today) > rhythm.most * 1.5) return null
  const sizes = latest.map(({ amountMinor }) => -amountMinor)
  const amountMinor = middle(sizes)
  const deviation = Math.max(...sizes.map((size) => (Math.abs(size - amountMinor) / amountMinor) * 100))
  if (deviation > MOST_DEVIATION) return null
  const dueDay = middle(latest.map(({ bookedOn }) => Number(bookedOn.slice(8))))
  const { every } = rhythm
  return {
    name: last.name,
    merchantKey: last.merchantKey,
    amountMinor,
    currency: last.currency,
    tolerancePercent: Math.max(LEAST_TOLERANCE, Math.ceil(deviation) + LEAST_TOLERANCE),
    every,
    dueDay,
    nextDueOn: nextDueDay(last.bookedOn, every, dueDay)!,
    accountId: last.accountId,
    categoryId: last.categoryId,
  }
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
