import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Answer } from '../http/answer.ts'
import type { Handle } from '../http/handle.ts'
import { type Incoming, splitTarget } from '../http/incoming.ts'
import { listenNearby, listenOn } from './listen-nearby.ts'
import { originForm } from './target.ts'
import { refuseUnreadable, withHost } from './unreadable.ts'

/**
 * What an adapter needs of a Tillwright server.
 * @internal
 */
export interface Handling {
  readonly handle: Handle
}

/** Long enough to upload the largest import; bodies of ordinary routes have shorter limits of their own. */
const REQUEST_TIMEOUT_MS = 15 * 60_000
const HEADERS_TIMEOUT_MS = 30_000

/**
 * A listener for Node's HTTP server.
 *
 * ```ts
 * http.createServer(nodeListener(server)).listen(4000)
 * ```
 */
export function nodeListener(server: Handling): RequestListener {
  return (message, response) => {
    answerNode(server, message, response).catch((error: Error) => response.destroy(error))
  }
}

/** @internal */
export interface NodeRequestParts {
  /** Path and query, where the host has cut a prefix off. */
  readonly target?: string | undefined
  /** The body, where the host has taken it from the message. */
  readonly body?: AsyncIterable<Uint8Array> | undefined
}

/**
 * Answers one request of Node's, for adapters of hosts that hand out its message and response.
 * @internal
 */
export async function answerNode(
  server: Handling,
  message: IncomingMessage,
  response: ServerResponse,
  parts: NodeRequestParts = {},
): Promise<void> {
  const answer = await server.handle(fromNode(message, response, parts))
  await send(answer, message, response)
}

function fromNode(message: IncomingMessage, response: ServerResponse, { target, body }: NodeRequestParts): Incoming {
  const { method = 'GET', headers, socket } = message
  return {
    method,
    ...splitTarget(originForm(target ?? message.url ?? '/')),
    isSecure: 'encrypted' in socket,
    peer: socket.remoteAddress,
    header(name) {
      const value = headers[name]
      return Array.isArray(value) ? value.join(', ') : (value ?? null)
    },
    body: () => body ?? bodyOf(message, response),
    signal: () => goneSignal(message, response),
  }
}

/** The body of a message. Who stops reading halfway can still answer: the connection lives, and the rest is read over. */
function bodyOf(message: IncomingMessage, response: ServerResponse): AsyncIterable<Uint8Array> {
  response.once('finish', () => message.resume())
  return message.iterator({ destroyOnReturn: false })
}

/** Aborted when the caller goes away. A response that waits behind another one on its connection hears of no end but the socket's. */
function goneSignal({ socket }: IncomingMessage, response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  const abort = () => {
    if (!response.writableFinished) gone.abort(new Error('The caller went away'))
  }
  if (isGone(socket, response)) abort()
  socket.once('close', abort)
  response.once('close', () => {
    socket.off('close', abort)
    abort()
  })
  return gone.signal
}

function isGone(socket: Socket, response: ServerResponse): boolean {
  return socket.destroyed || response.destroyed
}

async function send(answer: Answer, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, headers, cookies, body, byteLength = lengthOf(body) } = answer
  const allHeaders = cookies ? { ...headers, 'set-cookie': cookies as string[] } : headers
  if (body instanceof ReadableStream) return sendStream(status, allHeaders, body, message, response)
  if (response.destroyed) return
  // 204 and 304 have no body and must not speak of its length; that of HEAD is not known. All headers at once: one more call
  // costs a third of the rest.
  const isBodiless = status === 204 || status === 304 || message.method === 'HEAD'
  response.writeHead(status, isBodiless ? allHeaders : { ...allHeaders, 'content-length': byteLength })
  response.end(body)
}

async function sendStream(
  status: number,
  headers: OutgoingHttpHeaders,
  body: ReadableStream<Uint8Array>,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (isGone(message.socket, response)) return body.cancel()
  if (message.method === 'HEAD') {
    response.writeHead(status, headers).end()
    return body.cancel()
  }
  response.writeHead(status, headers)
  response.flushHeaders()
  try {
    await pipeline(Readable.fromWeb(body as never), response, { signal: goneSignal(message, response) })
  } catch {
    // The caller went away, or the source failed halfway: a connection that is cut says so.
    response.destroy()
  }
}

function lengthOf(body: Answer['body']): number {
  if (body === null || body instanceof ReadableStream) return 0
  return typeof body === 'string' ? Buffer.byteLength(body) : body.length
}

export interface Listening {
  readonly http: HttpServer
  readonly port: number
  /** Accepts no more connections and ends the idle ones. Call the server's own `close` next, then `finish`. */
  stopAccepting(): void
  /** Ends what is still open. */
  finish(): Promise<void>
}

export interface ListenOptions {
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  /** Where the port is taken, the next free one will do. Default `false`. */
  readonly nearby?: boolean
}

/** Listens on a port. Rejects with the system's error, `EADDRINUSE` for one. */
export async function listen(server: Handling, { host, port, nearby = false }: ListenOptions): Promise<Listening> {
  const answer = withHost(nodeListener(server))
  const http = createHttpServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: HEADERS_TIMEOUT_MS, requireHostHeader: false },
    answer,
  )
  // Expectations that nobody knows are no reason to refuse (RFC 9110, section 10.1.1).
  http.on('checkExpectation', answer)
  refuseUnreadable(http)
  const taken = nearby ? await listenNearby(http, { host, port }) : await listenOn(http, host, port)
  let closed: Promise<void> | undefined
  const stopAccepting = () => {
    closed ??= new Promise((resolve) => {
      http.close(() => resolve())
      http.closeIdleConnections()
    })
  }
  return {
    http,
    port: taken,
    stopAccepting,
    async finish() {
      stopAccepting()
      http.closeAllConnections()
      await closed
    },
  }
}
