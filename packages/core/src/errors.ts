import type { FieldProblem, Problem } from './contract/problem.ts'

/** Everything the SDK throws is one of these; what they differ in is what the caller does next. */
export class TillwrightError extends Error {
  override name = 'TillwrightError'
}

/**
 * The server answered, and the answer is no. Look at `code`: it is stable. `errors` says which fields of the input
 * to mend. Tell support the `requestId`.
 */
export class ApiError extends TillwrightError {
  override name = 'ApiError'
  readonly status: number
  readonly code: string
  /** Empty where something in front of the server answered in its place, a proxy for instance. */
  readonly requestId: string
  readonly errors: readonly FieldProblem[]
  /** How long the server asks to wait before another try, in ms. */
  readonly retryAfterMs: number | undefined

  constructor(problem: Omit<Problem, 'type'>, options: { retryAfterMs?: number | undefined; cause?: unknown } = {}) {
    const fields = problem.errors?.map((field) => `${field.path}: ${field.message}`).join('; ')
    super((problem.detail ?? problem.title) + (fields ? ` · ${fields}` : ''), { cause: options.cause })
    this.status = problem.status
    this.code = problem.code
    this.requestId = problem.requestId
    this.errors = problem.errors ?? []
    this.retryAfterMs = options.retryAfterMs
  }
}

/** No answer came: no network, a refused connection, a blocked request. Trying again later may work. */
export class NetworkError extends TillwrightError {
  override name = 'NetworkError'
}

/** No answer came in time. The server may have done the work: try again with the same Idempotency-Key. */
export class TimeoutError extends TillwrightError {
  override name = 'TimeoutError'
}

/** The answer does not fit the contract: server and SDK are of different versions, or something rewrote the answer. */
export class ContractError extends TillwrightError {
  override name = 'ContractError'
}

/** The device is offline and the call can be neither queued nor answered here. */
export class OfflineError extends TillwrightError {
  override name = 'OfflineError'
}

/** The SDK was set up wrongly; the message says what to change. Retrying does not help. */
export class ConfigurationError extends TillwrightError {
  override name = 'ConfigurationError'
}
