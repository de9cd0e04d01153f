/** A request as the server works with it, whichever host it came in by. */
export interface Incoming {
  /** Upper case. */
  readonly method: string
  /** As it came, before any decoding: `/api/orders/42`. */
  readonly path: string
  /** What follows `?`, or an empty string. */
  readonly search: string
  readonly isSecure: boolean
  /** Address of the peer, where the host tells. */
  readonly peer: string | undefined
  /** A header by its lower-case name. */
  header(name: string): string | null
  /** The body as it arrives. Can be read once. */
  body(): AsyncIterable<Uint8Array>
  /** Aborted when the caller goes away. */
  signal(): AbortSignal
}

/** A Web request as an `Incoming`. */
export function fromRequest(request: Request, peer: string | undefined): Incoming {
  const { method, url } = request
  const pathStart = url.indexOf('/', url.indexOf('://') + 3)
  const target = withoutFragment(pathStart < 0 ? '/' : url.slice(pathStart))
  return {
    method,
    ...splitTarget(target),
    isSecure: url.startsWith('https:'),
    peer,
    header: (name) => request.headers.get(name) ?? (name === 'host' ? new URL(url).host : null),
    body: () => request.body ?? NOTHING,
    signal: () => request.signal,
  }
}

const NOTHING = { async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {} }

/** Splits what follows the host into path and query. */
export function splitTarget(target: string): { path: string; search: string } {
  const mark = target.indexOf('?')
  return mark < 0 ? { path: target, search: '' } : { path: target.slice(0, mark), search: target.slice(mark + 1) }
}

function withoutFragment(target: string): string {
  const mark = target.indexOf('#')
  return mark < 0 ? target : target.slice(0, mark)
}
