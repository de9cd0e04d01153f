import type { Access } from '@tillwright/core/contract'
import type { ConsoleSessions } from '../console/sessions.ts'
import type { Principal } from '../context.ts'
import type { KeyRing } from '../keys/service.ts'
import type { Incoming } from './incoming.ts'
import { ProblemError, problem } from './problem-error.ts'

export interface Authenticators {
  readonly keys: KeyRing
  readonly consoleSessions: ConsoleSessions
}

type KeyAccess = Extract<Access, { kind: 'key' }>

/** Finds out who calls, and whether callers of that kind may use the route. Throws what to answer where not. */
export async function authenticate(
  access: KeyAccess,
  request: Incoming,
  query: URLSearchParams,
  { keys, consoleSessions }: Authenticators,
): Promise<Principal> {
  const key = presentedKey(request, query)
  const principal = key === null ? await consoleSessions.principalOf(request) : await keys.holder(key)
  if (!principal) throw key === null ? unauthorized('missing_key') : unauthorized('invalid_key')
  const kind = principal.kind === 'console' ? 'secret' : principal.kind
  if (!access.allow.includes(kind)) {
    throw problem('wrong_key_kind', `A ${access.allow.join(' or ')} key is needed, got a ${kind} one`)
  }
  refuseForeignOrigin(request, principal)
  return principal
}

/** A key from `Authorization: Bearer`, or a publishable one from the query, where it spares browsers a preflight. */
function presentedKey(request: Incoming, query: URLSearchParams): string | null {
  const header = request.header('authorization')
  if (header !== null) {
    const [, key] = /^Bearer +([\w-]+)$/i.exec(header) ?? []
    if (key === undefined) throw unauthorized('invalid_key')
    return key
  }
  const key = query.get('key')
  if (key?.startsWith('sk_')) {
    throw problem(
      'secret_key_in_url',
      'Addresses end up in logs: send the key as "Authorization: Bearer sk_…", and revoke this one',
    )
  }
  return key
}

function unauthorized(code: 'missing_key' | 'invalid_key'): ProblemError {
  return new ProblemError(code, { headers: { 'www-authenticate': 'Bearer' } })
}

/** Browsers say where a request comes from; a publishable key works from its own origins and from the server's only. */
function refuseForeignOrigin(request: Incoming, principal: Principal): void {
  const origin = request.header('origin')
  if (origin === null || principal.kind !== 'publishable') return
  if (principal.origins.has(origin) || isOwnOrigin(origin, request)) return
  throw problem('origin_not_allowed', `The key does not allow ${origin}: add the origin to the key, or use another key`)
}

/** Whether an origin is that of the server itself. Browsers let no page choose `Host`. */
export function isOwnOrigin(origin: string, request: Incoming): boolean {
  const host = request.header('host')
  return origin === `http://${host}` || origin === `https://${host}`
}
