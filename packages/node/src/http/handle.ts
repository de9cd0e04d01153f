import { newId } from '@tillwright/core/contract'
import { isBusy } from '../db/busy.ts'
import { isConnectionLoss } from '../db/reconnect.ts'
import type { KeyRing } from '../keys/service.ts'
import type { Drain } from '../lifecycle/drain.ts'
import type { Page } from '../pages/page.ts'
import type { Clock, Logger, Random } from '../ports.ts'
import type { Exchange, Route } from '../router.ts'
import { HashQueueFullError } from '../security/passwords.ts'
import type { Lifecycle } from '../system/service.ts'
import type { AdminGate } from './admin-gate.ts'
import type { Answer } from './answer.ts'
import { whenThere } from './at-once.ts'
import { behindProxies, clientAddress } from './client-address.ts'
import { acceptsGzip } from './compress.ts'
import { isPreflight, preflightHeaders, refusalHeaders } from './cors.ts'
import { finish, problemAnswer } from './finish.ts'
import { REQUEST_ID_HEADER, soundRequestId } from './headers.ts'
import type { Incoming } from './incoming.ts'
import { ProblemError, problem } from './problem-error.ts'
import type { RequestScope } from './request-scope.ts'

/** Longest path and query that are looked at, in characters. */
const MAX_TARGET_LENGTH = 8_192
const MAX_LOGGED_PATH = 256

/** Anybody can send the header: it may also be that there is no proxy. */
const UNTRUSTED_PROXY =
  'X-Forwarded-For came, and no proxy is trusted: if there are proxies in front, set TILLWRIGHT_TRUSTED_PROXIES to their number, or all callers share one address and its limits'

/** Answers a request, whatever comes. Never throws. */
export type Handle = (request: Incoming) => Promise<Answer>

export interface HandlePorts {
  readonly route: Route
  /** What is served besides the API, asked in order. */
  readonly pages: readonly Page[]
  readonly keys: KeyRing
  /** Who may administer, by address. Default: anybody's may. */
  readonly gate?: AdminGate | undefined
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly drain: Drain
  readonly lifecycle: Lifecycle
  readonly trustedProxies: number
  readonly requestScope: RequestScope
}

/** The one pass that every request makes: id, address, preflight, route or page, refusals, headers, log line. */
export function createHandle(ports: HandlePorts): Handle {
  const { clock, random, log, trustedProxies, requestScope } = ports
  const warnOfProxy = once(() => log.warn({}, UNTRUSTED_PROXY))
  return async (received) => {
    const startedAt = performance.now()
    const leave = ports.drain.enter()
    const request = behindProxies(received, trustedProxies)
    if (trustedProxies === 0 && received.header('x-forwarded-for') !== null) warnOfProxy()
    const exchange: Exchange = {
      requestId: soundRequestId(request.header(REQUEST_ID_HEADER)) ?? newId('req', clock, random),
      remoteAddress: clientAddress(request, trustedProxies),
    }
    const takesGzip = once(() => acceptsGzip(request.header('accept-encoding')))
    const answering = requestScope.run(exchange.requestId, () => answerOrRefusal(request, exchange, takesGzip, ports))
    const answer = answering instanceof Promise ? await answering : answering
    logRequest(request, answer.status, exchange, performance.now() - startedAt, log)
    return finish(untilSent(answer, leave), { request, exchange, takesGzip })
  }
}

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined
  return () => {
    found ??= { value: find() }
    return found.value
  }
}

function answerOrRefusal(
  request: Incoming,
  exchange: Exchange,
  takesGzip: () => boolean,
  ports: HandlePorts,
): Answer | Promise<Answer> {
  const refuse = (error: unknown) => refusalTo(error, request, exchange, ports)
  try {
    const answer = answerTo(request, exchange, takesGzip, ports)
    return answer instanceof Promise ? answer.catch(refuse) : answer
  } catch (error) {
    return refuse(error)
  }
}

async function refusalTo(error: unknown, request: Incoming, exchange: Exchange, ports: HandlePorts): Promise<Answer> {
  const refusal = refusalOf(error, exchange, ports.log)
  const answer = problemAnswer(refusal, exchange.requestId)
  if (refusal.code === 'origin_not_allowed') {
    // The page of a foreign origin must not even read why.
    delete exchange.principal
    return answer
  }
  if (exchange.principal) return answer
  return { ...answer, headers: { ...(await refusalHeaders(request, ports.keys)), ...answer.headers } }
}

/** Calls `leave` when the answer is out: at once, or at the end of a file. Nobody waits for the end of an event stream. */
function untilSent(answer: Answer, leave: () => void): Answer {
  const { body, headers } = answer
  if (!(body instanceof ReadableStream) || headers['content-type']?.startsWith('text/event-stream')) {
    leave()
    return answer
  }
  const sent = new TransformStream<Uint8Array, Uint8Array>({ flush: leave, cancel: leave } as Transformer<
    Uint8Array,
    Uint8Array
  >)
  return { ...answer, body: body.pipeThrough(sent) }
}

