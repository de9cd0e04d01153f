import { type Contract, isFile, isStream, paramKey, type Route, versionedPath } from '../contract/define.ts'
import { mapRoutes } from './map-routes.ts'

/** What it takes to call a route, without its schemas: small enough for a script tag. */
export interface Wire {
  readonly method: string
  /** With its version, and parameters by their keys in the input: `/api/v1/orders/{orderId}`. */
  readonly path: string
  /** Keys of the input that go into the query beside a body. Where there is no body, all but the path's do. */
  readonly query: readonly string[]
  readonly body: 'none' | 'json' | 'file'
  /** `either`: JSON, or a stream where the caller asks for one. */
  readonly output: 'none' | 'json' | 'file' | 'stream' | 'either'
  readonly paged: boolean
  readonly timeoutMs: number
}

export type WireTable = Readonly<Record<string, Readonly<Record<string, Wire>>>>

export const DEFAULT_TIMEOUT_MS = 30_000

export function wireOf(route: Route): Wire {
  return {
    method: route.method,
    path: versionedPath(route.path).replace(/\w+(?=\})/g, paramKey),
    query: route.body && route.query ? Object.keys(route.query.shape) : [],
    body: route.body === undefined ? 'none' : isFile(route.body) ? 'file' : 'json',
    output: outputOf(route),
    paged: route.paged === true,
    timeoutMs: route.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  }
}

function outputOf({ output, orStream }: Route): Wire['output'] {
  if (output === null) return 'none'
  if (isFile(output)) return 'file'
  if (isStream(output)) return 'stream'
  return orStream ? 'either' : 'json'
}

export function wireTable(contract: Contract): WireTable {
  return mapRoutes(contract, wireOf)
}
