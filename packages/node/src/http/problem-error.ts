import { ERROR_CODES, type ErrorCode, type FieldProblem, type Problem } from '@tillwright/core/contract'

export interface ProblemDetails {
  /** What was expected, what came, and what to do. */
  readonly detail?: string
  readonly errors?: readonly FieldProblem[]
  /** Seconds after which another try makes sense. */
  readonly retryAfterSeconds?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly cause?: unknown
}

/** A refusal, thrown anywhere below a route and answered as `application/problem+json`. */
export class ProblemError extends Error {
  override name = 'ProblemError'
  readonly code: ErrorCode
  readonly details: ProblemDetails

  constructor(code: ErrorCode, details: ProblemDetails = {}) {
    super(details.detail ?? ERROR_CODES[code][1], { cause: details.cause })
    this.code = code
    this.details = details
  }

  get status(): number {
    return ERROR_CODES[this.code][0]
  }

  toProblem(requestId: string): Problem {
    const { detail, errors } = this.details
    return {
      type: `urn:tillwright:problem:${this.code}`,
      title: ERROR_CODES[this.code][1],
      status: this.status,
      code: this.code,
      ...(detail ? { detail } : {}),
      requestId,
      ...(errors ? { errors: [...errors] } : {}),
    }
  }
}

export function problem(code: ErrorCode, detail?: string): ProblemError {
  return new ProblemError(code, detail === undefined ? {} : { detail })
}

/** What was asked for, or `undefined` where it does not exist. */
export async function ifFound<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'not_found') return undefined
    throw error
  }
}
