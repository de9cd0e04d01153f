/** What a thread is told when it starts. */
export interface ThreadStart {
  readonly task: string
  readonly input: unknown
  /** Items that may be on their way before the reader asks for more. */
  readonly credit: number
}

export type FromThread =
  | { readonly type: 'item'; readonly value: unknown }
  | { readonly type: 'end' }
  | { readonly type: 'error'; readonly name: string; readonly message: string; readonly stack: string | undefined }

/** Asks for one more item. */
export const MORE = 'more'

/** Work that can run in a thread of its own: a stream of items that can be copied between threads. */
export type ThreadTask<I, O> = (input: I) => AsyncIterable<O>
