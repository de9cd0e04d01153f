import { describe, expect, it } from 'vitest'
import { loadRecommender } from './load.ts'
import { basket } from './shop.suite.ts'
import { trainRecommender } from './train.ts'

/** The names of a product that was never sold speak for nothing that sells. */
const items = [{ id: 'new', name: 'Moon globe' }]

function pageOf(baskets: Parameters<typeof trainRecommender>[0]['baskets'], all = items) {
  const model = loadRecommender(trainRecommender({ baskets, items: all }, { ranking: false }))
  return model.recommend({ kind: 'bought-together', items: ['new'], limit: 4 })
}

describe('the page of a product that was never sold', () => {
  it('shows what different shoppers buy before more of what the same ones buy', () => {
    const baskets = [
      ...Array.from({ length: 30 }, () => basket(1, 'tea', 'cup')),
      ...Array.from({ length: 20 }, () => basket(1, 'lamp')),
    ]
    expect(pageOf(baskets).map(({ id }) => id)).toEqual(['cup', 'lamp', 'tea'])
  })

  it('has scores in descending order', () => {
    const scores = pageOf([basket(0, 'a', 'b', 'c'), basket(1, 'a', 'b'), basket(2, 'd')]).map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  })

  it('prefers what is like it, and what goes with that, among equal sellers', () => {
    const baskets = Array.from({ length: 12 }, (_, n) =>
      n % 2 === 0 ? basket(n, 'globe', 'stand') : basket(n, 'mug', 'spoon'),
    )
    const named = [...items, { id: 'globe', name: 'Sun globe' }, { id: 'mug', name: 'Red mug' }]
    const ids = pageOf(baskets, named).map(({ id }) => id)
    expect(ids.slice(0, 2).toSorted()).toEqual(['globe', 'stand'])
    expect(ids.slice(2).toSorted()).toEqual(['mug', 'spoon'])
  })
})
