import { describe, expect, it } from 'vitest'
import { linearLists } from './linear.ts'
import { loadRecommender } from './load.ts'
import { readShop } from './log.ts'
import { holdLines } from './repeats.ts'
import { basket, DAY_MS, NOW } from './shop.suite.ts'
import { trainRecommender } from './train.ts'
import type { Basket } from './types.ts'

/** Half of the shoppers drink tea, half coffee; each buys the pot, tea people a cup as well, coffee people a mill. */
function tastes(shoppers: number): Basket[] {
  return Array.from({ length: shoppers }, (_, n) => {
    const things = n % 2 === 0 ? ['tea', 'cup'] : ['coffee', 'mill']
    return { ...basket(n % 30, 'pot', ...things), user: `u${n}` }
  })
}

function weightsOf(baskets: readonly Basket[]): Record<string, Record<string, number>> {
  const { log, items } = readShop({ baskets })
  const { offsets, neighbours, scores } = linearLists(log, holdLines(log))
  return Object.fromEntries(
    items.map(({ id }, item) => {
      const places = Array.from({ length: offsets[item + 1]! - offsets[item]! }, (_, i) => offsets[item]! + i)
      return [id, Object.fromEntries(places.map((at) => [items[neighbours[at]!]!.id, scores[at]!]))]
    }),
  )
}

/** Of shoppers who bought `id` once. */
function forWho(baskets: readonly Basket[], id: string): string[] {
  const model = loadRecommender(trainRecommender({ baskets }))
  const history = [{ id, at: NOW - DAY_MS }]
  return model.recommend({ kind: 'for-user', history, limit: 4 }).map((one) => one.id)
}

describe('the linear model of what shoppers buy', () => {
  it('gives more weight to what the same shoppers bought than to what everybody buys', () => {
    const { tea } = weightsOf(tastes(2_000))
    expect(tea!.cup).toBeGreaterThan(1.1 * tea!.pot!)
    expect(Math.abs(tea!.mill ?? 0)).toBeLessThan(tea!.pot!)
  })

  it('is B = −P / diag(P) of the products’ own matrix', () => {
    // All of one day, so that XᵀX counts shoppers and the pace is 1: 100 have a, 50 of them b; the ridge is 200.
    const baskets = Array.from({ length: 100 }, (_, n) => ({
      ...basket(0, 'a', ...(n < 50 ? ['b'] : [])),
      user: `u${n}`,
    }))
    const { a, b } = weightsOf(baskets)
    // G + λI = [[300, 50], [50, 250]], hence B(a, b) = 50 / 300 and B(b, a) = 50 / 250.
    expect(a!.b).toBeCloseTo(50 / 300, 6)
    expect(b!.a).toBeCloseTo(50 / 250, 6)
  })

  it('counts products more that sell better than before', () => {
    const older = tastes(400).map((one) => ({ ...one, at: one.at - 100 * DAY_MS }))
    const newer = tastes(400)
      .filter(({ items }) => items.includes('cup'))
      .map((one) => ({ ...one, user: `${one.user}-new` }))
    const { pot } = weightsOf([...older, ...newer])
    expect(pot!.cup).toBeGreaterThan(3 * Math.abs(pot!.mill!))
  })

  it('says nothing for fewer than a hundred shoppers, nor for guests', () => {
    expect(weightsOf(tastes(99)).tea).toEqual({})
    expect(weightsOf(tastes(200).map(({ items, at }) => ({ items, at }))).tea).toEqual({})
    expect(weightsOf(tastes(100)).tea).not.toEqual({})
  })

  it('leads what is for a shopper', () => {
    const baskets = tastes(400)
    const [tea, coffee] = [forWho(baskets, 'tea'), forWho(baskets, 'coffee')]
    expect(tea.indexOf('cup')).toBeLessThan(tea.indexOf('mill'))
    expect(coffee.indexOf('mill')).toBeLessThan(coffee.indexOf('cup'))
  })

  it('is not moved by one account that orders the same again and again', () => {
    const junk = Array.from({ length: 500 }, () => ({ ...basket(0, 'tea', 'junk'), user: 'bot' }))
    const ids = forWho([...tastes(400), ...junk], 'tea')
    expect(ids.indexOf('cup')).toBe(0)
    expect(ids.slice(0, 2)).not.toContain('junk')
  })
})
