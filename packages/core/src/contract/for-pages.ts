import type { Access, Contract, Route } from './define.ts'
import type { Permission } from './permissions.ts'

/**
 * Whether a page may call the route for whoever visits it: with nothing, a publishable key, or a session of any role. All
 * else is for secret keys and for staff.
 */
export function isForPages(access: Access): boolean {
  if (access.kind === 'key') return access.allow.includes('publishable')
  return access.kind !== 'person' || access.permission === undefined
}

/** The routes of a contract that pages may call; domains that have none of them are left out. */
export type ContractForPages<C extends Contract> = WithoutEmpty<{
  readonly [D in keyof C]: { readonly [N in keyof C[D] as IfForPages<C[D][N], N>]: C[D][N] }
}>

export function forPages<C extends Contract>(contract: C): ContractForPages<C> {
  const domains = Object.entries(contract).map(([domain, routes]) => {
    const kept = Object.entries(routes).filter(([, { access }]) => isForPages(access))
    return [domain, Object.fromEntries(kept)] as const
  })
  return Object.fromEntries(domains.filter(([, routes]) => Object.keys(routes).length > 0)) as ContractForPages<C>
}

type IfForPages<R extends Route, N> = IsForPages<R['access']> extends true ? N : never
type IsForPages<A extends Access> = A extends { kind: 'key' }
  ? 'publishable' extends A['allow'][number]
    ? true
    : false
  : A extends { kind: 'person'; permission: Permission }
    ? false
    : true
type WithoutEmpty<T> = { readonly [K in keyof T as keyof T[K] extends never ? never : K]: T[K] }
