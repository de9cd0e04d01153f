import { http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import * as z from 'zod/mini'
import { anyone, isFile, isStream, type Route, route, versionedPath } from '../contract/define.ts'
import { type Contract, contract, Problem, type TillwrightContract } from '../contract/index.ts'
import { ApiError, createClient, type Tillwright } from '../index.ts'
import { exampleOf } from './index.ts'
import { type MockOverrides, mockHandlers } from './mock-handlers.ts'
import { problemResponse } from './problem-response.ts'

const BASE = 'https://brain.example.com'
const JOB_ID = 'job_01jj6w2m8p0000000000000000'
const SECRET = { authorization: 'Bearer sk_test' }
/** Looks like a JWT, which is all that mocks look at. */
const SIGNED_IN = { authorization: 'Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c3JfMSJ9.c2ln' }

const byId = { method: 'GET', path: '/api/things/{id}', access: anyone, params: z.object({ id: z.string() }) } as const

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

function mock(overrides?: MockOverrides<TillwrightContract>, baseUrl?: string): void {
  server.use(...mockHandlers(contract, { http, overrides, baseUrl }))
}

function client(key = 'sk_test'): Tillwright {
  return createClient({ baseUrl: BASE, key, retries: 0 })
}

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const problem = z.parse(Problem, await response.json())
  expect(problem.status).toBe(response.status)
  return problem
}

const routes = Object.entries(contract as Contract).flatMap(([domain, group]) =>
  Object.entries(group).map(([name, route]): [string, Route] => [`${domain}.${name}`, route]),
)

/** A request that the route accepts. */
function requestFor(route: Route, path: string): Request {
  const params: Record<string, unknown> = route.params ? exampleOf(route.params) : {}
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const key = name.replace(/_(\w)/g, (__, letter: string) => letter.toUpperCase())
    return encodeURIComponent(String(params[key]))
  })
  const headers = new Headers(route.access.kind === 'person' ? SIGNED_IN : SECRET)
  const { body } = route
  if (isFile(body)) headers.set('content-type', body.types[0]!)
  else if (body) headers.set('content-type', 'application/json')
  const content = isFile(body) ? 'a,b\n' : body ? JSON.stringify(exampleOf(body)) : undefined
  return new Request(BASE + address, { method: route.method, headers, ...(content ? { body: content } : {}) })
}

describe('mocked routes', () => {
  it.each(routes)('%s answers what fits the contract, at its plain and its versioned path', async (_, route) => {
    mock()
    for (const path of new Set([route.path, versionedPath(route.path)])) {
      const response = await fetch(requestFor(route, path))
      expect(response.status).toBe(route.status ?? (route.output === null ? 204 : 200))
      expect(response.headers.get('x-request-id')).toBeTruthy()
      const { output } = route
      if (output === null) expect(response.body).toBeNull()
      else if (isFile(output)) {
        expect(output.types).toContain(response.headers.get('content-type'))
        expect((await response.bytes()).length).toBeGreaterThan(0)
      } else if (isStream(output)) {
        expect(response.headers.get('content-type')).toContain('text/event-stream')
        expect(await response.text()).toMatch(/^id: 1\ndata: \{.+\}\n\nevent: end\ndata: null\n\n$/)
      } else expect(z.safeParse(output, await response.json()).error?.issues).toBeUndefined()
    }
  })

  it('take fixed paths for themselves, not for a parameter', async () => {
    mock()
    expect((await client().models.current()).kind).toBe('recommender')
    expect(await (await client().models.download({ digest: 'ab'.repeat(32) })).text()).toBe('example')
    const things = {
      get: route({ ...byId, output: z.object({ found: z.string() }) }),
      count: route({ method: 'GET', path: '/api/things/count', access: anyone, output: z.object({ count: z.int() }) }),
    }
    server.use(...mockHandlers({ things }, { http }))
    expect(await (await fetch(`${BASE}/api/things/count`)).json()).toEqual({ count: 1 })
  })

  it('serve a whole client: lists end, streams end, files are bytes', async () => {
    mock()
    const ids: string[] = []
    for await (const { id } of client().products.list()) ids.push(id)
    expect(ids).toEqual(['85123A'])
    const states: string[] = []
    for await (const { data } of client().jobs.watch({ jobId: JOB_ID })) states.push(data.state)
    expect(states).toEqual(['queued'])
    await client().events.track({ type: 'page_viewed' })
    expect(await client().products.remove({ productId: 'a' })).toBeUndefined()
  })

  it('stand where they are told to, and nowhere else', async () => {
    mock({}, 'https://other.example.com/shop/')
    expect((await fetch('https://other.example.com/shop/alive')).status).toBe(200)
    vi.spyOn(console, 'error').mockImplementation(() => {}) // msw says which request it has no handler for.
    await expect(fetch(`${BASE}/alive`)).rejects.toThrow()
    vi.restoreAllMocks()
  })
})

