import type { FieldProblem, Problem } from '../contract/problem.ts'
import { ApiError, NetworkError, TimeoutError } from '../errors.ts'
import type { Clock, FetchFunction, Random } from '../ports.ts'
import { fullJitterMs, RETRY_STATUSES, retryAfterMs } from '../queue/backoff.ts'

/** One call on its way out. `url` is absolute. */
export interface Call {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body?: BodyInit | undefined
  readonly signal?: AbortSignal | undefined
  /** Longest time for one try, in ms: until the answer begins, or, where it is read whole, until it is complete. */
  readonly timeoutMs: number
  /** Whether the answer is read whole within the try, so that one that breaks off counts as none. */
  readonly whole: boolean
  /** How many tries may follow the first. A body that is a stream is sent once whatever this says. */
  readonly retries: number
  /** Lets the request outlive the page. Browsers allow 64 KiB in all. */
  readonly keepalive?: boolean | undefined
  /** `include` lets the server's cookies come along. */
  readonly credentials?: RequestCredentials | undefined
}

/**
 * Sends a call, with time-out and retries, and returns any 2xx answer.
 * Throws `ApiError`, `NetworkError`, `TimeoutError`, or the reason of the caller's own signal.
 */
export type Transport = (call: Call) => Promise<Response>

export interface TransportOptions {
  readonly fetch: FetchFunction
  readonly clock: Clock
  readonly random: Random
  /** Called before each further try. */
  readonly onRetry?: ((retry: { call: Call; attempt: number; error: unknown }) => void) | undefined
}

/**
 * One exchange. What is read whole is read here: a body can break off or be late as much as what comes before it. A
 * refusal is always read whole.
 */
export async function exchange(fetch: FetchFunction, request: Request, whole: boolean): Promise<Response> {
  const response = await fetch(request)
  if (!response.body || (response.ok && !whole)) return response
  return new Response(await response.arrayBuffer(), response)
}

/** A call does not wait longer than this for its next try. */
export const MAX_PATIENCE_MS = 60_000

/**
 * Wait before retry `attempt` (0, 1, 2 …) after `error`, in ms: what the server asks for, else full jitter. `undefined`
 * where another try would not help, or where the server asks for more than a minute: the caller then finds
 * `retryAfterMs` in the error.
 */
export function retryDelayMs(error: unknown, attempt: number, random: Random): number | undefined {
  const isPassing =
    error instanceof ApiError
      ? RETRY_STATUSES.includes(error.status)
      : error instanceof NetworkError || error instanceof TimeoutError
  if (!isPassing) return undefined
  const delayMs = (error as Partial<ApiError>).retryAfterMs ?? fullJitterMs(attempt, random)
  return delayMs > MAX_PATIENCE_MS ? undefined : delayMs
}

/** A call in words, without its query, which may say something about somebody. */
export function nameOf({ method, url }: Call): string {
  return `${method} ${url.split('?')[0]}`
}

/** A body that can be read once only cannot be sent twice. */
export function isReplayable(call: Call): boolean {
  return !(call.body instanceof ReadableStream)
}

/**
 * What a refusal says. Something in front of the server (a proxy's empty 503, a captive portal's HTML) has no problem
 * document; it becomes an `ApiError` all the same, with the code `http_<status>`. `body`: the parsed body, if it is JSON.
 */
export function apiError({ status, statusText, headers }: Response, body: unknown, clock: Clock): ApiError {
  const problem = (body ?? {}) as Partial<Problem>
  const errors = Array.isArray(problem.errors) ? problem.errors.filter(isFieldProblem) : []
  return new ApiError(
    {
      title: `The server answered ${status} ${statusText}`,
      code: `http_${status}`,
      requestId: headers.get('x-request-id') ?? '',
      ...(typeof problem.code === 'string' ? problem : {}),
      status,
      errors,
    },
    { retryAfterMs: retryAfterMs(headers.get('retry-after'), clock()) },
  )
}

function isFieldProblem(value: Partial<FieldProblem> | null): value is FieldProblem {
  return typeof value?.path === 'string'
}
