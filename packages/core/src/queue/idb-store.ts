import { openIdb } from '../idb/open.ts'
import type { Queued, QueueStore } from './store.ts'

interface Schema<T> {
  items: { key: number; value: Queued<T>; indexes: { id: string } }
}

/**
 * Survives a reload, and is shared by the tabs of one origin. Throws what the browser throws where storage is
 * blocked.
 */
export function idbQueueStore<T>(name: string): QueueStore<T> {
  const db = openIdb<Schema<T>>(name, (database) => {
    database.createObjectStore('items', { autoIncrement: true }).createIndex('id', 'id', { unique: true })
  })

  return {
    async add(items, maxItems) {
      const tx = (await db()).transaction('items', 'readwrite')
      for (const item of items) {
        if ((await tx.store.index('id').getKey(item.id as never)) === undefined) await tx.store.add(item)
      }
      const excess = Math.max(0, (await tx.store.count()) - maxItems)
      if (excess > 0) {
        const keys = await tx.store.getAllKeys(null, excess)
        await tx.store.delete(IDBKeyRange.bound(keys[0], keys.at(-1)) as never)
      }
      await tx.done
      return excess
    },
    async oldest(limit) {
      return (await db()).getAll('items', null, limit)
    },
    async remove(ids) {
      const tx = (await db()).transaction('items', 'readwrite')
      for (const id of ids) {
        const key = await tx.store.index('id').getKey(id as never)
        if (key !== undefined) await tx.store.delete(key)
      }
      await tx.done
    },
    async count() {
      return (await db()).count('items')
    },
  }
}
