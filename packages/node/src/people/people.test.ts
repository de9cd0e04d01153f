import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { openSite, type Shop, type TestSite } from '../testing/test-site.ts'

const PASSWORD = 'a quiet harbour at dusk'

describeOnDatabases('people', (engine) => {
  let site: TestSite
  let shop: Shop
  beforeAll(async () => {
    site = await openSite(engine)
    shop = await site.newShop()
  })
  afterAll(() => site?.close())

  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    site.send(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${shop.publishableKey}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

  it('come in, stay in and go', async () => {
    const email = 'ann@example.com'
    const registered = await post('/auth/register', { email, password: PASSWORD, name: 'Ann' })
    expect(registered.status).toBe(202)
    const signedIn = await post('/auth/login', { email, password: PASSWORD })
    expect(signedIn.status).toBe(200)
    const first = (await signedIn.json()) as { accessToken: string; refreshToken: string; user: object }
    expect(first.user).toMatchObject({ email, name: 'Ann', role: 'customer', emailVerified: false })
    const valid = await site.send('/auth/validate', { headers: bearer(first.accessToken) })
    expect(await valid.json()).toMatchObject({ valid: true, user: { email } })
    const refreshed = await post('/auth/refresh', { refreshToken: first.refreshToken })
    expect(refreshed.status).toBe(200)
    const second = (await refreshed.json()) as { accessToken: string; refreshToken: string }
    expect(second.refreshToken).not.toBe(first.refreshToken)
    const again = (await (await post('/auth/refresh', { refreshToken: first.refreshToken })).json()) as typeof second
    expect(again.refreshToken).toBe(second.refreshToken)
    expect((await post('/auth/logout', { refreshToken: second.refreshToken })).status).toBe(204)
    const after = await site.send('/auth/validate', { headers: bearer(second.accessToken) })
    expect(after.status).toBe(401)
    expect(await after.json()).toMatchObject({ code: 'invalid_token' })
  })
})
