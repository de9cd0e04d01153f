import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, NetworkError, TimeoutError } from '../errors.ts'
import {
  answers,
  breaksOff,
  breaksOffMidway,
  neverAnswers,
  type ScriptedServer,
  scriptedServer,
  stalls,
} from './scripted-server.suite.ts'
import { type Call, MAX_PATIENCE_MS, type Transport, type TransportOptions } from './transport.ts'

const NOW = Date.UTC(2026, 0, 31, 9, 30)
const PASSING = [408, 425, 429, 500, 502, 503, 504]
const FINAL = [400, 401, 403, 404, 409, 413, 422, 501]

/** What every transport does, over a real connection. */
export function transportSuite(name: string, create: (options: TransportOptions) => Transport): void {
  describe(name, () => {
    let server: ScriptedServer
    beforeEach(async () => {
      server = await scriptedServer()
    })
    afterEach(() => {
      vi.restoreAllMocks()
      server.close()
    })

    const transport = (options: Partial<TransportOptions> = {}) =>
      create({ fetch: (request) => fetch(request), clock: () => NOW, random: () => 0, ...options })
    const call = (changes: Partial<Call> = {}): Call => ({
      method: 'GET',
      url: `${server.url}/api/v1/products?search=tea`,
      headers: {},
      timeoutMs: 20_000,
      retries: 2,
      whole: true,
      ...changes,
    })
    const failure = (promise: Promise<unknown>) =>
      promise.then(
        () => expect.unreachable('it should have failed'),
        (error: unknown) => error,
      )

    describe('a good answer', () => {
      it('comes back with its status, headers and body', async () => {
        server.reply(answers(202, { accepted: 1 }, { 'x-request-id': 'req_1' }))
        const response = await transport()(call())
        expect(response.status).toBe(202)
        expect(response.headers.get('x-request-id')).toBe('req_1')
        expect(await response.json()).toEqual({ accepted: 1 })
      })

      it('may have no body', async () => {
        server.reply(answers(204))
        expect((await transport()(call({ method: 'DELETE' }))).status).toBe(204)
      })

      it('is asked for with the method, headers and body of the call', async () => {
        server.reply(answers(200, {}))
        await transport()(
          call({ method: 'POST', headers: { 'content-type': 'application/json', 'x-a': 'b' }, body: '{}' }),
        )
        expect(server.received).toMatchObject([
          { method: 'POST', url: '/api/v1/products?search=tea', headers: { 'x-a': 'b' }, body: '{}' },
        ])
      })
    })

    describe('retries', () => {
      it.each(PASSING)('tries again after %i', async (status) => {
        server.reply(answers(status), answers(status), answers(200, { ok: true }))
        expect((await transport()(call())).status).toBe(200)
        expect(server.received).toHaveLength(3)
      })

      it.each(FINAL)('does not try again after %i', async (status) => {
        server.reply(answers(status), answers(200, {}))
        expect(await failure(transport()(call()))).toMatchObject({ name: 'ApiError', status })
        expect(server.received).toHaveLength(1)
      })

      it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('tries a %s again', async (method) => {
        server.reply(answers(503), answers(200, {}))
        await transport()(call({ method }))
        expect(server.received.map((request) => request.method)).toEqual([method, method])
      })

      it('tries again after a connection that broke before the answer', async () => {
        server.reply(breaksOff, breaksOff, answers(200, {}))
        expect((await transport()(call())).status).toBe(200)
      })

      it('tries again after a connection that broke in the middle of an answer that is read whole', async () => {
        server.reply(breaksOffMidway, answers(200, { whole: true }))
        expect(await (await transport()(call())).json()).toEqual({ whole: true })
      })

      it('throws the last failure once the limit is reached', async () => {
        server.reply(answers(503), answers(503), answers(502), answers(200, {}))
        expect(await failure(transport()(call({ retries: 2 })))).toMatchObject({ status: 502 })
        expect(server.received).toHaveLength(3)
      })

      it('throws NetworkError where no connection lasts', async () => {
        server.reply(breaksOff)
        const error = await failure(transport()(call({ retries: 1 })))
        expect(error).toBeInstanceOf(NetworkError)
        expect((error as Error).cause).toBeDefined()
        expect(server.received).toHaveLength(2)
      })

      it('never shows the query in the message of an error, since it may say something about somebody', async () => {
        server.reply(breaksOff)
        const error = (await failure(transport()(call({ retries: 0 })))) as Error
        expect(error.message).toContain('GET http://127.0.0.1')
        expect(error.message).not.toContain('tea')
      })

      it('tries once where no retries are wanted', async () => {
        server.reply(answers(503), answers(200, {}))
        await failure(transport()(call({ retries: 0 })))
        expect(server.received).toHaveLength(1)
      })

      it('sends the same headers and the same body with each try', async () => {
        server.reply(answers(500), breaksOff, answers(200, {}))
        await transport()(
          call({
            method: 'POST',
            headers: { 'idempotency-key': 'idk_1', 'content-type': 'text/plain' },
            body: 'all of it',
          }),
        )
        const tries = server.received.map(({ headers, body }) => [headers['idempotency-key'], body])
        expect(tries).toEqual(Array(3).fill(['idk_1', 'all of it']))
      })

      it('sends a streamed body once, since it can be read once only', async () => {
        server.reply(answers(503), answers(200, {}))
        const body = new Blob(['one ', 'two']).stream()
        expect(await failure(transport()(call({ method: 'POST', body })))).toMatchObject({ code: 'http_503' })
        expect(server.received.map((request) => request.body)).toEqual(['one two'])
      })

      it('tells onRetry about each further try', async () => {
        const onRetry = vi.fn()
        server.reply(answers(503), breaksOff, answers(200, {}))
        await transport({ onRetry })(call())
        expect(onRetry.mock.calls.map(([{ attempt, error }]) => [attempt, error.name])).toEqual([
          [1, 'ApiError'],
          [2, 'NetworkError'],
        ])
      })
    })

    describe('waits', () => {
      /** How long the transport would have waited between these answers. They come from memory: a connection has timers, too. */
      const waitsBetween = async (random: number, ...responses: Response[]) => {
        const waits: number[] = []
        const timeoutMs = 19_000
        const real = globalThis.setTimeout
        vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, delayMs = 0) => {
          if (delayMs === timeoutMs) return real(run, delayMs)
          waits.push(delayMs)
          return real(run, 0)
        }) as typeof setTimeout)
        const retries = responses.length - 1
        await transport({ random: () => random, fetch: async () => responses.shift()! })(call({ timeoutMs, retries }))
        vi.restoreAllMocks()
        return waits
      }
      const refusal = (status: number, retryAfter?: string) =>
        new Response(null, { status, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } })

      it('grow with full jitter: anywhere between nothing and 300 ms, doubling with each try', async () => {
        const refusals = () => [503, 500, 429].map((status) => refusal(status))
        expect(await waitsBetween(0, ...refusals(), new Response())).toEqual([0, 0, 0])
        expect(await waitsBetween(0.5, ...refusals(), new Response())).toEqual([150, 300, 600])
      })

      it('last as many seconds as Retry-After says', async () => {
        expect(await waitsBetween(0.5, refusal(429, '7'), new Response())).toEqual([7_000])
        expect(await waitsBetween(0.5, refusal(500, '0'), new Response())).toEqual([0])
      })

      it('last until the date that Retry-After says', async () => {
        const date = new Date(NOW + 12_000).toUTCString()
        expect(await waitsBetween(0.5, refusal(503, date), new Response())).toEqual([12_000])
      })

      it('are jittered where Retry-After cannot be read', async () => {
        expect(await waitsBetween(0.5, refusal(503, 'soon'), new Response())).toEqual([150])
      })

      it('are left to the caller where the server asks for more than a minute', async () => {
        server.reply(answers(429, undefined, { 'retry-after': '3600' }), answers(200, {}))
        const error = await failure(transport()(call()))
        expect(error).toMatchObject({ status: 429, retryAfterMs: 3_600_000 })
        expect(3_600_000).toBeGreaterThan(MAX_PATIENCE_MS)
        expect(server.received).toHaveLength(1)
      })
    })

    describe('time-outs', () => {
      it('throw TimeoutError where no answer comes', async () => {
        server.reply(neverAnswers)
        const error = await failure(transport()(call({ timeoutMs: 30, retries: 0 })))
        expect(error).toBeInstanceOf(TimeoutError)
        expect((error as Error).message).toContain('30 ms')
      })

      it('throw TimeoutError where an answer that is read whole does not end', async () => {
        server.reply(stalls)
        expect(await failure(transport()(call({ timeoutMs: 30, retries: 0 })))).toBeInstanceOf(TimeoutError)
      })

      it('count for each try', async () => {
        server.reply(neverAnswers, answers(200, { second: true }))
        const response = await transport()(call({ timeoutMs: 200, retries: 1 }))
        expect(await response.json()).toEqual({ second: true })
      })

      it('do not cut an answer that is read bit by bit', async () => {
        let finish = () => {}
        server.reply((response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' })
          response.write('first ')
          finish = () => response.end('last')
        })
        const response = await transport()(call({ timeoutMs: 30, whole: false }))
        await new Promise((resolve) => setTimeout(resolve, 60))
        finish()
        expect(await response.text()).toBe('first last')
      })
    })

    describe('an abort', () => {
      const reason = new Error('the visitor left')

      it('before the call throws the reason, and nothing is sent, even by a fetch that knows no signals', async () => {
        const send = vi.fn(async () => new Response())
        expect(await failure(transport({ fetch: send })(call({ signal: AbortSignal.abort(reason) })))).toBe(reason)
        expect(send).not.toHaveBeenCalled()
      })

      it.each([0, 2])('during a try throws the reason and ends the try, with %i tries left', async (retries) => {
        server.reply(neverAnswers)
        const controller = new AbortController()
        const pending = failure(transport()(call({ retries, signal: controller.signal })))
        await server.nextRequest()
        controller.abort(reason)
        expect(await pending).toBe(reason)
        expect(server.received).toHaveLength(1)
      })

      it('while the answer is read throws the reason', async () => {
        server.reply(stalls)
        const controller = new AbortController()
        const pending = failure(transport()(call({ signal: controller.signal })))
        await server.nextRequest()
        controller.abort(reason)
        expect(await pending).toBe(reason)
      })

      it('during a wait throws the reason, and no further try is made', async () => {
        const timers = vi.spyOn(globalThis, 'setTimeout')
        server.reply(answers(503, undefined, { 'retry-after': '42' }), answers(200, {}))
        const controller = new AbortController()
        const pending = failure(transport()(call({ signal: controller.signal })))
        await vi.waitFor(() => expect(timers.mock.calls.map(([, delayMs]) => delayMs)).toContain(42_000))
        controller.abort(reason)
        expect(await pending).toBe(reason)
        expect(server.received).toHaveLength(1)
      })
    })

    describe('a refusal', () => {
      const refused = async (...reply: Parameters<typeof answers>) => {
        server.reply(answers(...reply))
        return (await failure(transport()(call({ retries: 0 })))) as ApiError
      }

      it('becomes an ApiError with everything that the problem document says', async () => {
        const error = await refused(422, {
          type: 'urn:tillwright:problem:invalid_input',
          title: 'Some of the input is not valid',
          status: 422,
          code: 'invalid_input',
          requestId: 'req_9',
          errors: [{ path: 'items.0.name', message: 'must not be empty' }],
        })
        expect(error).toBeInstanceOf(ApiError)
        expect(error).toMatchObject({
          status: 422,
          code: 'invalid_input',
          requestId: 'req_9',
          message: 'Some of the input is not valid · items.0.name: must not be empty',
          errors: [{ path: 'items.0.name', message: 'must not be empty' }],
        })
      })

      it('with the code http_503 comes of a proxy that says nothing', async () => {
        expect(await refused(503)).toMatchObject({ status: 503, code: 'http_503', requestId: '', errors: [] })
      })

      it('with the code http_502 comes of a proxy that sends a page', async () => {
        const error = await refused(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' })
        expect(error).toMatchObject({ name: 'ApiError', status: 502, code: 'http_502' })
        expect(error.message).toContain('502')
      })

      it.each([
        ['null', null],
        ['a list', [1]],
        ['an object of another kind', { error: 'nope' }],
        ['a problem whose errors are no list', { code: 7, errors: { name: ['is taken'] } }],
      ])('in JSON that is %s is still an ApiError', async (_, body) => {
        expect(await refused(500, JSON.stringify(body), { 'content-type': 'application/json' })).toMatchObject({
          code: 'http_500',
          errors: [],
        })
      })

      it('drops what are no field problems from the errors of somebody else’s problem document', async () => {
        const errors = [null, 'text', { path: 'name', message: 'is taken' }, { field: 'x' }]
        const error = await refused(409, { code: 'taken', title: 'Taken', errors })
        expect(error).toMatchObject({ code: 'taken', errors: [{ path: 'name', message: 'is taken' }] })
      })
    })
  })
}
