import { ERROR_CODES, type ErrorCode, isFile, type Problem, pathParams, type Route } from '@tillwright/core/contract'
import { exampleOf } from '@tillwright/core/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type * as z from 'zod/mini'
import { type Listening, listen } from '../../adapters/node.ts'
import { rawConnection } from '../../adapters/testing/raw-connection.ts'
import { ROUTES, requestFor } from '../../testing/contract-routes.ts'
import { describeOnDatabases } from '../../testing/describe-on-databases.ts'
import { type SignedInPerson, signInAs, TEST_PASSWORD } from '../../testing/sign-in-as.ts'
import { ORIGIN, openSite, type Shop, type TestSite } from '../../testing/test-site.ts'
import { HOSTILE_JSON, HOSTILE_TEXTS, HOSTILE_URL_TEXTS } from './hostile-input.ts'

/** The same requests each time; another seed finds others. */
const SEED = Number(process.env.TILLWRIGHT_FUZZ_SEED ?? 43)
const REQUESTS = 10_000

/** All but the one that would end the session of who asks. */
const FUZZED = ROUTES.filter(({ id }) => id !== 'account.remove')

interface Attack {
  readonly id: string
  readonly route: Route
  readonly params: readonly string[]
  readonly search: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
}

/** Texts as they stand in an address. */
const urlText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_URL_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => encodeURIComponent(text)) },
)

const jsonText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE_JSON) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }).map((text) => JSON.stringify(text)) },
)

const headersOf = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'content-encoding',
    'idempotency-key',
    'x-request-id',
    'accept-encoding',
    'if-none-match',
    'last-event-id',
    'origin',
    'x-forwarded-for',
    'cookie',
    'authorization',
    'user-agent',
  ),
  // What a header may hold at all; the rest is for the raw connections below.
  fc.oneof(
    fc.constantFrom(...HOSTILE_TEXTS).map((text) => text.replace(/[^\x20-\xff]/g, '?')),
    fc.constantFrom('text/plain', 'application/xml', 'null', '*', 'Bearer ..', 'Basic YTpi', '__Host-tw_access=a.b.c'),
  ),
  { maxKeys: 2 },
)

function bodiesOf(route: Route): fc.Arbitrary<Attack['body']> {
  if (!route.body) return fc.constant(undefined)
  if (isFile(route.body)) {
    return fc.oneof(
      fc.constantFrom(...HOSTILE_TEXTS),
      fc
        .array(fc.constantFrom(...HOSTILE_TEXTS, 'id', 'name', 'email', ',', '"', '\n', '\r\n', '\t'), {
          maxLength: 30,
        })
        .map((parts) => parts.join('')),
      fc.uint8Array({ maxLength: 200 }),
    )
  }
  const example = exampleOf(route.body as z.ZodMiniType) as object
  const places = placesIn(example)
  const mutated = fc
    .tuple(fc.constantFrom('', ...places), jsonText)
    .map(([place, json]) => writtenWith(example, place, json))
  const widened = jsonText.map((json) =>
    `${JSON.stringify(example).slice(0, -1)},"__proto__":${json},"constructor":${json}}`.replace('{,', '{'),
  )
  const twice = fc.constantFrom(
    '{"email":"a@example.com","email":"b@example.com"}',
    '{"items":[],"items":[{"id":"a"}]}',
  )
  const broken = fc.tuple(fc.nat(200), jsonText).map(([at, json]) => JSON.stringify(example).slice(0, at) + json)
  return fc.oneof(
    { weight: 6, arbitrary: mutated },
    { weight: 2, arbitrary: widened },
    { weight: 1, arbitrary: twice },
    { weight: 1, arbitrary: broken },
    { weight: 1, arbitrary: jsonText },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  )
}

/** Something wrong with a request for a route, or several things. */
function attackOn({ id, route }: (typeof ROUTES)[number]): fc.Arbitrary<Attack> {
  const sound = requestFor(route).path
  const params = pathParams(route.path).length
  const names = fc.constantFrom(...Object.keys(route.query?.shape ?? {}), 'key', 'limit', 'cursor', '__proto__')
  return fc.record({
    id: fc.constant(id),
    route: fc.constant(route),
    params: fc
      .oneof(
        fc.constant(sound.split('?')[0]!.split('/').slice(-params)),
        fc.array(urlText, { minLength: params, maxLength: params }),
      )
      .map((all) => (params === 0 ? [] : all)),
    search: fc
      .array(fc.tuple(names, urlText), { maxLength: 3 })
      .map((pairs) => pairs.map((pair) => pair.join('=')).join('&')),
    headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: headersOf }),
    body: bodiesOf(route),
  })
}

const attacks = fc.oneof(...FUZZED.map(attackOn))

