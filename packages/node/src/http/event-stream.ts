/** Proxies close connections that are silent for about a minute. */
const HEARTBEAT_MS = 15_000

/**
 * Writes items as server-sent events (HTML Living Standard §9.2), with a comment now and then so that nothing in between
 * takes the stream for dead, and an event `end` after the last. When the reader goes away, the source is ended.
 */
export function eventStream(source: AsyncIterable<{ id?: string; data: unknown }>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const iterator = source[Symbol.asyncIterator]()
  let heartbeat: NodeJS.Timeout
  return new ReadableStream({
    start(controller) {
      heartbeat = setInterval(() => controller.enqueue(encoder.encode(': still here\n\n')), HEARTBEAT_MS)
    },
    async pull(controller) {
      try {
        const { done, value } = await iterator.next()
        if (!done) return controller.enqueue(encoder.encode(frame(value)))
        clearInterval(heartbeat)
        controller.enqueue(encoder.encode('event: end\ndata: null\n\n'))
        controller.close()
      } catch (error) {
        clearInterval(heartbeat)
        controller.error(error)
      }
    },
    async cancel() {
      clearInterval(heartbeat)
      await iterator.return?.()
    },
  })
}

function frame({ id, data }: { id?: string; data: unknown }): string {
  return `${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
}
