import type { ErrorCode, LimitName, Route } from '@tillwright/core/contract'
import type { Principal, Tenant } from '../context.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { Clock, Logger } from '../ports.ts'
import { addressSubject } from './address-subject.ts'
import { limitHeaders } from './limit-headers.ts'
import type { LimitStore, Rule, Verdict } from './limit-store.ts'
import { limiter } from './limiter.ts'

const MINUTE_MS = 60_000
const STRIKES_WINDOW_MS = 15 * MINUTE_MS
/** How long an address that went on and on is refused sign-in. */
const SIGN_IN_BLOCK_MS = 15 * MINUTE_MS

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
  webhook: perMinute('webhook', 1_200),
  /** Routes that name no rule. */
  api: perMinute('api', 100),
  /** Secret keys: a shop's server calls for all of its shoppers. */
  server: perMinute('server', 6_000),
  /** Requests without a valid key or session, by address: each costs a look into the database. */
  denied: perMinute('denied', 100),
} as const satisfies Record<LimitName | 'api' | 'server' | 'denied', Rule>

/**
 * Attempts to sign in that were made and failed, for each tenant and address: the last of these blocks the address there for
 * 15 minutes; one is forgotten every 45 seconds. What the limit above held back does not count, nor what could not be read: an
 * office whose people all get it right waits for the seconds that it is told, and goes on.
 */
export const STRIKES: Rule = { name: 'sign-in.failed', limit: 20, windowMs: STRIKES_WINDOW_MS }

/** What handlers say to who could not show that they are who they say. */
const FAILED_ATTEMPTS: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['invalid_credentials', 'expired_link'])

/** An address that a tenant refuses sign-in. */
export interface SignInBlock {
  /** Public id of the tenant. */
  readonly tenantId: string
  /** As it is counted. */
  readonly subject: string
  /** Instant in ms since 1970. */
  readonly until: number
  readonly reason: string
}

export interface RouteLimitsPorts {
  /** Where requests are counted. */
  readonly requests: LimitStore
  /** Where sign-ins are counted: it should outlive the process. */
  readonly signIns: LimitStore
  readonly clock: Clock
  readonly log: Logger
  /** Told once of an address that is blocked from now on. */
  readonly onBlocked: (block: SignInBlock, tenant: Tenant, address: string | undefined) => Promise<void>
}

/** Who calls, once that is known. */
export interface LimitedCall {
  readonly principal?: Principal
  readonly remoteAddress: string | undefined
}

/** Counts the calls of one route. */
export interface RouteLimit {
  /** Counts a call that got in; returns what its answer says of the limit. Throws `rate_limited` for one too many. */
  count(call: LimitedCall): LimitHeaders | undefined | Promise<LimitHeaders | undefined>
  /** Counts a call that did not. Throws `rate_limited` for one too many. */
  countDenied(call: LimitedCall): Promise<void>
  /** Told what a handler threw: an attempt to sign in that failed counts against its address. */
  countFailed(call: LimitedCall, error: unknown): Promise<void>
}

export interface RouteLimits {
  /** The limit of a route; `null` outside `/api`, `/auth` and `/admin`, where nothing is counted. */
  of(route: Pick<Route, 'path' | 'limit'>): RouteLimit | null
  /** Addresses that are refused sign-in for now: of a tenant, by its public id, or of all. */
  signInBlocks(tenantId?: string): Promise<SignInBlock[]>
  /** Lets an address try again, with a clean slate. Returns whether it was blocked. */
  unblockSignIn(block: Pick<SignInBlock, 'tenantId' | 'subject'>): Promise<boolean>
}

/** Limits of routes, by the rule that the contract names. */
export function routeLimits({ requests, signIns, clock, log, onBlocked }: RouteLimitsPorts): RouteLimits {
  const counted = limiter({ store: requests, clock, log })
  const countedSignIns = limiter({ store: signIns, clock, log })
  const signIn = ROUTE_RULES['sign-in']

  function take(rule: Rule, subject: string): LimitHeaders | undefined | Promise<LimitHeaders | undefined> {
    const verdict = counted.takeNow(rule, subject)
    return verdict ? headersOf(verdict, rule) : counted.take(rule, subject).then((later) => headersOf(later, rule))
  }

  async function takeSignIn({ principal, remoteAddress }: LimitedCall): Promise<LimitHeaders | undefined> {
    const subject = subjectOf(principal, addressSubject(remoteAddress), true)
    return headersOf(await countedSignIns.take(signIn, subject), signIn)
  }

  async function strike(principal: Principal, remoteAddress: string | undefined): Promise<void> {
    const subject = subjectOf(principal, addressSubject(remoteAddress), true)
    const verdict = await countedSignIns.take(STRIKES, subject)
    // Of many at once, and whichever process counts them, one only is the last that is allowed.
    if (!verdict.allowed || verdict.remaining > 0) return
    const reason = `${STRIKES.limit} failed attempts to sign in`
    await countedSignIns.block(signIn, subject, reason, SIGN_IN_BLOCK_MS)
    const block = { ...blockOf(subject), until: clock() + SIGN_IN_BLOCK_MS, reason }
    await onBlocked(block, principal.tenant, remoteAddress)
  }

  return {
    of({ path, limit }) {
      if (!/^\/(api|auth|admin)\//.test(path)) return null
      const rule = ROUTE_RULES[limit ?? 'api']
      return {
        count(call) {
          const { principal, remoteAddress } = call
          if (principal?.kind === 'secret') return take(ROUTE_RULES.server, principal.keyId)
          if (limit === 'sign-in') return takeSignIn(call)
          return take(rule, subjectOf(principal, addressSubject(remoteAddress), limit === 'refresh'))
        },
        async countDenied({ remoteAddress }) {
          await take(ROUTE_RULES.denied, addressSubject(remoteAddress))
        },
        async countFailed({ principal, remoteAddress }, error) {
          if (limit !== 'sign-in' || !principal || principal.kind === 'secret') return
          if (error instanceof ProblemError && FAILED_ATTEMPTS.has(error.code)) await strike(principal, remoteAddress)
        },
      }
    },
    async signInBlocks(tenantId) {
      const blocks = await countedSignIns.blocks(signIn, tenantId === undefined ? '' : `${tenantId}@`)
      return blocks.map(({ subject, until, reason }) => ({ ...blockOf(subject), until, reason }))
    },
    async unblockSignIn({ tenantId, subject }) {
      await countedSignIns.unblock(STRIKES, `${tenantId}@${subject}`)
      return countedSignIns.unblock(signIn, `${tenantId}@${subject}`)
    },
  }
}

/** Who `subjectOf` means where it goes by the address. */
function blockOf(subject: string): Pick<SignInBlock, 'tenantId' | 'subject'> {
  const at = subject.indexOf('@')
  return { tenantId: subject.slice(0, at), subject: subject.slice(at + 1) }
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
    const detail = verdict.isBlocked ? BLOCKED : tooMany(rule)
    throw new ProblemError('rate_limited', { detail, headers: limitHeaders(verdict, rule) })
  }
  return verdict.remaining * TOLD_FRACTION > rule.limit ? undefined : limitHeaders(verdict, rule)
}

const BLOCKED = 'Too many attempts came from this network address: for a while none is answered'

function tooMany({ limit, windowMs }: Rule): string {
  return `At most ${limit} requests in ${windowMs / 1_000} seconds are answered here`
}
