import type { Access } from '@tillwright/core/contract'
import type { ConsoleSessions } from '../console/sessions.ts'
import type { Principal } from '../context.ts'
import type { KeyRing } from '../keys/service.ts'
import { whenThere } from './at-once.ts'
import type { Incoming } from './incoming.ts'
import { ProblemError, problem } from './problem-error.ts'

export interface Authenticators {
  readonly keys: KeyRing
  readonly consoleSessions: ConsoleSessions
  readonly people: PeopleAuthenticator
}

/** What is asked of the people's domain. */
export interface PeopleAuthenticator {
  /** Who holds an access token; `null` where it is not valid, or the session has ended. */
  holder(accessToken: string): Promise<Principal | null>
  /** The access token of a browser's session. */
  accessCookie(request: Incoming): string | null
  /** The tenant that a page of the server's own names in `X-Tillwright-Tenant`; `null` where none is named. */
  named(request: Incoming): Promise<Principal | null>
  /** Where somebody comes to who has neither key nor session: the tenant of the refresh token, or the only one there is. */
  visited(request: Incoming): Promise<Principal | null>
}

type ClosedAccess = Exclude<Access, { kind: 'public' }>

/** Finds out who calls, and whether they may use the route; at once where it is remembered. Throws what to answer where not. */
export function authenticate(
  access: ClosedAccess,
  request: Incoming,
  query: URLSearchParams,
  ports: Authenticators,
  /** Told who calls, before it is clear whether they may. */
  onFound?: (principal: Principal) => void,
): Principal | Promise<Principal> {
  const found = keyHolder(access, request, query, ports) ?? findPrincipal(access, request, query, ports)
  return whenThere(found, (principal) => {
    onFound?.(principal)
    refuseKind(access, principal)
    refuseForeignOrigin(request, principal)
    return principal
  })
}

/** Whoever calls with nothing but a key; `null` where there may be more to it. */
function keyHolder(
  access: ClosedAccess,
  request: Incoming,
  query: URLSearchParams,
  { keys }: Authenticators,
): Principal | Promise<Principal> | null {
  const bearer = bearerOf(request)
  if (access.kind === 'person' || (bearer !== null && isAccessToken(bearer))) return null
  const key = bearer ?? keyInQuery(query)
  return key === null ? null : whenThere(keys.holder(key), knownHolder)
}

function knownHolder(holder: Principal | null): Principal {
  if (!holder) throw unauthorized('invalid_key')
  return holder
}

async function findPrincipal(
  access: ClosedAccess,
  request: Incoming,
  query: URLSearchParams,
  { keys, consoleSessions, people }: Authenticators,
): Promise<Principal> {
  const bearer = bearerOf(request)
  if (bearer !== null && isAccessToken(bearer)) {
    const person = await people.holder(bearer)
    if (person) return person
    // Who signs in or out may carry a token that has run out.
    if (access.kind !== 'visitor') throw unauthorized('invalid_token')
  }
  const key = bearer !== null && !isAccessToken(bearer) ? bearer : keyInQuery(query)
  if (key !== null && access.kind !== 'person') return knownHolder(await keys.holder(key))
  const cookie = people.accessCookie(request)
  const named = await people.named(request)
  // Whoever visits one tenant is not yet there because they are signed in at another.
  if (named && access.kind === 'visitor') return named
  if (cookie !== null) {
    const person = await people.holder(cookie)
    if (person && (!named || named.tenant.id === person.tenant.id)) {
      refuseForeignWrite(request, person)
      return person
    }
  }
  if (access.kind === 'visitor') {
    const visitor = await people.visited(request)
    if (visitor) return visitor
    throw unauthorized('missing_key')
  }
  if (access.kind === 'person') throw unauthorized(cookie === null && key === null ? 'sign_in_needed' : 'invalid_token')
  const console = await consoleSessions.principalOf(request)
  if (console) return console
  throw unauthorized(cookie === null ? 'missing_key' : 'invalid_token')
}

