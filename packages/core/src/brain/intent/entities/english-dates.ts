import { type Day, dayOf, monthStart, partsOf } from './calendar-day.ts'

export interface DayRange {
  readonly first: Day
  readonly last: Day
}

export interface DateReading {
  readonly today: Day
  readonly prefer: 'past' | 'future'
  readonly isMonthFirst: boolean
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const NUMBERS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]
const MOST_UNITS = 1_000

const MONTH = `(?:${MONTHS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')}|sept)\\.?`
const WEEKDAY = WEEKDAYS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')
const COUNT = `\\d{1,3}|${NUMBERS.slice(1).join('|')}|an?|a couple of|a few`
const UNIT = 'day|week|month|year'
const YEAR = '(?:,?\\s+(?<year>(?:19|20)\\d\\d))?'
const ORDINAL = '(?:st|nd|rd|th)?'

type Groups = Readonly<Record<string, string | undefined>>
type Reader = (groups: Groups, reading: DateReading) => DayRange | undefined

/** Ways of naming a day or a span of days. The first that fits counts. */
const FORMS: readonly (readonly [pattern: string, read: Reader])[] = [
  [
    '(?<iso>\\d{4}-\\d\\d-\\d\\d)',
    ({ iso }) => only(dayOf(...(iso!.split('-').map(Number) as [number, number, number]))),
  ],
  ['(?<a>\\d{1,2})[/.](?<b>\\d{1,2})[/.](?<full>\\d{4}|\\d\\d)', slashed],
  [`(?<day>\\d{1,2})${ORDINAL}\\s+(?:of\\s+)?(?<month>${MONTH})${YEAR}`, dayAndMonth],
  [
    `(?<month>${MONTH})\\s+(?:the\\s+)?(?<day>\\d{1,2})${ORDINAL}\\b(?!\\s*(?:-|to|and)\\s*\\d{1,2}\\s+${MONTH})${YEAR}`,
    dayAndMonth,
  ],
  ['(?:the\\s+)?day\\s+before\\s+yesterday', (_, { today }) => only(today - 2)],
  ['(?:the\\s+)?day\\s+after\\s+tomorrow', (_, { today }) => only(today + 2)],
  ['yesterday', (_, { today }) => only(today - 1)],
  ['today|tonight', (_, { today }) => only(today)],
  ['tomorrow', (_, { today }) => only(today + 1)],
  [
    `(?<count>${COUNT})\\s+(?<unit>${UNIT})s?\\s+ago`,
    ({ count, unit }, { today }) => only(shifted(today, -countOf(count!), unit!)),
  ],
  [
    `in\\s+(?<count>${COUNT})\\s+(?<unit>${UNIT})s?`,
    ({ count, unit }, { today }) => only(shifted(today, countOf(count!), unit!)),
  ],
  [
    `(?:the\\s+)?(?:last|past|previous)\\s+(?<count>${COUNT})\\s+(?<unit>${UNIT})s?`,
    ({ count, unit }, { today }) => ({ first: shifted(today, -countOf(count!), unit!) + 1, last: today }),
  ],
  [
    `(?:the\\s+)?next\\s+(?<count>${COUNT})\\s+(?<unit>${UNIT})s?`,
    ({ count, unit }, { today }) => ({ first: today, last: shifted(today, countOf(count!), unit!) - 1 }),
  ],
  ['(?:the\\s+)?(?<which>this|last|past|previous|next)\\s+(?<unit>week|month|year|weekend)', relativeSpan],
  [`(?:(?<which>this|last|next)\\s+)?(?<weekday>${WEEKDAY})`, weekday],
  [`(?<month>${MONTH})${YEAR}`, wholeMonth],
]

