import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, expect, it } from 'vitest'
import { deleteUsers } from '../../administration/erase-store.ts'
import { openIdentityServer, type ProviderPerson, type Redirect } from '../../providers/testing/identity-server.ts'
import { describeStatement, ORIGIN, OTHER_PASSWORD, PASSWORD, WRONG_PASSWORD } from './bar-site.ts'
import { providersOf, type Visitor, visitsOf } from './identity-visits.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

const server = await openIdentityServer()
afterAll(() => server.close())
afterEach(() => {
  server.misbehaviour = {}
})

describeStatement(
  '31 an account at a provider is its issuer and subject; an address links it only where it is confirmed and its owner signs in once more',
  (bar) => {
    const visits = visitsOf(bar, server)
    const newSubject = () => String(randomBytes(4).readUInt32BE())
    const newPerson = (email = bar.newEmail()): ProviderPerson => ({ subject: newSubject(), email })
    const linkedTo = (userId: string) =>
      bar.shop.db.query
        .selectFrom('identities')
        .where('user_id', '=', userId)
        .select(['id', 'provider', 'subject'])
        .execute()
    const login = (browser: Visitor, email: string, password = PASSWORD) =>
      visits.send(browser, 'POST', '/auth/login', { email, password, delivery: 'cookie' })
    const subjectsTo = async (email: string) => (await bar.mailsTo(email)).map(({ subject }) => subject)
    const idOf = async (email: string) =>
      (await bar.shop.db.query.selectFrom('users').where('email', '=', email).select('id').executeTakeFirstOrThrow()).id

    /** Somebody with a session in cookies, fresh. */
    async function signedIn(email?: string) {
      const person = await bar.newPerson(email === undefined ? {} : { email })
      const browser = visits.newBrowser()
      await login(browser, person.email)
      return { ...person, browser }
    }

    async function linked(browser: Visitor, person: ProviderPerson, provider = 'google') {
      const begun = await visits.send(browser, 'POST', '/auth/account/identities', { provider })
      if (begun.status !== 200) return begun
      server.now = () => bar.now
      return visits.finish(browser, server.approve(begun.body.url!, person))
    }

    it('knows a person again by issuer and subject, whatever the address is by then', async () => {
      const person = newPerson()
      const first = await visits.signIn(visits.newBrowser(), person)
      expect(first.body.user).toMatchObject({
        email: person.email,
        emailVerified: true,
        hasPassword: false,
        role: 'customer',
      })
      const moved = await visits.signIn(visits.newBrowser(), { ...person, email: bar.newEmail(), isVerified: false })
      expect(moved.body.user).toMatchObject({ id: first.body.user!.id, email: person.email })
      expect(await bar.auditOf(first.body.user!.id)).toEqual([
        'user.registered',
        'sign_in.succeeded',
        'sign_in.succeeded',
      ])
    })

    it('takes the same subject of another issuer for somebody else', async () => {
      const person = newPerson()
      const atGoogle = await visits.signIn(visits.newBrowser(), person, 'google')
      const atGithub = await visits.signIn(visits.newBrowser(), { ...person, email: bar.newEmail() }, 'github')
      expect(atGithub.body.status).toBe('signed_in')
      expect(atGithub.body.user!.id).not.toBe(atGoogle.body.user!.id)
    })

    it('takes the same person for somebody else at another tenant', async () => {
      const other = await bar.site.newShop()
      const person = newPerson()
      const here = await visits.signIn(visits.newBrowser(), person)
      const call = { headers: { 'x-tillwright-tenant': other.tenant.publicId } }
      const browser = visits.newBrowser()
      const begun = await visits.send(browser, 'POST', '/auth/identities/start', { provider: 'google' }, call)
      const there = await visits.finish(browser, server.approve(begun.body.url!, person), call)
      expect(there.body.user!.id).not.toBe(here.body.user!.id)
    })

    it.each(['google', 'github'])(
      'makes no account with an address that %s has not confirmed, whether one has it or not',
      async (provider) => {
        const unknown = { ...newPerson(), isVerified: false }
        const known = { ...newPerson((await bar.newPerson()).email), isVerified: false }
        const answers = []
        for (const person of [unknown, known]) {
          const { status, body, setCookies } = await visits.signIn(visits.newBrowser(), person, provider)
          answers.push({ status, code: body.code, detail: body.detail, cookies: setCookies.length })
        }
        expect(answers[0]).toMatchObject({ status: 403, code: 'identity_email_unverified', cookies: 0 })
        expect(answers[1]).toEqual(answers[0])
        await expect(idOf(unknown.email)).rejects.toThrow()
        expect(await linkedTo(await idOf(known.email))).toEqual([])
      },
    )

    it('links nothing by an address alone: its owner signs in to the account first', async () => {
      const owner = await bar.newPerson()
      const person = newPerson(owner.email.toUpperCase())
      const browser = visits.newBrowser()
      const asked = await visits.signIn(browser, person)
      expect(asked.body).toMatchObject({ status: 'proof_needed', provider: 'Google', email: person.email })
      expect(browser.cookies).not.toMatch(/tw_access|tw_refresh/)
      expect(await linkedTo(owner.id)).toEqual([])
      // Asking again changes nothing about it.
      expect((await visits.signIn(visits.newBrowser(), person)).body.status).toBe('proof_needed')

      expect((await login(browser, owner.email)).status).toBe(200)
      expect(await linkedTo(owner.id)).toMatchObject([{ provider: 'google', subject: person.subject }])
      expect(await subjectsTo(owner.email)).toContainEqual(expect.stringMatching(/sign in with Google/))
      expect(await bar.auditOf(owner.id)).toContain('identity.linked')
      expect((await visits.signIn(visits.newBrowser(), person)).body).toMatchObject({
        status: 'signed_in',
        user: { id: owner.id },
      })
    })

    it('links nothing by a wrong password, by the same account in another browser, or by another account', async () => {
      const owner = await bar.newPerson()
      const other = await bar.newPerson()
      const browser = visits.newBrowser()
      await visits.signIn(browser, newPerson(owner.email))
      expect((await login(browser, owner.email, WRONG_PASSWORD)).status).toBe(401)
      expect((await login(visits.newBrowser(), owner.email)).status).toBe(200)
      expect(await linkedTo(owner.id)).toEqual([])
      expect((await login(browser, other.email)).status).toBe(200)
      expect(await linkedTo(other.id)).toEqual([])
      // What waited is used up: the browser is another's by now.
      expect((await login(browser, owner.email)).status).toBe(200)
      expect(await linkedTo(owner.id)).toEqual([])
    })

    it('waits for a code where the account has a second factor', async () => {
      const owner = await bar.newPerson()
      const authenticator = await bar.withTwoFactor(owner)
      const person = newPerson(owner.email)
      const browser = visits.newBrowser()
      await visits.signIn(browser, person)
      const { body } = await login(browser, owner.email)
      expect(body.status).toBe('second_factor')
      expect(await linkedTo(owner.id)).toEqual([])
      const code = await authenticator.nextCode()
      const { pendingToken } = body
      await visits.send(browser, 'POST', '/auth/two-factor', { pendingToken, code, delivery: 'cookie' })
      expect(await linkedTo(owner.id)).toHaveLength(1)
      // And asks for one at each sign-in from then on.
      const next = visits.newBrowser()
      const again = await visits.signIn(next, person, 'google', '/orders')
      expect(again.body).toMatchObject({ status: 'second_factor', returnTo: '/orders' })
      expect(next.cookies).not.toContain('tw_access')
    })

    it('waits no longer than ten minutes', async () => {
      const owner = await bar.newPerson()
      const browser = visits.newBrowser()
      await visits.signIn(browser, newPerson(owner.email))
      await bar.advance(10 * MINUTE_MS)
      expect((await login(browser, owner.email)).status).toBe(200)
      expect(await linkedTo(owner.id)).toEqual([])
    })

    it('links nothing where the account has another address by then', async () => {
      const owner = await bar.newPerson()
      const browser = visits.newBrowser()
      await visits.signIn(browser, newPerson(owner.email))
      const email = bar.newEmail()
      await bar.setUser(owner.id, { email, email_key: email })
      expect((await login(browser, email)).status).toBe(200)
      expect(await linkedTo(owner.id)).toEqual([])
    })

    it('links nothing to who has the address of an account that was removed meanwhile', async () => {
      const owner = await bar.newPerson()
      const browser = visits.newBrowser()
      await visits.signIn(browser, newPerson(owner.email))
      expect((await bar.send('DELETE', '/auth/account', { bearer: owner.accessToken })).status).toBe(204)
      const next = await bar.newPerson({ email: owner.email })
      expect((await login(browser, owner.email)).body.user!.id).toBe(next.id)
      expect(await linkedTo(next.id)).toEqual([])
    })

    it('mails who was invited their invitation again, and links what they came with once they have a password', async () => {
      const invited = await bar.newPerson()
      await bar.setUser(invited.id, { status: 'invited', password_hash: null, email_verified_at: null })
      const browser = visits.newBrowser()
      const person = newPerson(invited.email)
      const asked = await visits.signIn(browser, person)
      expect(asked.body).toMatchObject({ status: 'proof_needed', email: invited.email, invited: true })
      expect(await linkedTo(invited.id)).toEqual([])
      const token = await bar.linkTo(invited.email, 'invitation')
      expect((await bar.post('/auth/reset-password', { token, password: OTHER_PASSWORD })).status).toBe(200)
      expect((await login(browser, invited.email, OTHER_PASSWORD)).status).toBe(200)
      expect(await linkedTo(invited.id)).toMatchObject([{ subject: person.subject }])
      expect((await visits.signIn(visits.newBrowser(), person)).body.user!.id).toBe(invited.id)
    })

    it('leaves a squatter nothing where the owner of the address comes by a provider and then by a link', async () => {
      const squatter = await bar.newPerson({ isVerified: false })
      const browser = visits.newBrowser()
      const owner = newPerson(squatter.email)
      const { body } = await visits.signIn(browser, owner)
      expect(body).toMatchObject({ status: 'proof_needed', invited: false })
      await bar.post('/auth/magic-link', { email: squatter.email })
      const token = await bar.linkTo(squatter.email, 'magic-link')
      await visits.send(browser, 'POST', '/auth/magic-link/use', { token, delivery: 'cookie' })
      expect(await linkedTo(squatter.id)).toMatchObject([{ subject: owner.subject }])
      expect((await bar.login(squatter)).status).toBe(401)
      expect(await bar.validate(squatter.accessToken)).toBe(401)
    })

    it('gives the owner of an address an account that a squatter made, without what the squatter had linked', async () => {
      const email = bar.newEmail()
      const squatter = await bar.newPerson({ email, isVerified: false })
      const theirs = visits.newBrowser()
      await login(theirs, email)
      const trap = newPerson()
      expect((await linked(theirs, trap)).body.status).toBe('linked')

      const browser = visits.newBrowser()
      const owner = newPerson(email)
      expect((await visits.signIn(browser, owner)).body.status).toBe('proof_needed')
      await bar.post('/auth/magic-link', { email })
      const token = await bar.linkTo(email, 'magic-link')
      const { body } = await visits.send(browser, 'POST', '/auth/magic-link/use', { token, delivery: 'cookie' })
      expect(body.user).toMatchObject({ id: squatter.id, hasPassword: false })
      expect(await linkedTo(squatter.id)).toMatchObject([{ subject: owner.subject }])
      const { body: trapped } = await visits.signIn(visits.newBrowser(), trap)
      expect(trapped.user!.id).not.toBe(squatter.id)
      expect((await visits.send(theirs, 'GET', '/auth/account')).status).toBe(401)
    })

    it('lets nobody in who is suspended, removed, or of a suspended tenant', async () => {
      const suspended = newPerson()
      const { body } = await visits.signIn(visits.newBrowser(), suspended)
      await bar.setUser(body.user!.id, { status: 'suspended' })
      const refused = await visits.signIn(visits.newBrowser(), suspended)
      expect(refused).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } })
      expect(refused.setCookies.join()).not.toContain('tw_access')
      expect(await bar.auditOf(body.user!.id)).toContain('sign_in.failed')

      const removed = newPerson()
      const gone = visits.newBrowser()
      const { user } = (await visits.signIn(gone, removed)).body
      expect((await visits.send(gone, 'DELETE', '/auth/account')).status).toBe(204)
      const back = await visits.signIn(visits.newBrowser(), removed)
      // A new account: the old one is as gone as for who registers again.
      expect(back.body).toMatchObject({ status: 'signed_in', user: { email: removed.email } })
      expect(back.body.user!.id).not.toBe(user!.id)

      const other = await bar.site.newShop()
      const call = { headers: { 'x-tillwright-tenant': other.tenant.publicId } }
      const browser = visits.newBrowser()
      const begun = await visits.send(browser, 'POST', '/auth/identities/start', { provider: 'google' }, call)
      await bar.site.server.database.system
        .updateTable('tenants')
        .set({ suspended_at: bar.now })
        .where('id', '=', other.tenant.id)
        .execute()
      const late = await visits.finish(browser, server.approve(begun.body.url!, newPerson()), call)
      expect(late.status).toBe(401)
      expect(late.setCookies).toEqual([])
    })

    it('lets in whom a provider knows while others guess the password, and forgives those no guess', async () => {
      const owner = await signedIn()
      const person = newPerson()
      expect((await linked(owner.browser, person)).body.status).toBe('linked')
      const guess = () => bar.login({ email: owner.email, password: WRONG_PASSWORD })
      for (let i = 0; i < 5; i++) await guess()
      expect((await visits.signIn(visits.newBrowser(), person)).body).toMatchObject({
        status: 'signed_in',
        user: { id: owner.id },
      })
      expect((await bar.login({ email: owner.email })).status).toBe(401)
      const evaluated = bar.hasher.verified.length
      await guess()
      expect(bar.hasher.verified.slice(evaluated)).toEqual([null])
    })

    it('lets in who has no password while somebody guesses at one', async () => {
      const person = newPerson()
      const { user } = (await visits.signIn(visits.newBrowser(), person)).body
      for (let i = 0; i < 6; i++) await bar.login({ email: person.email, password: WRONG_PASSWORD })
      expect((await visits.signIn(visits.newBrowser(), person)).body).toMatchObject({ user: { id: user!.id } })
    })

    it('takes no code of whom a provider knows while the account is locked, but from a browser that it knows', async () => {
      const owner = await signedIn()
      const person = newPerson()
      expect((await linked(owner.browser, person)).body.status).toBe('linked')
      const authenticator = await bar.withTwoFactor(owner)
      for (let i = 0; i < 5; i++) await bar.login({ email: owner.email, password: WRONG_PASSWORD })
      const enter = async (browser: Visitor) => {
        const { body } = await visits.signIn(browser, person)
        expect(body.status).toBe('second_factor')
        const code = await authenticator.nextCode()
        return visits.send(browser, 'POST', '/auth/two-factor', { pendingToken: body.pendingToken, code })
      }
      expect((await enter(visits.newBrowser())).status).toBe(401)
      expect((await enter(owner.browser)).status).toBe(200)
    })

    it('makes an account for who comes back after an administrator removed theirs, and wins from it', async () => {
      const admin = await bar.newPerson({ role: 'admin' })
      const call = { bearer: admin.accessToken }
      const person = newPerson()
      const { user: first } = (await visits.signIn(visits.newBrowser(), person)).body
      expect((await bar.send('DELETE', `/admin/users/${first!.id}`, call)).status).toBe(204)
      const { body } = await visits.signIn(visits.newBrowser(), person)
      expect(body).toMatchObject({ status: 'signed_in', user: { email: person.email } })
      expect(body.user!.id).not.toBe(first!.id)
      expect(await linkedTo(first!.id)).toEqual([])
      expect(await linkedTo(body.user!.id)).toMatchObject([{ subject: person.subject }])
    })

    it('links to another account what belonged to one that an administrator removed', async () => {
      const admin = await bar.newPerson({ role: 'admin' })
      const person = newPerson()
      const { user: first } = (await visits.signIn(visits.newBrowser(), person)).body
      await bar.send('DELETE', `/admin/users/${first!.id}`, { bearer: admin.accessToken })
      const other = await signedIn()
      expect((await linked(other.browser, person)).body.status).toBe('linked')
      expect((await visits.signIn(visits.newBrowser(), person)).body.user!.id).toBe(other.id)
    })

    it('knows again by their provider who was removed and brought back', async () => {
      const admin = await bar.newPerson({ role: 'admin' })
      const call = { bearer: admin.accessToken }
      const person = newPerson()
      const { user } = (await visits.signIn(visits.newBrowser(), person)).body
      await bar.send('DELETE', `/admin/users/${user!.id}`, call)
      expect((await bar.post(`/admin/users/${user!.id}/restore`, {}, call)).status).toBe(200)
      expect((await visits.signIn(visits.newBrowser(), person)).body.user!.id).toBe(user!.id)
    })

    it('takes providers away by a reset, whoever linked them, and says so', async () => {
      const owner = await signedIn()
      const intruder = newPerson()
      expect((await linked(owner.browser, intruder)).body.status).toBe('linked')
      const begun = await visits.send(owner.browser, 'POST', '/auth/account/identities', { provider: 'github' })
      await bar.advance(40 * DAY_MS)
      await bar.post('/auth/forgot-password', { email: owner.email })
      const token = await bar.linkTo(owner.email, 'reset-password')
      expect((await bar.post('/auth/reset-password', { token, password: OTHER_PASSWORD })).status).toBe(200)
      expect(await linkedTo(owner.id)).toEqual([])
      const late = await visits.finish(owner.browser, server.approve(begun.body.url!, newPerson()))
      expect(late.body.code).toBe('identity_expired')
      const { body } = await visits.signIn(visits.newBrowser(), intruder)
      expect(body.user!.id).not.toBe(owner.id)
      const told = (await bar.mailsTo(owner.email)).at(-1)!
      expect(told).toMatchObject({ subject: expect.stringContaining('was changed') })
      expect(told.text).toContain('were disconnected')
    })

    it('tells of no provider where a reset has taken none away', async () => {
      const owner = await bar.newPerson()
      await bar.post('/auth/forgot-password', { email: owner.email })
      const token = await bar.linkTo(owner.email, 'reset-password')
      await bar.post('/auth/reset-password', { token, password: OTHER_PASSWORD })
      expect((await bar.mailsTo(owner.email)).at(-1)!.text).not.toContain('disconnected')
    })

    it('links what somebody asks for who has just shown who they are, and tells them', async () => {
      const owner = await signedIn()
      const person = newPerson()
      await bar.advance(6 * MINUTE_MS)
      expect((await linked(owner.browser, person, 'github')).body.code).toBe('reauthentication_required')
      await visits.send(owner.browser, 'POST', '/auth/reauthenticate', { password: PASSWORD })
      expect((await linked(owner.browser, person, 'github')).body).toMatchObject({
        status: 'linked',
        provider: 'GitHub',
      })
      const { body } = await visits.send(owner.browser, 'GET', '/auth/account/identities')
      expect(body.items).toMatchObject([{ provider: 'github', label: 'GitHub', email: person.email }])
      expect(await subjectsTo(owner.email)).toContainEqual(expect.stringMatching(/sign in with GitHub/))
      expect((await visits.signIn(visits.newBrowser(), person, 'github')).body.user!.id).toBe(owner.id)
    })

    it('links for the session that asked, and for nobody else who is signed in or nobody at all', async () => {
      const owner = await signedIn()
      const other = await signedIn()
      const begin = async () => {
        const { body } = await visits.send(owner.browser, 'POST', '/auth/account/identities', { provider: 'google' })
        return server.approve(body.url!, newPerson())
      }
      const visit = () => /__Host-tw_visit=[\w-]+/.exec(owner.browser.cookies)![0]
      const redirect = await begin()
      const swapped = { cookies: `${other.browser.cookies}; ${visit()}` }
      expect((await visits.finish(swapped, redirect)).body.code).toBe('identity_expired')
      const again = await begin()
      expect((await visits.finish({ cookies: visit() }, again)).body.code).toBe('identity_expired')
      const once = await begin()
      const left = { cookies: owner.browser.cookies }
      await visits.send(owner.browser, 'POST', '/auth/logout', {})
      expect((await visits.finish(left, once)).body.code).toBe('identity_expired')
      expect([...(await linkedTo(owner.id)), ...(await linkedTo(other.id))]).toEqual([])
    })

    it('does not link what is another’s', async () => {
      const person = newPerson()
      const first = await visits.signIn(visits.newBrowser(), person)
      const other = await signedIn()
      expect((await linked(other.browser, person)).body.code).toBe('identity_taken')
      expect(await linkedTo(other.id)).toEqual([])
      expect((await visits.signIn(visits.newBrowser(), person)).body.user!.id).toBe(first.body.user!.id)
    })

    it('takes a provider away, with the other sessions, and tells the owner; but not the last way in', async () => {
      const browser = visits.newBrowser()
      const person = newPerson()
      const { user } = (await visits.signIn(browser, person)).body
      const elsewhere = visits.newBrowser()
      await visits.signIn(elsewhere, person)
      const [identity] = await linkedTo(user!.id)
      const unlink = (who = browser) => visits.send(who, 'DELETE', `/auth/account/identities/${identity!.id}`)
      expect((await unlink()).body.code).toBe('last_way_in')
      expect((await unlink((await signedIn()).browser)).body.code).toBe('not_found')
      const chosen = await visits.send(browser, 'POST', '/auth/account/password', { newPassword: OTHER_PASSWORD })
      expect(chosen.status).toBe(200)
      await visits.signIn(elsewhere, person)
      await bar.advance(6 * MINUTE_MS)
      expect((await unlink()).body.code).toBe('reauthentication_required')
      await visits.send(browser, 'POST', '/auth/reauthenticate', { password: OTHER_PASSWORD })
      expect((await unlink()).status).toBe(204)
      expect(await linkedTo(user!.id)).toEqual([])
      expect((await visits.send(elsewhere, 'GET', '/auth/account')).status).toBe(401)
      expect((await visits.send(browser, 'GET', '/auth/account')).status).toBe(200)
      expect(await subjectsTo(person.email)).toContainEqual(expect.stringMatching(/Google was disconnected/))
      expect(await bar.auditOf(user!.id)).toContain('identity.unlinked')
      expect((await visits.signIn(visits.newBrowser(), person)).body.status).toBe('proof_needed')
    })

    it('keeps one of two ways in that are taken away at once', async () => {
      const browser = visits.newBrowser()
      const { user } = (await visits.signIn(browser, newPerson())).body
      expect((await linked(browser, newPerson(), 'github')).body.status).toBe('linked')
      const both = await linkedTo(user!.id)
      expect(both).toHaveLength(2)
      const { cookies } = browser
      const answers = await Promise.all(
        both.map(({ id }) => visits.send({ cookies }, 'DELETE', `/auth/account/identities/${id}`)),
      )
      expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409])
      expect(await linkedTo(user!.id)).toHaveLength(1)
    })

    it('makes one account of two visits at once', async () => {
      const person = newPerson()
      const both = [visits.newBrowser(), visits.newBrowser()]
      const redirects: Redirect[] = []
      for (const browser of both) redirects.push(server.approve(await visits.start(browser), person))
      const answers = await Promise.all(both.map((browser, i) => visits.finish(browser, redirects[i]!)))
      expect(answers.map(({ body }) => body.status)).toEqual(['signed_in', 'signed_in'])
      expect(answers[0]!.body.user!.id).toBe(answers[1]!.body.user!.id)
    })

    it('exports what is linked to its owner, and erases it with them', async () => {
      const owner = await signedIn()
      const person = newPerson()
      await linked(owner.browser, person, 'github')
      const exported = await visits.send(owner.browser, 'GET', '/auth/account/export')
      expect(JSON.parse(exported.text)).toMatchObject({ identities: [{ provider: 'github', email: person.email }] })
      await bar.shop.db.transaction((tx) => deleteUsers(tx, [owner.id]))
      const { db } = bar.shop
      for (const table of ['identities', 'identity_visits'] as const) {
        expect(await db.query.selectFrom(table).where('user_id', '=', owner.id).selectAll().execute()).toEqual([])
      }
      expect(await bar.wholeDatabase()).not.toContain(person.email)
    })

    it('links nothing for a session whose tokens are in an app’s hands', async () => {
      const owner = await bar.newPerson()
      const call = { bearer: owner.accessToken, origin: ORIGIN }
      const { status, body, setCookies } = await bar.post('/auth/account/identities', { provider: 'google' }, call)
      expect([status, body.code, setCookies]).toEqual([403, 'forbidden', []])
    })
  },
  { identityProviders: providersOf(server) },
)
