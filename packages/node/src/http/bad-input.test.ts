import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import {
  ERROR_CODES,
  type ErrorCode,
  eventsOf,
  type FileBody,
  isFile,
  PROBLEM_TYPE,
  type Problem,
  paramKey,
  pathParams,
  queryDecoder,
  type Route,
  type Status,
} from '@tillwright/core/contract'
import { exampleOf } from '@tillwright/core/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { type Listening, listen } from '../adapters/node.ts'
import { rawConnection } from '../adapters/testing/raw-connection.ts'
import { keyKindsOf, ROUTES, type RouteRequest, requestFor } from '../testing/contract-routes.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { type HttpAnswer, type HttpCall, type HttpCaller, httpCaller } from '../testing/http-caller.ts'
import { type SignedInPerson, signInAs } from '../testing/sign-in-as.ts'
import { openSite, SHOP_ORIGIN, type Shop, type TestSite } from '../testing/test-site.ts'
import { DEFAULT_MAX_BODY_BYTES } from './read-input.ts'

const withKey = ROUTES.filter(({ route }) => route.access.kind === 'key')
const forPeople = ROUTES.filter(({ route }) => route.access.kind === 'person')
const withJsonBody = ROUTES.filter(({ route }) => route.body && !isFile(route.body))
const withFile = ROUTES.filter(({ route }) => isFile(route.body) && !route.body.raw)
const withQuery = ROUTES.filter(({ route }) => route.query)
const withParams = ROUTES.filter(({ route }) => route.params)
/** Lists of what belongs to one thing find nothing below an example. */
const paged = ROUTES.filter(({ route }) => route.paged && !route.params)
/** Routes whose answers are kept under an Idempotency-Key. */
/** What answers with a file or in pieces has nothing that could be kept. */
const keptPosts = ROUTES.filter(
  ({ route }) =>
    route.method === 'POST' &&
    !route.holdsSecrets &&
    route.access.kind !== 'public' &&
    !isFile(route.output) &&
    !eventsOf(route),
)

/** JSON texts in place of a value; as texts, since some of them no value can write. */
const WRONG_JSON = [
  'null',
  'true',
  '0',
  '-1',
  '0.5',
  '1e400',
  '-1e308',
  '9007199254740993',
  '""',
  '" "',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\u202e"',
  '"__proto__"',
  '"javascript:alert(1)"',
  '"0000-01-01T00:00:00+23:59"',
  '"9999-12-31T23:59:59-23:59"',
  '"2026-02-30T00:00:00Z"',
  '"2026-01-01T00:00:00.123456789123456789Z"',
  `"${'x'.repeat(30_000)}"`,
  '[]',
  '[null]',
  '{}',
  '{"__proto__":{"id":"x"}}',
  '{"constructor":{"prototype":{"id":"x"}}}',
  '{"":""}',
]

/** Texts in place of a query parameter or a part of a path, as they stand in the address. */
const WRONG_TEXTS = [
  '',
  '%20',
  '-1',
  '0',
  '0.5',
  '1e3',
  '9007199254740993',
  'NaN',
  'null',
  'true',
  '%00',
  'a%00b',
  '%ed%a0%80',
  '%ff',
  '%c0%af',
  '%',
  '%zz',
  '%E2%80%AE',
  '__proto__',
  'constructor',
  '%5B%5D',
  "'%20or%201=1--",
  '..%2F..%2Fetc%2Fpasswd',
  '%25%5F%5C',
  '0000-01-01T00:00:00%2B23:59',
  '9999-12-31T23:59:59-23:59',
  'x'.repeat(3_000),
]

