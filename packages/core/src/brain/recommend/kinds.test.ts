import { describe, expect, it } from 'vitest'
import { loadRecommender } from './load.ts'
import { basket, DAY_MS, NOW, SHOP } from './shop.suite.ts'
import { trainRecommender } from './train.ts'
import { type Basket, KINDS, type RecommendQuery, type TrainingInput } from './types.ts'

const trained = (input: TrainingInput) => loadRecommender(trainRecommender(input))
const idsOf = (input: TrainingInput, query: Partial<RecommendQuery> & Pick<RecommendQuery, 'kind'>) =>
  trained(input)
    .recommend({ limit: 10, ...query })
    .map(({ id }) => id)
const times = (count: number, make: (i: number) => Basket) => Array.from({ length: count }, (_, i) => make(i))

describe('what comes next', () => {
  const steps = { baskets: [...times(6, () => basket(1, 'a', 'b', 'c', 'd')), ...times(6, () => basket(1, 'x', 'y'))] }

  it('is what followed the last product closely', () => {
    expect(idsOf(steps, { kind: 'next', items: ['a', 'b'], limit: 1 })).toEqual(['c'])
    expect(idsOf(steps, { kind: 'next', items: ['x'], limit: 1 })).toEqual(['y'])
  })

  it('is never in the basket already, where baskets do not return to a product', () => {
    expect(idsOf(steps, { kind: 'next', items: ['a', 'b', 'c'] })).toEqual(expect.not.arrayContaining(['a', 'b', 'c']))
  })

  it('can be a product seen before, but the last one, where visits return to them', () => {
    const visits = { baskets: times(8, () => basket(1, 'list', 'p', 'list', 'q', 'list', 'r')) }
    const after = (...items: string[]) => idsOf(visits, { kind: 'next', items })
    expect(after('list', 'p')[0]).toBe('list')
    expect(after('p', 'list')).not.toContain('list')
    expect(idsOf(visits, { kind: 'next', items: ['list', 'p'], exclude: ['list', 'p'] })).not.toContain('list')
  })

  it('takes what a shopper has bought before into account, and says so', () => {
    const shop = { baskets: [...times(5, () => basket(3, 'a', 'b')), ...times(5, () => basket(3, 'a', 'c'))] }
    const history = [{ id: 'c', at: NOW - 3 * DAY_MS }]
    const [first] = trained(shop).recommend({ kind: 'next', items: ['a'], history, limit: 1 })
    expect(first).toMatchObject({ id: 'c', reason: { kind: 'history', times: 1, at: NOW - 3 * DAY_MS } })
  })
})

describe('for a shopper', () => {
  const history = [
    { id: 'tea', at: NOW - 9 * DAY_MS },
    { id: 'milk', at: NOW - 8 * DAY_MS },
    { id: 'tea', at: NOW - 2 * DAY_MS },
    { id: 'unknown', at: NOW - DAY_MS },
  ]

  it('is what goes with their history and is not in it', () => {
    const answer = trained(SHOP).recommend({ kind: 'for-user', history, limit: 10 })
    expect(answer[0]).toMatchObject({ id: 'cup', reason: { kind: 'bought-together', with: 'tea', together: 4, of: 6 } })
    expect(answer.map(({ id }) => id)).toEqual(expect.not.arrayContaining(['tea', 'milk']))
  })

  it('without a history is what sells', () => {
    expect(idsOf(SHOP, { kind: 'for-user', limit: 2 }).toSorted()).toEqual(['cup', 'tea'])
  })

  it('to buy again is their history, the more often and the later the sooner', () => {
    const answer = trained(SHOP).recommend({ kind: 'buy-again', history, limit: 10 })
    expect(answer.map(({ id, reason }) => [id, reason])).toEqual([
      ['tea', { kind: 'history', times: 2, at: NOW - 2 * DAY_MS }],
      ['milk', { kind: 'history', times: 1, at: NOW - 8 * DAY_MS }],
    ])
  })

  it('recently viewed is their history, newest first', () => {
    expect(idsOf(SHOP, { kind: 'recently-viewed', history: history.slice(0, 2) })).toEqual(['milk', 'tea'])
    expect(idsOf(SHOP, { kind: 'recently-viewed' })).toEqual([])
  })
})

describe('what is trending', () => {
  it('sells more of late than before, ahead of what always sells', () => {
    const baskets = [...times(60, (i) => basket(i, 'classic')), ...times(6, () => basket(0, 'rising'))]
    const answer = trained({ baskets }).recommend({ kind: 'trending', limit: 2 })
    expect(answer.map(({ id }) => id)).toEqual(['rising', 'classic'])
    expect(answer[0]!.reason).toMatchObject({ kind: 'trending', baskets: 6, days: 30 })
    expect(answer[0]!.reason).toHaveProperty('factor', expect.closeTo(30 / 7, 0))
  })
})

describe('complements', () => {
  it('are bought together but not alike', () => {
    const items = [
      { id: 'mug', name: 'Mug blue stripes' },
      { id: 'mug2', name: 'Mug blue stripes large' },
      { id: 'tray', name: 'Oak tray' },
    ]
    const input = { baskets: times(5, () => basket(1, 'mug', 'mug2', 'tray')), items }
    expect(idsOf(input, { kind: 'bought-together', items: ['mug'], limit: 2 }).toSorted()).toEqual(['mug2', 'tray'])
    expect(idsOf(input, { kind: 'complements', items: ['mug'], limit: 1 })).toEqual(['tray'])
  })
})

