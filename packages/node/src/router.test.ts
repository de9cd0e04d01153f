import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { type Contract, type Problem, secretKey } from '@tillwright/core/contract'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import * as z from 'zod/mini'
import { consoleSessions } from './console/sessions.ts'
import type { Handlers } from './context.ts'
import { migrations } from './db/migrations.ts'
import { type Database, openDatabase } from './db/open.ts'
import { folderStore } from './files/folder-store.ts'
import { createHandle, type Handle } from './http/handle.ts'
import { fromRequest } from './http/incoming.ts'
import { problem } from './http/problem-error.ts'
import { createRequestScope } from './http/request-scope.ts'
import { toResponse } from './http/to-response.ts'
import { createKey, keyRing } from './keys/service.ts'
import { createDrain } from './lifecycle/drain.ts'
import { createRouter } from './router.ts'
import type { Lifecycle } from './system/service.ts'
import { createTenant } from './tenants/service.ts'
import { recordingLog } from './testing/recording-log.ts'
import { makeFolder } from './testing/temporary-folder.ts'

const ORIGIN = 'http://tillwright.test'
const open = { kind: 'public' } as const
const Thing = z.object({ name: z.string() })

/** Routes whose handlers do what no route of ours does. */
const contract = {
  things: {
    get: {
      method: 'GET',
      path: '/api/things/{thing_id}',
      access: open,
      params: z.object({ thingId: z.string() }),
      output: Thing,
    },
    list: {
      method: 'GET',
      path: '/api/things',
      access: open,
      query: z.object({ of: z.optional(z.array(z.int())) }),
      output: z.any(),
    },
    put: {
      method: 'PUT',
      path: '/api/things/{thing_id}',
      access: open,
      params: z.object({ thingId: z.string() }),
      output: null,
    },
    stray: { method: 'GET', path: '/api/stray', access: open, output: Thing },
    wrong: { method: 'GET', path: '/api/wrong', access: open, output: Thing },
    broken: { method: 'GET', path: '/api/broken', access: open, output: Thing },
    refused: { method: 'GET', path: '/api/refused', access: open, output: Thing },
    away: { method: 'GET', path: '/api/away', access: open, output: Thing },
    slow: { method: 'GET', path: '/api/slow', access: open, output: Thing, timeoutMs: 10 },
    old: {
      method: 'GET',
      path: '/api/old',
      access: open,
      output: Thing,
      cacheControl: 'public, max-age=60',
      deprecated: { since: '2026-01-01T00:00:00Z', sunset: '2027-01-01T00:00:00Z', link: 'https://docs.example/new' },
    },
    large: { method: 'GET', path: '/api/large', access: open, output: Thing },
    file: {
      method: 'GET',
      path: '/api/file',
      access: open,
      output: { kind: 'file', types: ['text/csv'], maxBytes: 1_000 },
    },
    wrongFile: {
      method: 'GET',
      path: '/api/wrong-file',
      access: open,
      output: { kind: 'file', types: ['text/csv'], maxBytes: 1_000 },
    },
    flow: {
      method: 'GET',
      path: '/api/flow',
      access: open,
      output: { kind: 'file', types: ['text/csv'], maxBytes: 1_000 },
    },
    stream: { method: 'GET', path: '/api/stream', access: open, output: { kind: 'stream', event: Thing } },
    context: { method: 'GET', path: '/api/context', access: secretKey, output: z.any() },
    touch: { method: 'POST', path: '/api/touch', access: secretKey, output: null },
  },
} as const satisfies Contract

const signals: AbortSignal[] = []
let cancelledFlows = 0

const handlers: Handlers<typeof contract> = {
  things: {
    get: ({ thingId }) => ({ name: thingId }),
    list: ({ of }) => ({ of }),
    put: () => undefined,
    stray: () => ({ name: 'a', password: 'secret' }) as { name: string },
    wrong: () => ({ name: 7 }) as unknown as { name: string },
    broken: () => {
      throw new Error('the password is secret')
    },
    refused: () => {
      throw problem('conflict', 'Not now')
    },
    away: () => {
      throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.7'), { code: 'ECONNREFUSED' })
    },
    slow: (_input, { signal }) => {
      signals.push(signal)
      return new Promise(() => {})
    },
    old: () => ({ name: 'old' }),
    large: () => ({ name: 'large '.repeat(1_000) }),
    file: () => ({ body: new TextEncoder().encode('a,b\n'), type: 'text/csv', etag: 'abc', filename: 'it"s;\n.csv' }),
    wrongFile: () => ({ body: new Uint8Array(), type: 'text/html' }),
    flow: () => ({ body: new ReadableStream({ cancel: () => void cancelledFlows++ }), type: 'text/csv' }),
    stream: async function* () {
      yield { data: { name: 'first' } }
      await new Promise(() => {})
    },
    touch: () => undefined,
    context: (_input, context) => ({
      tenant: context.tenant.publicId,
      kind: context.principal.kind,
      remoteAddress: context.remoteAddress,
      requestId: context.requestId,
      probe: context.header('x-probe'),
    }),
  },
}

