export type DateOrder = 'ymd' | 'dmy' | 'mdy'

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/
const LOCAL = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/

/**
 * Reads instants as files write them, in ms since 1970: ISO 8601 with or without time and zone, and `31/12/2026 14:30`
 * where `order` says whether day or month comes first. A time without a zone is one of `timeZone`. Returns why not, as a
 * phrase, where there is no such instant.
 */
export function instantParser(timeZone: string, order: DateOrder): (text: string) => number | string {
  const offsetMs = zoneOffset(timeZone)
  let lastText = ''
  let last: number | string = NOT_A_DATE(lastText)
  return (text) => {
    if (text !== lastText) {
      lastText = text
      last = parse(text, order, offsetMs)
    }
    return last
  }
}

const NOT_A_DATE = (text: string) => `"${text.slice(0, 40)}" is not a date such as 2026-01-31T14:30:00`

function parse(text: string, order: DateOrder, offsetMs: (local: number) => number): number | string {
  const iso = ISO.exec(text)
  if (iso) {
    const [, year, month, day, hour, minute, second, zone] = iso
    const local = utcOf(year, month, day, hour, minute, second)
    return instantAt(local, zone ? () => zoneMs(zone) : offsetMs) ?? NOT_A_DATE(text)
  }
  const [, first, second, year, hour, minute, seconds] = LOCAL.exec(text) ?? []
  if (first === undefined) return NOT_A_DATE(text)
  if (order === 'ymd') return `"${text}" could be day first or month first: say which (--date-order dmy or mdy)`
  const [day, month] = order === 'dmy' ? [first, second] : [second, first]
  const local = utcOf(year, month, day, hour, minute, seconds)
  return instantAt(local, offsetMs) ?? NOT_A_DATE(text)
}

/** Instants are written with years of four digits: those of 0 to 9999. */
const EARLIEST = Date.parse('0000-01-01T00:00:00Z')
const LATEST = Date.parse('9999-12-31T23:59:59.999Z')

function instantAt(local: number | undefined, offsetMs: (local: number) => number | undefined): number | undefined {
  const offset = local === undefined ? undefined : offsetMs(local)
  if (local === undefined || offset === undefined) return undefined
  const instant = local - offset
  return instant >= EARLIEST && instant <= LATEST ? instant : undefined
}

/** A local time written as if it were UTC; `undefined` where the calendar has no such day or the clock no such time. */
function utcOf(...parts: (string | undefined)[]): number | undefined {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0))
  const date = new Date(0)
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second)
  const exists =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  return exists ? date.getTime() : undefined
}

/** `+05:30` in ms, with seconds as old local times have them; `undefined` where no clock could be so far off. */
function zoneMs(zone: string): number | undefined {
  if (zone === 'Z') return 0
  const [, sign, ...parts] = /^([+-])(\d{2}):?(\d{2})(?::(\d{2}))?$/.exec(zone)!
  const [hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0))
  if (hours > 23 || minutes > 59) return undefined
  return (sign === '-' ? -1 : 1) * ((hours * 60 + minutes) * 60 + seconds) * 1000
}

/** Clocks change at quarters of an hour, so all times within one have the same offset. */
const QUARTER_MS = 900_000
const DAY_MS = 86_400_000
const MAX_REMEMBERED_QUARTERS = 50_000

/**
 * What to subtract from a local time, written as if it were UTC, to get UTC. Where clocks go forward, a time that is left
 * out is as much later; where they go back, of the two times the earlier is meant. Source: `disambiguation: 'compatible'`
 * of ECMAScript's Temporal.
 */
function zoneOffset(timeZone: string): (local: number) => number {
  if (timeZone === 'UTC') return () => 0
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  const offsetAt = (utc: number): number => {
    const name = format.formatToParts(utc).find(({ type }) => type === 'timeZoneName')!.value
    return name === 'GMT' ? 0 : zoneMs(name.slice(3))!
  }
  const find = (local: number): number => {
    const before = offsetAt(local - DAY_MS)
    const after = offsetAt(local + DAY_MS)
    const fits = (offset: number) => offsetAt(local - offset) === offset
    return before === after || fits(before) || !fits(after) ? before : after
  }
  const known = new Map<number, number>()
  return (local) => {
    const quarter = Math.floor(local / QUARTER_MS)
    let offset = known.get(quarter)
    if (offset === undefined) {
      offset = find(quarter * QUARTER_MS)
      if (known.size >= MAX_REMEMBERED_QUARTERS) known.clear()
      known.set(quarter, offset)
    }
    return offset
  }
}
