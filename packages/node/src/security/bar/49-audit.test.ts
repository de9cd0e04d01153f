import { expect, it } from 'vitest'
import { describeStatement, PASSWORD, type Someone, WRONG_PASSWORD } from './bar-site.ts'

describeStatement('49 what people do and are refused is in the log, and nothing secret is', (bar) => {
  const kindsOf = (id: string) => bar.auditOf(id)
  const verify = async (who: Someone) => (await bar.get('/admin/audit/verify', { bearer: who.accessToken })).body
  const staff = (role: string) => bar.newPerson({ role })

  it('writes down how people come in, fail to, and go', async () => {
    const person = await bar.newPerson()
    await bar.login({ email: person.email, password: WRONG_PASSWORD })
    await bar.post('/auth/logout', { refreshToken: person.refreshToken })
    const kinds = await kindsOf(person.id)
    expect(kinds).toEqual(expect.arrayContaining(['user.registered', 'sign_in.succeeded', 'sign_in.failed']))
  })

  it('writes down what administrators do, by whom and to whom', async () => {
    const [owner, person] = [await staff('owner'), await bar.newPerson()]
    const call = { bearer: owner.accessToken }
    const path = `/admin/users/${person.id}`
    await bar.send('PUT', path, { ...call, body: { name: 'Ann', role: 'operator' } })
    await bar.post(`${path}/undo`, undefined, call)
    await bar.send('DELETE', `${path}/sessions`, call)
    await bar.send('DELETE', path, call)
    await bar.post(`${path}/restore`, undefined, call)
    await bar.post(`${path}/impersonate`, { reason: 'to see what they see' }, call)
    await bar.get('/admin/users/export', call)
    await bar.send('PUT', '/admin/roles/clerk', { ...call, body: { permissions: [] } })
    await bar.send('DELETE', '/admin/roles/clerk', call)
    const done = (await kindsOf(owner.id)).filter(
      (kind) => !/^(sign_in|identity\.proved|user\.(registered|email_verified)|link)/.test(kind),
    )
    expect(done).toEqual([
      'user.role_changed',
      'user.changed',
      'user.role_changed',
      'user.changed',
      'user.change_undone',
      'user.sessions_ended',
      'user.removed',
      'user.restored',
      'user.impersonated',
      'users.exported',
      'role.changed',
      'role.removed',
    ])
  })

  it('writes down what somebody was refused, once a minute for each door', async () => {
    const [low, admin] = [await bar.newPerson(), await staff('admin')]
    for (let i = 0; i < 5; i++) await bar.get('/admin/users', { bearer: low.accessToken })
    await bar.get('/admin/audit', { bearer: low.accessToken })
    await bar.send('PUT', `/admin/users/${low.id}`, { bearer: admin.accessToken, body: { role: 'owner' } })
    const denied = async (id: string) => (await kindsOf(id)).filter((kind) => kind === 'access.denied').length
    expect([await denied(low.id), await denied(admin.id)]).toEqual([2, 1])
    await bar.advance(60_001)
    await bar.get('/admin/users', { bearer: low.accessToken })
    expect(await denied(low.id)).toBe(3)
  })

  it('lets nobody fill the log with a key that lies open in a page', async () => {
    const count = async () => (await bar.shop.db.query.selectFrom('audit_log').select('number').execute()).length
    const before = await count()
    for (const path of ['/admin/users', '/admin/audit', '/api/orders']) await bar.get(path)
    expect(await count()).toBe(before)
  })

  it('writes down forms that programs fill in, without what they filled in', async () => {
    const admin = await staff('admin')
    const email = 'planted.form@mail.example'
    const call = { address: '203.0.113.90' }
    for (let i = 0; i < 3; i++) await bar.post('/auth/forgot-password', { email, website: 'planted.trap' }, call)
    const { body, text } = await bar.get('/admin/audit?kind=form.suspicious', { bearer: admin.accessToken })
    expect(body.items).toMatchObject([{ address: call.address, data: { form: 'forgot-password', signs: 'honeypot' } }])
    expect(text).not.toMatch(/planted/)
  })

  it('writes down which addresses somebody blocks, and lets in again', async () => {
    const admin = await staff('admin')
    const call = { bearer: admin.accessToken }
    const made = await bar.post('/admin/blocks', { address: '203.0.113.91', reason: 'scrapes' }, call)
    const { id } = made.body as { id?: string }
    await bar.send('DELETE', `/admin/blocks/${id}`, call)
    expect(await kindsOf(id!)).toEqual(['address.blocked', 'address.unblocked'])
  })

  it('is only added to, by whoever writes SQL, and shows what is missing', async () => {
    const admin = await staff('admin')
    expect(await verify(admin)).toMatchObject({ isSound: true })
    const { db } = bar.shop
    await expect(db.query.updateTable('audit_log').set({ kind: 'harmless' }).execute()).rejects.toThrow(/only added to/)
    await expect(db.query.deleteFrom('audit_log').execute()).rejects.toThrow(/only added to/)
    expect(await verify(admin)).toMatchObject({ isSound: true })
  })

  it('keeps line breaks of callers within their cell and their entry', async () => {
    const admin = await staff('admin')
    const email = 'crlf@mail.example'
    await bar.post('/auth/login', { email, password: 'x' }, { headers: { 'user-agent': 'one\ttwo,"three"' } })
    const { text } = await bar.get('/admin/audit/export?kind=sign_in.failed', { bearer: admin.accessToken })
    expect(text).toContain('"one\ttwo,""three"""')
    const rows = text.trimEnd().split('\r\n')
    for (const row of rows.slice(1)) expect(row).toMatch(/^\d+,\d{4}-/)
  })

  it('holds no password, token or address of whom it speaks, and neither do the log lines', async () => {
    const admin = await staff('admin')
    const person = await bar.newPerson()
    await bar.post(
      '/admin/users',
      { email: 'marked.invitee@mail.example', name: 'Marked Name' },
      { bearer: admin.accessToken },
    )
    const made = await bar.post(
      '/admin/keys',
      { kind: 'secret', scopes: ['orders:read'] },
      { bearer: admin.accessToken },
    )
    const { token } = made.body as { token?: string }
    await bar.login({ email: person.email, password: WRONG_PASSWORD })
    await bar.send('GET', '/admin/users', { bearer: 'sk_not_a_key_at_all_0000000000000' })
    await bar.mailsTo('marked.invitee@mail.example')
    const audit = JSON.stringify(await bar.shop.db.query.selectFrom('audit_log').selectAll().execute())
    const lines = JSON.stringify(bar.site.log.lines)
    for (const planted of [
      PASSWORD,
      WRONG_PASSWORD,
      token!,
      person.accessToken,
      person.refreshToken,
      person.email,
      'marked.invitee@mail.example',
      'Marked Name',
      'sk_not_a_key_at_all_0000000000000',
    ]) {
      expect(audit).not.toContain(planted)
      expect(lines).not.toContain(planted)
    }
  })

  it('shows no stack and no SQL to who asks for what cannot be', async () => {
    const admin = await staff('admin')
    for (const path of [
      "/admin/users?sort=name'--",
      `/admin/users?search=${encodeURIComponent("' or 1=1 --")}`,
      '/admin/users?cursor=bm90IGEgY3Vyc29y',
      '/admin/users/usr_x',
      '/admin/audit?from=yesterday',
      `/admin/audit?personId=${encodeURIComponent("x' union select 1")}`,
      '/admin/reports?from=-1',
      '/admin/roles/..%2f..',
    ]) {
      const { status, text } = await bar.get(path, { bearer: admin.accessToken })
      expect(status).toBeLessThan(500)
      expect(text).not.toMatch(/\bat \w+ \(|node_modules|\.ts:|select .* from|sqlite|postgres/i)
    }
  })
})
