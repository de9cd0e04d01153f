import type { Access } from '../contract/define.ts'
import { problemResponse } from './problem-response.ts'

/**
 * The refusal that the server would give to this caller, if any. Every `pk_…` and `sk_…` counts as a key of the tenant, and
 * everything that looks like a JWT as the token of a person who may do everything.
 */
export function mockRefusal(access: Access, request: Request): Response | undefined {
  if (access.kind === 'public') return undefined
  const header = request.headers.get('authorization')
  const inQuery = new URL(request.url).searchParams.get('key')
  if (header === null && inQuery?.startsWith('sk_')) return problemResponse('secret_key_in_url')
  const bearer = header === null ? inQuery : /^Bearer +([\w.-]+)$/i.exec(header)?.[1]
  if (bearer?.includes('.')) return undefined
  if (access.kind === 'visitor' && bearer === null) return undefined
  if (access.kind === 'person') return unauthorized(bearer === null ? 'sign_in_needed' : 'invalid_token')
  if (bearer === null) return unauthorized('missing_key')
  const kind = bearer?.startsWith('pk_') ? 'publishable' : bearer?.startsWith('sk_') ? 'secret' : undefined
  if (kind === undefined) return unauthorized('invalid_key')
  if (access.kind === 'visitor' || access.allow.includes(kind)) return undefined
  return problemResponse('wrong_key_kind', {
    detail: `A ${access.allow.join(' or ')} key is needed, got a ${kind} one`,
  })
}

function unauthorized(code: 'missing_key' | 'invalid_key' | 'sign_in_needed' | 'invalid_token'): Response {
  return problemResponse(code, { headers: { 'www-authenticate': 'Bearer' } })
}
