import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullJitterMs, MAX_DELAY_MS, retryAfterMs } from './retry.ts'

const NOW = Date.UTC(2026, 0, 31, 9, 30)

describe('fullJitterMs', () => {
  it('lies between 0 and 300 ms doubled with each attempt, 20 s at most', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(fc.nat(2_000), random, (attempt, chance) => {
        const delayMs = fullJitterMs(attempt, () => chance)
        expect(delayMs).toBeGreaterThanOrEqual(0)
        expect(delayMs).toBeLessThanOrEqual(Math.min(MAX_DELAY_MS, 300 * 2 ** attempt))
      }),
    )
  })

  it('uses the whole of the range', () => {
    expect([0, 1, 2, 10].map((attempt) => fullJitterMs(attempt, () => 0.5))).toEqual([150, 300, 600, 10_000])
  })
})

describe('retryAfterMs', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    [' 3 ', 3_000],
    ['Sat, 31 Jan 2026 09:30:10 GMT', 10_000],
    ['Sat, 31 Jan 2026 09:29:00 GMT', 0],
    ['99999999', 86_400_000],
    ['-5', 0],
  ])('reads %j as %i ms', (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected)
  })

  it.each([[null], ['soon'], ['1 hour']])('has nothing to say for %j', (header) => {
    expect(retryAfterMs(header, NOW)).toBeUndefined()
  })
})
