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

/** Keeps in memory what `store` cannot take, as where storage is blocked or full; what it has is told and sent with the rest. */
export function withSpare<T>(store: QueueStore<T>): QueueStore<T> {
  const spare = memoryQueueStore<T>()
  const given = new Set<string>()
  return {
    async add(items, maxItems) {
      return store.add(items, maxItems).catch(() => spare.add(items, maxItems))
    },
    async oldest(limit) {
      const kept = await store.oldest(limit).catch(() => [])
      for (const { id } of kept) given.add(id)
      return [...kept, ...(await spare.oldest(limit - kept.length))]
    },
    async remove(ids) {
      await spare.remove(ids)
      await store.remove(ids).catch((error) => {
        // What the store goes on giving would be sent for ever.
        if (ids.some((id) => given.has(id))) throw error
      })
      for (const id of ids) given.delete(id)
    },
    async count() {
      return (await store.count().catch(() => 0)) + (await spare.count())
    },
  }
}
