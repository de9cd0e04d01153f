import type { Principal } from '../context.ts'
import type { KeyRing } from '../keys/service.ts'
import type { Incoming } from './incoming.ts'

/** Browsers keep a preflight's answer at most this long, in seconds; Chromium caps it at two hours. */
const PREFLIGHT_SECONDS = 7_200
const EXPOSED =
  'x-request-id, retry-after, ratelimit, ratelimit-policy, etag, deprecation, sunset, link, idempotency-replayed'

/** Headers that let the page of an allowed origin read the answer. The list of origins is exact: no wildcard, no suffix. */
export function corsHeaders(request: Incoming, principal: Principal | undefined): Record<string, string> {
  const origin = request.header('origin')
  if (origin === null || !principal?.origins.has(origin)) return {}
  const headers = { 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED }
  // Cookies are of people, who may come with a publishable key; the exact origin above is one that the tenant named.
  return principal.kind === 'secret' || principal.kind === 'console'
    ? headers
    : { ...headers, 'access-control-allow-credentials': 'true' }
}

/** Whether a request asks for permission only (Fetch §4.8). */
export function isPreflight(request: Incoming): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.header('origin') !== null &&
    request.header('access-control-request-method') !== null
  )
}

/**
 * The answer to a preflight: with a key in the query that key's origins count, without one any publishable key's. The real
 * request is checked against its own key either way.
 */
export async function preflightHeaders(request: Incoming, keys: KeyRing): Promise<Record<string, string>> {
  const origin = request.header('origin')!
  const key = new URLSearchParams(request.search).get('key')
  const holder = key === null ? null : await keys.holder(key)
  const isAllowed = key === null ? await keys.allowsOrigin(origin) : holder?.origins.has(origin)
  if (!isAllowed) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': 'authorization, content-type, idempotency-key, last-event-id, x-request-id',
    'access-control-allow-credentials': 'true',
    'access-control-max-age': String(PREFLIGHT_SECONDS),
  }
}

/**
 * Lets pages of allowed origins read why somebody was refused whom the server did not get to know. A server that has no
 * database for now still answers: by the origins that it knew last.
 */
export async function refusalHeaders(request: Incoming, keys: KeyRing): Promise<Record<string, string>> {
  const origin = request.header('origin')
  if (origin === null || !(await keys.allowedOriginLately(origin))) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': EXPOSED,
  }
}
