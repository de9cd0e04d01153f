import { PROBLEM_TYPE } from '@tillwright/core/contract'
import type { Exchange } from '../router.ts'
import type { Answer } from './answer.ts'
import { compress, MIN_COMPRESSED_BYTES } from './compress.ts'
import { corsHeaders } from './cors.ts'
import { REQUEST_ID_HEADER, SECURITY_HEADERS } from './headers.ts'
import type { Incoming } from './incoming.ts'
import type { ProblemError } from './problem-error.ts'

/** Media types that shrink. */
const COMPRESSIBLE = /^(application\/(json|problem\+json|vnd\.tillwright\.)|text\/(?!event-stream))/

interface Finishing {
  readonly request: Incoming
  readonly exchange: Exchange
  /** Whether the caller takes gzip. */
  readonly takesGzip: () => boolean
}

/** Adds what every answer carries, in one pass: security headers, request id, CORS, compression. */
export function finish(answer: Answer, { request, exchange, takesGzip }: Finishing): Answer | Promise<Answer> {
  const headers: Record<string, string> = {
    ...SECURITY_HEADERS,
    [REQUEST_ID_HEADER]: exchange.requestId,
    vary: 'origin, accept-encoding',
    ...exchange.limitHeaders,
    ...corsHeaders(request, exchange.principal),
    ...answer.headers,
  }
  const { body } = answer
  if (isWorthCompressing(body, headers) && takesGzip()) return compressed({ ...answer, headers }, body)
  return { ...answer, headers }
}

async function compressed(answer: Answer, body: string | Uint8Array): Promise<Answer> {
  const headers = { ...answer.headers, 'content-encoding': 'gzip' }
  return { ...answer, headers, body: await compress(body), byteLength: undefined }
}

function isWorthCompressing(
  body: Answer['body'],
  headers: Readonly<Record<string, string>>,
): body is string | Uint8Array {
  if (body === null || body instanceof ReadableStream || body.length < MIN_COMPRESSED_BYTES) return false
  return headers['content-encoding'] === undefined && COMPRESSIBLE.test(headers['content-type'] ?? '')
}

/** A refusal as problem+json. */
export function problemAnswer(error: ProblemError, requestId: string): Answer {
  const { retryAfterSeconds, headers } = error.details
  return {
    status: error.status,
    headers: {
      'content-type': PROBLEM_TYPE,
      'cache-control': 'no-store',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      ...headers,
    },
    body: JSON.stringify(error.toProblem(requestId)),
  }
}