const CURSOR_VALUES = [
  '',
  '"\\u0000"',
  '"\\ud800"',
  '"a"',
  '1',
  '-1',
  '1.5',
  '1e308',
  '-1e308',
  '1e400',
  '9223372036854775808',
  'null',
  '{}',
  '[]',
]
const CURSORS = [
  'x',
  '%00',
  '%ff',
  '%zz',
  'AAAA',
  '__proto__',
  'x'.repeat(512),
  'x'.repeat(513),
  cursorOf('{"0":1,"length":1}'),
  cursorOf('[['.repeat(100)),
  ...CURSOR_VALUES.map((value) => cursorOf(`[${value}]`)),
  ...CURSOR_VALUES.flatMap((first) => CURSOR_VALUES.map((second) => cursorOf(`[${first},${second}]`))),
]

function cursorOf(json: string): string {
  return Buffer.from(json).toString('base64url')
}

describeOnDatabases('bad input over HTTP', (engine) => {
  let site: TestSite
  let listening: Listening
  let caller: HttpCaller
  /** Gets refusals only: nothing may ever be stored. */
  let shop: Shop
  /** Gets what the contract lets through, odd as it may be. */
  let oddShop: Shop
  /** Of each shop somebody who may do anything. */
  const people = new Map<Shop, SignedInPerson>()

  beforeAll(async () => {
    site = await openSite(engine)
    listening = await listen(site.server, { host: '127.0.0.1', port: 0 })
    caller = httpCaller(listening.port)
    shop = await site.newShop()
    oddShop = await site.newShop()
    for (const each of [shop, oddShop]) people.set(each, await signInAs(site, each, 'superadmin'))
  })
  afterAll(async () => {
    caller?.close()
    await listening?.finish()
    await site?.close()
  })

  beforeEach(() => {
    site.log.lines.length = 0
  })
  afterEach(async () => {
    // Not one of all these is a fault of ours, and not one leaves a trace.
    expect(site.log.lines.filter(({ level }) => level === 'error')).toEqual([])
    const status = (await (await shop.send('/admin/status')).json()) as Status
    expect(Object.values({ ...status.counts, ...status.jobs, ...status.outbox }).every((count) => count === 0)).toBe(
      true,
    )
    expect(await shop.db.query.selectFrom('idempotency').select('key').execute()).toEqual([])
    expect(await uploads(site)).toEqual(await knownUploads(oddShop))
  })

  function as(who: Shop, route: Route, request: RouteRequest): HttpCall {
    const bearer = {
      public: undefined,
      visitor: who.publishableKey,
      key: who.secretKey,
      person: people.get(who)!.accessToken,
    }[route.access.kind]
    return {
      ...request,
      headers: { ...request.headers, ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
    }
  }

  async function refused(call: HttpCall, code?: ErrorCode): Promise<Problem> {
    const answer = await caller.call(call)
    const problem = problemOf(answer)
    if (code) expect(problem.code, answer.text).toBe(code)
    return problem
  }

  /** Sends what the contract says is wrong to the one shop, and what it lets through to the other. */
  async function refusedOrSound(isRefused: boolean, route: Route, request: RouteRequest): Promise<Problem | undefined> {
    if (isRefused) return refused(as(shop, route, request), 'invalid_input')
    const answer = await caller.call(as(oddShop, route, request))
    expect(answer.status, `${request.path} ${request.body} → ${answer.text}`).toBeLessThan(500)
    if (answer.status >= 400) problemOf(answer)
    else if (route.method === 'POST') await readsBack(route.path)
    return undefined
  }

  /** Whatever was stored can be shown. */
  async function readsBack(path: string): Promise<void> {
    const list = paged.find(({ route }) => route.path === path)
    if (!list) return
    const { status, text } = await caller.call(as(oddShop, list.route, requestFor(list.route, { search: 'limit=200' })))
    expect(status, text).toBe(200)
  }

  describe.each(withJsonBody)('the body of $id', ({ route }) => {
    const example = exampleOf(route.body as z.ZodMiniType) as object

    it.each(placesIn(example))('with a wrong value at %s is refused, naming the place', async (place) => {
      for (const wrong of WRONG_JSON) {
        const body = writtenWith(example, place, wrong)
        const isRefused = refuses(route, body)
        const problem = await refusedOrSound(isRefused, route, { ...requestFor(route), body })
        if (problem)
          expect(problem.errors!.some(({ path }) => path.startsWith(place) || place.startsWith(path))).toBe(true)
      }
    })

    it.each(placesIn(example))('without %s is refused or sound', async (place) => {
      const body = writtenWith(example, place, undefined)
      await refusedOrSound(refuses(route, body), route, { ...requestFor(route), body })
    })

    it.each([
      ['nothing', ''],
      ['white space', ' \n'],
      ['half of a body', JSON.stringify(example).slice(0, -5)],
      ['two bodies', `${JSON.stringify(example)}${JSON.stringify(example)}`],
      ['a trailing comma', `${JSON.stringify(example).slice(0, -1)},}`],
      ['single quotes', "{'items':[]}"],
      ['a form', 'items=1&events=2'],
      ['NaN', '{"items":NaN,"events":NaN}'],
      ['a key that comes twice', '{"email":"a@example.com","email":"b@example.com"}'],
      ['a key that comes twice, once as an escape', '{"items":[{"id":"a","\\u0069d":"b"}]}'],
      ['a NUL at the end', `${JSON.stringify(example)}\0`],
      ['text that is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
      ['an encoded surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
      ['an overlong slash', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
      ['UTF-16', Buffer.from(`\ufeff${JSON.stringify(example)}`, 'utf16le')],
      ['UTF-16 without a mark', Buffer.from(JSON.stringify(example), 'utf16le')],
      ['gzip that nothing announces', gzipSync(JSON.stringify(example))],
    ])('that is %s is malformed', async (_what, body) => {
      await refused({ ...as(shop, route, requestFor(route)), body }, 'malformed_request')
    })

    it.each(['null', '[]', '"text"', '1', 'true', '{}', '{"__proto__":{"items":[],"events":[]}}'])(
      'that is %s lacks what it needs, if anything',
      async (body) => {
        await refusedOrSound(refuses(route, body), route, { ...requestFor(route), body })
      },
    )

    it.each(['[', '{"a":', '{"items":[', '{"events":['])('that nests %s without end is refused', async (opening) => {
      const depth = 50_000
      const request = as(shop, route, requestFor(route))
      await refused({ ...request, body: opening.repeat(depth) }, 'malformed_request')
      const closing = [...opening]
        .reverse()
        .map((sign) => ({ '[': ']', '{': '}' })[sign] ?? '')
        .join('')
      await refused({ ...request, body: `${opening.repeat(depth)}1${closing.repeat(depth)}` }, 'malformed_request')
    })

    it.each(['gzip', 'br', 'deflate', 'x', 'identity, gzip'])('announced as %s is refused', async (encoding) => {
      const request = as(shop, route, requestFor(route))
      const headers = { ...request.headers, 'content-encoding': encoding }
      await refused({ ...request, headers }, 'unsupported_media_type')
    })

    it.each(['application/xml', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'json', ','])(
      'of type %s is refused',
      async (type) => {
        const request = as(shop, route, requestFor(route))
        const headers = { ...request.headers, 'content-type': type }
        await refused({ ...request, headers }, 'unsupported_media_type')
      },
    )

    it('without a type is refused', async () => {
      const { 'content-type': _type, ...headers } = as(shop, route, requestFor(route)).headers!
      await refused({ ...as(shop, route, requestFor(route)), headers }, 'unsupported_media_type')
    })

    it('over the limit is refused, with its length announced and without', async () => {
      const maxBytes = route.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES
      const request = as(shop, route, requestFor(route))
      const padded = Buffer.alloc(maxBytes + 1, ' ')
      padded.write(request.body as string)
      await refused({ ...request, body: padded }, 'payload_too_large')
      await refused({ ...request, body: inPieces(padded) }, 'payload_too_large')
    })
  })

  describe.each(withFile)('the file of $id', ({ route }) => {
    it.each(['gzip', 'br'])('announced as %s is refused', async (encoding) => {
      const request = as(shop, route, requestFor(route))
      const headers = { ...request.headers, 'content-encoding': encoding }
      await refused({ ...request, headers, body: gzipSync('id,name\n') }, 'unsupported_media_type')
    })

    it('of another type, or of none, is refused', async () => {
      const request = as(shop, route, requestFor(route))
      await refused(
        { ...request, headers: { ...request.headers, 'content-type': 'text/html' } },
        'unsupported_media_type',
      )
      const { 'content-type': _type, ...headers } = request.headers!
      await refused({ ...request, headers }, 'unsupported_media_type')
    })

    it('whose announced length is over the limit is refused before it comes', async () => {
      const connection = await rawConnection(`http://127.0.0.1:${listening.port}`)
      connection.send(
        `POST ${route.path} HTTP/1.1\r\nHost: a\r\nAuthorization: ${as(shop, route, requestFor(route)).headers!.authorization}\r\nContent-Type: ${(route.body as FileBody).types[0]}\r\n` +
          'Content-Length: 4294967297\r\n\r\nid',
      )
      expect(await connection.until('"requestId"')).toMatch(/^HTTP\/1\.1 413 [\s\S]+"code":"payload_too_large"/)
      connection.socket.destroy()
    })

    it('that breaks off leaves nothing behind', async () => {
      const connection = await rawConnection(`http://127.0.0.1:${listening.port}`)
      connection.send(
        `POST ${route.path} HTTP/1.1\r\nHost: a\r\nAuthorization: ${as(shop, route, requestFor(route)).headers!.authorization}\r\nContent-Type: ${(route.body as FileBody).types[0]}\r\n` +
          'Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n',
      )
      await connection.until('100 Continue')
      connection.send('3\r\nid,\r\n5\r\nna')
      connection.socket.end()
      await connection.ended()
      await expect.poll(() => site.log.withMessage('request').length).toBeGreaterThan(0)
    })

    it('under a wrong Idempotency-Key leaves nothing behind', async () => {
      const request = as(shop, route, requestFor(route))
      await refused({ ...request, headers: { ...request.headers, 'idempotency-key': 'a b' } }, 'malformed_request')
    })
  })

  it.each(withQuery.flatMap(({ id, route }) => Object.keys(route.query!.shape).map((name) => ({ id, route, name }))))(
    'the query of $id with a wrong $name is refused, naming it',
    async ({ route, name }) => {
      const decode = queryDecoder(route.query!)
      const others = WRONG_TEXTS.map((text) => `${name}=${text}`)
      for (const search of [...others, `${name}=a&${name}=a`, `${name}=${Array(300).fill(`a&${name}=`).join('')}`]) {
        const { input, problems } = decode(new URLSearchParams(search))
        const isRefused = problems.length > 0 || !z.safeParse(route.query!, input).success
        const problem = await refusedOrSound(isRefused, route, requestFor(route, { search }))
        if (problem) expect(problem.errors!.map(({ path }) => path.split('.')[0])).toContain(name)
      }
    },
  )

  it.each(ROUTES)('a query parameter that $id does not know is refused, naming it', async ({ route }) => {
    const problem = await refusedOrSound(true, route, requestFor(route, { search: 'no_such_thing=1&__proto__=2' }))
    const paths = problem!.errors!.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['no_such_thing', '__proto__']))
  })

  it.each(withParams.flatMap(({ id, route }) => pathParams(route.path).map((name) => ({ id, route, name }))))(
    'the path of $id with a wrong $name is refused',
    async ({ route, name }) => {
      for (const text of WRONG_TEXTS) {
        const request = requestFor(route, { params: { [name]: text } })
        const decoded = decodedOrNull(text)
        if (decoded === null) await refused(as(shop, route, request), 'malformed_request')
        else if (
          !z.safeParse(route.params!.shape[paramKey(name)] as z.ZodMiniType, decoded).success &&
          decoded !== ''
        ) {
          await refused(as(shop, route, request), 'invalid_input')
        } else if (route.method === 'PUT') {
          // What is put need not have been there.
          await refusedOrSound(false, route, request)
        } else {
          // An empty part is another address, and nothing of this name is there.
          const { status } = await refused(as(shop, route, request))
          expect([404, 405, 415, 422]).toContain(status)
        }
      }
    },
  )

  it.each(paged)('a forged cursor of $id is refused or a place like any other', async ({ route }) => {
    const whole = await caller.call(as(shop, route, requestFor(route, { search: 'limit=200' })))
    const known = (JSON.parse(whole.text) as { items: object[] }).items
    for (const cursor of CURSORS) {
      const answer = await caller.call(as(shop, route, requestFor(route, { search: `cursor=${cursor}` })))
      if (answer.status === 200) {
        const { items, nextCursor } = JSON.parse(answer.text) as { items: object[]; nextCursor: string | null }
        expect(known).toEqual(expect.arrayContaining(items))
        expect(nextCursor).toBeNull()
      } else expect([problemOf(answer).code, problemOf(answer).errors?.[0]?.path]).toEqual(['invalid_input', 'cursor'])
    }
  })

  describe.each(withKey)('the key of $id', ({ route }) => {
    it.each([
      ['is missing', {}, 'missing_key'],
      ['is empty', { authorization: '' }, 'invalid_key'],
      ['is unknown', { authorization: `Bearer sk_${'a'.repeat(32)}` }, 'invalid_key'],
      ['is of no kind', { authorization: 'Bearer a' }, 'invalid_key'],
      ['has another scheme', { authorization: 'Basic c2tfYTo=' }, 'invalid_key'],
      ['has strange signs', { authorization: "Bearer sk_'--" }, 'invalid_key'],
      ['is very long', { authorization: `Bearer sk_${'a'.repeat(10_000)}` }, 'invalid_key'],
      ['is called __proto__', { authorization: 'Bearer __proto__' }, 'invalid_key'],
    ] as const)('that %s is refused', async (_what, headers, code) => {
      const request = requestFor(route)
      const answer = await caller.call({ ...request, headers: { ...request.headers, ...headers } })
      expect(problemOf(answer)).toMatchObject({ status: 401, code })
      expect(answer.headers['www-authenticate']).toBe('Bearer')
    })

    it('that is secret is refused in the address', async () => {
      await refused(requestFor(route, { search: `key=${shop.secretKey}` }), 'secret_key_in_url')
    })

    it.each(['%00', '%ff', 'pk_x', '', "pk_'"])('that is %s in the address is refused', async (key) => {
      await refused(requestFor(route, { search: `key=${key}` }), 'invalid_key')
    })

    it('that is publishable is refused where it may not, and from an origin that it does not allow', async () => {
      const request = requestFor(route)
      const headers = { ...request.headers, authorization: `Bearer ${shop.publishableKey}` }
      const isAllowed = keyKindsOf(route).includes('publishable')
      if (!isAllowed) await refused({ ...request, headers: { ...headers, origin: SHOP_ORIGIN } }, 'wrong_key_kind')
      const code = isAllowed ? 'origin_not_allowed' : 'wrong_key_kind'
      for (const origin of [
        'https://evil.example',
        'null',
        `${SHOP_ORIGIN}.evil.example`,
        'http://shop.example',
        '*',
      ]) {
        await refused({ ...request, headers: { ...headers, origin } }, code)
      }
    })
  })

  describe.each(forPeople)('the token of $id', ({ route }) => {
    it.each([
      ['is missing', {}, 'sign_in_needed'],
      ['is empty', { authorization: '' }, 'invalid_key'],
      ['is none', { authorization: 'Bearer ..' }, 'invalid_token'],
      ['is of no kind', { authorization: 'Bearer a.b.c' }, 'invalid_token'],
      ['has no signature', { authorization: `Bearer ${unsignedToken()}` }, 'invalid_token'],
      ['has another scheme', { authorization: 'Basic YTpi' }, 'invalid_key'],
      ['is very long', { authorization: `Bearer ${'a'.repeat(5_000)}.${'b'.repeat(5_000)}.c` }, 'invalid_token'],
      ['is a cookie of no kind', { cookie: '__Host-tw_access=a.b.c' }, 'invalid_token'],
      ['is a key', { authorization: `Bearer sk_${'a'.repeat(32)}` }, 'invalid_token'],
    ] as const)('that %s is refused', async (_what, headers, code) => {
      const request = requestFor(route)
      const answer = await caller.call({ ...request, headers: { ...request.headers, ...headers } })
      expect(problemOf(answer)).toMatchObject({ status: 401, code })
      expect(answer.headers['www-authenticate']).toBe('Bearer')
    })
  })

  it.each(ROUTES)('methods that $id does not answer are refused with those that it does', async ({ route }) => {
    const { path } = requestFor(route)
    for (const method of ['PUT', 'PATCH', 'DELETE', 'POST', 'OPTIONS', 'PROPFIND', 'TRACE', 'LOCK', 'QUERY']) {
      const answersIt = ROUTES.some(({ route: other }) => other.method === method && isSamePlace(other, route))
      if (answersIt) continue
      const answer = await caller.call({ method, path, headers: { authorization: `Bearer ${shop.secretKey}` } })
      expect(problemOf(answer).code, method).toBe('method_not_allowed')
      expect(answer.headers.allow!.split(', ')).toContain(route.method)
    }
  })

  it.each(keptPosts)('a wrong Idempotency-Key of $id is refused', async ({ route }) => {
    for (const key of ['', ' ', 'a b', 'ü', '\t', 'x'.repeat(129), ['one', 'two']]) {
      const request = as(shop, route, requestFor(route))
      await refused({ ...request, headers: { ...request.headers, 'idempotency-key': key } }, 'malformed_request')
    }
  })

  it.each([
    '',
    '/',
    '/api',
    '/api/',
    '/api/nothing',
    '/api/products/a/b',
    '/__proto__',
    '/constructor',
    '/api/v2/products',
  ])('an address that leads nowhere, %s, is not found', async (path) => {
    await refused({ path: path || '*', headers: { authorization: `Bearer ${shop.secretKey}` } }, 'not_found')
  })

  it('an address beyond 8,192 characters is refused', async () => {
    await refused({ path: `/api/products?search=${'x'.repeat(8_192)}` }, 'uri_too_long')
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'a header named %s harms nobody',
    async (name) => {
      const answer = await caller.call({ path: '/api/products', headers: { [name]: 'x' } })
      expect(problemOf(answer).code).toBe('missing_key')
    },
  )

  it.each(['x'.repeat(65), 'short', 'a b c d e f', '<script>alert(1)</script>', '{"a":1}'])(
    'a request id such as %s is replaced, not repeated',
    async (id) => {
      const { requestId } = await refused({ path: '/api/products', headers: { 'x-request-id': id } }, 'missing_key')
      expect(requestId).toMatch(/^req_/)
    },
  )

  it('headers without end are refused by the listener, which goes on', async () => {
    const connection = await rawConnection(`http://127.0.0.1:${listening.port}`)
    connection.send(`GET /alive HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`)
    expect(await connection.ended()).toMatch(/^HTTP\/1\.1 431 /)
    expect(await caller.call({ path: '/alive' })).toMatchObject({ status: 200 })
  })

  it.each([
    ['a raw NUL', 'GET /api/products/a\0b HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['no host', 'GET /api/products HTTP/1.1\r\n\r\n'],
    ['an unknown method', 'BREW /api/products HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a header with a NUL', 'GET /api/products HTTP/1.1\r\nHost: a\r\nX-A: a\0b\r\n\r\n'],
    [
      'a chunk that lies about its length',
      'POST /api/events HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    ],
  ])('a message with %s is refused by the listener, which goes on', async (_what, message) => {
    const connection = await rawConnection(`http://127.0.0.1:${listening.port}`)
    connection.send(message)
    expect(await connection.ended()).toMatch(/HTTP\/1\.1 4\d\d /)
    expect(await caller.call({ path: '/alive' })).toMatchObject({ status: 200 })
  })

  it('bytes beyond ASCII in the path are no id', async () => {
    const connection = await rawConnection(`http://127.0.0.1:${listening.port}`)
    connection.send(
      `GET /api/products/\xff\xfe HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${shop.secretKey}\r\nConnection: close\r\n\r\n`,
    )
    expect(await connection.ended()).toMatch(/^HTTP\/1\.1 4\d\d /)
  })

  it('what was let through can be read back, all of it', async () => {
    for (const { id, route } of paged) {
      let cursor: string | null = null
      do {
        const search: string = cursor === null ? '' : `cursor=${cursor}`
        const answer = await caller.call(as(oddShop, route, requestFor(route, { search })))
        expect(answer.status, `${id}: ${answer.text}`).toBe(200)
        const page = JSON.parse(answer.text) as { items: object[]; nextCursor: string | null }
        cursor = page.nextCursor
      } while (cursor !== null)
    }
  })
})

/** Whether the contract says that a body is wrong. */
function refuses(route: Route, body: string): boolean {
  return !z.safeParse(route.body as z.ZodMiniType, JSON.parse(body)).success
}

/** What a token looks like that says of itself that nobody need check it. */
function unsignedToken(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none', typ: 'at+jwt' })}.${part({ sub: 'usr_x', exp: 9_999_999_999 })}.`
}

function problemOf({ status, headers, text }: HttpAnswer): Problem {
  expect(status, text).toBeGreaterThanOrEqual(400)
  expect(status, text).toBeLessThan(500)
  expect(headers['content-type'], text).toBe(PROBLEM_TYPE)
  const problem = JSON.parse(text) as Problem
  expect(ERROR_CODES[problem.code as ErrorCode]?.[0], text).toBe(status)
  expect(problem).toMatchObject({ status, requestId: headers['x-request-id'] })
  return problem
}

/** Dotted places of everything within a JSON value. */
function placesIn(value: unknown, before = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => [`${before}${key}`, ...placesIn(child, `${before}${key}.`)])
}

/** The JSON of a value whose one place holds another JSON text, or nothing. */
function writtenWith(value: object, place: string, json: string | undefined): string {
  const MARK = '@@mark@@'
  // Written and read again: parts that an example shares become parts of their own.
  const copy = JSON.parse(JSON.stringify(value)) as object
  const keys = place.split('.')
  const last = keys.pop()!
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy as Record<string, unknown>)
  if (json === undefined) delete parent[last]
  else parent[last] = MARK
  return JSON.stringify(copy).replace(`"${MARK}"`, () => json!)
}

function decodedOrNull(text: string): string | null {
  try {
    const decoded = decodeURIComponent(text)
    return decoded.includes('\0') ? null : decoded
  } catch {
    return null
  }
}

function isSamePlace(one: Route, other: Route): boolean {
  const pattern = new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`)
  return pattern.test(requestFor(other).path.replace('/v1/', '/'))
}

async function* inPieces(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536)
}

async function uploads({ dataDir }: TestSite): Promise<string[]> {
  return (await readdir(join(dataDir, 'files', 'uploads')).catch(() => [])).sort()
}

/** Files that wait for an import. */
async function knownUploads({ db }: Shop): Promise<string[]> {
  const jobs = await db.query.selectFrom('jobs').select('payload').execute()
  const files = jobs.map(({ payload }) => (JSON.parse(payload) as { file?: string }).file)
  return files
    .filter((file) => file !== undefined)
    .map((file) => file.replace('uploads/', ''))
    .sort()
}
