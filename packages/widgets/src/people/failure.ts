import { codeOf } from './client.ts'

/** Refusals that people are told of in words of their own. */
const KNOWN = [
  'invalid_credentials',
  'email_not_verified',
  'expired_link',
  'weak_password',
  'rate_limited',
  'unavailable',
  'invalid_input',
  'origin_not_allowed',
  'reauthentication_required',
  'sign_in_needed',
  'session_ended',
  'invalid_token',
] as const

/** `identity_…`: of a provider that somebody went to sign in with. */
export type FailureCode = (typeof KNOWN)[number] | `identity_${string}` | 'offline' | 'failed'

/** Why something did not come about, as far as people are concerned. */
export interface Failure {
  readonly code: FailureCode
  /** What is wrong in particular, as a code: `too_common`, of a `weak_password`. */
  readonly reason: string | null
  /** The server's own sentence. */
  readonly detail: string | null
  /** How long to wait, in seconds. */
  readonly waitSeconds: number | null
  /** The first wrong field of the input, as the contract names it. */
  readonly field: string | null
}

interface Refused {
  readonly retryAfterMs?: number
  readonly errors?: readonly { readonly path: string; readonly message: string }[]
}

/** Reads what a client threw: `ApiError` of `@tillwright/core`, or a `Refusal` of the script tag's. */
export function failureOf(error: unknown): Failure {
  const code = codeOf(error)
  const { retryAfterMs, errors } = error as Refused
  const [, reason = null, detail = null] = /^(?:(\w+): )?(.*)$/s.exec(errors?.[0]?.message ?? '') ?? []
  return {
    code: code === undefined && isUnanswered(error) ? 'offline' : isKnown(code) ? code : 'failed',
    reason,
    detail,
    waitSeconds: retryAfterMs === undefined ? null : Math.ceil(retryAfterMs / 1000),
    field: errors?.[0]?.path ?? null,
  }
}

function isKnown(code: string | undefined): code is FailureCode {
  return KNOWN.some((known) => known === code) || code?.startsWith('identity_') === true
}

/** Network and time-out errors have no problem document and no status. */
function isUnanswered(error: unknown): boolean {
  const { status, problem } = error as { status?: number; problem?: object }
  return status === undefined && problem === undefined
}
