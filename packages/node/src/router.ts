import { createHash } from 'node:crypto'
import {
  type Contract,
  type Route as ContractRoute,
  eventsOf,
  isFile,
  type Method,
  paramKey,
  type Upload,
  versionedPath,
} from '@tillwright/core/contract'
import type { ParamIndexMap, ParamStash, Params } from 'hono/router'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import type { NoteDenial } from './audit/denials.ts'
import type { CallContext, Handlers, Person, PersonContext, Principal, Tenant, VisitorContext } from './context.ts'
import type { Database, TenantDb } from './db/open.ts'
import { type Answer, answerWriter } from './http/answer.ts'
import { whenThere } from './http/at-once.ts'
import { type Authenticators, authenticate, refuseOrigin } from './http/authenticate.ts'
import { createDeadlines, type WithDeadline } from './http/deadline.ts'
import type { Incoming } from './http/incoming.ts'
import { ProblemError, problem } from './http/problem-error.ts'
import { type InputSource, inputReader, type ReadInput } from './http/read-input.ts'
import { rememberedQueries } from './http/remembered-queries.ts'
import { answerOnce } from './idempotency/service.ts'
import { type AddressBlocks, addressSubject, type RouteLimits } from './limits/index.ts'
import type { Clock, FileStore, Logger, Random } from './ports.ts'

const DEFAULT_TIMEOUT_MS = 30_000

export interface RouterPorts extends Authenticators {
  readonly database: Database
  readonly files: FileStore
  /** `null`: nothing is limited. */
  readonly limits: RouteLimits | null
  /** Addresses that tenants refuse. Default: none. */
  readonly addressBlocks?: AddressBlocks
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  /** Told of what somebody known was refused. */
  readonly noteDenial?: NoteDenial
}

/** A request on its way: what the server knew before, and what routing finds out. */
export interface Exchange {
  readonly requestId: string
  readonly remoteAddress: string | undefined
  principal?: Principal
  /** What the answer says of the caller's limit. */
  limitHeaders?: Readonly<Record<string, string>> | undefined
}

type AnyHandler = (input: unknown, context: CallContext | TenantCall) => unknown
type BoundRoute = (request: Incoming, params: Record<string, string>, exchange: Exchange) => Answer | Promise<Answer>

/** Finds the route of a request and lets its handler answer; at once where it can. Throws what is to be refused. */
export type Route = (request: Incoming, exchange: Exchange) => Answer | Promise<Answer>

/**
 * Binds a contract to its handlers. Paths without parameters are looked up, the others are matched by Hono's router; who
 * may call, what is read, how long it may take and what is written follow from the route itself.
 */
export function createRouter<C extends Contract>(contract: C, handlers: Handlers<C>, ports: RouterPorts): Route {
  const plain = new Map<string, Map<string, BoundRoute>>()
  const patterns = new RegExpRouter<BoundRoute>()
  const shared = { withDeadline: createDeadlines(), queryOf: rememberedQueries() }
  for (const [domain, routes] of Object.entries(contract)) {
    for (const [name, route] of Object.entries(routes)) {
      const run = bindRoute(route, handlers[domain]![name] as unknown as AnyHandler, shared, ports)
      for (const path of new Set([route.path, versionedPath(route.path)])) {
        if (path.includes('{')) patterns.add(route.method, path.replace(/\{(\w+)\}/g, ':$1'), run)
        else plain.set(path, (plain.get(path) ?? new Map<string, BoundRoute>()).set(route.method, run))
      }
    }
  }

  function find(method: string, path: string): { run: BoundRoute; params: Record<string, string> } | undefined {
    const run = plain.get(path)?.get(method)
    if (run) return { run, params: NONE }
    const [found, stash] = patterns.match(method, path)
    const [match] = found
    return match && { run: match[0], params: paramsOf(match[1], stash ?? []) }
  }

  return (request, exchange) => {
    const { path } = request
    const match = find(request.method === 'HEAD' ? 'GET' : request.method, path)
    if (match) return match.run(request, match.params, exchange)
    const allowed = METHODS.filter((method) => find(method, path))
    if (allowed.length === 0) throw problem('not_found', 'There is nothing at this address')
    throw new ProblemError('method_not_allowed', { headers: { allow: allowed.join(', ') } })
  }
}

