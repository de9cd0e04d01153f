const DAY_MS = 86_400_000

/** A calendar day as the number of days since 1970-01-01. */
export type Day = number

/** The day that it is in a time zone. Throws `RangeError` for a time zone that is none. */
export function dayAt(now: number, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat('en-u-ca-iso8601', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  })
    .formatToParts(now)
    .map(({ type, value }) => [type, Number(value)] as const)
  const { year, month, day } = Object.fromEntries(parts) as { year: number; month: number; day: number }
  return dayOf(year, month, day)!
}

/** `undefined` where there is no such day. Months count from 1. */
export function dayOf(year: number, month: number, day: number): Day | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? date.getTime() / DAY_MS : undefined
}

export function partsOf(day: Day): { year: number; month: number; day: number; weekday: number } {
  const date = new Date(day * DAY_MS)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    /** Monday is 0. */
    weekday: (date.getUTCDay() + 6) % 7,
  }
}

/** The first day of the month that lies `months` after the one of `day`. */
export function monthStart(day: Day, months: number): Day {
  const { year, month } = partsOf(day)
  return Date.UTC(year, month - 1 + months, 1) / DAY_MS
}

export function isoOf(day: Day): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
