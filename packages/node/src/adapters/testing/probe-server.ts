import { createHash } from 'node:crypto'
import { ReadableStream as NodeReadableStream } from 'node:stream/web'
import type { Answer } from '../../http/answer.ts'
import type { Handle } from '../../http/handle.ts'
import { fromRequest, type Incoming } from '../../http/incoming.ts'
import { toResponse } from '../../http/to-response.ts'
import type { ServerFetch } from '../../server.ts'

/** How long an answer of `/flood` is where its query says nothing. */
export const FLOOD_BYTES = 256 << 20
export const LIMIT_BYTES = 64 << 10
export const COOKIES = [
  'a=1; Path=/; HttpOnly',
  'b=2; Expires=Wed, 21 Oct 2037 07:28:00 GMT',
  'c="x, y"; SameSite=Lax',
] as const

/** What the probe saw of one request, by the id in its query. */
export interface Note {
  started: boolean
  aborted: boolean
  cancelled: boolean
  /** Of the answer, handed to the host so far. */
  producedBytes: number
  /** Of the request's body. */
  readBytes: number
  /** What reading the body failed with. */
  readError: string | null
}

/** What the probe tells about a request that it only echoes. */
export interface Echo {
  readonly method: string
  readonly path: string
  readonly search: string
  readonly isSecure: boolean
  readonly peer: string | null
  readonly headers: Readonly<Record<string, string | null>>
  readonly bytes: number
  readonly sha256: string
}

const ECHOED_HEADERS = ['host', 'content-type', 'cookie', 'x-probe', 'x-absent']
const PIECE = new Uint8Array(64 << 10).fill(0x2e)

/** A server that tells what reached it, and whose answers a test can hold back: it tests adapters and nothing else. */
export function probeServer(): { readonly handle: Handle; readonly fetch: ServerFetch } {
  const notes = new Map<string, Note>()
  const gates = new Map<string, PromiseWithResolvers<void>>()
  let requests = 0

  const noteOf = (id: string) => found(notes, id, freshNote)
  const gateOf = (id: string) => found(gates, id, () => Promise.withResolvers<void>())

  const routes: Record<string, (request: Incoming, id: string, query: URLSearchParams) => Answer | Promise<Answer>> = {
    '/count': () => json({ requests }),
    '/notes': (_request, id) => json(noteOf(id)),
    '/release': (_request, id) => {
      gateOf(id).resolve()
      return json({})
    },
    '/mirror': async (request) => bytes(Buffer.concat(await Array.fromAsync(request.body()))),
    '/through': (request) => ({ ...bytes(null), body: NodeReadableStream.from(request.body()) as ReadableStream }),
    '/collect': async (request, id) => {
      const note = noteOf(id)
      await collect(request, note)
      return json(note)
    },
    '/collect-later': async (request, id) => {
      const note = noteOf(id)
      note.started = true
      await gateOf(id).promise
      await collect(request, note)
      return json(note)
    },
    '/limited': async (request) => {
      let read = 0
      for await (const chunk of request.body()) {
        read += chunk.length
        if (read > LIMIT_BYTES) return { ...json({ read: 'enough' }), status: 413 }
      }
      return json({ read: 'all' })
    },
    '/drip': (_request, id) => events(['data: first\n\n', 'data: last\n\n'], noteOf(id), gateOf(id).promise),
    '/breaks': (_request, id) => events(['data: first\n\n', null], noteOf(id), gateOf(id).promise),
    '/flood': (request, id, query) => flood(request, noteOf(id), Number(query.get('bytes') ?? FLOOD_BYTES)),
    '/late-stream': async (request, id) => {
      const note = noteOf(id)
      const signal = request.signal()
      note.started = true
      await aborted(signal)
      note.aborted = true
      return flood(request, note, FLOOD_BYTES)
    },
    '/late-signal': async (request, id) => {
      const note = noteOf(id)
      note.started = true
      await gateOf(id).promise
      await aborted(request.signal())
      note.aborted = true
      return json({})
    },
    '/document': ({ method }) => ({
      status: 200,
      headers: { 'content-type': 'text/plain', etag: '"d"' },
      body: method === 'HEAD' ? null : 'a document',
    }),
    '/cookies': () => ({ status: 200, headers: { 'x-probe': 'yes' }, cookies: COOKIES, body: 'three cookies' }),
    '/status': (_request, _id, query) => ({ status: Number(query.get('code')), headers: { etag: '"e"' }, body: null }),
  }

  const handle: Handle = async (request) => {
    const query = new URLSearchParams(request.search)
    const route = routes[request.path]
    if (request.path !== '/count') requests++
    return route ? route(request, query.get('id') ?? '', query) : echo(request)
  }
  return {
    handle,
    fetch: async (request, info) => toResponse(await handle(fromRequest(request, info?.remoteAddress))),
  }
}

function freshNote(): Note {
  return { started: false, aborted: false, cancelled: false, producedBytes: 0, readBytes: 0, readError: null }
}

function found<T>(all: Map<string, T>, id: string, create: () => T): T {
  const one = all.get(id) ?? create()
  all.set(id, one)
  return one
}

async function collect(request: Incoming, note: Note): Promise<void> {
  try {
    for await (const chunk of request.body()) {
      note.started = true
      note.readBytes += chunk.length
    }
  } catch (error) {
    note.readError = String(error)
  }
}

async function echo(request: Incoming): Promise<Answer> {
  const { method, path, search, isSecure, peer = null } = request
  const body = Buffer.concat(await Array.fromAsync(request.body()))
  const headers = Object.fromEntries(ECHOED_HEADERS.map((name) => [name, request.header(name)]))
  const sha256 = createHash('sha256').update(body).digest('hex')
  return json({ method, path, search, isSecure, peer, headers, bytes: body.length, sha256 } satisfies Echo)
}

/** An event stream: its first piece at once, the next once the gate opens. `null` stands for a source that fails. */
function events(pieces: readonly (string | null)[], note: Note, gate: Promise<void>): Answer {
  async function* source() {
    for (const [place, piece] of pieces.entries()) {
      if (place > 0) await gate
      if (piece === null) throw new Error('The source of this stream fails, as the test wants it')
      note.producedBytes += piece.length
      yield Buffer.from(piece)
    }
  }
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' },
    body: NodeReadableStream.from(source()) as ReadableStream,
  }
}

/** A long answer, made only as fast as the host takes it. */
function flood(request: Incoming, note: Note, length: number): Answer {
  request.signal().addEventListener('abort', () => {
    note.aborted = true
  })
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (note.producedBytes >= length) return controller.close()
      note.producedBytes += PIECE.length
      controller.enqueue(PIECE)
    },
    cancel() {
      note.cancelled = true
    },
  })
  return { ...bytes(null), body }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

function json(value: unknown): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}

function bytes(body: Uint8Array | null): Answer {
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body }
}
