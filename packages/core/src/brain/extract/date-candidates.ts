import { type DateInText, findDates } from './find-dates.ts'
import { keyed } from './keywords.ts'
import type { Layout } from './lay-out.ts'
import type { Candidate } from './rank.ts'
import type { ReceiptDateOrder } from './types.ts'

export interface PlacedDate {
  readonly date: string
  /** Whether another order of its parts makes another date. */
  readonly isAmbiguous: boolean
}

export interface DateReading {
  readonly candidates: readonly Candidate<PlacedDate>[]
  /** Whether something says which order was meant. */
  readonly isOrderKnown: boolean
}

/** Currencies of countries that write the month first, or the year. */
const MONTH_FIRST = new Set(['USD', 'PHP'])
const YEAR_FIRST = new Set(['CNY', 'HUF', 'JPY', 'KRW', 'SEK', 'TWD'])

/** Dates of a receipt. Those in numbers are read in the order asked for, else in that of its other dates, its currency, day first. */
export function dateCandidates(
  layout: Layout,
  order: ReceiptDateOrder | undefined,
  currency: string | null,
): DateReading {
  const { rows } = layout
  const found = rows.flatMap((row, i) => findDates(row.text).map((date) => ({ date, row: i })))
  const told = order ?? orderOfOthers(found.map(({ date }) => date)) ?? orderOfCurrency(currency)
  const used = told ?? 'dmy'
  const dates = found.flatMap(({ date, row }) => {
    const value = readingOf(date, used)
    return value ? [{ ...date, value, row }] : []
  })
  const counts = new Map<string, number>()
  for (const { value } of dates) counts.set(value, (counts.get(value) ?? 0) + 1)
  const sorted = [...counts.keys()].toSorted()
  const candidates = dates.map((date, i) => {
    const row = rows[date.row]!
    const { words, topics } = keyed(row.text.slice(0, date.start))
    const above = rows[date.row - 1]?.keyed.topics ?? []
    const near = words.slice(-3)
    const rest = row.text.slice(date.end)
    const features = [
      ...[...new Set(topics)].map((topic) => `l:${topic}`),
      ...near.filter((word) => /^\p{L}{2,}/u.test(word)).map((word) => `w:${word}`),
      ...(topics.length === 0 ? [...new Set(above)].map((topic) => `u:${topic}`) : []),
      ...(words.length === 0 ? ['leads'] : []),
      ...(/\d{1,2}\s?:\s?\d{2}/.test(rest) ? ['time-after'] : /\d{1,2}:\d{2}/.test(row.text) ? ['time'] : []),
      `form:${date.form}`,
      `at:${Math.floor((date.row / rows.length) * 6)}`,
      `count:${Math.min(3, counts.get(date.value)!)}`,
      `nth:${Math.min(i, 3)}`,
      ...(sorted.length > 1
        ? [`age:${date.value === sorted[0] ? 'first' : date.value === sorted.at(-1) ? 'last' : 'mid'}`]
        : ['alone']),
      ...(date.value < '2000' || date.value >= '2050' ? ['far'] : []),
    ]
    const isAmbiguous = new Set(Object.values(date.readings)).size > 1 && date.readings.dmy !== date.readings.mdy
    return { value: { date: date.value, isAmbiguous }, key: date.value, line: row.pieces[0]!.index, features }
  })
  return { candidates, isOrderKnown: told !== undefined }
}

function orderOfOthers(dates: readonly DateInText[]): ReceiptDateOrder | undefined {
  const clear = dates.filter(
    ({ form, readings }) => form.startsWith('n-n-n') && Boolean(readings.dmy) !== Boolean(readings.mdy),
  )
  const dayFirst = clear.filter(({ readings }) => readings.dmy).length
  if (dayFirst * 2 === clear.length) return undefined
  return dayFirst * 2 > clear.length ? 'dmy' : 'mdy'
}

function orderOfCurrency(currency: string | null): ReceiptDateOrder | undefined {
  if (currency === null) return undefined
  if (MONTH_FIRST.has(currency)) return 'mdy'
  return YEAR_FIRST.has(currency) ? 'ymd' : 'dmy'
}

/** By the order asked for, else by the only one that makes a date. Two digits are a year at the front only where that is the order. */
function readingOf({ readings, form }: DateInText, order: ReceiptDateOrder): string | undefined {
  const other = order === 'mdy' ? readings.dmy : readings.mdy
  return readings[order] ?? readings.dmy ?? other ?? (form.startsWith('n-n-n') ? undefined : readings.ymd)
}
