/** A value that changes, and tells. */
export interface Observable<T> {
  readonly value: T
  /** Calls `run` now and after each change. Returns the unsubscriber. */
  subscribe(run: (value: T) => void): () => void
}

export interface Settable<T> extends Observable<T> {
  set(value: T): void
}

/** `onFirst` runs when somebody subscribes for the first time. */
export function observable<T>(initial: T, onFirst: () => void): Settable<T> {
  const readers = new Set<(value: T) => void>()
  let wasRead = false
  let current = initial
  return {
    get value() {
      return current
    },
    set(value) {
      current = value
      for (const read of [...readers]) read(value)
    },
    subscribe(run) {
      // The same function may subscribe twice.
      const reader = (value: T) => run(value)
      readers.add(reader)
      reader(current)
      if (!wasRead) {
        wasRead = true
        onFirst()
      }
      return () => readers.delete(reader)
    },
  }
}
