import { NetworkError } from '../errors.ts'

export interface ServerSentEvent {
  id: string | null
  data: unknown
}

const MAX_RECONNECTS = 5

export interface StreamSource {
  /** Opens the connection, with these headers besides its own. */
  readonly open: (headers: Record<string, string>) => Promise<Response>
  readonly parse: (data: string) => unknown
  /** Waits before reconnection `attempt` (0, 1, 2 …). */
  readonly pause: (attempt: number) => Promise<void>
  readonly signal?: AbortSignal | undefined
}

/**
 * Reads server-sent events (HTML Living Standard §9.2) whose data are JSON. When the connection breaks it is opened
 * again with `Last-Event-ID`, up to 5 times in a row without an event. Ends with the server's event `end`, or when the
 * loop is left; throws the reason when `signal` is aborted.
 */
export async function* readEventStream({ open, parse, pause, signal }: StreamSource): AsyncGenerator<ServerSentEvent> {
  const headers: Record<string, string> = { accept: 'text/event-stream' }
  for (let failures = 0; ; ) {
    const response = await open(headers)
    try {
      for await (const block of blocks(response)) {
        const { event, id, data } = fieldsOf(block)
        if (event === 'end') return
        if (data === undefined) continue
        failures = 0
        if (id !== undefined) headers['last-event-id'] = id
        yield { id: id ?? null, data: await parse(data) }
      }
    } catch (error) {
      signal?.throwIfAborted()
      if (!(error instanceof TypeError)) throw error
      // A TypeError is how fetch reports a connection that broke midway.
    }
    if (failures === MAX_RECONNECTS) throw new NetworkError('The stream keeps breaking')
    await pause(failures++)
  }
}

/** Splits a body at blank lines. */
async function* blocks(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) return
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const parts = (rest + value).split(/\r\n\r\n|\n\n|\r\r/)
      rest = parts.pop() ?? ''
      yield* parts
    }
  } finally {
    await reader.cancel().catch(() => {}) // Already closed: nothing left to release.
  }
}

function fieldsOf(block: string): Partial<Record<string, string>> {
  const fields: Partial<Record<string, string>> = {}
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, name = '', value = ''] = /^(\w+): ?(.*)$/s.exec(line) ?? []
    fields[name] = name === 'data' && fields.data !== undefined ? `${fields.data}\n${value}` : value
  }
  return fields
}
