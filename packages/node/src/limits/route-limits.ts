import type { LimitName, Route } from '@tillwright/core/contract'
import type { Principal } from '../context.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { Clock, Logger } from '../ports.ts'
import { addressSubject } from './address-subject.ts'
import { limitHeaders } from './limit-headers.ts'
import type { LimitStore, Rule, Verdict } from './limit-store.ts'
import { type Limiter, limiter } from './limiter.ts'

const MINUTE_MS = 60_000

type LimitHeaders = Readonly<Record<string, string>>

/** Answers tell of a limit from when this fraction of it is left. */
const TOLD_FRACTION = 2

const perMinute = (name: string, limit: number): Rule => ({ name, limit, windowMs: MINUTE_MS })

/** How often routes may be called. `docs/configuration.md` tells operators. */
export const ROUTE_RULES = {
  /** All routes that check who somebody is, together. */
  'sign-in': perMinute('sign-in', 5),
  /** Tabs of one browser share a session; the people of an office share an address. */
  refresh: perMinute('refresh', 60),
  page: perMinute('page', 600),
  /** Routes that name no rule. */
  api: perMinute('api', 100),
  /** Secret keys: a shop's server calls for all of its shoppers. */
  server: perMinute('server', 6_000),
  /** Requests without a valid key or session, by address: each costs a look into the database. */
  denied: perMinute('denied', 100),
} as const satisfies Record<LimitName | 'api' | 'server' | 'denied', Rule>

export interface RouteLimitsPorts {
  /** Where requests are counted. */
  readonly requests: LimitStore
  /** Where sign-ins are counted: it should outlive the process. */
  readonly signIns: LimitStore
  readonly clock: Clock
  readonly log: Logger
}

/** Who calls, once that is known. */
export interface LimitedCall {
  readonly principal?: Principal
  readonly remoteAddress: string | undefined
}

/** Counts the calls of one route. Both throw `rate_limited` for one too many. */
export interface RouteLimit {
  /** Counts a call that got in; returns what its answer says of the limit. */
  count(call: LimitedCall): LimitHeaders | undefined | Promise<LimitHeaders | undefined>
  /** Counts a call that did not. */
  countDenied(call: LimitedCall): Promise<void>
}

export interface RouteLimits extends Pick<Limiter, 'block' | 'unblock' | 'blocks'> {
  /** The limit of a route; `null` outside `/api`, `/auth` and `/admin`, where nothing is counted. */
  of(route: Pick<Route, 'path' | 'limit'>): RouteLimit | null
}

/** Limits of routes, by the rule that the contract names. */
export function routeLimits({ requests, signIns, clock, log }: RouteLimitsPorts): RouteLimits {
  const counted = limiter({ store: requests, clock, log })
  const countedSignIns = limiter({ store: signIns, clock, log })
  const limiterOf = ({ name }: Pick<Rule, 'name'>) => (name === 'sign-in' ? countedSignIns : counted)

  function take(rule: Rule, subject: string): LimitHeaders | undefined | Promise<LimitHeaders | undefined> {
    const limits = limiterOf(rule)
    const verdict = limits.takeNow(rule, subject)
    return verdict ? headersOf(verdict, rule) : limits.take(rule, subject).then((later) => headersOf(later, rule))
  }

  return {
    of({ path, limit }) {
      if (!/^\/(api|auth|admin)\//.test(path)) return null
      const byAddress = limit === 'sign-in' || limit === 'refresh'
      const rule = ROUTE_RULES[limit ?? 'api']
      return {
        count: ({ principal, remoteAddress }) =>
          principal?.kind === 'secret'
            ? take(ROUTE_RULES.server, principal.keyId)
            : take(rule, subjectOf(principal, addressSubject(remoteAddress), byAddress)),
        async countDenied({ remoteAddress }) {
          await take(ROUTE_RULES.denied, addressSubject(remoteAddress))
        },
      }
    },
    block: (rule, ...rest) => limiterOf(rule).block(rule, ...rest),
    unblock: (rule, subject) => limiterOf(rule).unblock(rule, subject),
    async blocks() {
      const all = signIns === requests ? [counted] : [counted, countedSignIns]
      return (await Promise.all(all.map((each) => each.blocks()))).flat()
    },
  }
}

function subjectOf(principal: Principal | undefined, address: string, byAddress: boolean): string {
  if (!principal) return address
  // Of a person, not of one of their sessions: opening more of them buys nothing.
  const who =
    byAddress || principal.kind === 'visitor'
      ? principal.tenant.publicId
      : (principal.person?.user.id ?? principal.keyId)
  return `${who}@${address}`
}

/** Throws `rate_limited` where it is refused. Says nothing while there is plenty: two headers cost as much as counting. */
function headersOf(verdict: Verdict, rule: Rule): LimitHeaders | undefined {
  if (!verdict.allowed) {
    throw new ProblemError('rate_limited', { detail: tooMany(rule), headers: limitHeaders(verdict, rule) })
  }
  return verdict.remaining * TOLD_FRACTION > rule.limit ? undefined : limitHeaders(verdict, rule)
}

function tooMany({ limit, windowMs }: Rule): string {
  return `At most ${limit} requests in ${windowMs / 1_000} seconds are answered here`
}
