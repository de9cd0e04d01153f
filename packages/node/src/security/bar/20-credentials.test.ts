import { contract, type Route } from '@tillwright/core/contract'
import { expect, it } from 'vitest'
import { describeStatement, OTHER_PASSWORD, PASSWORD } from './bar-site.ts'

describeStatement('20 there is no default account, and people hear of each change of their credentials', (bar) => {
  const subjectsTo = async (email: string) => (await bar.mailsTo(email)).map(({ subject }) => subject)

  it('begins with nobody', async () => {
    const shop = await bar.site.newShop()
    expect(await shop.db.query.selectFrom('users').selectAll().execute()).toEqual([])
    for (const email of ['admin@example.com', 'admin@localhost.localdomain', 'root@example.com']) {
      expect((await bar.login({ email, password: 'admin' })).status).toBe(401)
    }
  })

  it('lets nobody else choose a password: no route of administrators takes one', () => {
    const routes = Object.values(contract).flatMap((domain) => Object.values(domain as Record<string, Route>))
    // The secret of a source of events is another system's, not a person's.
    const admin = routes.filter(({ path }) => path.startsWith('/admin/') && !path.startsWith('/admin/webhook-sources'))
    expect(admin.length).toBeGreaterThan(5)
    for (const { body, method, path } of admin) {
      const fields = body && 'def' in body && 'shape' in body.def ? Object.keys(body.def.shape as object) : []
      expect(
        fields.filter((field) => /password|hash|secret$/i.test(field)),
        `${method} ${path}`,
      ).toEqual([])
    }
  })

  it('lets the first person of a tenant in by a link that works once', async () => {
    const email = bar.newEmail()
    const created = await bar.site.server.tools.createPerson(bar.shop.tenant, { email, role: 'owner' })
    const token = created!.token
    expect((await bar.login({ email })).status).toBe(401)
    expect((await bar.post('/auth/reset-password', { token, password: OTHER_PASSWORD })).status).toBe(200)
    const again = await bar.post('/auth/reset-password', { token, password: 'eleven otters by a weir' })
    expect(again.status).toBe(410)
    const { body } = await bar.login({ email, password: OTHER_PASSWORD })
    expect(body.user!.role).toBe('owner')
  })

  it('tells of a changed password', async () => {
    const person = await bar.newPerson()
    const change = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD }
    await bar.post('/auth/account/password', change, { bearer: person.accessToken })
    expect(await subjectsTo(person.email)).toContainEqual(expect.stringMatching(/password .* was changed/))
  })

  it('tells of a reset password', async () => {
    const { email } = await bar.register()
    await bar.post('/auth/forgot-password', { email })
    await bar.post('/auth/reset-password', {
      token: await bar.linkTo(email, 'reset-password'),
      password: OTHER_PASSWORD,
    })
    expect(await subjectsTo(email)).toContainEqual(expect.stringMatching(/password .* was changed/))
  })

  it('tells of a second factor switched on and off, and of new recovery codes', async () => {
    const person = await bar.newPerson()
    await bar.withTwoFactor(person)
    await bar.post('/auth/account/recovery-codes', {}, { bearer: person.accessToken })
    await bar.send('DELETE', '/auth/account/two-factor', { bearer: person.accessToken })
    const subjects = await subjectsTo(person.email)
    for (const said of ['switched on', 'new recovery codes', 'switched off']) {
      expect(subjects).toContainEqual(expect.stringContaining(said))
    }
  })

  it('tells the old address of a new one, of which it shows no more than a part', async () => {
    const person = await bar.newPerson()
    const email = `marmalade.${bar.newEmail()}`
    await bar.post('/auth/account/email', { email }, { bearer: person.accessToken })
    await bar.post('/auth/verify-email', { token: await bar.linkTo(email, 'change-email'), password: PASSWORD })
    const told = (await bar.mailsTo(person.email)).find(({ subject }) => subject.includes('was changed'))
    expect(told?.text).toContain('m…@mail.example')
    expect(told?.text).not.toContain('marmalade')
  })

  it('tells of a sign-in from a device that was not known, and not of one from a known device', async () => {
    const person = await bar.newPerson()
    const countTold = async () =>
      (await subjectsTo(person.email)).filter((subject) => /^New sign-in/.test(subject)).length
    expect(await countTold()).toBe(0)
    await bar.login(person)
    expect(await countTold()).toBe(0)
    await bar.login({ email: person.email })
    expect(await countTold()).toBe(1)
  })

  it('tells of an account that was removed', async () => {
    const person = await bar.newPerson()
    await bar.send('DELETE', '/auth/account', { bearer: person.accessToken })
    expect((await subjectsTo(person.email)).length).toBeGreaterThan(1)
    expect(await bar.auditOf(person.id)).toContain('user.removed')
  })

  it('notes each of them in the audit log', async () => {
    const person = await bar.newPerson()
    await bar.withTwoFactor(person)
    await bar.post('/auth/account/recovery-codes', {}, { bearer: person.accessToken })
    await bar.send('DELETE', '/auth/account/two-factor', { bearer: person.accessToken })
    const change = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD }
    await bar.post('/auth/account/password', change, { bearer: person.accessToken })
    await bar.post('/auth/logout', { refreshToken: person.refreshToken })
    expect(await bar.auditOf(person.id)).toEqual([
      'user.registered',
      'identity.proved',
      'user.email_verified',
      'sign_in.succeeded',
      'two_factor.on',
      'two_factor.codes_renewed',
      'two_factor.off',
      'identity.proved',
      'user.password_changed',
      'session.ended',
    ])
  })
})