describe('diversity', () => {
  it('brings what is unlike the first forward, and leaves the first and the order of scores', () => {
    const items = ['red', 'blue', 'green'].map((colour) => ({ id: colour, name: `Fairy cake stand ${colour}` }))
    const baskets = [...times(9, () => basket(0, 'red', 'blue', 'green')), ...times(5, () => basket(0, 'lamp'))]
    const input = { baskets, items }
    const plain = idsOf(input, { kind: 'popular' })
    const mixed = trained(input).recommend({ kind: 'popular', limit: 10, diversity: 0.6 })
    expect(plain.at(-1)).toBe('lamp')
    expect(mixed[0]!.id).toBe(plain[0])
    expect(mixed[1]!.id).toBe('lamp')
    expect(mixed.map(({ id }) => id).toSorted()).toEqual(plain.toSorted())
    const scores = mixed.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  })
})

describe('one who means ill', () => {
  const honest = times(40, (i) => ({ ...basket(i % 20, 'tea', 'cup'), user: `shopper ${i}` }))
  const first = (baskets: readonly Basket[]) =>
    idsOf({ baskets }, { kind: 'bought-together', items: ['tea'], limit: 1 })

  it('cannot move a list with one account that orders the same again and again', () => {
    const bot = times(200, () => ({ ...basket(0, 'tea', 'junk'), user: 'bot' }))
    expect(first([...honest, ...bot])).toEqual(['cup'])
    expect(first([...honest, ...bot.map(({ items, at }, i) => ({ items, at, user: `real ${i}` }))])).toEqual(['junk'])
  })

  it('cannot make a product popular or trending with one account', () => {
    const bot = times(30, () => ({ ...basket(0, 'junk'), user: 'bot' }))
    const honest = times(12, (i) => ({ ...basket(0, 'tea'), user: `shopper ${i}` }))
    for (const kind of ['popular', 'trending'] as const) {
      expect(idsOf({ baskets: [...bot, ...honest] }, { kind, limit: 1 })).toEqual(['tea'])
      expect(
        idsOf({ baskets: [...bot.map(({ items, at }) => ({ items, at })), ...honest] }, { kind, limit: 1 }),
      ).toEqual(['junk'])
    }
  })

  it('cannot move a list with one order of everything', () => {
    const bulk = basket(0, 'tea', 'junk', ...Array.from({ length: 10_000 }, (_, n) => `x${n}`))
    expect(first([...honest, bulk])).toEqual(['cup'])
  })
})

describe('an unusual shop or question', () => {
  it('of 10,000 products in one basket is learned from and answered', () => {
    const items = Array.from({ length: 10_000 }, (_, n) => `x${n}`)
    const model = trained({ baskets: [basket(0, ...items), basket(0, 'a', 'b')] })
    expect(model.recommend({ kind: 'next', items: [...items, 'a'], limit: 3 }).map(({ id }) => id)).toEqual(['b'])
  })

  it.each(KINDS)('of kind %s may ask for 1,000, and gets each product once at most', (kind) => {
    const history = [{ id: 'tea', at: NOW }]
    const ids = idsOf(SHOP, { kind, items: ['cup', 'cup', '?'], history, limit: 1_000 })
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).not.toContain('cup')
  })

  it.each(['bought-together', 'next', 'similar', 'for-user', 'complements'] as const)(
    'of kind %s is filled up with what sells where nothing is known',
    (kind) => expect(idsOf(SHOP, { kind, items: ['?'], limit: 3 }).toSorted()).toEqual(['cup', 'milk', 'tea']),
  )

  it('of a new product is answered from products like it', () => {
    const items = [
      { id: 'old', name: 'Brass garden lantern' },
      { id: 'new', name: 'Brass garden lantern small' },
    ]
    const input = { baskets: [...times(9, () => basket(9, 'old', 'candle')), ...times(9, () => basket(9, 'z'))], items }
    const ids = idsOf(input, { kind: 'bought-together', items: ['new'], limit: 2 })
    expect(ids.toSorted()).toEqual(['candle', 'old'])
  })

  it('has an answer from a catalogue without names', () => {
    expect(
      idsOf({ baskets: [basket(0, 'a', 'b')], items: [{ id: 'a' }, { id: 'b' }] }, { kind: 'next', items: ['a'] }),
    ).toEqual(['b'])
  })
})

describe('a shop with enough orders', () => {
  /** Every basket is of one of 40 themes of 5 products; shoppers stay with their theme. */
  const themed = (count: number) =>
    times(count, (i) => {
      const theme = (i * 7) % 40
      const at = NOW - (count - i) * 3_600_000
      return {
        items: [0, 1, 2].map((n) => `t${theme}-${(Math.floor(i / 40) + n * (1 + (Math.floor(i / 200) % 2))) % 5}`),
        at,
        user: `u${i % 120}`,
      }
    })

  it('learns how to weigh its signals, the same way each time', () => {
    const baskets = themed(1_100)
    const file = trainRecommender({ baskets })
    expect(trainRecommender({ baskets })).toEqual(file)
    expect(file.length).toBeGreaterThan(trainRecommender({ baskets }, { ranking: false }).length)
    const answer = loadRecommender(file).recommend({ kind: 'bought-together', items: ['t3-0'], limit: 4 })
    expect(answer.map(({ id }) => id).toSorted()).toEqual(['t3-1', 't3-2', 't3-3', 't3-4'])
  }, 30_000)
})

describe('a basket that is observed', () => {
  it('counts at once, without a training', () => {
    const model = trained(SHOP)
    for (let i = 0; i < 30; i++) model.observe(basket(0, 'milk', 'tea', 'not known'))
    expect(model.recommend({ kind: 'popular', limit: 2 }).map(({ id }) => id)).toEqual(['tea', 'milk'])
    expect(model.recommend({ kind: 'bought-together', items: ['tea'], limit: 1 })[0]).toMatchObject({
      id: 'milk',
      reason: { kind: 'bought-together', with: 'tea', together: 32, of: 36 },
    })
  })
})
