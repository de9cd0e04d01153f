import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { FromThread, ThreadStart } from './protocol.ts'
import { MORE } from './protocol.ts'
import type { Tasks } from './tasks.ts'

/** Items that are ready before they are asked for: enough to keep both threads busy, few enough for memory. */
const CREDIT = 4
/** Rows live briefly: room for them to die young halves the time spent on collecting them. */
const YOUNG_HEAP_MIB = 48

type InputOf<T extends keyof Tasks> = Parameters<Tasks[T]>[0]
type OutputOf<T extends keyof Tasks> = ReturnType<Tasks[T]> extends AsyncIterable<infer O> ? O : never

export interface ThreadOptions {
  readonly signal?: AbortSignal
  /** Largest heap of the thread, in MiB. */
  readonly maxHeapMib?: number
}

/**
 * Runs a task in a thread of its own and yields its items as they come. Leaving the loop, or aborting, ends the thread.
 * Throws what the task throws, by name and message.
 */
export async function* runInThread<T extends keyof Tasks>(
  task: T,
  input: InputOf<T>,
  options: ThreadOptions = {},
): AsyncGenerator<OutputOf<T>> {
  const start: ThreadStart = { task, input, credit: CREDIT }
  const worker = new Worker(threadUrl(), {
    workerData: start,
    resourceLimits: { maxOldGenerationSizeMb: options.maxHeapMib ?? 2048, maxYoungGenerationSizeMb: YOUNG_HEAP_MIB },
  })
  try {
    // `error` events, a heap that is too small among them, end the iteration by throwing.
    const messages = on(worker, 'message', { close: ['exit'], ...(options.signal ? { signal: options.signal } : {}) })
    for await (const [message] of messages as AsyncIterable<[FromThread]>) {
      if (message.type === 'end') return
      if (message.type === 'error') throw revived(message)
      yield message.value as OutputOf<T>
      worker.postMessage(MORE)
    }
    throw new Error(`The thread for ${task} ended before its work was done`)
  } finally {
    await worker.terminate()
  }
}

/** Beside this file's bundle when built, beside this folder when run from source. */
function threadUrl(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('./thread.ts', import.meta.url)
    : new URL('./thread.js', import.meta.url)
}

function revived({ name, message, stack }: Extract<FromThread, { type: 'error' }>): Error {
  const error = new Error(message)
  error.name = name
  if (stack !== undefined) error.stack = stack
  return error
}
