import { mapRoutes } from '../client/map-routes.ts'
import { DEFAULT_TIMEOUT_MS, type Wire, type WireTable } from '../client/wire.ts'
import { API_VERSION } from '../contract/define.ts'

/**
 * A route in few bytes: method, path, body, output, `1` for a list, time-out in ms, and what goes into the query beside a
 * body, with spaces between them. What is as usual is left out, and so are spaces at the end. `~` is the domain's usual
 * root: `/api/v1/orders` for `orders`, and `@` the route's own name: `two-factor` for `twoFactor`.
 */
export type PackedRoute = string
export type PackedRoutes = Readonly<Record<string, Readonly<Record<string, PackedRoute>>>>

export function packRoutes(table: WireTable): PackedRoutes {
  return mapRoutes(
    table,
    ({ method, path, query, body, output, paged, timeoutMs }, domain, name): PackedRoute =>
      [
        method,
        path.replace(rootOf(domain), '~').replace(new RegExp(`(?<=/)${pathName(name)}$`), '@'),
        body === 'none' ? '' : body,
        output === 'json' ? '' : output,
        paged ? 1 : '',
        timeoutMs === DEFAULT_TIMEOUT_MS ? '' : timeoutMs,
        query,
      ]
        .join(' ')
        .trimEnd(),
  )
}

export function unpackRoutes(routes: PackedRoutes): WireTable {
  return mapRoutes(routes, (line, domain, name): Wire => {
    const [method, path, body, output, paged, timeoutMs, query] = line.split(' ')
    return {
      method: method!,
      path: path!.replace('~', rootOf(domain)).replace('@', pathName(name)),
      query: query ? query.split(',') : [],
      body: (body || 'none') as Wire['body'],
      output: (output || 'json') as Wire['output'],
      paged: !!paged,
      timeoutMs: Number(timeoutMs) || DEFAULT_TIMEOUT_MS,
    }
  })
}

function rootOf(domain: string): string {
  return `/api/${API_VERSION}/${domain}`
}

function pathName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
