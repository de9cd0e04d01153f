import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { topIndexes } from './top.ts'

const naive = (candidates: readonly number[], scores: readonly number[], k: number) =>
  [...candidates].sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, k)

describe('topIndexes', () => {
  it('is the beginning of a full sort, ties in the order of the index', () => {
    const score = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true, min: -1e9, max: 1e9 }))
    fc.assert(
      fc.property(fc.array(score, { maxLength: 200 }), fc.nat(210), fc.infiniteStream(fc.nat()), (scores, k, order) => {
        const shuffled = scores
          .map((_, index) => ({ index, rank: order.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ index }) => index)
        expect(topIndexes(shuffled, scores, k)).toEqual(naive(shuffled, scores, k))
      }),
      { numRuns: 1_000 },
    )
  })

  it('takes some of the indexes as candidates, and leaves their list as it was', () => {
    const candidates = [4, 0, 2]
    expect(topIndexes(candidates, [9, 8, 7, 6, 10], 2)).toEqual([4, 0])
    expect(candidates).toEqual([4, 0, 2])
  })

  it('gives nothing where nothing is wanted or there', () => {
    expect(topIndexes([0, 1, 2], [1, 2, 3], 0)).toEqual([])
    expect(topIndexes([], [], 5)).toEqual([])
  })

  it('sorts ten thousand equal scores without getting lost', () => {
    const candidates = Array.from({ length: 10_000 }, (_, i) => 9_999 - i)
    expect(topIndexes(candidates, new Float32Array(10_000), 3)).toEqual([0, 1, 2])
  })
})
