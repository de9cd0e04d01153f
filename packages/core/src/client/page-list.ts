export interface Page<T> {
  items: T[]
  nextCursor: string | null
}

/**
 * A list that is read page by page. `await list` gives the first page; `for await (const item of list)` walks all
 * items of all pages, fetching each page when it is reached. Nothing is fetched before one of the two.
 */
export interface PageList<T> extends PromiseLike<Page<T>>, AsyncIterable<T> {}

export function pageList<T>(fetchPage: (cursor: string | null) => Promise<Page<T>>): PageList<T> {
  return {
    // biome-ignore lint/suspicious/noThenProperty: being awaitable is this object's purpose.
    then: (resolve, reject) => fetchPage(null).then(resolve, reject),
    async *[Symbol.asyncIterator]() {
      let cursor: string | null = null
      do {
        const page: Page<T> = await fetchPage(cursor)
        yield* page.items
        cursor = page.nextCursor
      } while (cursor !== null)
    },
  }
}
