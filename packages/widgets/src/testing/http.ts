import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface Received {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** Resolves when the other side gives up before it was answered. */
  readonly hungUp: Promise<void>
}

export interface TestServer {
  readonly origin: string
  close(): Promise<void>
}

/** A server on a free port of this machine. `answer` gives `null` to hang up without an answer. */
export async function serve(
  host: '127.0.0.1' | 'localhost',
  answer: (request: Received) => Promise<Reply | null> | Reply | null,
): Promise<TestServer> {
  const server = createServer(async (request, response) => {
    const reply = await answer(await receive(request, response, origin))
    if (reply === null) request.socket.destroy()
    else send(reply, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function receive(request: IncomingMessage, response: ServerResponse, origin: string): Promise<Received> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  return {
    method: request.method!,
    url: new URL(request.url!, origin),
    headers: request.headers,
    body: Buffer.concat(chunks).toString(),
    hungUp: new Promise((resolve) => response.on('close', () => response.writableFinished || resolve())),
  }
}

function send({ status = 200, headers = {}, body = '' }: Reply, response: ServerResponse): void {
  response.writeHead(status, headers)
  response.end(body)
}
