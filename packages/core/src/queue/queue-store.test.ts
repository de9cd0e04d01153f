import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { idbQueueStore } from './idb-store.ts'
import { queueStoreSuite } from './queue-store.suite.ts'
import { memoryQueueStore } from './store.ts'

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
})
afterEach(() => vi.unstubAllGlobals())

queueStoreSuite('memoryQueueStore', () => {
  const store = memoryQueueStore<string>()
  return { open: () => store }
})

queueStoreSuite('idbQueueStore', () => ({ open: () => idbQueueStore('events') }))

describe('idbQueueStore', () => {
  const item = { id: 'a', payload: 'x' }

  it('has what was added before a reload', async () => {
    await idbQueueStore<string>('events').add([item], 10)
    expect(await idbQueueStore<string>('events').oldest(10)).toMatchObject([item])
  })

  it('keeps stores of different names apart', async () => {
    await idbQueueStore<string>('one').add([item], 10)
    expect(await idbQueueStore<string>('two').count()).toBe(0)
  })

  it('keeps the order over a removal and a reload', async () => {
    const ids = ['z', 'y', 'x', 'w']
    await idbQueueStore<string>('events').add(
      ids.map((id) => ({ id, payload: id })),
      10,
    )
    await idbQueueStore<string>('events').remove(['y'])
    await idbQueueStore<string>('events').add([{ id: 'a', payload: 'a' }], 10)
    expect((await idbQueueStore<string>('events').oldest(10)).map(({ id }) => id)).toEqual(['z', 'x', 'w', 'a'])
  })

  it('opens nothing before it is used', () => {
    const open = vi.spyOn(indexedDB, 'open')
    idbQueueStore('events')
    expect(open).not.toHaveBeenCalled()
  })
})
