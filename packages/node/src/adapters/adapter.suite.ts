import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { COOKIES, type Echo, FLOOD_BYTES, type Note } from './testing/probe-server.ts'
import { rawConnection } from './testing/raw-connection.ts'

export interface Host {
  /** Where it listens: `http://127.0.0.1:4000`. */
  readonly origin: string
  close(): Promise<void>
}

export interface AdapterUnderTest {
  /** Listens on a free port of 127.0.0.1, with a probe server mounted under `base`. */
  start(base: Base): Promise<Host>
  /** Where the peer's address comes from, for a host that tells none. */
  readonly peer?: { readonly headers: Record<string, string>; readonly address: string | null }
  /** What the host does before the adapter is asked, where that differs from Node's HTTP server. */
  readonly host?: {
    /** Sends `/brain/` to `/brain` by a redirect of its own. */
    readonly redirectsTrailingSlash?: boolean
    /** Does not know the absolute form of a request's target. */
    readonly refusesAbsoluteForm?: boolean
    /** Ends a connection once the answer is written, also where the body of the request was not read to its end. */
    readonly cutsUnreadBodies?: boolean
    /** Serves both bases at once, so that nothing is beside `/brain`. */
    readonly servesBothBases?: boolean
  }
}

export type Base = '' | '/brain'

const FIVE_MIB = 5 << 20
/** Far more than the buffers of two sockets, far less than what would be sent to a client that reads. */
const STALLED_BYTES = 32 << 20
const PATIENCE = { timeout: 10_000, interval: 20 }