function answerTo(
  request: Incoming,
  exchange: Exchange,
  takesGzip: () => boolean,
  ports: HandlePorts,
): Answer | Promise<Answer> {
  refuseUnsound(request)
  refuseUnlessRunning(request, ports.lifecycle)
  return whenThere(ports.gate?.refuse(request, exchange), () => {
    if (isPreflight(request)) return preflightAnswer(request, ports.keys)
    return whenThere(mayBePage(request) ? pageFor(request, takesGzip, ports.pages) : null, (page) =>
      whenThere(page ?? ports.route(request, exchange), (answer) => headless(request, answer)),
    )
  })
}

async function preflightAnswer(request: Incoming, keys: KeyRing): Promise<Answer> {
  const headers = { 'cache-control': 'no-store', ...(await preflightHeaders(request, keys)) }
  return { status: 204, headers, body: null }
}

/** Before readiness there may be no tables, and a server that stops takes nothing new: probes and files are answered. */
function refuseUnlessRunning({ path }: Incoming, { phase }: Lifecycle): void {
  if (phase === 'running' || !/^\/(?:(?:api|admin|auth)\/|(?:console|sign-in)$)/.test(path)) return
  const detail = phase === 'starting' ? 'The server is still starting' : 'The server is stopping'
  throw new ProblemError('unavailable', { detail, retryAfterSeconds: 1 })
}

/** Refuses an address that is too long, or whose escapes every decoder would read differently. */
function refuseUnsound({ path, search }: Incoming): void {
  if (path.length + search.length > MAX_TARGET_LENGTH) {
    throw problem('uri_too_long', `At most ${MAX_TARGET_LENGTH} characters are read`)
  }
  if (!path.includes('%')) return
  try {
    if (!decodeURIComponent(path).includes('\0')) return
  } catch {
    // Falls through to the refusal.
  }
  throw problem('malformed_request', 'The address holds escapes that are not valid UTF-8')
}

function mayBePage({ method, path }: Incoming): boolean {
  return !path.startsWith('/api/') && (method === 'GET' || method === 'HEAD')
}

async function pageFor(request: Incoming, takesGzip: () => boolean, pages: readonly Page[]): Promise<Answer | null> {
  const { path, search } = request
  const query = new URLSearchParams(search)
  for (const page of pages) {
    const answer = await page({ request, path, query, acceptsGzip: takesGzip() })
    if (answer) return answer
  }
  return null
}

/** HEAD is GET without the body; what would have made it is told that nobody reads. */
function headless({ method }: Incoming, answer: Answer): Answer {
  if (method !== 'HEAD') return answer
  if (answer.body instanceof ReadableStream) {
    answer.body.cancel(new Error('HEAD has no body')).catch(() => {
      // Its source failed to stop; the answer does not depend on it.
    })
  }
  return { ...answer, body: null, byteLength: undefined }
}

function refusalOf(error: unknown, exchange: Exchange, log: Logger): ProblemError {
  if (error instanceof ProblemError) return error
  const { requestId } = exchange
  if (error instanceof HashQueueFullError) {
    log.warn({ requestId }, 'too many passwords wait to be hashed')
    return new ProblemError('unavailable', { detail: 'Too many people sign in just now', retryAfterSeconds: 1 })
  }
  if (isConnectionLoss(error)) {
    log.error({ err: error, requestId }, 'the database is out of reach')
    return new ProblemError('unavailable', { detail: 'The database does not answer', retryAfterSeconds: 2 })
  }
  if (isBusy(error)) {
    log.error({ err: error, requestId }, 'another process keeps the database to itself')
    return new ProblemError('unavailable', { detail: 'The database is busy', retryAfterSeconds: 1 })
  }
  log.error({ err: error, requestId }, 'a request failed')
  return new ProblemError('internal_error', { detail: 'The fault is ours. Tell support the request id.' })
}

function isWrite({ method }: Incoming): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
}

/**
 * Writes and refusals at `info`, reads at `debug`: a shop window is read all day.
 * The query stays out: it may hold what people searched for.
 */
function logRequest(request: Incoming, status: number, exchange: Exchange, elapsedMs: number, log: Logger): void {
  const { requestId, remoteAddress, principal } = exchange
  const fields = {
    requestId,
    method: request.method,
    path: request.path.slice(0, MAX_LOGGED_PATH),
    status,
    ms: Math.round(elapsedMs * 10) / 10,
    ip: remoteAddress,
    key: principal?.keyId,
    tenant: principal?.tenant.publicId,
  }
  if (status >= 500) log.error(fields, 'request')
  else if (status >= 400 || isWrite(request)) log.info(fields, 'request')
  else log.debug(fields, 'request')
}
