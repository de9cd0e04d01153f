import type { Access } from '../contract/define.ts'
import { problemResponse } from './problem-response.ts'

/** The refusal that the server would give to this caller, if any. Every `pk_…` and `sk_…` counts as a key of the tenant. */
export function mockRefusal(access: Access, request: Request): Response | undefined {
  if (access.kind === 'public') return undefined
  const header = request.headers.get('authorization')
  const inQuery = new URL(request.url).searchParams.get('key')
  if (header === null && inQuery?.startsWith('sk_')) return problemResponse('secret_key_in_url')
  const key = header === null ? inQuery : /^Bearer +([\w-]+)$/i.exec(header)?.[1]
  if (key === null) return unauthorized('missing_key')
  const kind = key?.startsWith('pk_') ? 'publishable' : key?.startsWith('sk_') ? 'secret' : undefined
  if (kind === undefined) return unauthorized('invalid_key')
  if (access.allow.includes(kind)) return undefined
  return problemResponse('wrong_key_kind', {
    detail: `A ${access.allow.join(' or ')} key is needed, got a ${kind} one`,
  })
}

function unauthorized(code: 'missing_key' | 'invalid_key'): Response {
  return problemResponse(code, { headers: { 'www-authenticate': 'Bearer' } })
}