function refuseKind(access: ClosedAccess, principal: Principal): void {
  if (access.kind === 'visitor') return
  const { person } = principal
  if (person) {
    const { permission } = access
    if (access.kind === 'key' && permission === undefined) {
      if (access.allow.includes('publishable')) return
      throw problem('wrong_key_kind', 'A secret key is needed')
    }
    const isForOwn = access.kind === 'key' && access.own === true
    if (permission !== undefined && !isForOwn && !person.user.permissions.has(permission)) {
      throw problem('forbidden', `The permission ${permission} is needed`)
    }
    if (access.kind === 'person' && access.fresh && !person.isFresh) {
      throw problem('reauthentication_required', 'Prove with /auth/reauthenticate who you are, then try again')
    }
    return
  }
  if (access.kind === 'person') throw unauthorized('sign_in_needed')
  const kind = principal.kind === 'console' ? 'secret' : principal.kind
  if (kind === 'publishable' || kind === 'secret') {
    if (access.allow.includes(kind)) {
      refuseScope(access, principal)
      return
    }
    throw problem('wrong_key_kind', `A ${access.allow.join(' or ')} key is needed, got a ${kind} one`)
  }
  throw unauthorized('missing_key')
}

/** A key with scopes may do what they name, and what a publishable key may. */
function refuseScope(access: ClosedAccess & { kind: 'key' }, { scopes }: Principal): void {
  if (!scopes || access.allow.includes('publishable')) return
  if (access.permission !== undefined && scopes.has(access.permission)) return
  throw problem('forbidden', `The key lacks the scope ${access.permission ?? 'for this'}`)
}

function bearerOf(request: Incoming): string | null {
  const header = request.header('authorization')
  if (header === null) return null
  const [, token] = /^Bearer +([\w.-]+)$/i.exec(header) ?? []
  if (token === undefined) throw unauthorized('invalid_key')
  return token
}

/** Keys have no dots, JWTs have two. */
function isAccessToken(bearer: string): boolean {
  return bearer.includes('.')
}

/** A publishable key in the query, where it spares browsers a preflight. */
function keyInQuery(query: URLSearchParams): string | null {
  const key = query.get('key')
  if (key?.startsWith('sk_')) {
    throw problem(
      'secret_key_in_url',
      'Addresses end up in logs: send the key as "Authorization: Bearer sk_…", and revoke this one',
    )
  }
  return key
}

function unauthorized(code: 'missing_key' | 'invalid_key' | 'sign_in_needed' | 'invalid_token'): ProblemError {
  return new ProblemError(code, { headers: { 'www-authenticate': 'Bearer' } })
}

/**
 * Browsers say where a request comes from; a publishable key works from its own origins and from the server's only. So do
 * visits without one: what a foreign page sends is refused before it counts against its visitor's limits.
 */
function refuseForeignOrigin(request: Incoming, principal: Principal): void {
  if (principal.kind !== 'secret' && principal.kind !== 'console') refuseOrigin(request, principal)
}

/** Throws where a page called whose origin the tenant does not allow. */
export function refuseOrigin(request: Incoming, principal: Principal): void {
  const origin = request.header('origin')
  if (origin === null || principal.origins.has(origin) || isOwnOrigin(origin, request)) return
  throw problem('origin_not_allowed', `The key does not allow ${origin}: add the origin to the key, or use another key`)
}

/** Cookies come along whoever wrote the page: a change must say that it comes from a page that may make it. */
function refuseForeignWrite(request: Incoming, principal: Principal): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  if (request.header('origin') === null) {
    throw problem(
      'origin_not_allowed',
      'A change under a session in cookies must carry an Origin header, as browsers send it',
    )
  }
  refuseOrigin(request, principal)
}

/** Whether a page of the server itself calls, as far as a browser says; it always says so of a change. */
export function isFromOwnPage(request: Incoming): boolean {
  const origin = request.header('origin')
  if (origin !== null) return isOwnOrigin(origin, request)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  return isRead && (request.header('sec-fetch-site') ?? 'same-origin') === 'same-origin'
}

/** Whether an origin is that of the server itself. Browsers let no page choose `Host`. */
export function isOwnOrigin(origin: string, request: Incoming): boolean {
  const host = request.header('host')
  return origin === `http://${host}` || origin === `https://${host}`
}
