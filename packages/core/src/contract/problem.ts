import * as z from 'zod/mini'

/**
 * Every error code of the API with its HTTP status and title. Codes are stable; titles are for people and may change.
 */
export const ERROR_CODES = {
  identity_cancelled: [400, 'Signing in was called off at the provider'],
  malformed_request: [400, 'The request could not be read'],
  secret_key_in_url: [400, 'A secret key was sent in the address'],
  missing_key: [401, 'An API key is needed'],
  invalid_key: [401, 'The API key is not valid'],
  sign_in_needed: [401, 'Sign in first'],
  invalid_token: [401, 'The access token is not valid, or the session has ended'],
  invalid_credentials: [401, 'Those are not the right credentials'],
  session_ended: [401, 'The session has ended'],
  wrong_key_kind: [403, 'This kind of API key may not do that'],
  origin_not_allowed: [403, 'This website may not use the API key'],
  address_not_allowed: [403, 'Administration is not open to this network address'],
  forbidden: [403, 'Not allowed'],
  email_not_verified: [403, 'The e-mail address has not been confirmed'],
  reauthentication_required: [403, 'Prove again who you are'],
  identity_email_unverified: [403, 'The provider has no confirmed e-mail address'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'This address does not answer that method'],
  request_timeout: [408, 'The request took too long to arrive'],
  conflict: [409, 'The change conflicts with the current state'],
  idempotency_mismatch: [409, 'The Idempotency-Key was used before with another request'],
  idempotency_in_progress: [409, 'A request with this Idempotency-Key is still running'],
  identity_taken: [409, 'That belongs to another account'],
  last_way_in: [409, 'There would be no way in left'],
  identity_expired: [410, 'Signing in took too long, or was begun elsewhere'],
  expired_link: [410, 'The link does not work any more'],
  payload_too_large: [413, 'The request body is too large'],
  uri_too_long: [414, 'The address is too long'],
  unsupported_media_type: [415, 'The content type is not accepted here'],
  invalid_input: [422, 'Some of the input is not valid'],
  weak_password: [422, 'That password cannot be used'],
  rate_limited: [429, 'Too many requests'],
  headers_too_large: [431, 'The headers are too large'],
  internal_error: [500, 'Something went wrong on the server'],
  identity_provider_failed: [502, 'The provider did not say who you are'],
  unavailable: [503, 'The server cannot answer just now'],
  timeout: [504, 'The server took too long to answer'],
} as const satisfies Record<string, readonly [number, string]>

export type ErrorCode = keyof typeof ERROR_CODES

/** One thing wrong with the input. `path` is dotted from the root of the input: `items.3.quantity`. */
export const FieldProblem = z.object({ path: z.string(), message: z.string() })
export type FieldProblem = z.infer<typeof FieldProblem>

/** Body of every error answer, `application/problem+json` (RFC 9457). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** A stable snake_case code. A string rather than an enum, so that an older client reads a newer server. */
  code: z.string(),
  detail: z.optional(z.string()),
  requestId: z.string(),
  errors: z.optional(z.array(FieldProblem)),
})
export type Problem = z.infer<typeof Problem>

export const PROBLEM_TYPE = 'application/problem+json'
