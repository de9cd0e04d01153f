import { expect, it } from 'vitest'
import { cannedRecommendations } from '../../../testing/products.ts'
import { standingsOf } from './moves.ts'

it('tells of each product where it stands with the rules and without', () => {
  const { items } = cannedRecommendations()
  const answer = cannedRecommendations({ items: items.slice(0, 2) })
  expect(standingsOf({ answer, without: [items[1]!.id, 'gone'] })).toEqual([
    { id: items[0]!.id, after: 0, before: null },
    { id: items[1]!.id, after: 1, before: 0 },
    { id: 'gone', after: null, before: 1 },
  ])
})
