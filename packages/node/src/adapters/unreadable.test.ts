import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SECURITY_HEADERS } from '../http/headers.ts'
import { type Listening, listen } from './node.ts'
import { listening } from './testing/listening.ts'
import { probeServer } from './testing/probe-server.ts'
import { rawConnection } from './testing/raw-connection.ts'
import { refuseUnreadable } from './unreadable.ts'

const GOOD = 'GET /echo HTTP/1.1\r\nHost: here\r\n\r\n'

interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function parsed(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(headers), body: text.slice(end + 4) }
}

function expectRefusal(text: string, status: number, code: string): void {
  const answer = parsed(text)
  expect([answer.status, answer.headers['content-type']], text).toEqual([status, 'application/problem+json'])
  expect(answer.headers).toMatchObject({ ...SECURITY_HEADERS, connection: 'close', 'cache-control': 'no-store' })
  expect(Number(answer.headers['content-length'])).toBe(Buffer.byteLength(answer.body))
  const requestId = answer.headers['x-request-id']
  expect(requestId).toMatch(/^req_/)
  expect(JSON.parse(answer.body)).toMatchObject({ status, code, requestId })
}

describe('what Node’s parser cannot read', () => {
  let host: Listening
  let origin: string
  beforeAll(async () => {
    host = await listen(probeServer(), { host: '127.0.0.1', port: 0 })
    origin = `http://127.0.0.1:${host.port}`
  })
  afterAll(() => host.finish())

  async function answerTo(sent: string): Promise<string> {
    const connection = await rawConnection(origin)
    connection.send(sent)
    return connection.ended()
  }

  it.each([
    ['no request line', 'complete nonsense\r\n\r\n'],
    ['a method that there is not', 'BREW /echo HTTP/1.1\r\nHost: here\r\n\r\n'],
    ['a version that there is not', 'GET /echo HTTP/9.9\r\nHost: here\r\n\r\n'],
    ['a header without a colon', 'GET /echo HTTP/1.1\r\nHost: here\r\nnonsense\r\n\r\n'],
    ['a header with a NUL', 'GET /echo HTTP/1.1\r\nHost: here\r\nx: a\0b\r\n\r\n'],
    ['two lengths', 'POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd'],
    [
      'a length and chunks',
      'POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['no host', 'GET /echo HTTP/1.1\r\nAccept: */*\r\n\r\n'],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('is refused as malformed: %s', async (_name, sent) => {
    expectRefusal(await answerTo(sent), 400, 'malformed_request')
  })

  it('is refused as too large where headers are', async () => {
    expectRefusal(
      await answerTo(`GET /echo HTTP/1.1\r\nHost: here\r\nx: ${'a'.repeat(20_000)}`),
      431,
      'headers_too_large',
    )
    expectRefusal(await answerTo(`GET /${'a'.repeat(20_000)} HTTP/1.1\r\n`), 431, 'headers_too_large')
  })

  it('ends the connection, with nothing of it answered after the refusal', async () => {
    const text = await answerTo(`nonsense\r\n\r\n${GOOD}`)
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })

  it('does not touch the answer to what came before on the connection', async () => {
    const connection = await rawConnection(origin)
    connection.send(GOOD)
    const first = parsed(await connection.until('"path":"/echo"'))
    expect(first.status).toBe(200)
    connection.send('nonsense\r\n\r\n')
    const all = await connection.ended()
    expectRefusal(all.slice(all.lastIndexOf('HTTP/1.1')), 400, 'malformed_request')
  })

  it('is not an expectation that nobody knows, nor HTTP/1.0 without a host', async () => {
    const text = await answerTo('GET /echo HTTP/1.1\r\nHost: here\r\nExpect: cake\r\nConnection: close\r\n\r\n')
    expect(parsed(text).status, text).toBe(200)
    expect(parsed(await answerTo('GET /echo HTTP/1.0\r\n\r\n')).status).toBe(200)
  })

  it('leaves the others as they are', async () => {
    const [bad, good] = [await rawConnection(origin), await rawConnection(origin)]
    bad.send('nonsense\r\n\r\n')
    await bad.ended()
    good.send(GOOD)
    expect(parsed(await good.until('"path":"/echo"')).status).toBe(200)
    good.socket.destroy()
  })
})

describe('what is too slow or comes in the midst of an answer', () => {
  async function onHost(server: Server, test: (origin: string) => Promise<void>): Promise<void> {
    refuseUnreadable(server)
    const host = await listening(server)
    await test(host.origin)
    await host.close()
  }

  it('is refused as late where headers never end', () =>
    onHost(
      createServer({ headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 20 }),
      async (origin) => {
        const connection = await rawConnection(origin)
        connection.send('GET / HTTP/1.1\r\nHost: here\r\nx: ')
        expectRefusal(await connection.ended(), 408, 'request_timeout')
      },
    ))

  it('is cut off, not mixed into an answer that has begun', () =>
    onHost(
      createServer((_message, response) => {
        response.writeHead(200, { 'content-length': 100 })
        response.write('begun')
      }),
      async (origin) => {
        const connection = await rawConnection(origin)
        connection.send('POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n')
        await connection.until('begun')
        connection.send('no chunk\r\n')
        expect(await connection.ended()).not.toContain('problem+json')
      },
    ))
})
