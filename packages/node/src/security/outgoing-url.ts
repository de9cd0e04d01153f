import * as http from 'node:http'
import * as https from 'node:https'
import { BlockList, isIP } from 'node:net'

export interface ResolvedAddress {
  readonly address: string
  readonly family: number
}

/** All addresses of a host; `dns.promises.lookup` with `all: true`, for example. */
export type Lookup = (hostname: string) => Promise<readonly ResolvedAddress[]>

/** A URL that may be called, at the address that was looked at. Good for one call: ask again before the next. */
export interface PinnedUrl extends ResolvedAddress {
  readonly url: URL
}

export type OutgoingUrlProblem = 'invalid' | 'not_https' | 'has_credentials' | 'odd_address' | 'private' | 'unresolved'

/** The URL must not be called; `code` says why. `unresolved` may pass with time, the others do not. */
export class OutgoingUrlError extends Error {
  override name = 'OutgoingUrlError'
  readonly code: OutgoingUrlProblem

  constructor(code: OutgoingUrlProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/**
 * Resolves the host of a URL that somebody entered, and pins it. Refuses what is not https, carries credentials, spells an
 * address in decimal, octal, hexadecimal or short form, or has any address that is not public: private, loopback, link-local, a
 * cloud's metadata, IPv4 inside IPv6. Rejects with `OutgoingUrlError`.
 */
export async function assertPublicUrl(text: string, lookup: Lookup): Promise<PinnedUrl> {
  const url = URL.parse(text)
  if (!url) throw new OutgoingUrlError('invalid', 'Expected a URL such as https://shop.example/hook')
  if (url.protocol !== 'https:') throw new OutgoingUrlError('not_https', `Expected https, got ${url.protocol}`)
  if (url.username || url.password) throw new OutgoingUrlError('has_credentials', 'The URL carries a name or password')
  const host = bareHost(url)
  if (isIP(host) === 4 && !text.includes(host))
    throw new OutgoingUrlError('odd_address', `The host is an odd spelling of ${host}`)
  const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await resolved(host, lookup)
  const inside = addresses.find(({ address }) => !isPublicAddress(address))
  if (inside) throw new OutgoingUrlError('private', `${host} is at ${inside.address}, which is not a public address`)
  return { url, ...addresses[0]! }
}

async function resolved(host: string, lookup: Lookup): Promise<readonly ResolvedAddress[]> {
  let addresses: readonly ResolvedAddress[]
  try {
    addresses = await lookup(host)
  } catch (cause) {
    throw new OutgoingUrlError('unresolved', `${host} has no address`, { cause })
  }
  if (addresses.length === 0) throw new OutgoingUrlError('unresolved', `${host} has no address`)
  return addresses
}

function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}

/** IANA's special-purpose registry of IPv4, multicast, and the metadata address that one cloud has outside of it. */
const NOT_PUBLIC_4 = blockList('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])
/** Global unicast is 2000::/3 only (RFC 4291): private, mapped, translated and multicast addresses lie outside of it. */
const UNICAST_6 = blockList('ipv6', ['2000::/3'])
/** Within it: Teredo and its kin, documentation, 6to4. */
const NOT_PUBLIC_6 = blockList('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])

/** Whether an address, as text, belongs to the internet at large. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !NOT_PUBLIC_4.check(address, 'ipv4')
    case 6:
      return UNICAST_6.check(address, 'ipv6') && !NOT_PUBLIC_6.check(address, 'ipv6')
    default:
      return false
  }
}

function blockList(family: 'ipv4' | 'ipv6', subnets: readonly string[]): BlockList {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [network, bits] = subnet.split('/')
    list.addSubnet(network!, Number(bits), family)
  }
  return list
}

export interface PinnedRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** From the first packet to the last byte. Default: 10,000. */
  readonly timeoutMs?: number
  /** Longest answer. Default: 1 MiB. */
  readonly maxBytes?: number
  /** PEM of an authority to trust in place of the public ones. */
  readonly ca?: string
}

export interface PinnedAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array
}

const TIMEOUT_MS = 10_000
const MAX_BYTES = 1 << 20

/**
 * Calls a pinned URL at exactly its address, checking the certificate against its name. Redirects are answers like any
 * other: nothing follows them. Rejects with what the connection reports, `TimeoutError`, or `RangeError` for an answer that is too long.
 */
export function pinnedFetch(
  { url, address }: PinnedUrl,
  { method = 'GET', headers, body, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES, ca }: PinnedRequest = {},
): Promise<PinnedAnswer> {
  const host = bareHost(url)
  // `assertPublicUrl` lets no http through; whoever develops pins such an address themselves.
  const { Agent, request } = url.protocol === 'http:' ? http : https
  const defaultPort = url.protocol === 'http:' ? 80 : 443
  // An agent of its own: no connection that another host name opened is used again, and no proxy.
  const agent = new Agent({ keepAlive: false, maxCachedSessions: 0 })
  const signal = AbortSignal.timeout(timeoutMs)
  return new Promise((resolve, reject) => {
    const call = request({
      agent,
      host: address,
      port: url.port || defaultPort,
      path: url.pathname + url.search,
      method,
      ...(isIP(host) === 0 && { servername: host }),
      ...(ca && { ca }),
      headers: { ...headers, host: url.host, connection: 'close', 'accept-encoding': 'identity' },
      signal,
    })
    const fail = (error: Error) => {
      call.destroy()
      reject(signal.aborted ? signal.reason : error)
    }
    call.on('error', fail)
    call.on('response', (response) => {
      const pieces: Buffer[] = []
      let bytes = 0
      response.on('data', (piece: Buffer) => {
        bytes += piece.length
        if (bytes > maxBytes) fail(new RangeError(`The answer is longer than ${maxBytes} bytes`))
        else pieces.push(piece)
      })
      response.on('error', fail)
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          headers: headersOf(response.headersDistinct),
          body: new Uint8Array(Buffer.concat(pieces)),
        }),
      )
    })
    call.end(body)
  })
}

function headersOf(distinct: NodeJS.Dict<string[]>): Headers {
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(distinct)) for (const value of values) headers.append(name, value)
  return headers
}
