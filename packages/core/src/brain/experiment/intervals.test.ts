import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareMeans, compareProportions, wilson } from './intervals.ts'

describe('the difference of two rates', () => {
  it('has the interval of Newcombe’s own examples', () => {
    // Table II of the paper, method 10: 56/70 − 48/80, 9/10 − 3/10, 10/10 − 0/20.
    const cases = [
      [{ successes: 48, trials: 80 }, { successes: 56, trials: 70 }, 0.0524, 0.3339],
      [{ successes: 3, trials: 10 }, { successes: 9, trials: 10 }, 0.1705, 0.809],
      [{ successes: 0, trials: 20 }, { successes: 10, trials: 10 }, 0.6791, 1],
    ] as const
    for (const [a, b, low, high] of cases) {
      const interval = compareProportions(a, b)
      expect(interval.low).toBeCloseTo(low, 3)
      expect(interval.high).toBeCloseTo(high, 3)
    }
  })

  it('is not known without trials', () => {
    const some = { successes: 1, trials: 3 }
    expect(compareProportions({ successes: 0, trials: 0 }, some)).toEqual({ difference: 0, low: -1, high: 1 })
  })

  it('lies in its interval, and turns round with the sides', () => {
    const rate = fc
      .nat(200)
      .chain((trials) => fc.record({ trials: fc.constant(trials + 1), successes: fc.nat(trials) }))
    fc.assert(
      fc.property(rate, rate, (a, b) => {
        const [there, back] = [compareProportions(a, b), compareProportions(b, a)]
        expect(there.low).toBeLessThanOrEqual(there.difference)
        expect(there.high).toBeGreaterThanOrEqual(there.difference)
        expect(there.low).toBeCloseTo(-back.high, 10)
      }),
    )
  })
})

describe('the interval of a rate', () => {
  it('is Wilson’s', () => {
    const { low, high } = wilson({ successes: 81, trials: 263 })
    expect(low).toBeCloseTo(0.2553, 3)
    expect(high).toBeCloseTo(0.3662, 3)
  })

  it('says something where nothing happened', () => {
    expect(wilson({ successes: 0, trials: 10 })).toEqual({ low: 0, high: expect.closeTo(0.2775, 3) })
  })
})

describe('the difference of two means', () => {
  const sums = (values: readonly number[]) => ({
    count: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    squares: values.reduce((sum, value) => sum + value * value, 0),
  })

  it('has Welch’s standard error', () => {
    const { difference, low, high } = compareMeans(sums([1, 2, 3, 4, 5]), sums([3, 5, 7, 9]))
    expect(difference).toBe(3)
    // √(2.5 / 5 + 6.6667 / 4) = 1.4720
    expect(high - difference).toBeCloseTo(1.959964 * 1.472, 3)
    expect(difference - low).toBeCloseTo(high - difference, 10)
  })

  it('is not known of one', () => {
    expect(compareMeans(sums([1]), sums([1, 2]))).toEqual({ difference: 0, low: -Infinity, high: Infinity })
  })
})
