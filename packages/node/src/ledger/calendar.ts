import type { BillInterval } from '@tillwright/core/contract'

const DAY_MS = 86_400_000

/** The calendar day, `2026-03-31`, that an instant falls on in a time zone. */
export function dayOf(at: number, timeZone: string): string {
  // Sweden writes its days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)
}

/** Days from `from` to `to`, negative where `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
}

export function monthOf(day: string): string {
  return day.slice(0, 7)
}

/** The last day of a month `2026-03`. */
export function lastDayOf(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

const MONTHS: Readonly<Partial<Record<BillInterval, number>>> = { month: 1, quarter: 3, year: 12 }
const DAYS: Readonly<Partial<Record<BillInterval, number>>> = { week: 7, 'two-weeks': 14 }

/**
 * The due day after one. Months keep to `dueDay`, 1 to 31: what is due on the 31st is due on the 30th of June, and on the 31st of July again.
 * `null` after what is due once.
 */
export function nextDueDay(day: string, every: BillInterval, dueDay: number): string | null {
  const days = DAYS[every]
  if (days !== undefined) return addDays(day, days)
  const months = MONTHS[every]
  if (months === undefined) return null
  const [year, month] = day.split('-').map(Number) as [number, number]
  const first = new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 7)
  const last = lastDayOf(first)
  const wanted = `${first}-${String(dueDay).padStart(2, '0')}`
  return wanted < last ? wanted : last
}
