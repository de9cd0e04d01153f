import { describe, expect, it } from 'vitest'
import type { TenantDb } from '../db/open.ts'
import { silentLog } from '../observe/log.ts'
import { DEFAULT_SETTINGS } from '../recommendation-rules/index.ts'
import { createShelves } from './shelf.ts'

const product = (id: string) => ({ id, name: id, inStock: true, visible: true, updatedAt: '2026-01-01T00:00:00.000Z' })
const DB = { tenantId: 1 } as TenantDb

function shelves() {
  const state = { clock: 0, stamp: 'a', products: ['tea'], isDown: false, loads: 0 }
  const answering = <T>(value: T): Promise<T> =>
    state.isDown ? Promise.reject(new Error('The database is away')) : Promise.resolve(value)
  const made = createShelves(
    {
      catalogue: {
        all: () => {
          state.loads++
          return answering(state.products.map(product))
        },
        changedSince: () => {
          state.loads++
          return answering(state.products.map(product))
        },
        count: async () => state.products.length,
        ids: async () => state.products,
        stamp: () => Promise.resolve(state.stamp),
        itemInfo: () => Promise.resolve([]),
      },
      models: {
        active: () => Promise.resolve(null),
        activeVersion: () => Promise.resolve(null),
        file: () => Promise.resolve(undefined),
        device: () => Promise.resolve(null),
        keep: () => Promise.resolve(),
      },
      comparisons: { current: () => Promise.resolve(undefined) },
      rules: {
        list: () => Promise.resolve([]),
        settings: () => Promise.resolve(DEFAULT_SETTINGS),
        stamp: () => Promise.resolve(''),
      },
    },
    { clock: () => state.clock, log: silentLog },
  )
  return { state, made, ids: async () => [...(await made.of(DB)).products.keys()] }
}

describe('a shelf', () => {
  it('is read once, and again when its stamp has changed and it is looked at after two seconds', async () => {
    const { state, ids } = shelves()
    expect(await ids()).toEqual(['tea'])
    state.products = ['cup']
    state.stamp = 'b'
    expect(await ids()).toEqual(['tea'])
    state.clock = 2_001
    expect(await ids()).toEqual(['cup'])
    state.clock = 9_000
    await ids()
    expect(state.loads).toBe(2)
  })

  it('is read again after a touch, whatever its stamp', async () => {
    const { state, made, ids } = shelves()
    await ids()
    state.products = ['cup']
    made.touch(DB.tenantId)
    expect(await ids()).toEqual(['cup'])
  })

  it('that could not be read is read by the next who asks', async () => {
    const { state, ids } = shelves()
    state.isDown = true
    await expect(ids()).rejects.toThrow('The database is away')
    state.isDown = false
    expect(await ids()).toEqual(['tea'])
  })

  it('goes on as it was while a newer one cannot be read, and follows when it can', async () => {
    const { state, ids } = shelves()
    await ids()
    state.products = ['cup']
    state.stamp = 'b'
    state.isDown = true
    state.clock = 3_000
    await expect(ids()).rejects.toThrow('The database is away')
    expect(await ids()).toEqual(['tea'])
    state.isDown = false
    state.clock = 6_000
    expect(await ids()).toEqual(['cup'])
  })

  it('is read once for all who ask together, and nobody gets the one before a touch', async () => {
    const { state, made, ids } = shelves()
    expect(await Promise.all([ids(), ids(), ids()])).toEqual([['tea'], ['tea'], ['tea']])
    expect(state.loads).toBe(1)
    state.products = ['cup']
    made.touch(DB.tenantId)
    expect(await Promise.all([ids(), ids()])).toEqual([['cup'], ['cup']])
    const reading = ids()
    made.touch(DB.tenantId)
    state.products = ['pot']
    await reading
    expect(await ids()).toEqual(['pot'])
  })
})