const NONE: Record<string, string> = {}
const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Path parameters by key, decoded once. Hono gives their places in a stash. */
function paramsOf(places: ParamIndexMap | Params, stash: ParamStash): Record<string, string> {
  const params = Object.entries(places).map(([name, place]) => [
    paramKey(name),
    decodeURIComponent(stash[Number(place)]!),
  ])
  return Object.fromEntries(params)
}

function bindRoute(
  route: ContractRoute,
  handler: AnyHandler,
  { withDeadline, queryOf }: { withDeadline: WithDeadline; queryOf: (search: string) => URLSearchParams },
  ports: RouterPorts,
): BoundRoute {
  const read = inputReader(route, ports)
  const write = answerWriter(route)
  const timeoutMs = route.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const limit = ports.limits?.of(route)
  const { access } = route

  function letIn(request: Incoming, query: URLSearchParams, exchange: Exchange): void | Promise<void> {
    if (access.kind === 'public') return admit(exchange)
    let found: Principal | undefined
    const onFound = (principal: Principal) => {
      found = principal
    }
    const refuse = (error: unknown) => turnAway(error, found, request, query, exchange)
    const enter = (principal: Principal) => {
      exchange.principal = principal
      return admit(exchange)
    }
    let caller: Principal | Promise<Principal>
    try {
      caller = authenticate(access, request, query, ports, onFound)
    } catch (error) {
      return refuse(error)
    }
    return caller instanceof Promise ? caller.then(enter, refuse) : enter(caller)
  }

  /** Lets somebody in whose address is not blocked and who does not come too often. */
  function admit(exchange: Exchange): void | Promise<void> {
    const { principal, remoteAddress } = exchange
    const refused = principal && ports.addressBlocks?.refuse(principal.tenant, remoteAddress)
    return whenThere(refused, () =>
      whenThere(limit?.count(exchange), (headers) => {
        if (headers) exchange.limitHeaders = headers
      }),
    )
  }

  /** Always throws. */
  async function turnAway(
    error: unknown,
    found: Principal | undefined,
    request: Incoming,
    query: URLSearchParams,
    exchange: Exchange,
  ): Promise<never> {
    await noteDenial(error, found, request, exchange)
    if (error instanceof ProblemError && error.status === 401) await limit?.countDenied(exchange)
    // A page that comes with a key of its own may read that its visitor has to sign in.
    const key = access.kind === 'person' ? query.get('key') : null
    const page = key?.startsWith('pk_') ? await ports.keys.holder(key) : null
    if (page) exchange.principal = page
    throw error
  }

  async function noteDenial(
    error: unknown,
    principal: Principal | undefined,
    request: Incoming,
    { remoteAddress }: Exchange,
  ): Promise<void> {
    if (!(error instanceof ProblemError) || error.status !== 403 || !principal) return
    const { method, path } = route
    const userAgent = request.header('user-agent') ?? ''
    await ports.noteDenial?.(error, { principal, method, path, address: remoteAddress, userAgent })
  }

  /** Always throws. */
  async function fail(error: unknown, request: Incoming, exchange: Exchange): Promise<never> {
    await noteDenial(error, exchange.principal, request, exchange)
    await limit?.countFailed(exchange, error)
    if (access.kind === 'public' && access.signed && isMissing(error)) await limit?.countDenied(exchange)
    throw error
  }

  /** A call that changes nothing, or may be made twice. */
  function answer(source: InputSource, { input }: ReadInput, context: CallContext, exchange: Exchange) {
    const { request } = source
    const refuse = (error: unknown) => fail(error, request, exchange)
    try {
      const answered = whenThere(handler(input, context), (result) => write(result, request))
      return answered instanceof Promise ? answered.catch(refuse) : answered
    } catch (error) {
      return refuse(error)
    }
  }

  /** A call whose second time gives the first one's answer, or one that brought a file. */
  async function answerWrite(
    { request, params, query }: InputSource,
    { input, body }: ReadInput,
    context: CallContext,
    exchange: Exchange,
  ): Promise<Answer> {
    try {
      const run = async () => write(await handler(input, context), request)
      const key = isOnce(route) ? request.header('idempotency-key') : null
      if (key === null || !(context instanceof TenantCall)) return await run()
      const identity = [route.method, route.path, JSON.stringify(params), ownQuery(query), bodyDigest(body)]
      const call = { caller: callerOf(context), key, identity }
      const outcome = await answerOnce(context.db, call, ports.clock, run as () => Promise<JsonAnswer>)
      if ('answer' in outcome) return outcome.answer
      if (isUpload(body)) await ports.files.remove(body.key)
      return { ...outcome.replay, headers: outcome.replay.body === null ? REPLAYED_NOTHING : REPLAYED }
    } catch (error) {
      if (isUpload(body)) await ports.files.remove(body.key)
      return fail(error, request, exchange)
    }
  }

  const run = isOnce(route) || isFile(route.body) ? answerWrite : answer
  return (request, params, exchange) =>
    withDeadline(request, timeoutMs, (signal) => {
      const source = { request, params, query: queryOf(request.search) }
      return whenThere(letIn(request, source.query, exchange), () =>
        whenThere(read(source), (found) => {
          const { principal } = exchange
          const context = principal
            ? new TenantCall(request, exchange, principal, signal, ports)
            : new Call(request, exchange, signal, ports.log)
          return run(source, found, context, exchange)
        }),
      )
    })
}

