import type { Access, Contract, Route, RouteParsed, RouteResult } from '@tillwright/core/contract'
import type { TenantDb } from './db/open.ts'
import type { CheckedJson } from './http/checked-json.ts'
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

/** Who calls: the holder of an API key, or a person at the console. */
export interface Principal {
  readonly kind: 'publishable' | 'secret' | 'console'
  /** Id of the key, for logs. */
  readonly keyId: string
  readonly tenant: Tenant
  /** Origins that may use a publishable key. */
  readonly origins: ReadonlySet<string>
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

type ContextFor<A extends Access> = A extends { kind: 'public' } ? CallContext : TenantContext

type Result<R extends Route> = RouteResult<R> | CheckedJson<RouteResult<R>>

export type Handler<R extends Route> = (
  input: RouteParsed<R>,
  context: ContextFor<R['access']>,
) => Promise<Result<R>> | Result<R>

/** One handler for each route of a domain; a missing one does not compile. */
export type DomainHandlers<D> = { readonly [N in keyof D]: D[N] extends Route ? Handler<D[N]> : never }

export type Handlers<C extends Contract> = { readonly [D in keyof C]: DomainHandlers<C[D]> }
