import { randomUUID } from 'node:crypto'
import {
  type Server as HttpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http'
import type { Duplex } from 'node:stream'
import { type ErrorCode, PROBLEM_TYPE } from '@tillwright/core/contract'
import { REQUEST_ID_HEADER, SECURITY_HEADERS } from '../http/headers.ts'
import { problem } from '../http/problem-error.ts'

/** How long a caller may take to read the refusal. */
const READING_MS = 1_000

/** What Node's parser and its time-outs call what they refuse; anything else is malformed. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'payload_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
}

/**
 * Refuses what Node's parser cannot read, or waited for too long, as every other refusal looks: problem+json with the
 * security headers. The connection ends with it, for nobody knows where on it the next request would begin.
 */
export function refuseUnreadable(http: HttpServer): void {
  const unfinished = new WeakMap<Duplex, Set<ServerResponse>>()
  http.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const responses = unfinished.get(socket) ?? new Set()
    unfinished.set(socket, responses.add(response))
    response.once('close', () => responses.delete(response))
  })
  http.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const open = [...(unfinished.get(socket) ?? [])]
    // A refusal in the midst of an answer, or in place of an earlier one, would be read as part of it.
    const isClean = open.length === 0 || (open.length === 1 && !open[0]!.headersSent)
    if (!socket.writable || !isClean) {
      socket.destroy()
      return
    }
    socket.end(refusal(CODES[error.code ?? ''] ?? 'malformed_request'))
    const timer = setTimeout(() => socket.destroy(), READING_MS)
    socket.once('close', () => clearTimeout(timer))
  })
}

/**
 * Lets only requests by that Node would refuse in its own way: of HTTP/1.1 without a host (RFC 9112, section 3.2). The server
 * must be made with `requireHostHeader: false`.
 */
export function withHost(listener: RequestListener): RequestListener {
  return (message, response) => {
    if (message.headers.host !== undefined || message.httpVersion !== '1.1') return listener(message, response)
    const { status, headers, body } = refusalOf('malformed_request', 'A request needs a Host header')
    response.writeHead(status, headers).end(body)
  }
}

function refusal(code: ErrorCode): string {
  const { status, headers, body } = refusalOf(code)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`
}

function refusalOf(code: ErrorCode, detail?: string) {
  const error = problem(code, detail)
  const requestId = `req_${randomUUID().replaceAll('-', '')}`
  const body = JSON.stringify(error.toProblem(requestId))
  const headers = {
    ...SECURITY_HEADERS,
    [REQUEST_ID_HEADER]: requestId,
    'content-type': PROBLEM_TYPE,
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  return { status: error.status, headers, body }
}
