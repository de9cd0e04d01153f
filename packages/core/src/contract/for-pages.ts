import type { Access, Contract, Route } from './define.ts'
import type { Permission } from './permissions.ts'

/**
 * Whether a page calls the route for whoever visits it: with nothing, a publishable key, or a session of any role. All
 * else is for secret keys and for staff, or for whoever watches over the server (`public`).
 */
export function isForPages(access: Access): boolean {
  if (access.kind === 'key') return access.allow.includes('publishable')
  if (access.kind === 'person') return access.permission === undefined
  return access.kind === 'visitor'
}

/** The routes of a contract that pages may call, those for widgets aside; domains that have none of them are left out. */
export type ContractForPages<C extends Contract> = WithoutEmpty<{
  readonly [D in keyof C]: { readonly [N in keyof C[D] as IfForPages<C[D][N], N>]: C[D][N] }
}>

export function forPages<C extends Contract>(contract: C): ContractForPages<C> {
  const domains = Object.entries(contract).map(([domain, routes]) => {
    const kept = Object.entries(routes).filter(([, route]) => isForPages(route.access) && !route.forWidgets)
    return [domain, Object.fromEntries(kept)] as const
  })
  return Object.fromEntries(domains.filter(([, routes]) => Object.keys(routes).length > 0)) as ContractForPages<C>
}

type IfForPages<R extends Route, N> = R extends { forWidgets: true }
  ? never
  : IsForPages<R['access']> extends true
    ? N
    : never
type IsForPages<A extends Access> = A extends { kind: 'key' }
  ? 'publishable' extends A['allow'][number]
    ? true
    : false
  : A extends { kind: 'person'; permission: Permission } | { kind: 'public' }
    ? false
    : true
type WithoutEmpty<T> = { readonly [K in keyof T as keyof T[K] extends never ? never : K]: T[K] }
