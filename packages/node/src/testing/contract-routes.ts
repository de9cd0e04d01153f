import {
  type Contract,
  contract,
  isFile,
  type KeyKind,
  pathParams,
  type Route,
  versionedPath,
} from '@tillwright/core/contract'
import { exampleOf } from '@tillwright/core/testing'

export interface NamedRoute {
  /** `orders.get` */
  readonly id: string
  readonly route: Route
}

/** Every route of the contract. */
export const ROUTES: readonly NamedRoute[] = Object.entries(contract as Contract).flatMap(([domain, routes]) =>
  Object.entries(routes).map(([name, route]) => ({ id: `${domain}.${name}`, route })),
)

/** The kinds of key that a route takes; none where anyone may call it. */
export function keyKindsOf({ access }: Route): readonly KeyKind[] {
  return access.kind === 'key' ? access.allow : []
}

/** A request that fits a route, before any key. */
export interface RouteRequest {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body?: string
}

export interface RequestParts {
  /** Path parameters by key, as they stand in the path. Default: examples of the contract. */
  readonly params?: Readonly<Record<string, string>>
  /** What follows `?`. */
  readonly search?: string
  /** The body before it is written as JSON. Default: an example of the contract. */
  readonly body?: unknown
}

/** A request for a route: what `parts` leaves out is an example that fits. */
export function requestFor(route: Route, { params = {}, search, body }: RequestParts = {}): RouteRequest {
  const values = { ...(route.params ? (exampleOf(route.params) as Record<string, string>) : {}), ...params }
  const keys = pathParams(route.path)
  let next = 0
  const path = versionedPath(route.path).replace(/\{\w+\}/g, () => values[keys[next++]!]!)
  const target = search === undefined ? path : `${path}?${search}`
  if (!route.body) return { method: route.method, path: target, headers: {} }
  if (isFile(route.body)) {
    return {
      method: route.method,
      path: target,
      headers: { 'content-type': route.body.types[0]! },
      body: 'id,name\n1,a\n',
    }
  }
  return {
    method: route.method,
    path: target,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body === undefined ? exampleOf(route.body) : body),
  }
}
