import { expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { addPerson } from '../testing/sign-in-as.ts'
import { useOffice } from './testing/office.ts'

describeOnDatabases('roles and tenants, as administrators', (engine) => {
  const office = useOffice(engine)
  const { call, staff } = office
  const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 5_000 })

  it('make a role of their own, which then opens what it names', async () => {
    const owner = await staff('owner')
    const made = await call(owner, 'PUT', '/admin/roles/greeter', {
      description: 'Looks after people',
      permissions: ['users:read', 'jobs:read', 'users:read'],
    })
    expect([made.status, made.body]).toEqual([
      200,
      {
        name: 'greeter',
        description: 'Looks after people',
        permissions: ['jobs:read', 'users:read'],
        isBuiltIn: false,
      },
    ])
    const greeter = await staff('greeter')
    expect((await call(greeter, 'GET', '/admin/users')).status).toBe(200)
    expect((await call(greeter, 'POST', '/admin/users', { email: 'x@example.com' })).status).toBe(403)
    const valid = await call(greeter, 'GET', '/auth/validate')
    expect(valid.body).toMatchObject({ permissions: ['jobs:read', 'users:read'] })
    const { items } = (await call(owner, 'GET', '/admin/roles')).body
    expect(items!.map(({ name }) => name)).toEqual(expect.arrayContaining(['customer', 'superadmin', 'greeter']))
  })

  it('change what a role may do within a second, for whoever has it', async () => {
    const owner = await staff('owner')
    await call(owner, 'PUT', '/admin/roles/shrinking', { permissions: ['users:read', 'reports:read'] })
    const holder = await staff('shrinking')
    expect((await call(holder, 'GET', '/admin/users')).status).toBe(200)
    await call(owner, 'PUT', '/admin/roles/shrinking', { permissions: ['reports:read'] })
    await eventually(async () => (await call(holder, 'GET', '/admin/users')).status).toBe(403)
    expect((await call(holder, 'GET', '/admin/reports')).status).toBe(200)
  })

  it('keep built-in roles as they are, and the installation’s rights out of the tenant’s', async () => {
    const owner = await staff('owner')
    const superadmin = await staff('superadmin')
    expect((await call(owner, 'PUT', '/admin/roles/customer', { permissions: ['users:read'] })).status).toBe(409)
    expect((await call(owner, 'DELETE', '/admin/roles/admin')).status).toBe(409)
    for (const who of [owner, superadmin]) {
      expect((await call(who, 'PUT', '/admin/roles/wide', { permissions: ['tenants:write'] })).status).toBe(403)
    }
    expect((await call(owner, 'PUT', '/admin/roles/odd', { permissions: ['no:such'] })).status).toBe(422)
    expect((await call(owner, 'GET', '/admin/roles/wide')).status).toBe(404)
  })

  it('cannot put into a role, or take from one, what they lack', async () => {
    const owner = await staff('owner')
    await call(owner, 'PUT', '/admin/roles/role-maker', { permissions: ['roles:write', 'users:read'] })
    await call(owner, 'PUT', '/admin/roles/impersonator', { permissions: ['users:impersonate'] })
    const maker = await staff('role-maker')
    const put = (name: string, permissions: string[]) => call(maker, 'PUT', `/admin/roles/${name}`, { permissions })
    expect((await put('mine', ['users:read'])).status).toBe(200)
    expect((await put('mine', ['keys:write'])).status).toBe(403)
    expect((await put('role-maker', ['roles:write', 'users:read', 'users:write'])).status).toBe(403)
    expect((await put('impersonator', [])).status).toBe(403)
    expect((await call(maker, 'DELETE', '/admin/roles/impersonator')).status).toBe(403)
  })

  it('remove a role that nobody has', async () => {
    const owner = await staff('owner')
    await call(owner, 'PUT', '/admin/roles/short-lived', { permissions: [] })
    const { id } = await addPerson(office.shop, 'short-lived')
    expect((await call(owner, 'DELETE', '/admin/roles/short-lived')).status).toBe(409)
    await call(owner, 'PUT', `/admin/users/${id}`, { role: 'customer' })
    expect((await call(owner, 'DELETE', '/admin/roles/short-lived')).status).toBe(204)
    expect((await call(owner, 'DELETE', '/admin/roles/short-lived')).status).toBe(404)
    await eventually(async () => (await call(owner, 'PUT', `/admin/users/${id}`, { role: 'short-lived' })).status).toBe(
      422,
    )
  })

  it('of one tenant mean nothing in another', async () => {
    const other = await office.newShop()
    const [owner, stranger] = [await staff('owner'), await staff('owner', other)]
    await call(owner, 'PUT', '/admin/roles/local', { permissions: ['users:read'] })
    expect((await call(stranger, 'GET', '/admin/roles/local')).status).toBe(404)
    const sameName = await staff('local', other)
    expect((await call(sameName, 'GET', '/admin/users')).status).toBe(403)
  })

  it('make a tenant, whose owner is invited', async () => {
    const superadmin = await staff('superadmin')
    const made = await call(superadmin, 'POST', '/admin/tenants', {
      name: 'Second Shop',
      currency: 'EUR',
      timeZone: 'Europe/Paris',
      plan: 'plus',
      ownerEmail: 'founder@example.com',
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ name: 'Second Shop', plan: 'plus', suspendedAt: null })
    const [mail] = await office.mailsTo('founder@example.com')
    expect(mail!.text).toMatch(/#invitation=/)
    const listed: unknown[] = []
    for (let cursor: string | null | undefined = ''; cursor !== null; ) {
      const { body } = await call(superadmin, 'GET', `/admin/tenants?limit=1${cursor && `&cursor=${cursor}`}`)
      listed.push(...body.items!.map(({ id }) => id))
      cursor = body.nextCursor
    }
    expect(new Set(listed).size).toBe(listed.length)
    expect(listed).toContain(made.body.id)
    expect(
      (await call(superadmin, 'POST', '/admin/tenants', { name: 'X', currency: 'EUR', timeZone: 'Mars' })).status,
    ).toBe(422)
  })

  it('suspend a tenant: its people and keys are refused within a second, and let in again', async () => {
    const superadmin = await staff('superadmin')
    const other = await office.newShop()
    const admin = await staff('admin', other)
    const asKey = { send: other.send }
    const states = async () => [
      await office.validate(admin.accessToken),
      (await call(asKey, 'GET', '/api/orders')).status,
      (
        await office.site.send('/auth/refresh', {
          method: 'POST',
          headers: { authorization: `Bearer ${other.publishableKey}`, 'content-type': 'application/json' },
          body: JSON.stringify({ refreshToken: 'rt_unknown' }),
        })
      ).status,
    ]
    expect(await states()).toEqual([200, 200, 401])
    const path = `/admin/tenants/${other.tenant.publicId}`
    const suspended = await call(superadmin, 'PUT', path, { suspended: true })
    expect(suspended.body).toHaveProperty('suspendedAt', new Date(office.now).toISOString())
    await eventually(async () => (await states()).slice(0, 2)).toEqual([401, 401])
    await call(superadmin, 'PUT', path, { suspended: false, name: 'Renamed' })
    await eventually(async () => (await states()).slice(0, 2)).toEqual([200, 200])
  })

  it('cannot suspend the tenant that they sign in to, and are nobody to tenants without being superadmin', async () => {
    const superadmin = await staff('superadmin')
    const owner = await staff('owner')
    const own = `/admin/tenants/${office.shop.tenant.publicId}`
    expect((await call(superadmin, 'PUT', own, { suspended: true })).status).toBe(409)
    expect((await call(superadmin, 'PUT', `/admin/tenants/ten_${'0'.repeat(26)}`, { plan: 'plus' })).status).toBe(404)
    expect((await call(owner, 'GET', '/admin/tenants')).status).toBe(403)
    expect((await call(owner, 'PUT', own, { plan: 'free' })).status).toBe(403)
  })
})
