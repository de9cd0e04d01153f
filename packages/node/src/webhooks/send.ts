import { OutgoingUrlError, type PinnedAnswer, type PinnedRequest, type PinnedUrl } from '../security/outgoing-url.ts'
import { type ResolveEndpoint, URL_PROBLEMS } from './endpoint-url.ts'
import { signStandard } from './schemes/standard.ts'

/** From the first packet to the last byte of the answer. */
const TIMEOUT_MS = 10_000
/** Nothing in an answer is of use but its status. */
const MAX_ANSWER_BYTES = 64 * 1_024

/** Calls a pinned address; `pinnedFetch`, for example. */
export type PinnedFetch = (url: PinnedUrl, request: PinnedRequest) => Promise<PinnedAnswer>

export interface OutgoingMessage {
  readonly url: string
  readonly id: string
  readonly body: string
  /** The current one first; the one before while it still counts. */
  readonly secrets: readonly string[]
  readonly nowMs: number
}

/** What became of an attempt. Only its status is kept of an answer: what it says is the receiver's own. */
export interface Attempt {
  readonly arrived: boolean
  readonly status: number | null
  readonly error: string | null
}

/** Sends a message once. The address is looked up and looked at again each time. */
export function messageSender({ resolve, fetch }: { resolve: ResolveEndpoint; fetch: PinnedFetch }) {
  return async ({ url, id, body, secrets, nowMs }: OutgoingMessage): Promise<Attempt> => {
    const timestamp = Math.floor(nowMs / 1_000)
    const bytes = Buffer.from(body)
    const signatures = secrets.map((secret) => signStandard({ id, timestamp, body: bytes }, secret))
    try {
      const { status } = await fetch(await resolve(url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': String(bytes.length),
          'user-agent': 'Tillwright-Webhooks/1',
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signatures.join(' '),
        },
        body: bytes,
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_ANSWER_BYTES,
      })
      const arrived = status >= 200 && status < 300
      return { arrived, status, error: arrived ? null : refusalOf(status) }
    } catch (error) {
      return { arrived: false, status: null, error: faultOf(error) }
    }
  }
}

function refusalOf(status: number): string {
  return status >= 300 && status < 400 ? `It answered ${status}: redirects are not followed` : `It answered ${status}`
}

/** What connections report may hold addresses: of that, the code is enough. */
function faultOf(error: unknown): string {
  if (error instanceof OutgoingUrlError) return `The address ${URL_PROBLEMS[error.code]}`
  if (error instanceof RangeError) return `Its answer was longer than ${MAX_ANSWER_BYTES} bytes`
  if (!(error instanceof Error)) return 'The call failed'
  if (error.name === 'TimeoutError') return `It took longer than ${TIMEOUT_MS / 1_000} seconds`
  const { code } = error as NodeJS.ErrnoException
  return typeof code === 'string' && /^[A-Z0-9_]{2,60}$/.test(code) ? `The call failed (${code})` : 'The call failed'
}
