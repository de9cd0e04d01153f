import fc from 'fast-check'
import { expect, it } from 'vitest'
import { GIVE_UP_AFTER_MS, pauseMs, retryDelayMs } from './retry-schedule.ts'

const HOUR_MS = 3_600_000
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

it('waits a second at least and four hours at most, by chance all in between', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), chance, (attempts, random) => {
      const delayMs = retryDelayMs(attempts, () => random)
      expect(delayMs).toBeGreaterThanOrEqual(1_000)
      expect(delayMs).toBeLessThanOrEqual(4 * HOUR_MS + 1_000)
    }),
  )
  expect([1, 2, 3].map((attempts) => retryDelayMs(attempts, () => 0.5))).toEqual([3_500, 6_000, 11_000])
  expect(retryDelayMs(50, () => 0.5)).toBe(2 * HOUR_MS + 1_000)
})

it('comes to some twenty attempts in a day', () => {
  let attempts = 1
  for (let at = 0; at < GIVE_UP_AFTER_MS; attempts++) at += retryDelayMs(attempts, () => 0.5)
  expect(attempts).toBeGreaterThan(15)
  expect(attempts).toBeLessThan(30)
})

it('leaves an endpoint alone from its third failure in a row on, for five minutes at most', () => {
  expect([0, 1, 2, 3, 4, 5].map((failures) => pauseMs(failures, () => 0.5))).toEqual([0, 0, 0, 1_000, 2_000, 4_000])
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 10_000 }), chance, (failures, random) => {
      expect(pauseMs(failures, () => random)).toBeLessThanOrEqual(5 * 60_000)
    }),
  )
})
