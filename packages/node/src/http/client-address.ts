import type { Incoming } from './incoming.ts'

/**
 * Whose request it is: the peer's address, or, behind `trustedProxies` proxies, the one that the outermost of them saw.
 * `X-Forwarded-For` is read from the right, so that nothing a caller writes into it counts.
 */
export function clientAddress(request: Incoming, trustedProxies: number): string | undefined {
  const { peer } = request
  if (trustedProxies === 0) return peer
  return forwarded(request, 'x-forwarded-for', trustedProxies) ?? peer
}

/**
 * The same for what nobody may get past by leaving proxies out: `undefined` where a request did not come through all of
 * them. What it then says of itself is vouched for by nobody.
 */
export function vouchedAddress(request: Incoming, trustedProxies: number): string | undefined {
  return trustedProxies === 0 ? request.peer : hopsOf(request, 'x-forwarded-for').at(-trustedProxies)
}

/** The request as its caller sent it to the outermost of the trusted proxies, which may speak TLS in the server's place. */
export function behindProxies(request: Incoming, trustedProxies: number): Incoming {
  if (trustedProxies === 0) return request
  const protocol = forwarded(request, 'x-forwarded-proto', trustedProxies)?.toLowerCase()
  return protocol === undefined ? request : { ...request, isSecure: protocol === 'https' }
}

/** What the outermost of the trusted proxies wrote; of fewer entries than proxies the first. */
function forwarded(request: Incoming, name: string, trustedProxies: number): string | undefined {
  const hops = hopsOf(request, name)
  return hops.at(-trustedProxies) ?? hops[0]
}

function hopsOf(request: Incoming, name: string): string[] {
  return (request.header(name) ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter(Boolean)
}
