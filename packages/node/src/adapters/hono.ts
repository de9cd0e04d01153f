import type { Handling } from './node.ts'
import { baseCutter } from './target.ts'
import { answerWeb } from './web.ts'

/** What is used of Hono's `Context`. */
export interface HonoContext {
  readonly req: {
    readonly raw: Request
    /** Pattern of the route: `/brain/*`. */
    readonly routePath: string
  }
  /** With `@hono/node-server`, Node's message is in it. */
  readonly env: unknown
}

export interface HonoHandlerOptions<C extends HonoContext> {
  /**
   * Address of the peer. Default: that of the socket with `@hono/node-server`, elsewhere none. On other runtimes:
   * `(c) => getConnInfo(c).remote.address`, with `getConnInfo` of the runtime's `conninfo` module. Never a header: those that
   * proxies set are read by the server's own `trustedProxies`.
   */
  readonly remoteAddress?: (c: C) => string | undefined
}

/** A handler for routes; also an application for `mount`, which hands over a request less the base path and the environment. */
export interface HonoHandler<C extends HonoContext> {
  (c: C): Promise<Response>
  (request: Request, env?: unknown): Promise<Response>
}

/**
 * A handler for Hono. What stands before the route's `*` is cut off the path; a route without `*` passes it on whole.
 *
 * ```ts
 * const app = new Hono()
 * app.all('/brain/*', honoHandler(server))
 * app.mount('/brain', honoHandler(server))   // the same
 * serve({ fetch: app.fetch, port: 4000 })
 * ```
 *
 * Where `mount` is used and the runtime is not Node, its `optionHandler` tells the peer's address to `server.fetch`:
 *
 * ```ts
 * app.mount('/brain', server.fetch, { optionHandler: (c) => ({ remoteAddress: getConnInfo(c).remote.address }) })
 * ```
 */
export function honoHandler<C extends HonoContext = HonoContext>(
  server: Handling,
  { remoteAddress }: HonoHandlerOptions<C> = {},
): HonoHandler<C> {
  const cutters = new Map<string, (path: string) => string>()

  function cutterOf(routePath: string): (path: string) => string {
    let cutBase = cutters.get(routePath)
    if (!cutBase) cutters.set(routePath, (cutBase = baseCutter(baseOf(routePath))))
    return cutBase
  }

  return (from: C | Request, env?: unknown) => {
    if (!isContext(from)) {
      if (remoteAddress) throw new TypeError(MOUNTED_WITH_OPTION)
      return answerWeb(server, from, { peer: socketAddress(env), cutBase: (path) => path })
    }
    const peer = remoteAddress ? remoteAddress(from) : socketAddress(from.env)
    return answerWeb(server, from.req.raw, { peer, cutBase: cutterOf(from.req.routePath) })
  }
}

const MOUNTED_WITH_OPTION =
  'honoHandler cannot ask remoteAddress for the peer under mount(), which hands over no context: ' +
  "use app.all('/base/*', honoHandler(server, …)), or mount server.fetch with an optionHandler"

function isContext<C extends HonoContext>(from: C | Request): from is C {
  return 'req' in from
}

function baseOf(routePath: string): string {
  return routePath.endsWith('*') ? routePath.slice(0, -1) : ''
}

interface NodeBindings {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } }
}

/** What `getConnInfo` of `@hono/node-server` tells; `undefined` on other hosts. */
function socketAddress(env: unknown): string | undefined {
  const bindings = env as (NodeBindings & { readonly server?: NodeBindings }) | undefined
  return (bindings?.server ?? bindings)?.incoming?.socket?.remoteAddress
}
