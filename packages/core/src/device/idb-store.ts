import { openIdb } from '../idb/open.ts'
import type { DeviceStore } from './store.ts'

interface Schema {
  values: { key: string; value: unknown }
}

/** Survives a reload, and is shared by the tabs of one origin. Throws what the browser throws where storage is blocked. */
export function idbDeviceStore(name: string): DeviceStore {
  const db = openIdb<Schema>(name, (database) => database.createObjectStore('values'))
  return {
    async get(key) {
      return (await db()).get('values', key)
    },
    async put(key, value) {
      await (await db()).put('values', value, key)
    },
    async remove(key) {
      await (await db()).delete('values', key)
    },
  }
}
