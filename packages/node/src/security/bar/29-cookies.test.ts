import { expect, it } from 'vitest'
import { browserLogin, cookiesOf, describeStatement, SHOP_ORIGIN } from './bar-site.ts'

describeStatement('29 browser sessions live in __Host- cookies that no script can read', (bar) => {
  const origin = SHOP_ORIGIN

  it('signs a browser in, on and out', async () => {
    const person = await bar.newPerson()
    const cookies = cookiesOf(await browserLogin(bar, person))
    expect((await bar.get('/auth/validate', { cookies })).status).toBe(200)
    const refreshed = await bar.post('/auth/refresh', {}, { cookies, origin })
    expect(refreshed.status).toBe(200)
    const next = cookiesOf(refreshed)
    expect((await bar.get('/auth/validate', { cookies: next })).status).toBe(200)
    const left = await bar.post('/auth/logout', {}, { cookies: next, origin })
    expect(left.status).toBe(204)
    expect(left.setCookies.every((cookie) => /=;.*Max-Age=0/.test(cookie))).toBe(true)
    expect((await bar.get('/auth/validate', { cookies: next })).status).toBe(401)
  })

  it('sets each with __Host-, Secure, HttpOnly, SameSite and Path=/, and no Domain', async () => {
    const person = await bar.newPerson()
    const { setCookies } = await browserLogin(bar, person)
    expect(setCookies).toHaveLength(3)
    for (const cookie of setCookies) {
      expect(cookie).toMatch(/^__Host-tw_\w+=/)
      const attributes = cookie.split('; ').slice(1)
      for (const needed of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax']) expect(attributes).toContain(needed)
      expect(cookie).not.toMatch(/domain=/i)
    }
  })

  it.each([
    ['at the sign-in', async () => browserLogin(bar, await bar.newPerson())],
    [
      'at the second factor',
      async () => {
        const person = await bar.newPerson()
        const { nextCode } = await bar.withTwoFactor(person)
        const { pendingToken } = (await browserLogin(bar, person)).body
        const code = await nextCode()
        return bar.post('/auth/two-factor', { pendingToken, code, delivery: 'cookie' }, { origin })
      },
    ],
    [
      'at a magic link',
      async () => {
        const { email } = await bar.newPerson()
        await bar.post('/auth/magic-link', { email })
        const token = await bar.linkTo(email, 'magic-link')
        return bar.post('/auth/magic-link/use', { token, delivery: 'cookie' }, { origin })
      },
    ],
    [
      'at a refresh',
      async () => {
        const cookies = cookiesOf(await browserLogin(bar, await bar.newPerson()))
        return bar.post('/auth/refresh', {}, { cookies, origin })
      },
    ],
    [
      'at a new proof',
      async () => {
        const person = await bar.newPerson()
        const cookies = cookiesOf(await browserLogin(bar, person))
        return bar.post('/auth/reauthenticate', { password: person.password }, { cookies, origin })
      },
    ],
  ])('puts no token into the answer %s', async (_, act) => {
    const { status, text, body, setCookies } = await act()
    expect(status).toBe(200)
    expect(setCookies.length).toBeGreaterThan(0)
    for (const field of ['accessToken', 'refreshToken', 'deviceToken'] as const) expect(body[field]).toBeUndefined()
    for (const cookie of setCookies) expect(text).not.toContain(/=([^;]+)/.exec(cookie)![1])
  })

  it('sets no cookies for an app', async () => {
    const person = await bar.newPerson()
    expect((await bar.login(person)).setCookies).toEqual([])
  })

  it('goes with the browser unless it is to be remembered, and then ends with the session', async () => {
    const person = await bar.newPerson()
    const lasting = (cookies: readonly string[]) =>
      cookies.filter((cookie) => /tw_(access|refresh)=/.test(cookie) && /Max-Age=/.test(cookie)).length
    expect(lasting((await browserLogin(bar, person)).setCookies)).toBe(0)
    expect(lasting((await browserLogin(bar, person, { remember: true })).setCookies)).toBe(2)
  })

  it('believes no cookie that comes twice: one of the two was planted', async () => {
    const [one, two] = [await bar.newPerson(), await bar.newPerson()]
    const cookies = [cookiesOf(await browserLogin(bar, one)), cookiesOf(await browserLogin(bar, two))].join('; ')
    expect((await bar.get('/auth/validate', { cookies })).status).toBe(401)
  })

  it('believes no cookie without the prefix, which any subdomain could set', async () => {
    const person = await bar.newPerson()
    const cookies = cookiesOf(await browserLogin(bar, person)).replaceAll('__Host-', '')
    expect((await bar.get('/auth/validate', { cookies })).status).toBe(401)
  })
})