describeOnDatabases('43 malformed input', (engine) => {
  let site: TestSite
  let shop: Shop
  let person: SignedInPerson

  beforeAll(async () => {
    const PHC = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`
    site = await openSite(engine, {
      // Hashing is not what is tried here, and would take all the time.
      hasher: {
        hash: async () => PHC,
        verify: async (_hash, password) => password === TEST_PASSWORD,
        isWeak: () => false,
      },
    })
    shop = await site.newShop()
    person = await signInAs(site, shop, 'superadmin')
  })
  afterAll(() => site?.close())

  function bearerFor({ access }: Route): string | undefined {
    return { public: undefined, visitor: shop.publishableKey, key: shop.secretKey, person: person.accessToken }[
      access.kind
    ]
  }

  async function send({ route, params, search, headers, body }: Attack): Promise<Response> {
    let next = 0
    const path = route.path.replace(/\{\w+\}/g, () => params[next++]!)
    const bearer = bearerFor(route)
    const type = isFile(route.body) ? route.body.types[0]! : 'application/json'
    return site.server.fetch(
      new Request(`${ORIGIN}${path}${search ? `?${search}` : ''}`, {
        method: route.method,
        headers: {
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
          ...(body === undefined ? {} : { 'content-type': type }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: body as BodyInit }),
      }),
      { remoteAddress: '203.0.113.7' },
    )
  }

  it(`never fails the server: ${REQUESTS} requests`, { timeout: 180_000 }, async () => {
    site.log.lines.length = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(attacks, async (attack) => {
        const response = await send(attack)
        const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
        if (isStream) await response.body?.cancel()
        else if (response.status >= 400) {
          const text = await response.text()
          expect(response.status, text).toBeLessThan(500)
          const problem = JSON.parse(text) as Problem
          expect(ERROR_CODES[problem.code as ErrorCode]?.[0], text).toBe(response.status)
          // Nothing of how it is made.
          expect(text).not.toMatch(/sqlite|postgres|kysely|node_modules|\.ts:\d|at \w+ \(/i)
          refused++
        } else await response.text()
      }),
      { seed: SEED, numRuns: REQUESTS, endOnFailure: true },
    )
    expect(refused).toBeGreaterThan(REQUESTS / 2)
    expect(site.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('leaves jobs that end, whatever they were given', { timeout: 120_000 }, async () => {
    while ((await site.server.jobs.runDue()) > 0);
    const states = await shop.db.query.selectFrom('jobs').select(['kind', 'state', 'error']).execute()
    // What cannot be read ends as a job that failed and says why, and is no fault of the server.
    for (const { kind, state, error } of states) {
      expect([kind, state, error ?? '']).toEqual([
        kind,
        state,
        expect.not.stringMatching(/TypeError|Cannot read|is not a function|SQLITE_|syntax error at/),
      ])
    }
  })

  it('lets sound input through, and the session lives', async () => {
    expect((await person.send('/auth/validate')).status).toBe(200)
    expect(await shop.api.products.upsert({ items: [{ id: 'sound', name: 'Sound' }] })).toMatchObject({ created: 1 })
  })

  it.each([
    ['size', `{"items":[{"id":"a","name":"${'x'.repeat(9 * 2 ** 20)}"}]}`, 413],
    ['depth', `${'['.repeat(200_000)}`, 400],
    ['number of keys', `{${Array.from({ length: 100_000 }, (_, i) => `"k${i}":1`).join()}}`, 400],
    ['a duplicate key', '{"items":[{"id":"a","name":"b","name":"c"}]}', 400],
    ['a NUL', '{"items":[{"id":"a","name":"b\\u0000c"}]}', 422],
    ['a lone surrogate', '{"items":[{"id":"a","name":"b\\ud800c"}]}', 422],
    ['a line break in an id', '{"items":[{"id":"a\\r\\nb","name":"b"}]}', 422],
    ['an array in an object’s place', '{"items":{"0":{"id":"a","name":"b"},"length":1}}', 422],
  ])('%s is refused by name', async (_what, body, status) => {
    const response = await shop.send('/api/products', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining('"code"')])
  })

  it('keys that would reach a prototype change nothing', async () => {
    const body =
      '{"items":[{"id":"proto","name":"a","__proto__":{"brand":"evil"},"attributes":{"__proto__":"x","constructor":"y"}}]}'
    const response = await shop.send('/api/products', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    expect(response.status).toBeLessThan(500)
    expect(({} as Record<string, unknown>).brand).toBeUndefined()
    if (response.ok) expect(await shop.api.products.get({ productId: 'proto' })).not.toHaveProperty('brand')
  })

  it.each(['a@example.com\r\nBcc: b@example.com', 'a@example.com\nx', 'a\u0000@example.com', 'a@exa\ud800mple.com'])(
    'an address that would write another header is refused (%#)',
    async (email) => {
      const response = await site.send('/auth/forgot-password', {
        method: 'POST',
        body: JSON.stringify({ email }),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${shop.publishableKey}` },
      })
      expect(response.status).toBe(422)
    },
  )

  it('line breaks in headers and addresses are refused by the listener, and reach no answer', async () => {
    const listening: Listening = await listen(site.server, { host: '127.0.0.1', port: 0 })
    for (const head of [
      'GET /alive HTTP/1.1\r\nHost: a\r\nX-Request-Id: abcdefgh\rX-Evil: 1\r\n\r\n',
      'GET /alive HTTP/1.1\r\nHost: a\r\nX-Request-Id: abc\0defgh\r\n\r\n',
      'POST /api/events HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ]) {
      const connection = await rawConnection(`http://127.0.0.1:${listening.port}`)
      connection.send(head)
      const answer = await connection.ended()
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
      expect(answer.toLowerCase()).not.toContain('x-evil')
    }
    const split = await rawConnection(`http://127.0.0.1:${listening.port}`)
    split.send('GET /api/products/a%0d%0aX-Evil:%201 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    expect((await split.ended()).toLowerCase()).not.toMatch(/\r\nx-evil/)
    await listening.finish()
  })
})

/** Dotted places of everything within a JSON value. */
function placesIn(value: unknown, before = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => [`${before}${key}`, ...placesIn(child, `${before}${key}.`)])
}

/** The JSON of a value whose one place holds another JSON text; of no place: that text. */
function writtenWith(value: object, place: string, json: string): string {
  if (place === '') return json
  const MARK = '@@mark@@'
  const copy = structuredClone(value)
  const keys = place.split('.')
  const last = keys.pop()!
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy as Record<string, unknown>)
  parent[last] = MARK
  return JSON.stringify(copy).replace(`"${MARK}"`, () => json)
}
