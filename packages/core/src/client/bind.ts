import type { Contract, Route, RouteEvents, RouteInput, RouteOutput } from '../contract/define.ts'
import { newId } from '../contract/new-id.ts'
import { ConfigurationError, ContractError } from '../errors.ts'
import type { Clock, Random } from '../ports.ts'
import { fullJitterMs } from '../queue/backoff.ts'
import type { eitherMethod } from './either-method.ts'
import type { readEventStream } from './event-stream.ts'
import { mapRoutes } from './map-routes.ts'
import { type PageList, pageList } from './page-list.ts'
import { sleep } from './sleep.ts'
import type { Call, Transport } from './transport.ts'
import type { Wire, WireTable } from './wire.ts'

export interface CallOptions {
  /** Ends the call, its retries and its waits. */
  readonly signal?: AbortSignal
  /** Longest time for one try, in ms. Default: the route's own, 30,000 for most. */
  readonly timeoutMs?: number
  /** How many tries may follow the first. Default: the client's `retries`. */
  readonly retries?: number
  /**
   * One answer for one key, however often a POST arrives. Default: a fresh key a call, shared by its tries. Pass your own
   * to make a whole operation of yours safe to repeat.
   */
  readonly idempotencyKey?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sends the call so that it outlives the page, without headers of its own; for small writes on the way out. */
  readonly beacon?: boolean
}

type Item<R extends Route> = RouteOutput<R> extends { items: (infer I)[] } ? I : never

type Answer<R extends Route> = R['output'] extends { kind: 'stream' }
  ? RouteOutput<R>
  : R['paged'] extends true
    ? PageList<Item<R>>
    : Promise<RouteOutput<R>>

type Asked<R extends Route> =
  {} extends RouteInput<R>
    ? (input?: RouteInput<R>, options?: CallOptions) => Answer<R>
    : (input: RouteInput<R>, options?: CallOptions) => Answer<R>

/** A route that can answer in pieces has both: `send(input)`, and `send.stream(input)`, whose events come as they are made. */
export type ClientMethod<R extends Route> = R extends { readonly orStream: unknown }
  ? Asked<R> & { stream(input: RouteInput<R>, options?: CallOptions): RouteEvents<R> }
  : Asked<R>

export type Client<C extends Contract> = {
  readonly [D in keyof C]: { readonly [N in keyof C[D]]: ClientMethod<C[D][N]> }
}

export interface Binding {
  /** Where the server is, without a trailing slash. */
  readonly baseUrl: string
  readonly transport: Transport
  readonly retries: number
  /** Longest time for one try, in ms, for every route. Default: each route's own. */
  readonly timeoutMs?: number
  /** Headers and query parameters that every call carries. */
  readonly headers: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly clock: Clock
  readonly random: Random
  /** Parses a good answer, or throws `ContractError`. Without it answers are taken as they come. */
  readonly check?: ((domain: string, route: string, answer: unknown) => unknown) | undefined
  /** Not needed where no route is a stream. */
  readonly readEventStream?: typeof readEventStream | undefined
  /** Not needed where no route can answer in pieces. */
  readonly either?: typeof eitherMethod | undefined
  readonly onRequest?: ((call: Call) => void) | undefined
  readonly onResponse?: ((call: Call, response: Response) => void) | undefined
}

type Input = Readonly<Record<string, unknown>>

/** Builds the typed client: one plain function a route. */
export function bindClient<C extends Contract>(table: WireTable, binding: Binding): Client<C> {
  return mapRoutes(table, (wire, domain, name) => {
    const methodOf = (asked: Wire, shape: string) => {
      const parse = (text: string) => {
        const answer = jsonOf(text, `${domain}.${name}`)
        return binding.check ? binding.check(domain, shape, answer) : answer
      }
      return (input: Input = {}, options: CallOptions = {}) => invoke(asked, input, options, binding, parse)
    }
    return binding.either?.(wire, name, methodOf) ?? methodOf(wire, name)
  }) as Client<C>
}

function invoke(wire: Wire, input: Input, options: CallOptions, binding: Binding, parse: (text: string) => unknown) {
  const send = async (call: Call) => {
    binding.onRequest?.(call)
    const response = await binding.transport(call)
    binding.onResponse?.(call, response)
    return response
  }
  if (wire.output === 'stream') {
    const open = (headers: Record<string, string>) =>
      send(buildCall(wire, input, { ...options, headers: { ...options.headers, ...headers } }, binding))
    const pause = (attempt: number) => sleep(fullJitterMs(attempt, binding.random), options.signal)
    return binding.readEventStream!({ open, parse, pause, signal: options.signal })
  }
  const answer = async (changed: Input = {}) => {
    const response = await send(buildCall(wire, { ...input, ...changed }, options, binding))
    if (wire.output === 'file') return response
    return wire.output === 'json' && response.status !== 204 ? parse(await response.text()) : undefined
  }
  return wire.paged ? pageList((cursor) => answer(cursor === null ? {} : { cursor }) as never) : answer()
}

function buildCall(wire: Wire, input: Input, options: CallOptions, binding: Binding): Call {
  const rest = { ...input }
  const path = wire.path.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = String(rest[key] ?? '')
    delete rest[key]
    // An address swallows the segments `.` and `..`, however they are written.
    if (/^\.{0,2}$/.test(value)) throw new ConfigurationError(`${key} must not be empty, . or ..`)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams(binding.query)
  const inQuery = wire.body === 'none' ? Object.keys(rest) : wire.query
  for (const key of inQuery) {
    for (const value of [rest[key]].flat()) if (value !== undefined) query.append(key, String(value))
    delete rest[key]
  }
  const search = query.toString()
  return {
    method: wire.method,
    url: binding.baseUrl + path + (search && `?${search}`),
    signal: options.signal,
    whole: wire.output === 'json',
    timeoutMs: options.timeoutMs ?? binding.timeoutMs ?? wire.timeoutMs,
    retries: options.retries ?? binding.retries,
    keepalive: options.beacon,
    ...payload(wire, rest, options, binding),
  }
}

function payload(wire: Wire, rest: Input, options: CallOptions, binding: Binding): Pick<Call, 'headers' | 'body'> {
  // A beacon's headers stay within what CORS calls simple, so that no preflight has to come back first.
  if (options.beacon) return { headers: { 'content-type': 'text/plain' }, body: toJson(rest) }
  const headers: Record<string, string> = { ...binding.headers, ...options.headers }
  if (wire.method === 'POST')
    headers['idempotency-key'] = options.idempotencyKey ?? newId('idk', binding.clock, binding.random)
  if (wire.body === 'none') return { headers }
  const isFile = wire.body === 'file'
  headers['content-type'] = isFile ? String(rest.type) : 'application/json'
  return { headers, body: isFile ? (rest.body as BodyInit) : toJson(rest) }
}

function toJson(input: Input): string {
  try {
    return JSON.stringify(input)
  } catch (cause) {
    throw new ConfigurationError('The input is no JSON', { cause })
  }
}

function jsonOf(text: string, route: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ContractError(`${route} gave no JSON`, { cause })
  }
}
