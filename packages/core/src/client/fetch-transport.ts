import { NetworkError, TimeoutError } from '../errors.ts'
import { sleep } from './sleep.ts'
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

/** The small transport: plain fetch, for the script tag. The npm package uses `kyTransport`; both pass one suite. */
export function fetchTransport(options: TransportOptions): Transport {
  return async (call) => {
    const retries = isReplayable(call) ? call.retries : 0
    for (let attempt = 0; ; attempt++) {
      call.signal?.throwIfAborted()
      try {
        return await sendOnce(call, options)
      } catch (error) {
        call.signal?.throwIfAborted()
        const delayMs = attempt < retries ? retryDelayMs(error, attempt, options.random) : undefined
        if (delayMs === undefined) throw error
        options.onRetry?.({ call, attempt: attempt + 1, error })
        await sleep(delayMs, call.signal)
      }
    }
  }
}

async function sendOnce(call: Call, { fetch, clock }: TransportOptions): Promise<Response> {
  const late = new AbortController()
  const deadline = setTimeout(() => late.abort(), call.timeoutMs)
  const signal = call.signal ? AbortSignal.any([call.signal, late.signal]) : late.signal
  try {
    // `duplex` is needed for a streamed body, and missing from the DOM's types.
    const request = new Request(call.url, { ...call, signal, duplex: 'half' } as RequestInit)
    const response = await exchange(fetch, request, call.whole).catch((cause) => {
      throw late.signal.aborted
        ? new TimeoutError(`No answer to ${nameOf(call)} within ${call.timeoutMs} ms`, { cause })
        : new NetworkError(`No connection for ${nameOf(call)}`, { cause })
    })
    if (response.ok) return response
    throw apiError(response, await response.json().catch(nothing), clock)
  } finally {
    clearTimeout(deadline)
  }
}

/** Not JSON: the status alone speaks. */
function nothing(): undefined {}
