/** A request's target as path and query: of what clients of proxies send, scheme and host are dropped (RFC 9112 §3.2.2). */
export function originForm(target: string): string {
  return target.startsWith('/') ? target : rooted(target.replace(/^https?:\/\/[^/?]*/i, ''))
}

/**
 * Prepares the cut of a base path: for `/brain`, `/brain/api/orders?a=1` becomes `/api/orders?a=1`. Segments are counted, not
 * compared, so that `/:shop/brain` is a base path, too, and the rest stays as it was written, whatever the host decoded on
 * its way to a match.
 */
export function baseCutter(base: string): (target: string) => string {
  const count = base.split('/').filter(Boolean).length
  const prefix = new RegExp(`^(?:/[^/?]*){${count}}`)
  return (target) => rooted(target.replace(prefix, ''))
}

/** A path from the root. `*` asks for no path: it is the whole server's (RFC 9112 §3.2.4). */
function rooted(target: string): string {
  return target.startsWith('/') || target === '*' ? target : `/${target}`
}
