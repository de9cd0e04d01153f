import { randomBytes } from 'node:crypto'
import { generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { afterAll, afterEach, expect, it } from 'vitest'
import { openIdentityServer } from '../../providers/testing/identity-server.ts'
import { describeStatement, ORIGIN, PUBLIC_URL, SHOP_ORIGIN } from './bar-site.ts'
import { providersOf, visitsOf } from './identity-visits.ts'

const MINUTE_MS = 60_000

const server = await openIdentityServer()
const forged = await generateKeyPair('RS256')
afterAll(() => server.close())
afterEach(() => {
  server.misbehaviour = {}
})

describeStatement(
  '30 a visit to a provider ends once, in ten minutes, in the browser that began it, and with nobody else’s answer',
  (bar) => {
    const visits = visitsOf(bar, server)
    const newPerson = () => ({ subject: String(randomBytes(4).readUInt32BE()), email: bar.newEmail() })
    const usersOf = async (email: string) =>
      (await bar.shop.db.query.selectFrom('users').where('email', '=', email).select('id').execute()).length
    const nobody = (status: number, code: string) => ({ status, body: expect.objectContaining({ code }) })

    it.each(['google', 'github'])('signs in with %s, by PKCE, and with no token in the answer', async (provider) => {
      const browser = visits.newBrowser()
      const person = newPerson()
      const answer = await visits.signIn(browser, person, provider)
      expect(answer.body).toMatchObject({ status: 'signed_in', user: { email: person.email, emailVerified: true } })
      expect(answer.body.accessToken).toBeUndefined()
      expect(answer.body.refreshToken).toBeUndefined()
      expect((await visits.send(browser, 'GET', '/auth/account')).body).toMatchObject({ email: person.email })
      const sent = server.redeemed.at(-1)!
      expect(sent.get('redirect_uri')).toBe(`${PUBLIC_URL}/auth/${provider}/callback`)
      expect(sent.get('code_verifier')).toMatch(/^[\w-]{43}$/)
    })

    it('keeps state, verifier and nonce from who reads the database', async () => {
      const browser = visits.newBrowser()
      const url = await visits.start(browser)
      const { state } = server.approve(url, newPerson())
      expect(Buffer.from(state.split('st_')[1]!, 'base64url').length).toBe(32)
      const stored = await bar.wholeDatabase()
      for (const secret of [state, new URL(url).searchParams.get('nonce')!, browser.cookies.split('=')[1]!]) {
        expect(stored).not.toContain(secret)
      }
    })

    it('takes a state once, also of ten at once', async () => {
      const browser = visits.newBrowser()
      const person = newPerson()
      const redirect = server.approve(await visits.start(browser), person)
      const { cookies } = browser
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => visits.finish({ cookies }, redirect).then(({ status }) => status)),
      )
      expect(answers.toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 410)])
      expect(await visits.finish({ cookies }, redirect)).toMatchObject(nobody(410, 'identity_expired'))
      expect(await usersOf(person.email)).toBe(1)
    })

    it('takes no state from another browser, with its own cookie, another’s or none', async () => {
      const person = newPerson()
      const attacker = visits.newBrowser()
      const redirect = server.approve(await visits.start(attacker), person)
      const victim = visits.newBrowser()
      expect(await visits.finish(victim, redirect)).toMatchObject(nobody(410, 'identity_expired'))
      await visits.start(victim)
      expect(await visits.finish(victim, redirect)).toMatchObject(nobody(410, 'identity_expired'))
      expect(victim.cookies).not.toContain('tw_access')
      expect(await usersOf(person.email)).toBe(0)
      expect((await visits.finish(attacker, redirect)).status).toBe(200)
    })

    it('ends each of two visits that two tabs of a browser have begun, in either order', async () => {
      for (const order of [
        [0, 1],
        [1, 0],
      ]) {
        const browser = visits.newBrowser()
        const person = newPerson()
        const urls = [await visits.start(browser), await visits.start(browser, 'github')]
        const people = [person, newPerson()]
        for (const tab of order) {
          const answer = await visits.finish(browser, server.approve(urls[tab]!, people[tab]!))
          expect(answer.body).toMatchObject({ status: 'signed_in', user: { email: people[tab]!.email } })
        }
      }
    })

    it('keeps no token of a browser that it cannot have given', async () => {
      for (const token of ['x', `bt_${'a'.repeat(44)}`, `pf_${'a'.repeat(43)}`]) {
        const browser = { cookies: `__Host-tw_visit=${token}` }
        await visits.start(browser)
        expect(browser.cookies).toMatch(/tw_visit=bt_[\w-]{43}$/)
        expect(browser.cookies).not.toBe(`__Host-tw_visit=${token}`)
      }
    })

    it('takes no state after ten minutes', async () => {
      const late = visits.newBrowser()
      const person = newPerson()
      const redirect = server.approve(await visits.start(late), person)
      await bar.advance(10 * MINUTE_MS)
      expect(await visits.finish(late, redirect)).toMatchObject(nobody(410, 'identity_expired'))
      const inTime = visits.newBrowser()
      const again = server.approve(await visits.start(inTime), person)
      await bar.advance(10 * MINUTE_MS - 1000)
      expect((await visits.finish(inTime, again)).status).toBe(200)
    })

    it('takes no state of another tenant', async () => {
      const other = await bar.site.newShop()
      const browser = visits.newBrowser()
      const person = newPerson()
      const redirect = server.approve(await visits.start(browser), person)
      const elsewhere = { headers: { 'x-tillwright-tenant': other.tenant.publicId } }
      const { cookies } = browser
      expect(await visits.finish({ cookies }, redirect, elsewhere)).toMatchObject(nobody(410, 'identity_expired'))
      const renamed = { ...redirect, state: redirect.state.replace(/^ten_\w+/, other.tenant.publicId) }
      expect(await visits.finish({ cookies }, renamed, elsewhere)).toMatchObject(nobody(410, 'identity_expired'))
      expect((await visits.finish(browser, redirect)).status).toBe(200)
    })

    it.each(['google', 'github'])(
      'redeems a code of %s once, and for the visit that it was given to',
      async (provider) => {
        const thief = visits.newBrowser()
        const victim = visits.newBrowser()
        const stolen = server.approve(await visits.start(victim, provider), newPerson())
        const own = server.approve(await visits.start(thief, provider), newPerson())
        expect(await visits.finish(thief, { ...own, code: stolen.code })).toMatchObject(
          nobody(502, 'identity_provider_failed'),
        )
        expect((await visits.finish(victim, stolen)).status).toBe(200)
        const next = server.approve(await visits.start(thief, provider), newPerson())
        expect(await visits.finish(thief, { ...next, code: stolen.code })).toMatchObject(
          nobody(502, 'identity_provider_failed'),
        )
        expect(thief.cookies).not.toContain('tw_access')
      },
    )

    it.each([
      ['google', 'https://evil.example'],
      ['google', undefined],
      ['github', 'https://evil.example'],
      ['github', server.issuer],
    ])('takes no answer to a visit to %s that comes from %s', async (provider, iss) => {
      const browser = visits.newBrowser()
      const { iss: _, ...redirect } = server.approve(await visits.start(browser, provider), newPerson())
      const redeemed = server.redeemed.length
      const answer = await visits.finish(browser, { ...redirect, ...(iss === undefined ? {} : { iss }) })
      expect(answer).toMatchObject(nobody(502, 'identity_provider_failed'))
      // The code went to nobody.
      expect(server.redeemed.length).toBe(redeemed)
    })

    const unsigned = (claims: JWTPayload, header: object) =>
      `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`
    const soon = () => Math.floor(bar.now / 1000)
    it.each([
      ['another nonce', { claims: (claims: JWTPayload) => ({ ...claims, nonce: 'x'.repeat(43) }) }],
      ['no nonce', { claims: ({ nonce: _, ...claims }: JWTPayload) => claims }],
      ['another issuer', { claims: (claims: JWTPayload) => ({ ...claims, iss: 'https://accounts.google.com' }) }],
      ['another audience', { claims: (claims: JWTPayload) => ({ ...claims, aud: 'another-client' }) }],
      [
        'several audiences and no party',
        { claims: ({ azp: _, ...claims }: JWTPayload) => ({ ...claims, aud: ['shop-client', 'x'] }) },
      ],
      ['another party', { claims: (claims: JWTPayload) => ({ ...claims, azp: 'another-client' }) }],
      [
        'a time that is over',
        { claims: (claims: JWTPayload) => ({ ...claims, iat: soon() - 4000, exp: soon() - 60 }) },
      ],
      ['no end', { claims: ({ exp: _, ...claims }: JWTPayload) => claims }],
      ['nobody’s name', { claims: ({ sub: _, ...claims }: JWTPayload) => claims }],
      ['no signature', { forge: (claims: JWTPayload) => unsigned(claims, { alg: 'none' }) }],
      [
        'a foreign signature',
        {
          forge: (claims: JWTPayload, kid: string) =>
            new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(forged.privateKey),
        },
      ],
      [
        'the public key as a shared one',
        {
          forge: async (claims: JWTPayload, kid: string) => {
            const jwks = await (await fetch(`${server.issuer}/jwks`)).text()
            return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid }).sign(Buffer.from(jwks))
          },
        },
      ],
    ])('takes no ID token with %s', async (_what, misbehaviour) => {
      const browser = visits.newBrowser()
      const person = newPerson()
      const redirect = server.approve(await visits.start(browser), person)
      server.misbehaviour = misbehaviour
      expect(await visits.finish(browser, redirect)).toMatchObject(nobody(502, 'identity_provider_failed'))
      expect(browser.cookies).not.toContain('tw_access')
      expect(await usersOf(person.email)).toBe(0)
      server.misbehaviour = {}
      // The state is used up all the same.
      expect((await visits.signIn(browser, person)).status).toBe(200)
    })

    it.each([
      ['is silent', 'silent'],
      ['fails', { status: 503, body: '{}' }],
      ['sends us elsewhere', { status: 307, body: '', location: 'https://evil.example/' }],
      ['answers too much', { status: 200, body: `{"x":"${'y'.repeat(300_000)}"}` }],
      ['answers nonsense', { status: 200, body: 'null' }],
    ] as const)('signs nobody in while the provider %s, and says so', async (_what, answer) => {
      for (const [provider, broken] of [
        ['google', ['/token']],
        ['github', ['/login/oauth/access_token', '/api/v3/user', '/api/v3/user/emails']],
      ] as const) {
        for (const path of broken) {
          const browser = visits.newBrowser()
          const person = newPerson()
          const redirect = server.approve(await visits.start(browser, provider), person)
          server.misbehaviour = { answer: (asked) => (asked === path ? answer : undefined) }
          expect((await visits.finish(browser, redirect)).body.code, path).toBe('identity_provider_failed')
          expect(browser.cookies).not.toContain('tw_access')
          expect(await usersOf(person.email)).toBe(0)
          server.misbehaviour = {}
        }
      }
    })

    it('notes a provider that is away once a minute, however many set out', async () => {
      const rows = async () =>
        (
          await bar.shop.db.query
            .selectFrom('audit_log')
            .where('kind', '=', 'sign_in.failed')
            .where('data', 'like', '%unavailable%')
            .select('number')
            .execute()
        ).length
      // What it said of itself is too old by now.
      await bar.advance(61 * MINUTE_MS)
      const before = await rows()
      server.misbehaviour = { answer: () => ({ status: 503, body: '{}' }) }
      const setOut = () => bar.post('/auth/identities/start', { provider: 'google' }, { origin: SHOP_ORIGIN })
      for (let count = 0; count < 5; count++) {
        expect((await setOut()).body.code).toBe('identity_provider_failed')
      }
      expect((await rows()) - before).toBe(1)
      await bar.advance(MINUTE_MS)
      await setOut()
      expect((await rows()) - before).toBe(2)
      server.misbehaviour = {}
      await bar.advance(MINUTE_MS)
    })

    it('says so when somebody calls it off at the provider, and lets nobody in', async () => {
      const browser = visits.newBrowser()
      const { state, iss, code } = server.approve(await visits.start(browser), newPerson())
      const { cookies } = browser
      const cancelled = await visits.finish(browser, { state, iss, code, error: 'access_denied' })
      expect(cancelled).toMatchObject(nobody(400, 'identity_cancelled'))
      expect(await visits.finish({ cookies }, { state, iss, code })).toMatchObject(nobody(410, 'identity_expired'))
    })

    it('sets out and ends for pages that may only', async () => {
      for (const origin of ['https://evil.example', 'null', undefined]) {
        const call = { ...(origin === undefined ? {} : { origin }), bearer: bar.shop.publishableKey }
        const { status, setCookies } = await bar.post('/auth/identities/start', { provider: 'google' }, call)
        expect([status, setCookies]).toEqual([403, []])
      }
      const browser = visits.newBrowser()
      const redirect = server.approve(await visits.start(browser), newPerson())
      const { status } = await bar.post('/auth/identities/finish', redirect, {
        cookies: browser.cookies,
        bearer: bar.shop.publishableKey,
        origin: 'https://evil.example',
      })
      expect(status).toBe(403)
      expect((await visits.finish(browser, redirect)).status).toBe(200)
    })

    it('changes nothing by a GET of the page that browsers come back to', async () => {
      const browser = visits.newBrowser()
      const redirect = server.approve(await visits.start(browser), newPerson())
      const query = new URLSearchParams({ ...redirect, scope: 'openid', authuser: '0', prompt: 'none', hd: 'x' })
      const page = await bar.get(`/auth/google/callback?${query}`, { cookies: browser.cookies })
      // There are no widgets in these tests.
      expect(page.status).toBe(503)
      expect(page.setCookies).toEqual([])
      expect((await visits.finish(browser, redirect)).status).toBe(200)
    })

    it('returns to pages of the tenant only', async () => {
      for (const [returnTo, expected] of [
        ['/orders?page=2', '/orders?page=2'],
        [`${SHOP_ORIGIN}/basket#top`, `${SHOP_ORIGIN}/basket#top`],
        ['https://evil.example/', '/'],
        ['//evil.example', '/'],
        ['/\\evil.example', '/'],
        ['javascript:alert(1)', '/'],
        ['https://shop.example.evil.example/', '/'],
        ['https://shop.example@evil.example/', '/'],
        [`${SHOP_ORIGIN}//evil.example`, `${SHOP_ORIGIN}/`],
        ['/%2f%2fevil.example', '/'],
      ]) {
        const answer = await visits.signIn(visits.newBrowser(), newPerson(), 'google', returnTo!)
        expect([returnTo, answer.body.returnTo]).toEqual([returnTo, expected])
      }
    })

    it('writes cookies that no script and no other host reads', async () => {
      const answer = await bar.post(
        '/auth/identities/start',
        { provider: 'github' },
        { origin: ORIGIN, headers: { host: 'tillwright.test' } },
      )
      expect(answer.setCookies).toEqual([
        expect.stringMatching(/^__Host-tw_visit=bt_[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=600$/),
      ])
    })
  },
  { identityProviders: providersOf(server) },
)
