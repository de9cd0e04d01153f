import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { idbQueueStore } from './idb-store.ts'
import { queueStoreSuite } from './queue-store.suite.ts'
import { memoryQueueStore, withSpare } from './store.ts'

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

  it('is opened anew by the next call where it could not be opened, or was taken away', async () => {
    const open = vi.spyOn(indexedDB, 'open')
    open.mockImplementationOnce(() => {
      throw new DOMException('Storage is blocked', 'SecurityError')
    })
    const store = idbQueueStore<string>('events')
    await expect(store.add([item], 10)).rejects.toThrow('Storage is blocked')
    expect(await store.add([item], 10)).toBe(0)
    const database = (await open.mock.results[1]!.value).result as IDBDatabase
    database.close()
    // fake-indexeddb has events of its own making.
    const phases = { CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 }
    database.dispatchEvent({ type: 'close', initialized: true, eventPath: [], ...phases } as unknown as Event)
    expect(await store.count()).toBe(1)
  })

  it('opens nothing before it is used', () => {
    const open = vi.spyOn(indexedDB, 'open')
    idbQueueStore('events')
    expect(open).not.toHaveBeenCalled()
  })
})

describe('withSpare', () => {
  const items = (...ids: string[]) => ids.map((id) => ({ id, payload: id }))
  const blocked = async (): Promise<never> => {
    throw new DOMException('Storage is blocked', 'SecurityError')
  }

  queueStoreSuite('withSpare of a store that works', () => {
    const store = withSpare(memoryQueueStore<string>())
    return { open: () => store }
  })

  queueStoreSuite('withSpare of a store that never does', () => {
    const store = withSpare<string>({ add: blocked, oldest: blocked, remove: blocked, count: blocked })
    return { open: () => store }
  })

  it('sends what the store has and what it could not take', async () => {
    const own = memoryQueueStore<string>()
    const store = withSpare(own)
    await store.add(items('a'), 10)
    vi.spyOn(own, 'add').mockImplementationOnce(blocked)
    await store.add(items('b'), 10)
    await store.add(items('c'), 10)
    expect(await store.count()).toBe(3)
    expect((await store.oldest(10)).map(({ id }) => id)).toEqual(['a', 'c', 'b'])
    expect(await store.oldest(1)).toHaveLength(1)
    await store.remove(['a', 'b'])
    expect(await store.oldest(10)).toEqual(items('c'))
  })

  it('says so where the store cannot remove what it has, since that would be sent for ever', async () => {
    const own = memoryQueueStore<string>()
    const store = withSpare(own)
    await store.add(items('a'), 10)
    await store.oldest(10)
    vi.spyOn(own, 'remove').mockImplementationOnce(blocked)
    await expect(store.remove(['a'])).rejects.toThrow('Storage is blocked')
  })
})