describe('overrides', () => {
  it('answer a fixed result', async () => {
    mock({ 'models.list': { items: [], nextCursor: null } })
    expect(await client().models.list()).toEqual({ items: [], nextCursor: null })
  })

  it('answer from the checked input, defaults filled in', async () => {
    const seen = vi.fn()
    mock({
      'recommendations.list': (input) => {
        seen(input)
        return { ...exampleOf(contract.recommendations.list.output), kind: input.kind }
      },
    })
    const { kind } = await client('pk_test').recommendations.list({ kind: 'similar', items: ['a', 'b'], limit: 3 })
    expect(kind).toBe('similar')
    expect(seen).toHaveBeenCalledWith({ kind: 'similar', items: ['a', 'b'], limit: 3, language: 'en' })
  })

  it('see path parameters decoded, and the request', async () => {
    mock({
      'products.get': ({ productId }, request) => ({
        ...exampleOf(contract.products.get.output),
        id: productId,
        name: request.method,
      }),
    })
    expect(await client().products.get({ productId: 'a/b é' })).toMatchObject({ id: 'a/b é', name: 'GET' })
  })

  it('see what was uploaded', async () => {
    const seen = vi.fn()
    mock({
      'orders.import': ({ upload, map }) => {
        seen(upload, map)
        return exampleOf(contract.orders.import.output)
      },
    })
    await client().orders.import({ body: 'abc', type: 'text/csv', map: 'id=x' })
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect(seen).toHaveBeenCalledWith({ key: 'uploads/mock', type: 'text/csv', bytes: 3, sha256 }, 'id=x')
  })

  it('stream the events of a list or of a generator', async () => {
    const job = exampleOf(contract.jobs.get.output)
    for (const events of [
      [{ id: 'a', data: job }, { data: { ...job, state: 'done' as const } }],
      () =>
        (async function* () {
          yield { id: 'a', data: job }
          yield { data: { ...job, state: 'done' as const } }
        })(),
    ]) {
      mock({ 'jobs.watch': events })
      const seen = []
      for await (const { id, data } of client().jobs.watch({ jobId: JOB_ID })) seen.push([id, data.state])
      expect(seen).toEqual([
        ['a', 'queued'],
        [null, 'done'],
      ])
      server.resetHandlers()
    }
  })

  it('give files their name, digest and bytes', async () => {
    mock({
      'jobs.rejects': { body: new TextEncoder().encode('1,no\n'), type: 'text/csv', filename: 'r.csv', etag: 'x' },
    })
    const response = await client().jobs.rejects({ jobId: JOB_ID })
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="r.csv"')
    expect(response.headers.get('etag')).toBe('"x"')
    expect(await response.text()).toBe('1,no\n')
  })

  it('refuse with any problem of the API', async () => {
    mock({ 'products.get': () => problemResponse('not_found', { detail: 'No product a' }) })
    const error = await client()
      .products.get({ productId: 'a' })
      .catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ status: 404, code: 'not_found', message: 'No product a' })
  })

  it('cannot lie: a result that does not fit the contract fails loudly', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {}) // msw writes down what a handler throws.
    mock({ 'products.get': { id: 7 } as never })
    expect((await fetch(`${BASE}/api/products/a?key=pk_test`)).status).toBe(500)
    vi.restoreAllMocks()
  })

  it('lose what the contract does not know, as on the server', async () => {
    mock({ 'system.alive': { status: 'ok', secret: 1 } as { status: 'ok' } })
    expect(await (await fetch(`${BASE}/alive`)).json()).toEqual({ status: 'ok' })
  })
})