/** What a signed route answers to whoever did not sign. */
function isMissing(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 404
}

type JsonAnswer = Answer & { readonly body: string | null }

const REPLAYED_NOTHING = { 'cache-control': 'no-store', 'idempotency-replayed': 'true' }
const REPLAYED = { ...REPLAYED_NOTHING, 'content-type': 'application/json' }

/**
 * Whose Idempotency-Keys are theirs alone. A publishable key and a visit are everybody's, so that the address tells them
 * apart: who moves to another network meanwhile is served anew, not somebody else's answer.
 */
function callerOf({ principal, remoteAddress }: TenantCall): string {
  const { kind, keyId, person } = principal
  if (person) return person.actorId === null ? person.user.id : `${person.actorId}/${person.user.id}`
  return kind === 'publishable' || kind === 'visitor' ? `${keyId}@${addressSubject(remoteAddress)}` : keyId
}

/** A stream cannot be kept and given again; its messages carry ids of their own. Secrets are not kept. */
function isOnce(route: ContractRoute): boolean {
  return route.method === 'POST' && !eventsOf(route) && !isFile(route.output) && !route.holdsSecrets
}

function isUpload(body: Uint8Array | Upload): body is Upload {
  return 'sha256' in body
}

function bodyDigest(body: Uint8Array | Upload): string {
  return isUpload(body) ? body.sha256 : createHash('sha256').update(body).digest('hex')
}

/** What a handler knows of its call. A class, since one is made for each request. */
class Call implements CallContext {
  readonly requestId: string
  readonly remoteAddress: string | undefined
  readonly log: Logger
  readonly #request: Incoming
  readonly #signal: () => AbortSignal

  constructor(request: Incoming, exchange: Exchange, signal: () => AbortSignal, log: Logger) {
    this.requestId = exchange.requestId
    this.remoteAddress = exchange.remoteAddress
    this.log = log
    this.#request = request
    this.#signal = signal
  }

  header(name: string): string | null {
    return this.#request.header(name)
  }

  get signal(): AbortSignal {
    return this.#signal()
  }
}

class TenantCall extends Call implements PersonContext, VisitorContext {
  readonly principal: Principal
  readonly tenant: Tenant
  readonly db: TenantDb
  readonly #incoming: Incoming
  readonly #ports: RouterPorts

  constructor(
    request: Incoming,
    exchange: Exchange,
    principal: Principal,
    signal: () => AbortSignal,
    ports: RouterPorts,
  ) {
    super(request, exchange, signal, ports.log)
    this.principal = principal
    this.tenant = principal.tenant
    this.db = ports.database.tenant(principal.tenant.id)
    this.#incoming = request
    this.#ports = ports
  }

  /** Only read by handlers of routes for people. */
  get person(): Person {
    return this.principal.person!
  }

  get accessToken(): string | null {
    const [, token = null] = /^Bearer +([\w-]+(?:\.[\w-]+){2})$/i.exec(this.header('authorization') ?? '') ?? []
    return token ?? this.#ports.people.accessCookie(this.#incoming)
  }

  refuseForeignOrigin(): void {
    if (this.header('origin') === null) {
      throw problem('origin_not_allowed', 'Sessions in cookies are for browsers, whose pages send an Origin header')
    }
    refuseOrigin(this.#incoming, this.principal)
  }
}

/** The query without the caller's key. */
function ownQuery(query: URLSearchParams): string {
  const rest = new URLSearchParams(query)
  rest.delete('key')
  return rest.toString()
}