/** What every adapter does, on a real host, over real connections. */
export function adapterSuite(name: string, adapter: AdapterUnderTest): void {
  describe.each(['', '/brain'] as const)(`${name}, mounted at "%s/"`, (base) => {
    let host: Host
    beforeAll(async () => {
      host = await adapter.start(base)
    }, 60_000)
    afterAll(() => host?.close())

    const url = (target: string) => `${host.origin}${base}${target}`
    const echoOf = async (target: string, init?: RequestInit) => (await (await fetch(url(target), init)).json()) as Echo
    const noteOf = async (id: string) => (await (await fetch(url(`/notes?id=${id}`))).json()) as Note
    const release = (id: string) => fetch(url(`/release?id=${id}`), { method: 'POST' })
    const countOf = async () => ((await (await fetch(url('/count'))).json()) as { requests: number }).requests
    const post = (target: string, body: BodyInit, headers: Record<string, string> = {}) =>
      fetch(url(target), {
        method: 'POST',
        body,
        headers,
        ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
      })
    const eventually = (id: string, expected: Partial<Note>) =>
      vi.waitFor(async () => expect(await noteOf(id)).toMatchObject(expected), PATIENCE)
    const head = (method: string, target: string, ...headers: string[]) =>
      [`${method} ${base}${target} HTTP/1.1`, 'Host: shop.example', ...headers, '', ''].join('\r\n')

    describe('a request', () => {
      it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('with the method %s keeps it', async (method) => {
        expect(await echoOf('/echo', { method })).toMatchObject({ method, path: '/echo', bytes: 0, isSecure: false })
      })

      it('keeps its path as it was written, escapes included', async () => {
        const path = '/items/a%2Fb/%E2%82%AC%20x/%25'
        expect((await echoOf(path)).path).toBe(path)
      })

      it('keeps a path of thousands of characters', async () => {
        const path = `/items/${'long'.repeat(1_000)}`
        expect((await echoOf(path)).path).toBe(path)
      })

      it('keeps its query: repeated keys, escapes, empty values', async () => {
        const { search } = await echoOf('/echo?a=%20x&a=b%26c&empty=&flag&%E2%82%AC=%2B')
        expect([...new URLSearchParams(search)]).toEqual([
          ['a', ' x'],
          ['a', 'b&c'],
          ['empty', ''],
          ['flag', ''],
          ['€', '+'],
        ])
      })

      it('keeps its headers, and joins those that come twice', async () => {
        const connection = await rawConnection(host.origin)
        connection.send(head('GET', '/echo', 'X-Probe: one', 'X-Probe: two', 'Cookie: a=1; b=2', 'Connection: close'))
        const { headers } = JSON.parse(bodyOf(await connection.ended())) as Echo
        expect(headers).toMatchObject({ host: 'shop.example', 'x-probe': 'one, two', cookie: 'a=1; b=2' })
        expect(headers['x-absent']).toBeNull()
      })

      it('carries the address of its peer, whatever its headers claim', async () => {
        const { headers = {}, address = '127.0.0.1' } = adapter.peer ?? {}
        const forged = { 'x-forwarded-for': '203.0.113.7', forwarded: 'for=203.0.113.7' }
        expect((await echoOf('/echo', { headers: { ...forged, ...headers } })).peer).toBe(address)
      })

      it('at the base path itself asks for the root', async () => {
        expect(await (await fetch(`${host.origin}${base || '/'}?x=1`)).json()).toMatchObject({
          path: '/',
          search: 'x=1',
        })
        if (adapter.host?.redirectsTrailingSlash) return
        expect(await echoOf('/')).toMatchObject({ path: '/', search: '' })
      })

      if (base && !adapter.host?.servesBothBases) {
        it('beside the base path is not ours', async () => {
          const before = await countOf()
          const response = await fetch(`${host.origin}${base}storm`)
          expect(response.status).toBe(404)
          expect(await countOf()).toBe(before)
        })
      }

      if (!adapter.host?.refusesAbsoluteForm) {
        it('may name its target in absolute form (RFC 9112 §3.2.2)', async () => {
          const connection = await rawConnection(host.origin)
          connection.send(
            `GET http://shop.example${base}/items?x=1 HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n`,
          )
          expect(JSON.parse(bodyOf(await connection.ended()))).toMatchObject({ path: '/items', search: 'x=1' })
        })
      }
    })

    describe('a request body', () => {
      it('of JSON arrives as it was sent', async () => {
        const text = '{ "a": 1,  "a": 2, "__proto__": {"€": "\\u0000"} }'
        const response = await post('/mirror', text, { 'content-type': 'application/json' })
        expect(await response.text()).toBe(text)
      })

      it('that is no JSON, whatever its content type claims, is for the handler to refuse', async () => {
        const response = await post('/mirror', '{"cut', { 'content-type': 'application/json; charset=utf-8' })
        expect(await response.text()).toBe('{"cut')
      })

      it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/csv'])(
        'of type %s is left alone',
        async (type) => {
          const response = await post('/mirror', 'a=1&b=2', { 'content-type': type })
          expect(await response.text()).toBe('a=1&b=2')
        },
      )

      it('without a content type arrives', async () => {
        const connection = await rawConnection(host.origin)
        connection.send(`${head('POST', '/mirror', 'Content-Length: 3', 'Connection: close')}abc`)
        expect(bodyOf(await connection.ended())).toContain('abc')
      })

      it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('arrives with %s', async (method) => {
        const echo = await echoOf('/echo', { method, body: 'abc', headers: { 'content-type': 'text/plain' } })
        expect(echo).toMatchObject({ bytes: 3, sha256: sha256('abc'), headers: { 'content-type': 'text/plain' } })
      })

      it('may be empty, with or without a content type', async () => {
        expect(await echoOf('/echo', { method: 'POST', body: '' })).toMatchObject({ bytes: 0 })
        const headers = { 'content-type': 'application/json' }
        expect(await echoOf('/echo', { method: 'POST', headers })).toMatchObject({ bytes: 0 })
      })

      it.each(['/mirror', '/through'])('of 5 MiB comes back unchanged from %s', async (target) => {
        const sent = randomBytes(FIVE_MIB)
        const response = await post(target, sent, { 'content-type': 'application/octet-stream' })
        expect(Buffer.from(await response.arrayBuffer()).equals(sent)).toBe(true)
      })

      it('of 5 MiB in chunks comes back unchanged', async () => {
        const sent = randomBytes(FIVE_MIB)
        const response = await post('/mirror', new Blob([sent]).stream())
        expect(Buffer.from(await response.arrayBuffer()).equals(sent)).toBe(true)
      })

      it('in chunks is read as it comes', async () => {
        const id = randomUUID()
        const connection = await rawConnection(host.origin)
        connection.send(head('POST', `/collect?id=${id}`, 'Transfer-Encoding: chunked', 'Connection: close'))
        connection.send('3\r\nabc\r\n')
        await eventually(id, { readBytes: 3 })
        connection.send('2;ext=1\r\nde\r\n0\r\n\r\n')
        expect(JSON.parse(bodyOf(await connection.ended()))).toMatchObject({ readBytes: 5, readError: null })
      })

      it('that breaks off is an error for the handler, not a short body', async () => {
        const id = randomUUID()
        const connection = await rawConnection(host.origin)
        connection.send(`${head('POST', `/collect?id=${id}`, 'Content-Length: 100')}only this`)
        await eventually(id, { readBytes: 9 })
        connection.socket.destroy()
        await eventually(id, { readError: expect.any(String) as unknown as string })
      })

      it('that waits for "100 Continue" is asked for (RFC 9110 §10.1.1)', async () => {
        const connection = await rawConnection(host.origin)
        connection.send(
          head('POST', '/mirror', 'Content-Length: 5', 'Expect: 100-continue', 'Connection: close', 'X-Probe: 1'),
        )
        expect(await connection.until('\r\n\r\n')).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\n$/)
        connection.send('later')
        expect(await connection.ended()).toMatch(/\r\n\r\nHTTP\/1\.1 200 [\s\S]+later/)
      })

      if (!adapter.host?.cutsUnreadBodies) {
        it('that is refused halfway gets its refusal, not a cut connection', async () => {
          const { statusCode, text } = await sendInPieces(url('/limited'), FIVE_MIB)
          expect([statusCode, text]).toEqual([413, '{"read":"enough"}'])
        })
      }

      it.each(['/limited', '/document'])('that %s leaves unread does not hold up the connection', async (target) => {
        const connection = await rawConnection(host.origin)
        connection.send(head('POST', target, `Content-Length: ${FIVE_MIB}`))
        connection.send(Buffer.alloc(FIVE_MIB))
        connection.send(head('GET', '/echo?after', 'Connection: close'))
        // Either it is read over and the next request answered, or the connection ends: it never hangs.
        const received = await connection.ended()
        expect(received).toMatch(/^HTTP\/1\.1 (413|200) /)
      })

      it('that nobody reads yet holds its sender back', async () => {
        const id = randomUUID()
        const sent = Buffer.alloc(2 * STALLED_BYTES)
        const connection = await rawConnection(host.origin)
        connection.send(head('POST', `/collect-later?id=${id}`, `Content-Length: ${sent.length}`, 'Connection: close'))
        connection.send(sent)
        await eventually(id, { started: true })
        const { socket } = connection
        expect(await settled(async () => socket.bytesWritten - socket.writableLength)).toBeLessThan(STALLED_BYTES)
        await release(id)
        expect(JSON.parse(bodyOf(await connection.ended()))).toMatchObject({ readBytes: sent.length, readError: null })
      })
    })

    describe('an answer', () => {
      it('keeps its headers, and each of its cookies as a header of its own', async () => {
        const response = await fetch(url('/cookies'))
        expect(response.headers.getSetCookie()).toEqual([...COOKIES])
        expect(response.headers.get('x-probe')).toBe('yes')
        expect(await response.text()).toBe('three cookies')
      })

      it('to HEAD has the headers of GET and no body, and does not misstate its length', async () => {
        const connection = await rawConnection(host.origin)
        connection.send(head('HEAD', '/document', 'Connection: close'))
        const received = await connection.ended()
        expect(received).toMatch(/^HTTP\/1\.1 200 /)
        expect(received).toMatch(/^etag: "d"\r$/im)
        expect(bodyOf(received)).toBe('')
        const length = /^content-length: (\d+)\r$/im.exec(received)?.[1]
        expect([undefined, String('a document'.length)]).toContain(length)
      })

      it('to HEAD ends a stream that nobody will read', async () => {
        const id = randomUUID()
        const response = await fetch(url(`/flood?id=${id}`), { method: 'HEAD' })
        expect([response.status, await response.text()]).toEqual([200, ''])
        await eventually(id, { cancelled: true })
        expect((await noteOf(id)).producedBytes).toBeLessThan(STALLED_BYTES)
      })

      it.each([204, 304])('with status %i has no body and speaks of none', async (code) => {
        const connection = await rawConnection(host.origin)
        connection.send(head('GET', `/status?code=${code}`, 'Connection: close'))
        const received = await connection.ended()
        expect(received).toMatch(new RegExp(`^HTTP/1\\.1 ${code} `))
        expect(received).toMatch(/^etag: "e"\r$/im)
        expect(received).not.toMatch(/^(transfer-encoding|content-length):/im)
        expect(bodyOf(received)).toBe('')
      })

      it.each([201, 303, 404, 418, 503])('with status %i keeps it', async (code) => {
        const response = await fetch(url(`/status?code=${code}`), { redirect: 'manual' })
        expect(response.status).toBe(code)
        expect(await response.text()).toBe('')
      })

      it('that is a stream arrives piece by piece, the first before the last is made', async () => {
        const id = randomUUID()
        const reader = readerOf(await fetch(url(`/drip?id=${id}`)))
        expect(await reader.read()).toMatchObject({ value: 'data: first\n\n' })
        expect((await noteOf(id)).producedBytes).toBe('data: first\n\n'.length)
        await release(id)
        expect(await reader.read()).toMatchObject({ value: 'data: last\n\n' })
        expect(await reader.read()).toMatchObject({ done: true })
      })

      it('whose stream fails halfway is cut, and the next is not harmed', async () => {
        const id = randomUUID()
        const connection = await rawConnection(host.origin)
        connection.send(head('GET', `/breaks?id=${id}`))
        await connection.until('data: first')
        await release(id)
        const received = await connection.ended()
        expect(received).toContain('data: first')
        expect(received).not.toMatch(/\r\n0\r\n\r\n$/)
        expect(await echoOf('/echo')).toMatchObject({ method: 'GET' })
      })

      it('is made no faster than its client reads', async () => {
        const id = randomUUID()
        const connection = await rawConnection(host.origin)
        connection.send(head('GET', `/flood?id=${id}`))
        await connection.until('\r\n\r\n')
        connection.socket.pause()
        expect(await settled(async () => (await noteOf(id)).producedBytes)).toBeLessThan(STALLED_BYTES)
        connection.socket.destroy()
        await eventually(id, { cancelled: true })
      })

      it('of any length arrives whole', async () => {
        const id = randomUUID()
        let bytes = 0
        const response = await fetch(url(`/flood?id=${id}&bytes=${STALLED_BYTES}`))
        for await (const chunk of response.body!) bytes += chunk.length
        expect(bytes).toBe(STALLED_BYTES)
        expect(await noteOf(id)).toMatchObject({ aborted: false, cancelled: false })
      })
    })

    describe('a client that goes away', () => {
      it('while its answer is streamed ends the stream and aborts the signal', async () => {
        const id = randomUUID()
        const gone = new AbortController()
        const reader = (await fetch(url(`/flood?id=${id}`), { signal: gone.signal })).body!.getReader()
        await reader.read()
        gone.abort()
        await eventually(id, { aborted: true, cancelled: true })
        expect((await noteOf(id)).producedBytes).toBeLessThan(FLOOD_BYTES)
      })

      it('before its answer aborts the signal, and the stream that comes too late is ended', async () => {
        const id = randomUUID()
        const connection = await rawConnection(host.origin)
        connection.send(head('GET', `/late-stream?id=${id}`))
        await eventually(id, { started: true })
        connection.socket.destroy()
        await eventually(id, { aborted: true, cancelled: true })
      })

      it('before anybody asks for the signal leaves it aborted', async () => {
        const id = randomUUID()
        const connection = await rawConnection(host.origin)
        connection.send(head('GET', `/late-signal?id=${id}`))
        await eventually(id, { started: true })
        connection.socket.destroy()
        await once(connection.socket, 'close')
        await release(id)
        await eventually(id, { aborted: true })
      })

      it('with a second request in the pipe ends that one, too', async () => {
        const [first, second] = [randomUUID(), randomUUID()]
        const connection = await rawConnection(host.origin)
        connection.send(head('GET', `/drip?id=${first}`) + head('GET', `/late-stream?id=${second}`))
        await eventually(second, { started: true })
        connection.socket.destroy()
        await eventually(second, { aborted: true, cancelled: true })
      })
    })

    describe('a connection', () => {
      it('answers requests that are sent without waiting, in their order', async () => {
        const connection = await rawConnection(host.origin)
        connection.send(
          `${head('POST', '/mirror', 'Content-Length: 5')}first` +
            head('GET', '/items/second') +
            head('GET', '/status?code=204') +
            head('HEAD', '/document') +
            `${head('POST', '/mirror', 'Transfer-Encoding: chunked')}4\r\nlast\r\n0\r\n\r\n` +
            head('GET', '/items/end', 'Connection: close'),
        )
        const received = await connection.ended()
        const statuses = [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => match[1])
        expect(statuses).toEqual(['200', '200', '204', '200', '200', '200'])
        const places = ['first', '/items/second', ' 204 ', '"d"', 'last', '/items/end'].map((sign) =>
          received.indexOf(sign),
        )
        expect(places).toEqual([...places].sort((a, b) => a - b))
        expect(places).not.toContain(-1)
      })

      it.each([
        ['a line that is no request', 'NONSENSE\r\n\r\n'],
        ['a header without a colon', 'GET /echo HTTP/1.1\r\nHost: shop.example\r\nno colon here\r\n\r\n'],
        ['a header name with a space', 'GET /echo HTTP/1.1\r\nHost: shop.example\r\nX Probe: 1\r\n\r\n'],
        ['two lengths', 'POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef'],
        [
          'a length and chunks at once',
          'POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
        ],
      ])('with %s gets 400 from the host, and the handler never sees it', async (_what, sent) => {
        const before = await countOf()
        const connection = await rawConnection(host.origin)
        connection.send(sent.replace(' /echo', ` ${base}/echo`))
        expect(await connection.ended()).toMatch(/^HTTP\/1\.1 400 /)
        expect(await countOf()).toBe(before)
      })
    })
  })
}

