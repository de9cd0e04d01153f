import type { Access, Contract, Permission, Route, RouteParsed, RouteResult } from '@tillwright/core/contract'
import type { TenantDb } from './db/open.ts'
import type { CheckedJson } from './http/checked-json.ts'
import type { Reply } from './http/reply.ts'
import type { Logger } from './ports.ts'

export interface Tenant {
  /** Number inside the database. */
  readonly id: number
  /** Name outside it: `ten_…`. */
  readonly publicId: string
  readonly name: string
  /** ISO 4217; of amounts that name no other. */
  readonly currency: string
  /** IANA name; calendar days are those of this zone. */
  readonly timeZone: string
}

/** Who calls. */
export interface Principal {
  /** The holder of an API key, who holds a link to the console, a person who is signed in, or anybody. */
  readonly kind: 'publishable' | 'secret' | 'console' | 'person' | 'visitor'
  /** Id of the key or session, for logs. */
  readonly keyId: string
  readonly tenant: Tenant
  /** Origins whose pages may use a publishable key, or act for a person. */
  readonly origins: ReadonlySet<string>
  /** What a secret key may do; absent: whatever keys may. */
  readonly scopes?: ReadonlySet<Permission>
  /** Set where the kind is `person`. */
  readonly person?: Person
}

/** Somebody who is signed in, as the session and the database say at this moment. */
export interface Person {
  readonly user: { readonly id: string; readonly role: string; readonly permissions: ReadonlySet<Permission> }
  readonly sessionId: string
  /** ms since 1970; the access token's. */
  readonly expiresAt: number
  /** Whether they have proved who they are within the last five minutes. */
  readonly isFresh: boolean
  /** Who really acts, where somebody acts as this person. */
  readonly actorId: string | null
  /** Whether the session lives in cookies. */
  readonly delivery: 'cookie' | 'token'
}

/** What every handler knows of the call. */
export interface CallContext {
  readonly requestId: string
  readonly log: Logger
  /** Aborted when the caller goes away or time runs out. */
  readonly signal: AbortSignal
  readonly remoteAddress: string | undefined
  /** A header of the request, by its lower-case name. */
  header(name: string): string | null
}

/** What a handler knows of a call that belongs to a tenant. */
export interface TenantContext extends CallContext {
  readonly principal: Principal
  readonly tenant: Tenant
  readonly db: TenantDb
}

/** Of a call that anybody may make who comes to a tenant. */
export interface VisitorContext extends TenantContext {
  /** An access token that came along, valid or not. */
  readonly accessToken: string | null
  /** Throws where the page that called is of an origin that the tenant does not allow. */
  refuseForeignOrigin(): void
}

/** Of a call by somebody who is signed in. */
export interface PersonContext extends TenantContext {
  readonly person: Person
}

type ContextFor<A extends Access> = A extends { kind: 'public' }
  ? CallContext
  : A extends { kind: 'visitor' }
    ? VisitorContext
    : A extends { kind: 'person' }
      ? PersonContext
      : TenantContext

type Result<R extends Route> = RouteResult<R> | CheckedJson<RouteResult<R>> | Reply<RouteResult<R>>

export type Handler<R extends Route> = (
  input: RouteParsed<R>,
  context: ContextFor<R['access']>,
) => Promise<Result<R>> | Result<R>

/** One handler for each route of a domain; a missing one does not compile. */
export type DomainHandlers<D> = { readonly [N in keyof D]: D[N] extends Route ? Handler<D[N]> : never }

export type Handlers<C extends Contract> = { readonly [D in keyof C]: DomainHandlers<C[D]> }