describe('a route', () => {
  const log = recordingLog()
  let database: Database
  let ask: (path: string, init?: RequestInit, peer?: string) => Promise<Response>
  let key: string
  let tenantId: string
  let folder: string
  let handle: Handle
  /** Whether the requests for `/page` came by TLS. */
  const seen: boolean[] = []

  beforeAll(async () => {
    const random = Math.random
    const clock = Date.now
    const secretBytes = (count: number) => randomBytes(count)
    database = openDatabase(':memory:')
    await database.migrate(migrations)
    const tenant = await createTenant({ database, clock, random }, { name: 'Shop', currency: 'EUR', timeZone: 'UTC' })
    tenantId = tenant.publicId
    const settings = { kind: 'secret', label: '', origins: [] } as const
    key = (await createKey({ clock, random, secretBytes }, database.tenant(tenant.id), settings)).key
    const keys = keyRing(database, clock)
    folder = await makeFolder()
    const files = folderStore(folder)
    const sessions = consoleSessions({ database, clock, secretBytes })
    const people = {
      holder: async () => null,
      accessCookie: () => null,
      named: async () => null,
      visited: async () => null,
    }
    const ports = { keys, consoleSessions: sessions, people, database, files, limits: null, clock, random, log }
    const lifecycle: Lifecycle = { phase: 'running' }
    handle = createHandle({
      route: createRouter(contract, handlers, ports),
      pages: [
        ({ request, path }) => {
          if (path === '/page') seen.push(request.isSecure)
          return null
        },
      ],
      keys,
      clock,
      random,
      log,
      drain: createDrain(),
      lifecycle,
      trustedProxies: 2,
      requestScope: createRequestScope(),
    })
    ask = async (path, init, peer) => toResponse(await handle(fromRequest(new Request(ORIGIN + path, init), peer)))
  })
  afterAll(async () => {
    await database?.close()
    if (folder) await rm(folder, { recursive: true })
  })

  const answer = async (response: Response) => [response.status, await response.json()]

  it.each(['/api/things/a%20b', '/api/v1/things/a%20b'])(
    'answers at %s, with its parameter decoded once',
    async (path) => {
      expect(await answer(await ask(path))).toEqual([200, { name: 'a b' }])
      expect(await answer(await ask('/api/things/a%2520b%2Fc'))).toEqual([200, { name: 'a%20b/c' }])
    },
  )

  it('reads numbers and lists of its query, and refuses what it does not know', async () => {
    expect(await answer(await ask('/api/things?of=1&of=2'))).toEqual([200, { of: [1, 2] }])
    expect(await answer(await ask('/api/things?of=1&utm_source=x'))).toMatchObject([
      422,
      { errors: [{ path: 'utm_source' }] },
    ])
    expect(await answer(await ask('/api/things?of=x'))).toMatchObject([422, { errors: [{ path: 'of.0' }] }])
  })

  it('without an answer gives 204 and no body', async () => {
    const response = await ask('/api/things/a', { method: 'PUT' })
    expect([response.status, await response.text(), response.headers.get('content-type')]).toEqual([204, '', null])
  })

  it('without an answer says so again under the same Idempotency-Key, and no type of what is not there', async () => {
    const headers = { authorization: `Bearer ${key}`, 'idempotency-key': 'touch' }
    const [first, again] = [
      await ask('/api/touch', { method: 'POST', headers }),
      await ask('/api/touch', { method: 'POST', headers }),
    ]
    expect([first, again].map((response) => response.headers.get('idempotency-replayed'))).toEqual([null, 'true'])
    for (const response of [first, again]) {
      expect([response.status, response.body, response.headers.get('content-type')]).toEqual([204, null, null])
    }
  })

  it('answers HEAD as GET, without the body', async () => {
    const response = await ask('/api/things/a', { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(response.headers.get('content-type')).toBe('application/json')
  })

  it('to HEAD ends the streams that it would have sent', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    for (const path of ['/api/stream', '/api/flow']) {
      const response = await ask(path, { method: 'HEAD' })
      expect([response.status, await response.text()]).toEqual([200, ''])
    }
    expect(cancelledFlows).toBe(1)
    // What the event stream says now and then so that nobody takes it for dead.
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each(['POST', 'PATCH', 'DELETE', 'constructor', 'toString', '__proto__'])(
    'that does not answer %s names what it does',
    async (method) => {
      const response = await ask('/api/things/a', { method })
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, PUT'])
      const plain = await ask('/api/stray', { method })
      expect([plain.status, plain.headers.get('allow')]).toEqual([405, 'GET'])
    },
  )

  it('lets nothing out that its contract does not know', async () => {
    expect(await answer(await ask('/api/stray'))).toEqual([200, { name: 'a' }])
  })

  it.each(['wrong', 'broken', 'wrong-file'])(
    'that fails (%s) tells the caller nothing but the request id, and the log all',
    async (name) => {
      log.lines.length = 0
      const response = await ask(`/api/${name}`, { headers: { 'x-request-id': 'my-request-1' } })
      const body = (await response.json()) as Problem
      expect([response.status, body.code, body.requestId]).toEqual([500, 'internal_error', 'my-request-1'])
      expect(JSON.stringify(body)).not.toContain('password')
      expect(log.withMessage('a request failed')).toEqual([
        { level: 'error', message: 'a request failed', requestId: 'my-request-1', err: expect.any(Error) },
      ])
    },
  )

  it('that refuses says so with its code, title and detail', async () => {
    const response = await ask('/api/refused')
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer(response)).toEqual([
      409,
      {
        type: 'urn:tillwright:problem:conflict',
        title: expect.any(String),
        status: 409,
        code: 'conflict',
        detail: 'Not now',
        requestId: response.headers.get('x-request-id'),
      },
    ])
  })

  it('that loses its database is unavailable for now', async () => {
    const response = await ask('/api/away')
    expect(response.headers.get('retry-after')).toBe('2')
    const text = await response.text()
    expect([response.status, JSON.parse(text)]).toMatchObject([503, { code: 'unavailable' }])
    expect(text).not.toContain('10.0.0.7')
  })

  it('that takes too long is given up, and its signal aborted', async () => {
    expect(await answer(await ask('/api/slow'))).toMatchObject([504, { code: 'timeout' }])
    expect(signals.at(-1)!.aborted).toBe(true)
  })

  it('that is deprecated says since when, until when and what instead', async () => {
    const { headers } = await ask('/api/old')
    expect(headers.get('deprecation')).toBe('@1767225600')
    expect(headers.get('sunset')).toBe('Fri, 01 Jan 2027 00:00:00 GMT')
    expect(headers.get('link')).toBe('<https://docs.example/new>; rel="deprecation"')
    expect(headers.get('cache-control')).toBe('public, max-age=60')
  })

  it('gives files with their type, a harmless name, and 304 to those who have them', async () => {
    const response = await ask('/api/file')
    expect(await response.text()).toBe('a,b\n')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="it_s__.csv"')
    const etag = response.headers.get('etag')!
    expect(etag).toBe('"abc"')
    const again = await ask('/api/file', { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
  })

  it.each([
    ['gzip', true],
    ['br, gzip;q=0.5', true],
    ['*', true],
    ['GZIP', true],
    ['gzip;q=0', false],
    ['gzip;q=0, *', false],
    ['br', false],
    ['', false],
  ])('packs a large answer for those who say "%s": %s', async (header, isPacked) => {
    const response = await ask('/api/large', { headers: { 'accept-encoding': header } })
    expect(response.headers.get('content-encoding')).toBe(isPacked ? 'gzip' : null)
    expect(response.headers.get('vary')).toBe('origin, accept-encoding')
    const small = await ask('/api/stray', { headers: { 'accept-encoding': header } })
    expect(small.headers.get('content-encoding')).toBeNull()
  })

  it('behind proxies knows from the outermost whether its caller speaks TLS', async () => {
    const isSecure = async (url: string, forwarded?: string) => {
      const headers = { authorization: `Bearer ${key}`, ...(forwarded ? { 'x-forwarded-proto': forwarded } : {}) }
      seen.length = 0
      await handle(fromRequest(new Request(url, { headers }), undefined))
      return seen
    }
    expect(await isSecure(`${ORIGIN}/page`)).toEqual([false])
    expect(await isSecure(`${ORIGIN}/page`, 'https')).toEqual([true])
    expect(await isSecure(`${ORIGIN}/page`, 'HTTPS, http')).toEqual([true])
    expect(await isSecure(`${ORIGIN}/page`, 'https, http, http')).toEqual([false])
    expect(await isSecure('https://tillwright.test/page')).toEqual([true])
    expect(await isSecure('https://tillwright.test/page', 'http')).toEqual([false])
  })

  it('carries the security headers in every answer', async () => {
    for (const path of ['/api/stray', '/api/refused', '/api/broken', '/nothing', '/api/file']) {
      const { headers } = await ask(path)
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('strict-transport-security'), path).toBe('max-age=63072000')
      expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'")
      expect(headers.get('x-frame-options'), path).toBe('DENY')
      expect(headers.get('referrer-policy'), path).toBe('no-referrer')
      expect(headers.get('x-request-id'), path).toMatch(/^req_/)
      expect(headers.get('cache-control'), path).toBe('no-store')
    }
  })

  it.each([
    ['1.1.1.1, 2.2.2.2, 3.3.3.3', '2.2.2.2'],
    ['2.2.2.2, 3.3.3.3', '2.2.2.2'],
    ['3.3.3.3', '3.3.3.3'],
    [' , ,', '9.9.9.9'],
    [undefined, '9.9.9.9'],
  ])('behind two proxies takes %s for the address %s', async (forwarded, expected) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'x-probe': 'p',
      ...(forwarded ? { 'x-forwarded-for': forwarded } : {}),
    }
    const response = await ask('/api/context', { headers }, '9.9.9.9')
    expect(await response.json()).toEqual({
      tenant: tenantId,
      kind: 'secret',
      remoteAddress: expected,
      requestId: response.headers.get('x-request-id'),
      probe: 'p',
    })
  })
})
