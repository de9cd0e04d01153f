import { minorDigits } from '../money/parse-amount.ts'

export interface Locale {
  readonly language: string
  readonly timeZone: string
}

const DAY_MS = 86_400_000
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/

/** A value as people write it: money, days, names, lists, numbers. What cannot be written is an empty text. */
export function writeValue(value: unknown, style: string | undefined, locale: Locale): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return writeList(value, locale)
  if (typeof value === 'number') return style === 'date' ? writeDay(value, locale) : writeNumber(value, locale)
  if (typeof value === 'string') return style === 'date' ? writeDay(value, locale) : value
  if (typeof value !== 'object') return String(value)
  const { amount, currency, first, last, name, label, title, id } = value as Readonly<Record<string, unknown>>
  if (typeof amount === 'number' && typeof currency === 'string') return writeMoney(amount, currency, locale)
  if (typeof first === 'string' && typeof last === 'string') return writeDays(first, last, locale)
  const named = [name, label, title, id].find((one) => typeof one === 'string')
  return typeof named === 'string' ? named : ''
}

function writeMoney(minor: number, currency: string, { language }: Locale): string {
  const digits = minorDigits(currency)
  const amount = minor / 10 ** digits
  try {
    const fraction = Number.isInteger(amount) ? 0 : digits
    return plainSpaces(
      new Intl.NumberFormat(language, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: fraction,
        maximumFractionDigits: fraction,
      }).format(amount),
    )
  } catch {
    // A currency that is none is still better shown than hidden.
    return `${amount} ${currency}`
  }
}

function writeNumber(value: number, { language }: Locale): string {
  return plainSpaces(new Intl.NumberFormat(language, { maximumFractionDigits: 6 }).format(value))
}

function writeList(values: readonly unknown[], locale: Locale): string {
  const texts = values.map((one) => writeValue(one, undefined, locale)).filter(Boolean)
  return new Intl.ListFormat(locale.language, { type: 'conjunction' }).format(texts)
}

/** A day `YYYY-MM-DD`, an instant as ISO 8601, or ms since 1970. The year is written where it is said. */
function writeDay(value: string | number, { language, timeZone }: Locale): string {
  const isDay = typeof value === 'string' && DAY.test(value)
  const at = typeof value === 'number' ? value : Date.parse(value)
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e15) return String(value)
  const format = new Intl.DateTimeFormat(language, {
    timeZone: isDay ? 'UTC' : timeZone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  return plainSpaces(format.format(at))
}

/** "October 2026" for a whole month, "2026" for a year, one day, or "3 to 5 May 2026" as the language has it. */
function writeDays(first: string, last: string, locale: Locale): string {
  if (!DAY.test(first) || !DAY.test(last) || first === last) return writeDay(first, locale)
  const [from, to] = [Date.parse(first), Date.parse(last)]
  const { language } = locale
  const after = new Date(to + DAY_MS).toISOString()
  const isFromStart = first.endsWith('-01')
  if (isFromStart && first.endsWith('-01-01') && last === `${first.slice(0, 4)}-12-31`) return first.slice(0, 4)
  if (isFromStart && after.slice(8, 10) === '01' && first.slice(0, 7) === last.slice(0, 7)) {
    return plainSpaces(
      new Intl.DateTimeFormat(language, { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(from),
    )
  }
  const format = new Intl.DateTimeFormat(language, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })
  return plainSpaces(format.formatRange(from, to))
}

/** Engines differ in the kinds of space that they put; a text must be the same on server and device. */
function plainSpaces(text: string): string {
  return text.replace(/[\s\u00a0\u2009\u202f]+/g, ' ')
}
