/** What one side puts in as it is made and the other reads as it likes; nothing is lost where nobody reads. */
export interface Channel<T> extends AsyncIterable<T> {
  put(item: T): void
  end(): void
  fail(error: unknown): void
}

export function channel<T>(): Channel<T> {
  const items: T[] = []
  let isEnded = false
  let failed: { error: unknown } | undefined
  let wake = () => {}

  async function* read(): AsyncGenerator<T> {
    for (;;) {
      while (items.length > 0) yield items.shift()!
      if (failed) throw failed.error
      if (isEnded) return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  return {
    put(item) {
      items.push(item)
      wake()
    },
    end() {
      isEnded = true
      wake()
    },
    fail(error) {
      failed = { error }
      wake()
    },
    [Symbol.asyncIterator]: read,
  }
}