/** What follows the headers of the last answer, and of a chunked one its chunks as they are. */
function bodyOf(received: string): string {
  const body = received.slice(received.lastIndexOf('HTTP/1.1 ')).split('\r\n\r\n').slice(1).join('\r\n\r\n')
  return /^transfer-encoding: chunked\r$/im.test(received) ? unchunked(body) : body
}

function unchunked(body: string): string {
  const [, size = '0'] = /^([\da-f]+)\r\n/i.exec(body) ?? []
  const length = Number.parseInt(size, 16)
  const start = body.indexOf('\r\n') + 2
  return length === 0 ? '' : body.slice(start, start + length) + unchunked(body.slice(start + length + 2))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function readerOf(response: Response): ReadableStreamDefaultReader<string> {
  return response.body!.pipeThrough(new TextDecoderStream() as never).getReader() as never
}

/** Reads a growing number until it has stopped growing. */
async function settled(read: () => Promise<number>): Promise<number> {
  let last = -1
  for (let unchanged = 0; unchanged < 10; ) {
    const now = await read()
    unchanged = now === last && now > 0 ? unchanged + 1 : 0
    last = now
    await sleep(30)
  }
  return last
}

/** Sends zeros in chunks and goes on sending after the answer has come, as clients do. */
async function sendInPieces(target: string, bytes: number): Promise<{ statusCode: number | undefined; text: string }> {
  const request = httpRequest(target, { method: 'POST', agent: false })
  const answered = once(request, 'response') as Promise<[IncomingMessage]>
  // What becomes of the rest of the body after the answer is of no interest.
  request.on('error', () => {})
  Readable.from(pieces(bytes)).pipe(request)
  const [response] = await answered
  const text = Buffer.concat(await response.toArray()).toString()
  return { statusCode: response.statusCode, text }
}

function* pieces(bytes: number): Generator<Uint8Array> {
  const piece = Buffer.alloc(64 << 10)
  for (let made = 0; made < bytes; made += piece.length) yield piece
}
