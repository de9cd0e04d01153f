import { openIdb } from '../idb/open.ts'

/** What every talk has. */
export interface KeptTalk {
  readonly key: string
  /** ms since 1970. */
  readonly updatedAt: number
}

/** Talks of one visitor with an assistant. */
export interface TalkStore<T extends KeptTalk> {
  /** The last one spoken in comes first. */
  list(): Promise<readonly T[]>
  /** Keeps a talk in place of the one with its key. */
  put(talk: T): Promise<void>
  remove(key: string): Promise<void>
}

/** Most talks that are kept; beyond it the oldest go. */
const MAX_TALKS = 50

interface Schema<T extends KeptTalk> {
  talks: { key: string; value: T; indexes: { updatedAt: number } }
}

/** Survives a reload, and is shared by the tabs of one origin. Throws what the browser throws where storage is blocked or full. */
export function idbTalks<T extends KeptTalk>(name: string): TalkStore<T> {
  const db = openIdb<Schema<T>>(name, (database) =>
    database.createObjectStore('talks', { keyPath: 'key' }).createIndex('updatedAt', 'updatedAt'),
  )
  return {
    async list() {
      return (await (await db()).getAllFromIndex('talks', 'updatedAt' as never)).reverse()
    },
    async put(talk) {
      const tx = (await db()).transaction('talks', 'readwrite')
      await tx.store.put(talk)
      const excess = (await tx.store.count()) - MAX_TALKS
      let oldest = excess > 0 ? await tx.store.index('updatedAt' as never).openCursor() : null
      for (let left = excess; oldest && left > 0; left--) {
        await oldest.delete()
        oldest = await oldest.continue()
      }
      await tx.done
    },
    async remove(key) {
      await (await db()).delete('talks', key)
    },
  }
}
