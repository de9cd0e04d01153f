import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantParser } from './parse-instant.ts'

const iso = (result: number | string) => (typeof result === 'number' ? new Date(result).toISOString() : result)
const utc = instantParser('UTC', 'ymd')

describe('instantParser', () => {
  it.each([
    ['2026-01-31T14:30:00Z', '2026-01-31T14:30:00.000Z'],
    ['2026-01-31T14:30:00.123456Z', '2026-01-31T14:30:00.000Z'],
    ['2026-01-31T14:30:00+02:00', '2026-01-31T12:30:00.000Z'],
    ['2026-01-31T14:30:00-0530', '2026-01-31T20:00:00.000Z'],
    ['2026-01-31 14:30', '2026-01-31T14:30:00.000Z'],
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['1969-12-31T23:59:59Z', '1969-12-31T23:59:59.000Z'],
  ])('reads %s', (text, expected) => {
    expect(iso(utc(text))).toBe(expected)
  })

  it('reads back every instant that it could have been written from', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0100-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
        (date) => {
          const seconds = Math.floor(date.getTime() / 1000) * 1000
          expect(utc(new Date(seconds).toISOString())).toBe(seconds)
        },
      ),
    )
  })

  it.each([
    ['an empty text', ''],
    ['a word', 'yesterday'],
    ['a day that February does not have', '2026-02-30'],
    ['a leap day of another year', '2025-02-29'],
    ['a 13th month', '2026-13-01'],
    ['a 25th hour', '2026-01-01T25:00:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['a zone of 99 hours', '2026-01-01T00:00:00+99:00'],
    ['a zone of 60 minutes', '2026-01-01T00:00:00+01:60'],
    ['a year of two digits', '31/12/26'],
    ['a number', '1767225600000'],
    ['an instant after the year 9999', '9999-12-31T23:59:59-01:00'],
    ['an instant before the year 0', '0000-01-01T00:00:00+01:00'],
  ])('refuses %s', (_what, text) => {
    expect(utc(text)).toMatch(/is not a date such as/)
  })

  it('does not take the year 50 for 1950', () => {
    expect(iso(utc('0050-01-01'))).toBe('0050-01-01T00:00:00.000Z')
  })

  it('shows the beginning of a long text only', () => {
    expect((utc('x'.repeat(10_000)) as string).length).toBeLessThan(100)
  })

  describe('of dates with slashes', () => {
    it.each([
      ['dmy', '01/02/2026 08:26', '2026-02-01T08:26:00.000Z'],
      ['mdy', '01/02/2026 08:26', '2026-01-02T08:26:00.000Z'],
      ['dmy', '31.12.2026', '2026-12-31T00:00:00.000Z'],
      ['mdy', '12-31-2026, 23:59:59', '2026-12-31T23:59:59.000Z'],
      ['dmy', '1/2/2026 8:26', '2026-02-01T08:26:00.000Z'],
    ] as const)('reads, %s, %s', (order, text, expected) => {
      expect(iso(instantParser('UTC', order)(text))).toBe(expected)
    })

    it('refuses a day that the order does not allow', () => {
      expect(instantParser('UTC', 'dmy')('12/31/2026')).toMatch(/is not a date/)
      expect(instantParser('UTC', 'dmy')('31/02/2026')).toMatch(/is not a date/)
      expect(instantParser('UTC', 'mdy')('31/12/2026')).toMatch(/is not a date/)
    })

    it('asks for the order where nobody has said it', () => {
      expect(utc('01/02/2026')).toMatch(/day first or month first.*--date-order/)
    })

    it('reads ISO dates whatever the order', () => {
      expect(iso(instantParser('UTC', 'mdy')('2026-02-01'))).toBe('2026-02-01T00:00:00.000Z')
    })
  })

  describe('of local times', () => {
    it.each([
      ['Europe/London', '2026-01-15T12:00:00', '2026-01-15T12:00:00.000Z'],
      ['Europe/London', '2026-07-15T12:00:00', '2026-07-15T11:00:00.000Z'],
      ['America/New_York', '2026-01-15 12:00', '2026-01-15T17:00:00.000Z'],
      ['America/New_York', '2026-07-15 12:00', '2026-07-15T16:00:00.000Z'],
      ['Asia/Kolkata', '2026-01-15', '2026-01-14T18:30:00.000Z'],
      ['Asia/Kathmandu', '2026-01-15', '2026-01-14T18:15:00.000Z'],
      ['Pacific/Kiritimati', '2026-01-01T00:00', '2025-12-31T10:00:00.000Z'],
      ['Australia/Lord_Howe', '2026-01-15T00:00', '2026-01-14T13:00:00.000Z'],
    ])('reads them in %s', (zone, text, expected) => {
      expect(iso(instantParser(zone, 'ymd')(text))).toBe(expected)
    })

    it('believes a zone that is written rather than that of the shop', () => {
      expect(iso(instantParser('Asia/Tokyo', 'ymd')('2026-01-15T12:00:00Z'))).toBe('2026-01-15T12:00:00.000Z')
    })

    it('reads a time from before zones were introduced', () => {
      expect(iso(instantParser('America/New_York', 'ymd')('1850-01-01T00:00:00'))).toBe('1850-01-01T04:56:02.000Z')
    })

    // Where clocks go forward an hour is missing, where they go back one comes twice. As in ECMAScript's Temporal,
    // "compatible": a missing time is as much later, of two the earlier is meant.
    it.each([
      ['Europe/Paris', 'just before the gap', '2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
      ['Europe/Paris', 'in the gap', '2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
      ['Europe/Paris', 'just after the gap', '2026-03-29T03:00:00', '2026-03-29T01:00:00.000Z'],
      ['Europe/Paris', 'in the hour that comes twice', '2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
      ['Europe/Paris', 'after the hour that comes twice', '2026-10-25T03:00:00', '2026-10-25T02:00:00.000Z'],
      ['America/New_York', 'just before the gap', '2026-03-08T01:59:59', '2026-03-08T06:59:59.000Z'],
      ['America/New_York', 'in the gap', '2026-03-08T02:30:00', '2026-03-08T07:30:00.000Z'],
      ['America/New_York', 'just after the gap', '2026-03-08T03:00:00', '2026-03-08T07:00:00.000Z'],
      ['America/New_York', 'in the hour that comes twice', '2026-11-01T01:30:00', '2026-11-01T05:30:00.000Z'],
      ['America/New_York', 'after the hour that comes twice', '2026-11-01T02:00:00', '2026-11-01T07:00:00.000Z'],
      ['Australia/Lord_Howe', 'in a gap of half an hour', '2026-10-04T02:10:00', '2026-10-03T15:40:00.000Z'],
      ['Australia/Lord_Howe', 'after a gap of half an hour', '2026-10-04T02:40:00', '2026-10-03T15:40:00.000Z'],
      ['Australia/Lord_Howe', 'in the half hour that comes twice', '2026-04-05T01:40:00', '2026-04-04T14:40:00.000Z'],
      ['Pacific/Apia', 'on the day that Samoa left out', '2011-12-30T12:00:00', '2011-12-30T22:00:00.000Z'],
    ])('reads a time of %s %s', (zone, _what, text, expected) => {
      expect(iso(instantParser(zone, 'ymd')(text))).toBe(expected)
    })

    it('says the same of a time whatever it was asked before', () => {
      const texts = ['2026-10-04T02:10:00', '2026-10-04T02:40:00', '2026-10-04T01:59:00', '2026-10-04T03:00:00']
      const once = texts.map((text) => instantParser('Australia/Lord_Howe', 'ymd')(text))
      const parse = instantParser('Australia/Lord_Howe', 'ymd')
      expect(texts.toReversed().map(parse).toReversed()).toEqual(once)
    })
  })
})
