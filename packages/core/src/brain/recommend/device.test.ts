import { describe, expect, it } from 'vitest'
import { ModelFileError } from '../errors.ts'
import { exportDevice } from './device.ts'
import { loadRecommender } from './load.ts'
import { basket, SHOP } from './shop.suite.ts'
import { trainRecommender } from './train.ts'

const full = loadRecommender(trainRecommender(SHOP))
const device = loadRecommender(exportDevice(trainRecommender(SHOP)))

describe('the file for a device', () => {
  it('gives the same first answers with the same reasons', () => {
    for (const kind of ['popular', 'bought-together', 'next'] as const) {
      const answer = (model: typeof full) =>
        model.recommend({ kind, items: ['tea'], limit: 2 }).map(({ id, reason }) => ({ id, reason }))
      expect(answer(device)).toEqual(answer(full))
    }
  })

  it('says of itself what the whole says', () => {
    expect(device.counts).toEqual(full.counts)
    expect(device.trainedAt).toBe(full.trainedAt)
    expect(device.version).not.toBe(full.version)
    expect(device.knows('saucer')).toBe(true)
  })

  it('fills up what it cannot tell, and has no words for what is similar', () => {
    const kinds = device.recommend({ kind: 'similar', items: ['cup'], limit: 5 }).map(({ reason }) => reason.kind)
    expect(kinds).toEqual(['bought-together', 'bought-together', 'popular', 'popular'])
  })

  it('keeps the best neighbours of a product', () => {
    const crowd = Array.from({ length: 60 }, (_, n) => basket(n, 'a', `x${n}`))
    const baskets = [...crowd, ...Array.from({ length: 9 }, () => basket(1, 'a', 'best'))]
    const file = trainRecommender({ baskets })
    const small = exportDevice(file)
    expect(small.length).toBeLessThan(file.length / 2)
    expect(loadRecommender(small).recommend({ kind: 'bought-together', items: ['a'], limit: 1 })[0]!.id).toBe('best')
  })

  it('can be made of a shop without orders', () => {
    const none = loadRecommender(exportDevice(trainRecommender({ baskets: [] })))
    expect(none.recommend({ kind: 'popular', limit: 5 })).toEqual([])
  })

  it('is not made of what is no model', () => {
    expect(() => exportDevice(new Uint8Array(20))).toThrow(ModelFileError)
  })
})
