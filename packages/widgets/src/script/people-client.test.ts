import { contract, versionedPath } from '@tillwright/core/contract'
import { memoryPlatform } from '@tillwright/core/testing'
import { describe, expect, it } from 'vitest'
import { createPeopleClient, PEOPLE_ROUTES } from './people-client.ts'

const SHOP = { server: 'https://brain.example.com', key: 'pk_test' }

describe('the client of sign-in and account', () => {
  it.each(
    Object.entries(PEOPLE_ROUTES).flatMap(([domain, routes]) =>
      Object.entries(routes).map(([name, route]) => [`${domain}.${name}`, route] as const),
    ),
  )('knows %s as the contract has it', (name, route) => {
    const [domain, key] = name.split('.') as ['auth', 'login']
    const { method, path } = contract[domain][key]
    const [ours, rest] = route.split(' ')
    const expected = versionedPath(path).replace(/\{(\w+)_id\}/, '{$1Id}')
    expect(`${ours} /auth/v1/${rest}`).toBe(`${method} ${expected}`)
  })

  it('sends cookies along, and the key of the shop', async () => {
    const platform = memoryPlatform({ name: 'browser' })
    platform.answer(Response.json({ status: 'signed_out' }))
    await createPeopleClient(SHOP, platform).auth.session({})
    const [request] = platform.requests
    expect(request!.url).toBe('https://brain.example.com/auth/v1/session?key=pk_test')
    expect(request!.credentials).toBe('include')
    expect([...request!.headers]).toEqual([])
  })

  it('names the tenant on pages of the server’s own', async () => {
    const platform = memoryPlatform({ name: 'browser' })
    platform.answer(new Response(null, { status: 204 }))
    const client = createPeopleClient({ ...SHOP, key: '', tenant: 'ten_1' }, platform)
    expect(await client.account.endSession({ sessionId: 'ses_1' })).toBeUndefined()
    const [request] = platform.requests
    expect([request!.method, request!.url]).toEqual(['DELETE', 'https://brain.example.com/auth/v1/sessions/ses_1'])
    expect(request!.headers.get('x-tillwright-tenant')).toBe('ten_1')
  })

  it('throws refusals with their code and what they are about', async () => {
    const platform = memoryPlatform({ name: 'browser' })
    const errors = [{ path: 'password', message: 'too_short: Use at least 8 characters' }]
    platform.answer(Response.json({ code: 'weak_password', title: 'No', errors }, { status: 422 }))
    const call = createPeopleClient(SHOP, platform).auth.resetPassword({ token: 'x', password: 'y' })
    await expect(call).rejects.toMatchObject({ code: 'weak_password', errors })
  })
})
