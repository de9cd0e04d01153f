import type { Incoming } from './incoming.ts'

/**
 * Whose request it is: the peer's address, or, behind `trustedProxies` proxies, the one that the outermost of them saw.
 * `X-Forwarded-For` is read from the right, so that nothing a caller writes into it counts.
 */
export function clientAddress(request: Incoming, trustedProxies: number): string | undefined {
  const { peer } = request
  if (trustedProxies === 0) return peer
  const hops = (request.header('x-forwarded-for') ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter(Boolean)
  return hops.at(-trustedProxies) ?? hops[0] ?? peer
}
