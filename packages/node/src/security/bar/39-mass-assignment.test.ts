import { expect, it } from 'vitest'
import { describeStatement, PASSWORD } from './bar-site.ts'

/** What nobody may choose by writing it into a body. */
const PLANTED = {
  id: `usr_${'9'.repeat(26)}`,
  tenantId: 999,
  tenant_id: 999,
  emailVerified: true,
  email_verified_at: 1,
  plan: 'unlimited',
  status: 'active',
  permissions: ['tenants:write'],
  hasPassword: true,
  passwordHash: 'x',
  password_hash: 'x',
  createdAt: '2001-01-01T00:00:00Z',
}

describeStatement('39 role, tenant, verification, plan and id are not taken from bodies', (bar) => {
  const rowOf = (email: string) =>
    bar.shop.db.query.selectFrom('users').where('email', '=', email).selectAll().executeTakeFirstOrThrow()

  it('takes what may be chosen, to begin with', async () => {
    const me = await bar.newPerson()
    await bar.send('PATCH', '/auth/account', {
      bearer: me.accessToken,
      body: { name: 'Ann', preferences: { language: 'de' } },
    })
    expect(await rowOf(me.email)).toMatchObject({ name: 'Ann', language: 'de' })
  })

  it('registers customers, unverified, in the tenant of the key, whatever the body says', async () => {
    const email = bar.newEmail()
    const { status } = await bar.post('/auth/register', { email, password: PASSWORD, ...PLANTED, role: 'superadmin' })
    expect([202, 422]).toContain(status)
    const row = await rowOf(email)
    expect(row).toMatchObject({ role: 'customer', email_verified_at: null, tenant_id: bar.shop.tenant.id })
    expect(row.id).not.toBe(PLANTED.id)
  })

  it('lets nobody change their own role, address or verification with their profile', async () => {
    const me = await bar.newPerson({ isVerified: false })
    const before = await rowOf(me.email)
    await bar.send('PATCH', '/auth/account', {
      bearer: me.accessToken,
      body: { name: 'Ann', ...PLANTED, role: 'owner', email: 'another@mail.example' },
    })
    const { name: _, updated_at: __, ...after } = await rowOf(me.email)
    expect(before).toMatchObject(after)
  })

  it('invites with an id and a tenant of the server’s choice, and unverified', async () => {
    const admin = await bar.newPerson({ role: 'admin' })
    const email = bar.newEmail()
    await bar.post('/admin/users', { email, ...PLANTED }, { bearer: admin.accessToken })
    const row = await rowOf(email)
    expect(row).toMatchObject({
      role: 'customer',
      status: 'invited',
      email_verified_at: null,
      password_hash: null,
      tenant_id: bar.shop.tenant.id,
      created_at: bar.now,
    })
    expect(row.id).not.toBe(PLANTED.id)
  })

  it('changes with PUT what an administrator may change and nothing else', async () => {
    const admin = await bar.newPerson({ role: 'admin' })
    const person = await bar.newPerson({ isVerified: false })
    const before = await rowOf(person.email)
    await bar.send('PUT', `/admin/users/${person.id}`, {
      bearer: admin.accessToken,
      body: { ...PLANTED, name: 'Bea', email: 'taken.over@mail.example', password: PASSWORD },
    })
    const { name, updated_at: _, ...after } = await rowOf(person.email)
    expect(name).toBe('Bea')
    expect(before).toMatchObject(after)
  })

  it('passes over such columns of a CSV', async () => {
    const admin = await bar.newPerson({ role: 'admin' })
    const email = bar.newEmail()
    const columns = ['email', 'role', 'tenantId', 'emailVerified', 'plan', 'id', 'password', 'status', '__proto__']
    const cells = [email, 'superadmin', '999', 'true', 'unlimited', PLANTED.id, PASSWORD, 'active', 'x']
    await bar.send('POST', '/admin/import-csv', {
      bearer: admin.accessToken,
      headers: { 'content-type': 'text/csv' },
      body: `${columns.join(',')}\n${cells.join(',')}\n`,
    })
    while ((await bar.site.server.jobs.runDue()) > 0);
    const row = await rowOf(email)
    expect(row).toMatchObject({
      role: 'customer',
      status: 'invited',
      email_verified_at: null,
      password_hash: null,
      tenant_id: bar.shop.tenant.id,
    })
    expect(row.id).not.toBe(PLANTED.id)
    expect((await bar.login({ email })).status).toBe(401)
  })

  it('makes tenants of the plan that their maker may choose, and keys of their own tenant', async () => {
    const owner = await bar.newPerson({ role: 'owner' })
    expect(
      (
        await bar.post(
          '/admin/tenants',
          { name: 'X', currency: 'EUR', timeZone: 'UTC', plan: 'unlimited' },
          { bearer: owner.accessToken },
        )
      ).status,
    ).toBe(403)
    const made = await bar.post(
      '/admin/keys',
      { kind: 'publishable', tenantId: 999, id: 'key_chosen', token: 'pk_chosen' },
      { bearer: owner.accessToken },
    )
    expect(made.status).toBe(201)
    const { key, token } = made.body as { key?: { id: string }; token?: string }
    expect([key!.id === 'key_chosen', token === 'pk_chosen']).toEqual([false, false])
  })
})
