import { describe, expect, it } from 'vitest'
import { localDays } from './local-days.ts'

const HOUR_MS = 3_600_000
const at = (text: string) => Date.parse(text)

describe('the days of a time zone', () => {
  it('are those that a range touches', () => {
    const days = localDays(at('2026-11-20T23:30:00Z'), at('2026-11-22T00:00:00Z'), 'UTC')
    expect(days).toEqual([
      { day: '2026-11-20', startsAt: at('2026-11-20T00:00:00Z') },
      { day: '2026-11-21', startsAt: at('2026-11-21T00:00:00Z') },
    ])
  })

  it('begin at midnight on the wall', () => {
    const [first] = localDays(at('2026-11-20T20:00:00Z'), at('2026-11-20T21:00:00Z'), 'Asia/Kolkata')
    expect(first).toEqual({ day: '2026-11-21', startsAt: at('2026-11-20T18:30:00Z') })
  })

  it('have 23 and 25 hours where the clocks change', () => {
    const lengths = (from: string, to: string) => {
      const days = localDays(at(from), at(to), 'Europe/Berlin')
      return days.slice(0, -1).map(({ startsAt }, i) => (days[i + 1]!.startsAt - startsAt) / HOUR_MS)
    }
    expect(lengths('2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z')).toEqual([24, 23])
    expect(lengths('2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z')).toEqual([24, 25])
  })

  it('begin at one o’clock where there was no midnight', () => {
    const [, second] = localDays(at('2024-04-25T12:00:00Z'), at('2024-04-26T12:00:00Z'), 'Africa/Cairo')
    expect(second).toEqual({ day: '2024-04-26', startsAt: at('2024-04-25T22:00:00Z') })
  })

  it('follow one another without a gap in any zone', () => {
    for (const zone of [
      'America/New_York',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Asia/Kathmandu',
      'America/Sao_Paulo',
    ]) {
      const days = localDays(at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z'), zone)
      expect(days.length).toBeGreaterThanOrEqual(365)
      for (const [i, { startsAt }] of days.slice(1).entries()) {
        const hours = (startsAt - days[i]!.startsAt) / HOUR_MS
        expect(hours).toBeGreaterThanOrEqual(23)
        expect(hours).toBeLessThanOrEqual(25)
      }
    }
  })
})
