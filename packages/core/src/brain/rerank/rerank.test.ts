import { describe, expect, it } from 'vitest'
import { exportDevice } from '../recommend/device.ts'
import { loadRecommender } from '../recommend/load.ts'
import { trainRecommender } from '../recommend/train.ts'
import { pastQuestions } from './cases.ts'
import { FEATURE_COUNT } from './features.ts'
import { meanLoss } from './learn.ts'
import { favouriteOf, NEWEST, pastOf, REGULARS } from './regulars.suite.ts'
import { readReranker, withReranker } from './reranker.ts'
import { trainReranker } from './train.ts'

const device = exportDevice(trainRecommender(REGULARS))
const network = trainReranker(REGULARS)!
const whole = withReranker(device, network)
const lists = loadRecommender(whole)
const reranker = readReranker(whole, lists)!

/** The place of what the shopper always buys, when they have put a bag into the basket; mean over shoppers. */
function meanPlace(answer: (shopper: number) => { id: string }[]): number {
  const places = Array.from({ length: 60 }, (_, shopper) =>
    answer(shopper).findIndex(({ id }) => id === favouriteOf(shopper)),
  )
  return places.reduce((sum, place) => sum + place, 0) / places.length
}

describe('a network on top of the lists', () => {
  it('puts what shoppers always buy further to the front than the lists alone', () => {
    const query = { kind: 'next', items: ['bag'], limit: 31 } as const
    const alone = meanPlace((shopper) => lists.recommend({ ...query, history: pastOf(shopper) }))
    const reranked = meanPlace((shopper) =>
      reranker.forVisitor({ bought: pastOf(shopper), viewed: [] }).recommend(query),
    )
    expect(reranked).toBeLessThan(alone)
    expect(reranked).toBeLessThan(1)
  })

  it('gives the same products with the same reasons, scores going down', () => {
    const query = { kind: 'next', items: ['bag'], limit: 50, history: pastOf(3) } as const
    const alone = lists.recommend(query)
    const list = reranker.forVisitor({ bought: [], viewed: [] }).recommend(query)
    const sorted = (answer: typeof list) => answer.map(({ id, reason }) => ({ id, reason })).sort(byId)
    expect(sorted(list)).toEqual(sorted(alone))
    expect(list.map(({ score }) => score)).toEqual(alone.map(({ score }) => score))
  })

  it('leaves the lists as they are for those who are not known', () => {
    const query = { kind: 'bought-together', items: ['bag'], limit: 10 } as const
    expect(reranker.forVisitor({ bought: [], viewed: [] }).recommend(query)).toEqual(lists.recommend(query))
  })

  it('offers those who only looked what goes with that', () => {
    const viewed = [{ id: 'p4', at: NEWEST }]
    const [first] = reranker.forVisitor({ bought: [], viewed }).recommend({ kind: 'for-user', limit: 5 })
    expect(first!.id).not.toBe('p4')
    expect(first!.reason).toMatchObject({ kind: 'bought-together', with: 'p4' })
  })

  it('comes from the same orders byte for byte, in whatever order they are told', () => {
    const shuffled = { baskets: [...REGULARS.baskets].reverse() }
    expect(trainReranker(shuffled)).toEqual(network)
  })

  it('is not learned from a few orders, nor from nobody’s', () => {
    expect(trainReranker({ baskets: REGULARS.baskets.slice(0, 100) })).toBeNull()
    expect(trainReranker({ baskets: REGULARS.baskets.map(({ user: _, ...basket }) => basket) })).toBeNull()
    expect(trainReranker({ baskets: [] })).toBeNull()
  })

  it('adds a few KB to the file, whose lists stay the same', () => {
    expect(whole.length - device.length).toBeLessThan(4_096)
    const query = { kind: 'next', items: ['bag'], limit: 20 } as const
    expect(lists.recommend(query)).toEqual(loadRecommender(device).recommend(query))
  })

  it('is passed over where it is of another shape or holds what is no number', () => {
    const { weights, scales } = network
    expect(readReranker(device, lists)).toBeNull()
    expect(readReranker(withReranker(device, { weights: weights.slice(1), scales }), lists)).toBeNull()
    const broken = weights.with(3, Number.NaN)
    expect(readReranker(withReranker(device, { weights: broken, scales }), lists)).toBeNull()
  })
})

describe('what a visitor did', () => {
  it('asks about each order what came last, what went with the first, and what of it was new', () => {
    const bought = [
      { id: 'a', at: 1 },
      { id: 'b', at: 1 },
      { id: 'c', at: 2 },
      { id: 'd', at: 2 },
    ]
    expect(pastQuestions({ bought, viewed: [] }, 3)).toMatchObject([
      { kind: 'next', items: ['c'], chosen: ['d'], at: 2, bought: bought.slice(0, 2) },
      { kind: 'bought-together', items: ['c'], chosen: ['d'] },
      { kind: 'for-user', items: [], chosen: ['c', 'd'] },
    ])
  })

  it('asks of each look in a visit what was looked at next', () => {
    const viewed = ['a', 'b', 'c'].map((id, at) => ({ id, at }))
    const asked = pastQuestions({ bought: [], viewed }, 10).filter(({ kind }) => kind === 'next')
    expect(asked.map(({ items, chosen }) => [...items, '→', ...chosen].join(' '))).toEqual(['a b → c', 'a → b'])
    const later = [...viewed, { id: 'd', at: 86_400_000 }]
    expect(pastQuestions({ bought: [], viewed: later }, 10)).toHaveLength(4)
  })

  it('is what the network explains better than the lists alone do', () => {
    const cases = Array.from({ length: 60 }, (_, shopper) => pastQuestions({ bought: pastOf(shopper), viewed: [] }, 1))
      .flat()
      .flatMap((question) => reranker.caseOf(question) ?? [])
    const flat = new Float32Array(network.weights.length)
    expect(meanLoss(network.weights, FEATURE_COUNT, cases)).toBeLessThan(meanLoss(flat, FEATURE_COUNT, cases))
  })
})

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1
}
