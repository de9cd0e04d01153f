import type { Talk } from './talk.ts'

/** Where a page keeps talks for the next one. */
export interface TalkStore {
  /** The last one spoken in comes first. */
  list(): Promise<readonly Talk[]>
  put(talk: Talk): Promise<void>
  remove(key: string): Promise<void>
}

export const forgetful: TalkStore = {
  list: async () => [],
  put: async () => {},
  remove: async () => {},
}

/** One talk, kept under `name` until the tab is closed. Where storage is blocked or full, nothing is kept. */
export function tabStore(storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, name: string): TalkStore {
  const attempt = <T>(work: () => T, otherwise: T): T => {
    try {
      return work()
    } catch {
      return otherwise
    }
  }
  return {
    list: async () => attempt(() => [JSON.parse(storage().getItem(name) ?? 'null') as Talk].filter(Boolean), []),
    put: async (talk) => attempt(() => storage().setItem(name, JSON.stringify(talk)), undefined),
    remove: async () => attempt(() => storage().removeItem(name), undefined),
  }
}
