import { fromRequest } from '../http/incoming.ts'
import { toResponse } from '../http/to-response.ts'
import type { Handling } from './node.ts'

export interface WebRequestParts {
  /** Address of the peer, where the host tells. */
  readonly peer: string | undefined
  /** Cuts off the path what the server is mounted under. */
  readonly cutBase: (path: string) => string
  /** Whether the host compresses answers by itself, also those that are compressed already. */
  readonly hostCompresses?: boolean
}

/** Answers a Web request, for hosts that speak `Request` and `Response`. */
export async function answerWeb(
  server: Handling,
  request: Request,
  { peer, cutBase, hostCompresses = false }: WebRequestParts,
): Promise<Response> {
  const incoming = fromRequest(request, peer)
  const answer = await server.handle({
    ...incoming,
    path: cutBase(incoming.path),
    header: (name) => (hostCompresses && name === 'accept-encoding' ? null : incoming.header(name)),
  })
  if (!(answer.body instanceof ReadableStream)) return toResponse(answer)
  // Hosts drop an answer for which nobody waits any more, and the body of one to HEAD; what makes a stream must hear of it.
  if (request.method === 'HEAD') {
    await answer.body.cancel(new Error('HEAD has no body'))
    return toResponse({ ...answer, body: null })
  }
  if (request.signal.aborted) await answer.body.cancel(request.signal.reason)
  return toResponse(answer)
}
