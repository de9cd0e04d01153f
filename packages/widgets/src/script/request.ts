import { type Problem, RETRY_STATUSES, retryAfterMs } from '@tillwright/core/contract'
import type { WidgetPlatform } from '../platform/browser.ts'

/** Longest time for one answer, in ms. */
const TIMEOUT_MS = 30_000

/** The server answered, and the answer is no. */
export class Refusal extends Error {
  readonly problem: Partial<Problem> & { status: number }
  readonly code: Problem['code'] | undefined
  readonly errors: Problem['errors']
  /** How long the server asks to wait before another try, in ms. */
  readonly retryAfterMs: number | undefined

  constructor(problem: Refusal['problem'], retryAfterMs: number | undefined) {
    super(problem.detail ?? problem.title ?? `the server answered ${problem.status}`)
    this.problem = problem
    this.code = problem.code
    this.errors = problem.errors
    this.retryAfterMs = retryAfterMs
  }
}

/** One request for JSON. Throws `Refusal`, or whatever fetch throws where no answer comes. */
export async function request<Answer>(
  url: string,
  init: RequestInit,
  platform: Pick<WidgetPlatform, 'fetch' | 'clock'>,
): Promise<Answer> {
  return (await respond(url, init, platform)).json()
}

/** One request. Throws `Refusal`, or whatever fetch throws where no answer comes. */
export async function respond(
  url: string,
  init: RequestInit,
  { fetch, clock }: Pick<WidgetPlatform, 'fetch' | 'clock'>,
  timeoutMs = TIMEOUT_MS,
): Promise<Response> {
  const deadline = AbortSignal.timeout(timeoutMs)
  const signal = init.signal ? AbortSignal.any([init.signal, deadline]) : deadline
  const response = await fetch(new Request(url, { ...init, signal }))
  if (response.ok) return response
  // A proxy that answers in the server's place sends no problem document.
  const problem = await response.json().catch(() => undefined)
  throw new Refusal({ ...problem, status: response.status }, retryAfterMs(response.headers.get('retry-after'), clock()))
}

/** Whether the same request may well succeed later: no answer came, or one that says so. */
export function canRetry(error: unknown): boolean {
  return !(error instanceof Refusal) || RETRY_STATUSES.includes(error.problem.status)
}

/** How long to wait as the server asks, if it does, in ms. */
export function askedWaitMs(error: unknown): number | undefined {
  return error instanceof Refusal ? error.retryAfterMs : undefined
}