const SOURCES = FORMS.map(([pattern]) => pattern.replace(/\(\?<\w+>/g, '(?:'))
const ATOM = `(?:${SOURCES.join('|')})`
const READERS = FORMS.map(([pattern, read]) => ({ pattern: new RegExp(`^(?:${pattern})$`, 'i'), read }))
const RANGES: readonly RegExp[] = [
  new RegExp(
    `\\b(?:between|from)\\s+(?<start>${ATOM}|\\d{1,2}${ORDINAL})\\s*(?:and|to|until|till|-|–)\\s*(?<end>${ATOM})(?![\\w/])`,
    'gi',
  ),
  new RegExp(
    `(?<![\\w/.-])(?<start>\\d{1,2}${ORDINAL})\\s*(?:to|until|till|-|–)\\s*(?<end>\\d{1,2}${ORDINAL}\\s+(?:of\\s+)?${MONTH}${YEAR.replace('?<year>', '?:')})(?!\\w)`,
    'gi',
  ),
  new RegExp(`\\b(?<since>since|after)\\s+(?<start>${ATOM})(?![\\w/])`, 'gi'),
  new RegExp(`(?<![\\w/.-])(?<start>${ATOM})(?![\\w/])`, 'gi'),
]

/** Words that are a date after one of these only: "may I", "sat down", "march on". */
const AMBIGUOUS = /^(?:may|march|mar|sat|sun|wed|mon)\.?$/i
const LEADS_TO_DATE = /\b(?:in|of|for|during|since|until|till|by|before|after|from|on|this|last|next|and|to)\s+$/i

/** Days and ranges of days in English text, longer wordings before what they are made of. */
export function findEnglishDates(text: string, reading: DateReading): (DayRange & { from: number; to: number })[] {
  const found: (DayRange & { from: number; to: number })[] = []
  for (const pattern of RANGES) {
    for (const match of text.matchAll(pattern)) {
      const from = match.index
      const to = from + match[0].length
      if (found.some((one) => from < one.to && one.from < to)) continue
      if (AMBIGUOUS.test(match[0]) && !LEADS_TO_DATE.test(text.slice(0, from))) continue
      const range = readRange(match.groups!, reading)
      if (range && range.first <= range.last) found.push({ ...range, from, to })
    }
  }
  return found.sort((a, b) => a.from - b.from)
}

function readRange({ start, end, since }: Groups, reading: DateReading): DayRange | undefined {
  if (since) {
    const range = readAtom(start!, { ...reading, prefer: 'past' })
    return range && { first: range.first, last: reading.today }
  }
  if (!end) return readAtom(start!, reading)
  const last = readAtom(end, reading)
  if (!last) return undefined
  if (/^\d{1,2}(?:st|nd|rd|th)?$/i.test(start!)) {
    const { year, month } = partsOf(last.first)
    const first = dayOf(year, month, Number.parseInt(start!, 10))
    return first === undefined ? undefined : { first, last: last.last }
  }
  const first = readAtom(start!, reading)
  if (!first) return undefined
  if (first.first <= last.last) return { first: first.first, last: last.last }
  // "From December to January": the year that was not said is the one before.
  const { year, month, day } = partsOf(first.first)
  const yearBefore = dayOf(year - 1, month, day)
  return yearBefore === undefined || /\d{4}/.test(start!) ? undefined : { first: yearBefore, last: last.last }
}

function readAtom(text: string, reading: DateReading): DayRange | undefined {
  for (const { pattern, read } of READERS) {
    const match = pattern.exec(text)
    if (match) return read(match.groups ?? {}, reading)
  }
  return undefined
}

function slashed({ a, b, full }: Groups, { isMonthFirst }: DateReading): DayRange | undefined {
  const year = full!.length === 2 ? 2000 + Number(full) : Number(full)
  const [day, month] = isMonthFirst ? [Number(b), Number(a)] : [Number(a), Number(b)]
  return only(dayOf(year, month, day))
}

function dayAndMonth({ day, month, year }: Groups, reading: DateReading): DayRange | undefined {
  const said = (inYear: number) => dayOf(inYear, monthOf(month!), Number(day))
  if (year) return only(said(Number(year)))
  return only(nearest(said, reading))
}

function wholeMonth({ month, year }: Groups, reading: DateReading): DayRange | undefined {
  const said = (inYear: number) => dayOf(inYear, monthOf(month!), 1)
  const current = monthStart(reading.today, 0)
  const first = year ? said(Number(year)) : nearest(said, { ...reading, today: current })
  return first === undefined ? undefined : { first, last: monthStart(first, 1) - 1 }
}

/** The day in the year that puts it on the preferred side of today, today included. */
function nearest(said: (year: number) => Day | undefined, { today, prefer }: DateReading): Day | undefined {
  const { year } = partsOf(today)
  const years =
    prefer === 'past' ? [year, year - 1, year - 2, year - 3, year - 4] : [year, year + 1, year + 2, year + 3, year + 4]
  return years.map(said).find((day) => day !== undefined && (prefer === 'past' ? day <= today : day >= today))
}

function relativeSpan({ which, unit }: Groups, { today }: DateReading): DayRange | undefined {
  const step = { this: 0, next: 1 }[which!.toLowerCase()] ?? -1
  const { year, weekday } = partsOf(today)
  const monday = today - weekday + 7 * step
  switch (unit!.toLowerCase()) {
    case 'week':
      return { first: monday, last: monday + 6 }
    case 'weekend':
      return { first: monday + 5, last: monday + 6 }
    case 'month':
      return { first: monthStart(today, step), last: monthStart(today, step + 1) - 1 }
    default:
      return { first: dayOf(year + step, 1, 1)!, last: dayOf(year + step, 12, 31)! }
  }
}

function weekday({ which, weekday: name }: Groups, { today, prefer }: DateReading): DayRange {
  const wanted = WEEKDAYS.findIndex((day) => day.startsWith(name!.slice(0, 3).toLowerCase()))
  const ahead = (wanted - partsOf(today).weekday + 7) % 7
  const said = which?.toLowerCase()
  if (said === 'next') return only(today + (ahead || 7))!
  if (said === 'last') return only(today + ahead - 7)!
  if (said === 'this') return only(today - partsOf(today).weekday + wanted)!
  return only(prefer === 'future' || ahead === 0 ? today + ahead : today + ahead - 7)!
}

function shifted(today: Day, count: number, unit: string): Day {
  if (unit === 'day' || unit === 'week') return today + count * (unit === 'week' ? 7 : 1)
  const { day } = partsOf(today)
  const start = monthStart(today, unit === 'year' ? 12 * count : count)
  return Math.min(start + day - 1, monthStart(start, 1) - 1)
}

function countOf(text: string): number {
  const said = text.toLowerCase()
  if (said === 'a' || said === 'an') return 1
  if (said === 'a couple of') return 2
  if (said === 'a few') return 3
  const word = NUMBERS.indexOf(said)
  return Math.min(MOST_UNITS, word >= 0 ? word : Number(said))
}

function monthOf(text: string): number {
  return MONTHS.findIndex((name) => name.startsWith(text.slice(0, 3).toLowerCase())) + 1
}

function only(day: Day | undefined): DayRange | undefined {
  return day === undefined ? undefined : { first: day, last: day }
}
