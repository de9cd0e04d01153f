import type { DateOrder } from './types.ts'

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const FEBRUARY = 2
/** Two digits below this are of this century. */
const PIVOT = 70
const EARLIEST_YEAR = 1970
const LATEST_YEAR = 2099

/** First letters of months in English, German, French, Spanish, Italian and Dutch, where they mean one month only. */
const MONTHS = new Map<string, number>(
  [
    'jan gen ene',
    'feb fev',
    'mar mrz mae mrt',
    'apr avr abr',
    'may mai mag mei',
    'jun giu',
    'jul lug',
    'aug aou ago',
    'sep set',
    'oct okt ott out',
    'nov',
    'dec dez dic',
  ].flatMap((names, month) => names.split(' ').map((name) => [name, month + 1] as const)),
)

/** `2026-03-31` where there is such a day between 1970 and 2099, else null. */
export function calendarDay(year: number, month: number, day: number): string | null {
  if (!(year >= EARLIEST_YEAR && year <= LATEST_YEAR && month >= 1 && month <= 12)) return null
  if (!(day >= 1 && day <= daysOf(year, month))) return null
  return `${year}-${two(month)}-${two(day)}`
}

export function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === FEBRUARY && isLeap ? 29 : MONTH_DAYS[month - 1]!
}

export function fullYear(twoDigits: number): number {
  return twoDigits < PIVOT ? 2000 + twoDigits : 1900 + twoDigits
}

/** Eight digits, as in OFX or a compact CSV; what follows (a time, a zone) is not looked at. */
export function compactDay(text: string): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})(?!\d{1,3}$)/.exec(text)
  return match && calendarDay(Number(match[1]), Number(match[2]), Number(match[3]))
}

/** `2026-03-31`, whatever time follows. */
export function isoDay(text: string): string | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ]\d{2}:|Z|[+-]\d{2}:)/.exec(text)
  return match && calendarDay(Number(match[1]), Number(match[2]), Number(match[3]))
}

/** A day as it was written, under each order of its parts that gives one: `01/02/2026` is two days, `31/03/2026` one. */
export type WrittenDay = Readonly<Partial<Record<DateOrder, string>>>

const WRITTEN = /^(\d{1,4})\s?([./-]|')\s?(\d{1,2})\s?([./-]|')\s?(\d{2}|\d{4})(?:[,T ]\s?\d{1,2}[:.]\d{2}.*)?$/
const DAY_NAMED = /^(\d{1,2})[\s./-]*(\p{L}{3,12})\.?[\s,/'-]*(\d{4}|\d{2})(?:[,T ]\s?\d{1,2}[:.]\d{2}.*)?$/u
const MONTH_NAMED = /^(\p{L}{3,12})\.?\s*(\d{1,2})(?:st|nd|rd|th)?[\s,]+(\d{4})(?:[,T ]\s?\d{1,2}[:.]\d{2}.*)?$/u
const LONGEST = 40

/** A day as people and banks write it, or null where there is no such day: 31/02/2026, 2026-13-01, `soon`. */
export function writtenDay(text: string): WrittenDay | null {
  const trimmed = text.trim()
  if (trimmed.length > LONGEST) return null
  const compact = /^\d{8}$/.test(trimmed) ? compactDay(trimmed) : isoDay(trimmed)
  if (compact) return same(compact)
  const numeric = WRITTEN.exec(trimmed)
  if (numeric) return fromNumbers(numeric)
  const named = DAY_NAMED.exec(trimmed)
  if (named) return fromName(named[3]!, named[2]!, named[1]!)
  const american = MONTH_NAMED.exec(trimmed)
  return american ? fromName(american[3]!, american[1]!, american[2]!) : null
}

function fromNumbers([, first, , second, mark, third]: RegExpExecArray): WrittenDay | null {
  const [a, b, c] = [Number(first), Number(second), Number(third)]
  if (first!.length > 2) return first!.length === 4 && third!.length === 2 ? same(calendarDay(a, b, c)) : null
  const year = third!.length === 4 ? c : mark === "'" ? 2000 + c : fullYear(c)
  const days: Partial<Record<DateOrder, string>> = {}
  put(days, 'dmy', calendarDay(year, b, a))
  put(days, 'mdy', calendarDay(year, a, b))
  if (third!.length === 2 && mark !== "'") put(days, 'ymd', calendarDay(fullYear(a), b, c))
  return Object.keys(days).length === 0 ? null : days
}

function fromName(year: string, name: string, day: string): WrittenDay | null {
  const folded = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const month = folded.startsWith('juil') ? 7 : folded.startsWith('juin') ? 6 : MONTHS.get(folded.slice(0, 3))
  const full = year.length === 4 ? Number(year) : fullYear(Number(year))
  return month === undefined ? null : same(calendarDay(full, month, Number(day)))
}

function same(day: string | null): WrittenDay | null {
  return day === null ? null : { dmy: day, mdy: day, ymd: day }
}

function put(days: Partial<Record<DateOrder, string>>, order: DateOrder, day: string | null): void {
  if (day !== null) days[order] = day
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
