export interface Queued<T> {
  readonly id: string
  readonly payload: T
}

/** Where an outbox keeps its items, oldest first. An item that is added twice (same id) is kept once. */
export interface QueueStore<T> {
  /** Adds items; when there would be more than `maxItems`, the oldest go. Returns how many went. */
  add(items: readonly Queued<T>[], maxItems: number): Promise<number>
  oldest(limit: number): Promise<Queued<T>[]>
  remove(ids: readonly string[]): Promise<void>
  count(): Promise<number>
}

/** Forgets on reload. */
export function memoryQueueStore<T>(): QueueStore<T> {
  const items = new Map<string, Queued<T>>()
  return {
    async add(added, maxItems) {
      for (const item of added) if (!items.has(item.id)) items.set(item.id, item)
      const excess = Math.max(0, items.size - maxItems)
      for (const id of [...items.keys()].slice(0, excess)) items.delete(id)
      return excess
    },
    async oldest(limit) {
      return [...items.values()].slice(0, limit)
    },
    async remove(ids) {
      for (const id of ids) items.delete(id)
    },
    async count() {
      return items.size
    },
  }
}
