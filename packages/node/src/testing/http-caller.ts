import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http'
import { Readable } from 'node:stream'

export interface HttpCall {
  readonly method?: string
  /** Sent as it is, escapes and all. */
  readonly path: string
  readonly headers?: OutgoingHttpHeaders
  /** Text and bytes are sent with their length, anything else in chunks. */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array> | undefined
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

/** Speaks HTTP with a server on this machine, without what `fetch` mends or refuses on the way. */
export interface HttpCaller {
  call(call: HttpCall): Promise<HttpAnswer>
  close(): void
}

export function httpCaller(port: number): HttpCaller {
  const agent = new Agent({ keepAlive: true })
  return {
    call: ({ method = 'GET', path, headers = {}, body }) =>
      new Promise((resolve, reject) => {
        const outgoing = request({ agent, host: '127.0.0.1', port, method, path, headers })
        let isAnswered = false
        outgoing.once('response', (response) => {
          isAnswered = true
          response
            .toArray()
            .then((chunks) =>
              resolve({
                status: response.statusCode!,
                headers: response.headers,
                text: Buffer.concat(chunks as Uint8Array[]).toString(),
              }),
            )
            .catch(reject)
        })
        // What becomes of the rest of a body after its answer is of no interest.
        outgoing.on('error', (error) => isAnswered || reject(error))
        if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) outgoing.end(body)
        else Readable.from(body).pipe(outgoing)
      }),
    close: () => agent.destroy(),
  }
}
