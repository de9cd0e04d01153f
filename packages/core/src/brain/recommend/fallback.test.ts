import { describe, expect, it } from 'vitest'
import { FALLBACKS, recommendWithFallback } from './fallback.ts'
import { loadRecommender } from './load.ts'
import { SHOP } from './shop.suite.ts'
import { trainRecommender } from './train.ts'
import type { RecommendationKind } from './types.ts'

const shop = loadRecommender(trainRecommender(SHOP))

describe('recommendWithFallback', () => {
  it('tries the way that was asked for alone where it says enough', () => {
    const { items, strategies } = recommendWithFallback(shop, { kind: 'bought-together', items: ['tea'], limit: 2 })
    expect(strategies).toEqual(['bought-together'])
    expect(items.map(({ id }) => id)).toEqual(['cup', 'milk'])
  })

  it('fills up in the order of the list, and never names an item twice', () => {
    const { items, strategies } = recommendWithFallback(shop, { kind: 'bought-together', items: ['cup'], limit: 6 })
    expect(strategies).toEqual(['bought-together', 'similar', 'popular'])
    expect(items.map(({ id, reason }) => [id, reason.kind])).toEqual([
      ['tea', 'bought-together'],
      ['milk', 'bought-together'],
      ['bulb', 'popular'],
      ['lamp', 'popular'],
      ['saucer', 'similar'],
    ])
  })

  it('keeps to what is excluded and filtered in every way it tries', () => {
    const query = { kind: 'similar', items: ['cup'], exclude: ['saucer'], limit: 9 } as const
    const { items } = recommendWithFallback(shop, { ...query, filter: (id) => id !== 'milk' })
    expect(items.map(({ id }) => id)).toEqual(['tea', 'bulb', 'lamp'])
  })

  it('answers with what sells where an item is not known', () => {
    const { items, strategies } = recommendWithFallback(shop, { kind: 'similar', items: ['?'], limit: 1 })
    expect(strategies).toEqual(['similar', 'bought-together', 'popular'])
    expect(items[0]).toMatchObject({ id: 'tea', reason: { kind: 'popular' } })
  })

  it('tries nothing where nothing is wanted', () => {
    expect(recommendWithFallback(shop, { kind: 'popular', limit: 0 })).toEqual({ items: [], strategies: [] })
  })

  it('gives less than is wanted where there is no more', () => {
    const { items } = recommendWithFallback(shop, { kind: 'popular', limit: 100 })
    expect(items).toHaveLength(5)
  })

  it('begins every list with the way that was asked for, and ends it with what sells', () => {
    for (const [kind, ways] of Object.entries(FALLBACKS) as [RecommendationKind, readonly RecommendationKind[]][]) {
      expect(ways[0]).toBe(kind)
      expect(ways.at(-1)).toBe('popular')
      expect(new Set(ways).size).toBe(ways.length)
    }
  })
})
