import ky, { isHTTPError, isTimeoutError, type KyInstance } from 'ky'
import { NetworkError, TimeoutError } from '../errors.ts'
import {
  apiError,
  type Call,
  exchange,
  isReplayable,
  nameOf,
  retryDelayMs,
  type Transport,
  type TransportOptions,
} from './transport.ts'

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** The npm package's transport. The only importer of ky. */
export function kyTransport(options: TransportOptions): Transport {
  const client: KyInstance = ky.create({ retry: { methods: METHODS } })
  return async (call) => {
    const { method, headers, signal, timeoutMs, keepalive, credentials } = call
    let delayMs = 0
    signal?.throwIfAborted()
    try {
      return await client(call.url, {
        method,
        headers,
        ...(signal ? { signal } : {}),
        ...(keepalive ? { keepalive } : {}),
        ...(credentials ? { credentials } : {}),
        timeout: timeoutMs,
        fetch: (bare) => send(bare as Request, call, options),
        retry: {
          limit: isReplayable(call) ? call.retries : 0,
          shouldRetry({ error, retryCount }) {
            const asked = retryDelayMs(translate(error, call, options), retryCount - 1, options.random)
            delayMs = asked ?? 0
            return asked !== undefined
          },
          delay: () => delayMs,
        },
        hooks: {
          beforeRetry: [
            ({ error, retryCount }) =>
              options.onRetry?.({ call, attempt: retryCount, error: translate(error, call, options) }),
          ],
        },
      })
    } catch (cause) {
      signal?.throwIfAborted()
      throw translate(cause, call, options)
    }
  }
}

/**
 * ky knows a network error by the wording of each engine; whatever a fetch throws is one here. The body joins here, since
 * ky copies for the next try what it is given, and a file would be held in memory.
 */
async function send(bare: Request, call: Call, options: TransportOptions): Promise<Response> {
  const { body, whole } = call
  // `duplex` is needed for a streamed body, and missing from the DOM's types.
  const request = body === undefined ? bare : new Request(bare, { body, duplex: 'half' } as RequestInit)
  try {
    return await exchange(options.fetch, request, whole)
  } catch (cause) {
    throw new NetworkError(`No connection for ${nameOf(call)}`, { cause })
  }
}

/** ky's errors as ours. */
function translate(cause: unknown, call: Call, { clock }: TransportOptions): unknown {
  if (isHTTPError(cause)) return apiError(cause.response, cause.data, clock)
  if (isTimeoutError(cause))
    return new TimeoutError(`No answer to ${nameOf(call)} within ${call.timeoutMs} ms`, { cause })
  return cause
}