describe('bad input is refused as the server does:', () => {
  const post = (path: string, body: BodyInit, type: string, headers: Record<string, string> = SECRET) =>
    fetch(BASE + path, { method: 'POST', body, headers: { ...headers, 'content-type': type } })

  it('a field that does not fit is 422 invalid_input, and named', async () => {
    mock()
    const body = JSON.stringify({
      items: [
        { id: 'a', name: 'Tea' },
        { id: 'b', name: 7 },
      ],
    })
    const problem = await problemOf(await post('/api/products', body, 'application/json'))
    expect(problem).toMatchObject({ status: 422, code: 'invalid_input' })
    expect(problem.errors!.map(({ path }) => path)).toEqual(['items.1.name'])
  })

  it.each([
    ['/api/recommendations?kind=magic&limit=0', ['kind', 'limit']],
    ['/api/recommendations?limit=ten', ['limit']],
    ['/api/recommendations?limit=1&limit=2', ['limit']],
    ['/api/products?cursor=', ['cursor']],
    ['/api/products?serach=tea&limit=5&page=2', ['serach', 'page']],
    ['/alive?verbose=1', ['verbose']],
    ['/admin/jobs/nonsense', ['jobId']],
    ['/api/models/abc', ['digest']],
  ])('%s is 422 invalid_input', async (address, paths) => {
    mock()
    const problem = await problemOf(await fetch(BASE + address, { headers: SECRET }))
    expect(problem).toMatchObject({ status: 422, code: 'invalid_input' })
    expect(problem.errors!.map(({ path }) => path)).toEqual(paths)
  })

  it.each(['{"items":', '', '\uFFFF{'])('a body that is not JSON (%j) is 400 malformed_request', async (body) => {
    mock()
    const problem = await problemOf(await post('/api/products', body, 'application/json'))
    expect(problem).toMatchObject({ status: 400, code: 'malformed_request' })
  })

  it('a body that is not UTF-8 is 400 malformed_request', async () => {
    mock()
    const problem = await problemOf(await post('/api/products', Uint8Array.of(0x22, 0xff, 0x22), 'application/json'))
    expect(problem.code).toBe('malformed_request')
  })

  it('an address that is badly encoded is 400 malformed_request', async () => {
    mock()
    const problem = await problemOf(await fetch(`${BASE}/api/products/%E0%A4%A`, { headers: SECRET }))
    expect(problem).toMatchObject({ status: 400, code: 'malformed_request' })
  })

  it('a content type that is not accepted is 415', async () => {
    mock()
    expect((await problemOf(await post('/api/products', '{}', 'text/xml'))).code).toBe('unsupported_media_type')
    expect((await problemOf(await post('/api/products', '{}', 'text/plain'))).code).toBe('unsupported_media_type')
    expect((await problemOf(await post('/api/orders/import', 'a', 'application/json'))).code).toBe(
      'unsupported_media_type',
    )
  })

  it('a beacon in text/plain is accepted where a page may send', async () => {
    mock()
    const body = JSON.stringify(exampleOf(contract.events.send.body))
    expect((await post('/api/events?key=pk_test', body, 'text/plain', {})).status).toBe(202)
  })

  it('a body over the limit is 413', async () => {
    mock()
    const body = `"${'x'.repeat(2 ** 20)}"`
    expect((await problemOf(await post('/api/events', body, 'application/json'))).code).toBe('payload_too_large')
  })

  it('no key is 401 missing_key, and says how to send one', async () => {
    mock()
    const response = await fetch(`${BASE}/api/products`)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(await problemOf(response)).toMatchObject({ status: 401, code: 'missing_key' })
  })

  it.each([
    ['/api/products?key=nonsense', {}, 'invalid_key'],
    ['/api/products', { authorization: 'Basic c2s6' }, 'invalid_key'],
    ['/api/products?key=sk_test', {}, 'secret_key_in_url'],
    ['/admin/status?key=pk_test', {}, 'wrong_key_kind'],
    ['/admin/status', { authorization: 'Bearer pk_test' }, 'wrong_key_kind'],
  ])('%s with %j is %s', async (address, headers, code) => {
    mock()
    expect((await problemOf(await fetch(BASE + address, { headers: headers as HeadersInit }))).code).toBe(code)
  })

  it.each([
    ['nobody', '/auth/account', {}, 'sign_in_needed'],
    ['a publishable key', '/auth/account?key=pk_test', {}, 'invalid_token'],
    ['a secret key', '/auth/account', SECRET, 'invalid_token'],
  ])('%s where a person is needed is 401', async (_, address, headers, code) => {
    mock()
    const response = await fetch(BASE + address, { headers: headers as HeadersInit })
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(await problemOf(response)).toMatchObject({ status: 401, code })
  })

  it('a person is nobody’s key, and may use what keys may', async () => {
    mock()
    expect((await fetch(`${BASE}/api/orders`, { headers: SIGNED_IN })).status).toBe(200)
    expect((await fetch(`${BASE}/auth/account?key=pk_test`, { headers: SIGNED_IN })).status).toBe(200)
  })

  it('a visitor needs no key, and one that is wrong is refused', async () => {
    mock()
    const login = (search: string) =>
      post(`/auth/login${search}`, JSON.stringify({ email: 'ann@example.com', password: 'x' }), 'application/json', {})
    expect((await login('')).status).toBe(200)
    expect((await login('?key=pk_test')).status).toBe(200)
    expect((await problemOf(await login('?key=nonsense'))).code).toBe('invalid_key')
  })

  it('nothing at all is asked of a caller of a probe', async () => {
    mock()
    expect((await fetch(`${BASE}/alive`)).status).toBe(200)
  })
})
