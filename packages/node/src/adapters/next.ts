import type { Handling } from './node.ts'
import { baseCutter } from './target.ts'
import { answerWeb } from './web.ts'

export interface NextHandlersOptions {
  /** Path of the folder of the catch-all route: `/brain` for `app/brain/[[...path]]/route.ts`. Default: the root. */
  readonly basePath?: string
  /**
   * Address of the peer. Default: none, since Next.js tells none. See `nextHandlers` for what that means.
   */
  readonly remoteAddress?: (request: Request) => string | undefined
}

export type NextMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'HEAD'
export type NextHandlers = Readonly<Record<NextMethod, (request: Request) => Promise<Response>>>

/**
 * Handlers for a catch-all route of the App Router, on the Node.js runtime. Set `serverExternalPackages` in `next.config` to
 * `['@tillwright/node']`: the server starts threads from files of its own, which a bundle would not have.
 *
 * ```ts
 * // app/brain/[[...path]]/route.ts
 * export const { GET, POST, PUT, PATCH, DELETE, OPTIONS, HEAD } = nextHandlers(server, { basePath: '/brain' })
 * ```
 *
 * Next.js does not tell route handlers who is at the other end of the connection. Without `remoteAddress`, whatever goes by
 * address (rate limits, log lines, alarms about sign-ins) takes all callers for one. Behind a proxy, which is how Next.js is
 * usually run, set the server's `trustedProxies` to the number of proxies: it reads their `X-Forwarded-For`. With no proxy in
 * front leave it at 0, because then that header is whatever the caller wrote. Use `remoteAddress` where the platform gives the
 * address in a header of its own that it strips from what callers send.
 *
 * Next.js normalises addresses before the handlers see them: `/brain/` and `/brain//alive` are redirected, and a path with
 * invalid escapes is answered by Next.js itself. It compresses answers as well (`compress` in its configuration).
 */
export function nextHandlers(
  server: Handling,
  { basePath = '', remoteAddress }: NextHandlersOptions = {},
): NextHandlers {
  const cutBase = strictCutter(basePath)
  const handler = (request: Request) =>
    answerWeb(server, request, { peer: remoteAddress?.(request), cutBase, hostCompresses: true })
  return {
    GET: handler,
    POST: handler,
    PUT: handler,
    PATCH: handler,
    DELETE: handler,
    OPTIONS: handler,
    HEAD: handler,
  }
}

/** Next.js does not say where it mounts a route, so the option is checked against what comes. */
function strictCutter(basePath: string): (path: string) => string {
  const cutBase = baseCutter(basePath)
  const start = `${basePath.replace(/\/$/, '')}/`
  return (path) => {
    if (`${path}/`.startsWith(start)) return cutBase(path)
    throw new TypeError(
      `nextHandlers got ${path}, which does not begin with its basePath "${basePath}": set basePath to the path of the route's folder`,
    )
  }
}
