const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** A day of a calendar, and when it begins, in ms since 1970. */
export interface LocalDay {
  /** `2026-11-21` */
  readonly day: string
  readonly startsAt: number
}

/** The days of a time zone that a range touches, in order. */
export function localDays(from: number, to: number, timeZone: string): LocalDay[] {
  const calendar = calendarOf(timeZone)
  const days: LocalDay[] = []
  for (let day = calendar.dayOf(from); ; day = nextDay(day)) {
    const startsAt = calendar.startOf(day)
    if (startsAt >= to) return days
    days.push({ day, startsAt })
  }
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
}

function calendarOf(timeZone: string) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  /** What the clocks on the wall show, as if it were UTC; whole minutes. */
  const wallTime = (at: number): number => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    return Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute)
  }
  const dayOf = (at: number) => new Date(wallTime(at)).toISOString().slice(0, 10)
  return {
    dayOf,
    /** First instant of a day. Where clocks go forward at midnight, that is one o’clock. */
    startOf(day: string): number {
      const midnight = Date.parse(`${day}T00:00:00Z`)
      let at = midnight
      // Twice: the first guess may lie on the other side of a change of the clocks.
      for (let i = 0; i < 2; i++) at += midnight - wallTime(at)
      while (dayOf(at) < day) at += 15 * MINUTE_MS
      return at
    },
  }
}
