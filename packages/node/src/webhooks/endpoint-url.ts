import { ProblemError } from '../http/problem-error.ts'
import {
  assertPublicUrl,
  type Lookup,
  OutgoingUrlError,
  type OutgoingUrlProblem,
  type PinnedUrl,
} from '../security/outgoing-url.ts'

/** Below it are ports of other services, which nobody's webhook listens on: mail, name servers, shells. */
const FIRST_FREE_PORT = 1_024
/** Name servers that do not answer are not waited for longer, in ms. */
const LOOKUP_TIMEOUT_MS = 5_000

/** Finds and pins the address of an endpoint, anew for each call. Rejects with `OutgoingUrlError`. */
export type ResolveEndpoint = (url: string) => Promise<PinnedUrl>

export interface EndpointUrlOptions {
  readonly lookup: Lookup
  /** For development only: http, and addresses that are not public. */
  readonly allowPrivate: boolean
}

export function endpointResolver({ lookup, allowPrivate }: EndpointUrlOptions): ResolveEndpoint {
  const patient: Lookup = (host) => withinTime(lookup(host))
  return async (url) => {
    const pinned = allowPrivate ? await resolveAny(url, patient) : await assertPublicUrl(url, patient)
    const { port } = pinned.url
    if (!allowPrivate && port !== '' && Number(port) < FIRST_FREE_PORT) {
      throw new OutgoingUrlError('invalid', `Port ${port} is for other services`)
    }
    return pinned
  }
}

async function resolveAny(text: string, lookup: Lookup): Promise<PinnedUrl> {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) throw new OutgoingUrlError('invalid', 'Expected an http(s) address')
  if (url.username || url.password) throw new OutgoingUrlError('has_credentials', 'The URL carries a name or password')
  const [first] = await lookup(url.hostname.replace(/^\[|\]$/g, '')).catch((cause: unknown) => {
    throw new OutgoingUrlError('unresolved', 'The host has no address', { cause })
  })
  if (!first) throw new OutgoingUrlError('unresolved', 'The host has no address')
  return { url, ...first }
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The name server does not answer')), LOOKUP_TIMEOUT_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** For those who entered the address. They are not told what a name leads to inside. */
export const URL_PROBLEMS: Readonly<Record<OutgoingUrlProblem, string>> = {
  invalid: 'must be an address such as https://shop.example/hook, on port 443 or above 1023',
  not_https: 'must be https',
  has_credentials: 'must carry no name and password',
  odd_address: 'must spell out an IP address as four decimal numbers',
  private: 'must lead to a public address',
  unresolved: 'has no address that name servers know',
}

/** Throws `invalid_input` where an endpoint must not be called, or cannot. */
export async function refuseBadUrl(url: string, resolve: ResolveEndpoint): Promise<void> {
  try {
    await resolve(url)
  } catch (error) {
    if (!(error instanceof OutgoingUrlError)) throw error
    throw new ProblemError('invalid_input', { errors: [{ path: 'url', message: URL_PROBLEMS[error.code] }] })
  }
}
