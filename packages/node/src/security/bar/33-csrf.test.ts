import { contract, type Route } from '@tillwright/core/contract'
import { expect, it } from 'vitest'
import { browserLogin, type Call, cookiesOf, describeStatement, ORIGIN, SHOP_ORIGIN } from './bar-site.ts'

describeStatement('33 under cookies nothing changes unless a page that may asks for it', (bar) => {
  const change = (call: Call) => bar.send('PATCH', '/auth/account', { body: { name: 'Mallory' }, ...call })
  const foreign = [
    'https://evil.example',
    'null',
    'https://shop.example.evil.example',
    'https://evilshop.example',
    'http://shop.example',
    'https://shop.example:8443',
    'file://',
  ]

  async function signedIn(): Promise<{ cookies: string; name: () => Promise<unknown> }> {
    const person = await bar.newPerson()
    const cookies = cookiesOf(await browserLogin(bar, person))
    const row = bar.shop.db.query.selectFrom('users').where('id', '=', person.id).select('name')
    return { cookies, name: async () => (await row.executeTakeFirstOrThrow()).name }
  }

  it.each([SHOP_ORIGIN, ORIGIN])('changes what a page of %s asks for', async (origin) => {
    const { cookies, name } = await signedIn()
    expect((await change({ cookies, origin })).status).toBe(200)
    expect(await name()).toBe('Mallory')
  })

  it.each(foreign)('changes nothing for a page of %s', async (origin) => {
    const { cookies, name } = await signedIn()
    const { status, headers } = await change({ cookies, origin })
    expect(status).toBe(403)
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(await name()).toBeNull()
  })

  it('changes nothing for who says no origin', async () => {
    const { cookies, name } = await signedIn()
    expect((await change({ cookies })).status).toBe(403)
    expect(await name()).toBeNull()
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'changes nothing for what a form can send: %s',
    async (type) => {
      const { cookies, name } = await signedIn()
      const call = { cookies, origin: SHOP_ORIGIN, headers: { 'content-type': type } }
      expect((await change(call)).status).toBe(415)
      expect(await name()).toBeNull()
    },
  )

  it.each([...foreign, undefined])(
    'signs no browser in for a page of %s, as another’s account or one’s own',
    async (origin) => {
      const person = await bar.newPerson()
      const call = origin === undefined ? {} : { origin }
      const { status, setCookies } = await bar.login(person, { delivery: 'cookie' }, call)
      expect(status).toBe(403)
      expect(setCookies).toEqual([])
      await bar.post('/auth/magic-link', { email: person.email })
      const token = await bar.linkTo(person.email, 'magic-link')
      const link = await bar.post('/auth/magic-link/use', { token, delivery: 'cookie' }, call)
      expect(link.status).toBe(403)
      expect(link.setCookies).toEqual([])
    },
  )

  it.each(['/auth/refresh', '/auth/logout'])('does not let a foreign page use %s', async (path) => {
    const { cookies } = await signedIn()
    for (const call of [{ cookies, origin: 'https://evil.example' }, { cookies, origin: 'null' }, { cookies }]) {
      expect((await bar.post(path, {}, call)).status).toBe(403)
      expect((await bar.post(path, {}, { ...call, bearer: bar.shop.publishableKey })).status).toBe(403)
    }
    expect((await bar.get('/auth/validate', { cookies })).status).toBe(200)
  })

  it('signs out by the access cookie alone only for its own pages', async () => {
    const { cookies } = await signedIn()
    const access = cookies.split('; ').find((cookie) => cookie.includes('tw_access'))!
    const call = { cookies: access, bearer: bar.shop.publishableKey }
    expect((await bar.post('/auth/logout', {}, call)).status).toBe(403)
    expect((await bar.get('/auth/validate', { cookies })).status).toBe(200)
    expect((await bar.post('/auth/logout', {}, { ...call, origin: SHOP_ORIGIN })).status).toBe(204)
    expect((await bar.get('/auth/validate', { cookies })).status).toBe(401)
  })

  it('changes nothing by a GET: what people own is the same after each of them', async () => {
    const { cookies } = await signedIn()
    const routes = Object.values(contract).flatMap((domain) => Object.values(domain as Record<string, Route>))
    const gets = routes.filter(
      ({ method, path }) => method === 'GET' && path.startsWith('/auth/') && !path.includes('{'),
    )
    expect(gets.length).toBeGreaterThan(3)
    const state = async () => {
      const rows = []
      for (const table of ['users', 'sessions', 'refresh_tokens', 'two_factor', 'one_time_tokens'] as const) {
        rows.push(await bar.shop.db.query.selectFrom(table).selectAll().execute())
      }
      return JSON.stringify(rows)
    }
    const before = await state()
    for (const { path } of gets) await bar.get(path, { cookies, origin: SHOP_ORIGIN })
    expect(await state()).toBe(before)
  })

  it('answers a GET of what changes things with 405', async () => {
    const { cookies } = await signedIn()
    for (const path of ['/auth/logout', '/auth/account/password', '/auth/account/email', '/auth/login']) {
      expect((await bar.get(path, { cookies, origin: SHOP_ORIGIN })).status).toBe(405)
    }
    expect((await bar.get('/auth/validate', { cookies })).status).toBe(200)
  })
})
