import type { NoteDenial } from '../audit/denials.ts'
import type { ConsoleSessions } from '../console/sessions.ts'
import type { Principal } from '../context.ts'
import type { RouteLimits } from '../limits/index.ts'
import type { Exchange } from '../router.ts'
import type { AddressRanges } from '../security/address-ranges.ts'
import { type Authenticators, authenticate } from './authenticate.ts'
import { vouchedAddress } from './client-address.ts'
import type { Incoming } from './incoming.ts'
import { ProblemError, problem } from './problem-error.ts'

/** Lets only some network addresses administer. */
export interface AdminGate {
  /** Throws `address_not_allowed` for administration from elsewhere; lets everything else pass. */
  refuse(request: Incoming, exchange: Exchange): Promise<void>
  /** Sessions of the console, which from elsewhere are none, whatever they ask for. */
  readonly consoleSessions: ConsoleSessions
}

export interface AdminGatePorts extends Authenticators {
  readonly ranges: AddressRanges
  readonly trustedProxies: number
  readonly limits: RouteLimits | null
  readonly noteDenial: NoteDenial
}

/** As both are written in the log, whatever lies behind. */
const DOOR = '/admin'

/**
 * Stands before everything: no route is found, no body read and no preflight answered. Administration is what lies below
 * `/admin`, and the page of the console; its session is not worth anything from elsewhere, wherever it goes.
 *
 * It says 403 and its own code, not 404: that there is an `/admin` is in the public contract, so hiding it would hide
 * nothing from an attacker, and leave an operator who mistyped the list to look for the fault elsewhere.
 *
 * A refusal of somebody known is in the log of their tenant, once a minute for each of them, and counts against the limit
 * of refused requests.
 */
export function adminGate({
  ranges,
  trustedProxies,
  limits,
  noteDenial,
  ...authenticators
}: AdminGatePorts): AdminGate {
  const limit = limits?.of({ path: `${DOOR}/` })

  async function principalOf(request: Incoming): Promise<Principal | null> {
    try {
      return await authenticate(ANYBODY_KNOWN, request, new URLSearchParams(), authenticators)
    } catch (error) {
      if (error instanceof ProblemError) return null
      throw error
    }
  }

  const mayAdminister = (request: Incoming) => ranges.has(vouchedAddress(request, trustedProxies))
  const { consoleSessions } = authenticators

  return {
    consoleSessions: {
      ...consoleSessions,
      principalOf: async (request) => (mayAdminister(request) ? consoleSessions.principalOf(request) : null),
    },
    async refuse(request, exchange) {
      if (!/^\/(admin|console)(\/|$)/.test(request.path) || mayAdminister(request)) return
      await limit?.countDenied(exchange)
      const refusal = problem('address_not_allowed', 'Ask who runs the server to allow your network address')
      const principal = await principalOf(request)
      if (principal) {
        const userAgent = request.header('user-agent') ?? ''
        const { method } = request
        await noteDenial(refusal, { principal, method, path: DOOR, address: exchange.remoteAddress, userAgent })
      }
      throw refusal
    },
  }
}

const ANYBODY_KNOWN = { kind: 'key', allow: ['publishable', 'secret'] } as const
