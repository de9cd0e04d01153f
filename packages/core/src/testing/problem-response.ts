import { ERROR_CODES, type ErrorCode, type FieldProblem, PROBLEM_TYPE, type Problem } from '../contract/problem.ts'

export interface ProblemResponseOptions {
  readonly detail?: string
  readonly errors?: readonly FieldProblem[]
  readonly headers?: Readonly<Record<string, string>>
}

/** The id that every mocked answer carries. */
export const MOCK_REQUEST_ID = 'req_mock'

/** A refusal as the server writes it: `problem+json` with the status and title of the code. */
export function problemResponse(code: ErrorCode, options: ProblemResponseOptions = {}): Response {
  const [status, title] = ERROR_CODES[code]
  const { detail, errors, headers } = options
  const problem: Problem = {
    type: `urn:tillwright:problem:${code}`,
    title,
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    requestId: MOCK_REQUEST_ID,
    ...(errors === undefined ? {} : { errors: [...errors] }),
  }
  return new Response(JSON.stringify(problem), {
    status,
    headers: { 'content-type': PROBLEM_TYPE, 'x-request-id': MOCK_REQUEST_ID, ...headers },
  })
}
