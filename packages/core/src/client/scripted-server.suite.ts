import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type Reply = (response: ServerResponse, request: IncomingMessage) => void

export interface ReceivedRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface ScriptedServer {
  readonly url: string
  readonly received: readonly ReceivedRequest[]
  /** Answers the next requests, in order; the last one answers all that follow, too. */
  reply(...replies: Reply[]): void
  /** Resolves when the next request is being answered. */
  nextRequest(): Promise<void>
  close(): void
}

/** A real server on a free port of this machine, for tests of what goes over the wire. */
export async function scriptedServer(): Promise<ScriptedServer> {
  const received: ReceivedRequest[] = []
  let script: Reply[] = []
  let arrived = () => {}
  const server = createServer(async (request, response) => {
    const body = await text(request)
    received.push({ method: request.method!, url: request.url!, headers: request.headers, body })
    response.setHeader('connection', 'close') // No connection of one test is there for the next.
    const reply = script.length > 1 ? script.shift()! : script[0]!
    reply(response, request)
    arrived()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    reply(...replies) {
      script = replies
    },
    nextRequest: () =>
      new Promise((resolve) => {
        arrived = resolve
      }),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Answers with a status, and a body in JSON unless it is a text. */
export function answers(status: number, body?: unknown, headers: Record<string, string> = {}): Reply {
  const content = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body)
  const type: Record<string, string> = typeof body === 'object' ? { 'content-type': 'application/json' } : {}
  return (response) => {
    response.writeHead(status, { ...type, ...headers })
    response.end(content)
  }
}

/** Cuts the connection before an answer. */
export const breaksOff: Reply = (response) => {
  response.socket?.destroy()
}

/** Cuts the connection in the middle of the body. */
export const breaksOffMidway: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
  response.write('{"half":', () => response.socket?.destroy())
}

/** Sends headers and the beginning of a body, and nothing more. */
export const stalls: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"half":')
}

export const neverAnswers: Reply = () => {}
