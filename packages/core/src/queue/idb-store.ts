import type { Queued, QueueStore } from './store.ts'

const ITEMS = 'items'
const BY_ID = 'id'

/** Survives a reload, and is shared by the tabs of one origin. Throws what the browser throws where storage is blocked. */
export function idbQueueStore<T>(name: string): QueueStore<T> {
  let opened: Promise<IDBDatabase> | undefined

  /** A database that could not be opened, or was taken away, is opened anew by the next call. */
  function open(): Promise<IDBDatabase> {
    const forget = () => {
      opened = undefined
    }
    opened ??= openDatabase(name, forget).catch((error) => {
      forget()
      throw error
    })
    return opened
  }

  async function change<R>(work: (items: IDBObjectStore) => Promise<R>): Promise<R> {
    const transaction = (await open()).transaction(ITEMS, 'readwrite')
    const kept = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
    // Where the work fails the transaction is aborted, and it is the work that says why.
    kept.catch(() => {})
    const result = await work(transaction.objectStore(ITEMS))
    await kept
    return result
  }

  async function read<R>(request: (items: IDBObjectStore) => IDBRequest<R>): Promise<R> {
    return answer(request((await open()).transaction(ITEMS).objectStore(ITEMS)))
  }

  return {
    add: (added, maxItems) =>
      change(async (items) => {
        for (const item of added) {
          if ((await answer(items.index(BY_ID).getKey(item.id))) === undefined) await answer(items.add(item))
        }
        const excess = Math.max(0, (await answer(items.count())) - maxItems)
        if (excess > 0) {
          const keys = await answer(items.getAllKeys(null, excess))
          await answer(items.delete(IDBKeyRange.bound(keys[0], keys.at(-1))))
        }
        return excess
      }),
    oldest: (limit) => read<Queued<T>[]>((items) => items.getAll(null, limit)),
    remove: (ids) =>
      change(async (items) => {
        for (const id of ids) {
          const key = await answer(items.index(BY_ID).getKey(id))
          if (key !== undefined) await answer(items.delete(key))
        }
      }),
    count: () => read((items) => items.count()),
  }
}

async function openDatabase(name: string, onLost: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ITEMS, { autoIncrement: true }).createIndex(BY_ID, 'id', { unique: true })
  }
  const database = await answer(request)
  database.onclose = onLost
  return database
}

function answer<R>(request: IDBRequest<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
