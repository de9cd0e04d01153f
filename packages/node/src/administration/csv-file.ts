const UTF8 = new TextEncoder()

/** A CSV that is written while it is read: `rows` gives pieces of it, lines whole. */
export function csvFile(
  filename: string,
  rows: AsyncIterator<string>,
): { body: ReadableStream<Uint8Array>; type: 'text/csv'; filename: string } {
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await rows.next()
      if (done) controller.close()
      else controller.enqueue(UTF8.encode(value))
    },
    async cancel() {
      await rows.return?.()
    },
  })
  return { body, type: 'text/csv', filename }
}
