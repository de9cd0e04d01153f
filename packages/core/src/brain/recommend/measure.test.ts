import { describe, expect, it } from 'vitest'
import { loadRecommender } from './load.ts'
import { offlineMetrics } from './measure.ts'
import { trainRecommender } from './train.ts'
import type { Basket } from './types.ts'

const DAY_MS = 86_400_000

/** Pairs that are always bought together, each day another one. */
const pairs = (count: number): Basket[] =>
  Array.from({ length: count }, (_, n) => ({ items: [`left-${n % 20}`, `right-${n % 20}`], at: n * DAY_MS }))

describe('offline metrics', () => {
  it('are perfect where the past tells all', () => {
    expect(offlineMetrics({ baskets: pairs(400) })).toEqual({
      'next.hr10': 1,
      'bought-together.hr10': 1,
      coverage10: expect.any(Number),
      cases: 40,
    })
  })

  it('are poor where the last tenth is another shop', () => {
    const changed = pairs(400).map((basket, n) =>
      n < 360 ? basket : { ...basket, items: [`left-${n % 20}`, `new-${n}`] },
    )
    expect(offlineMetrics({ baskets: changed })).toMatchObject({ 'next.hr10': 0, 'bought-together.hr10': 0 })
  })

  it('go by time, whatever the order of the input', () => {
    const baskets = pairs(400)
    expect(offlineMetrics({ baskets: baskets.toReversed() })).toEqual(offlineMetrics({ baskets }))
  })

  it('are none of a shop with few orders, or of single products', () => {
    expect(offlineMetrics({ baskets: [] })).toEqual({})
    expect(offlineMetrics({ baskets: pairs(50) })).toEqual({})
    expect(offlineMetrics({ baskets: pairs(400).map(({ at }) => ({ items: ['one'], at })) })).toEqual({})
  })

  it('are kept in the file', () => {
    const metrics = { 'next.hr10': 0.25 }
    expect(loadRecommender(trainRecommender({ baskets: pairs(3) }, { metrics })).metrics).toEqual(metrics)
  })
})
