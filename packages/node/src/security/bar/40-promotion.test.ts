import { expect, it } from 'vitest'
import { signInAs } from '../../testing/sign-in-as.ts'
import { type BarAnswer, describeStatement, type Someone } from './bar-site.ts'

const REASON = 'They asked why their order does not show'

describeStatement('40 nobody rises by themselves, the last keeper stays, and who acts as another is known', (bar) => {
  const put = (who: Pick<Someone, 'accessToken'>, id: string, body: object) =>
    bar.send('PUT', `/admin/users/${id}`, { bearer: who.accessToken, body })
  const remove = (who: Pick<Someone, 'accessToken'>, id: string) =>
    bar.send('DELETE', `/admin/users/${id}`, { bearer: who.accessToken })
  const roleOf = async (id: string) =>
    (await bar.shop.db.query.selectFrom('users').where('id', '=', id).select('role').executeTakeFirstOrThrow()).role
  const impersonate = (who: Pick<Someone, 'accessToken'>, id: string, reason: string | undefined = REASON) =>
    bar.post(`/admin/users/${id}/impersonate`, { reason }, { bearer: who.accessToken })
  const tokenOf = ({ body }: BarAnswer) => ({ accessToken: body.accessToken! })

  it('lets an admin make a customer an operator, to begin with', async () => {
    const [admin, person] = [await bar.newPerson({ role: 'admin' }), await bar.newPerson()]
    expect((await put(admin, person.id, { role: 'operator' })).status).toBe(200)
    expect(await roleOf(person.id)).toBe('operator')
  })

  it.each(['customer', 'operator', 'accountant'])('lets a %s change nobody’s role', async (role) => {
    const [low, person] = [await bar.newPerson({ role }), await bar.newPerson()]
    for (const id of [low.id, person.id]) expect((await put(low, id, { role: 'owner' })).status).toBe(403)
    expect([await roleOf(low.id), await roleOf(person.id)]).toEqual([role, 'customer'])
  })

  it.each(['admin', 'owner', 'superadmin'])('lets a %s not change their own role or status', async (role) => {
    const [me] = [await bar.newPerson({ role }), await bar.newPerson({ role })]
    for (const body of [{ role: 'superadmin' }, { role: 'customer' }, { status: 'suspended' }]) {
      if (body.role === role) continue
      expect((await put(me, me.id, body)).status).toBe(403)
    }
    expect((await remove(me, me.id)).status).toBe(403)
    expect(await roleOf(me.id)).toBe(role)
    expect((await put(me, me.id, { name: 'Myself' })).status).toBe(200)
  })

  it('lets an admin give no role above their own, by any way', async () => {
    const [admin, person] = [await bar.newPerson({ role: 'admin' }), await bar.newPerson()]
    const call = { bearer: admin.accessToken }
    for (const role of ['owner', 'superadmin']) {
      expect((await put(admin, person.id, { role })).status).toBe(403)
      expect((await bar.post('/admin/users', { email: bar.newEmail(), role }, call)).status).toBe(403)
      const bulk = { action: 'set-role', role, userIds: [person.id] }
      expect((await bar.post('/admin/users/bulk', bulk, call)).status).toBe(403)
      const csv = { ...call, headers: { 'content-type': 'text/csv' }, body: 'email\na@mail.example\n' }
      expect((await bar.send('POST', `/admin/import-csv?role=${role}`, csv)).status).toBe(403)
    }
    expect(await roleOf(person.id)).toBe('customer')
  })

  it('lets an owner not make a superadmin, while a superadmin may', async () => {
    const [owner, superadmin] = [await bar.newPerson({ role: 'owner' }), await bar.newPerson({ role: 'superadmin' })]
    const person = await bar.newPerson()
    expect((await put(owner, person.id, { role: 'superadmin' })).status).toBe(403)
    expect((await put(superadmin, person.id, { role: 'superadmin' })).status).toBe(200)
  })

  it('lets an admin not touch who stands above them', async () => {
    const admin = await bar.newPerson({ role: 'admin' })
    for (const role of ['owner', 'superadmin']) {
      const above = await bar.newPerson({ role })
      for (const body of [{ role: 'customer' }, { status: 'suspended' }, { name: 'Mocked' }]) {
        expect((await put(admin, above.id, body)).status).toBe(403)
      }
      const path = `/admin/users/${above.id}`
      const call = { bearer: admin.accessToken }
      expect((await remove(admin, above.id)).status).toBe(403)
      expect((await bar.send('DELETE', `${path}/sessions`, call)).status).toBe(403)
      expect((await bar.post(`${path}/password-link`, undefined, call)).status).toBe(403)
      expect(await bar.validate(above.accessToken)).toBe(200)
    }
  })

  it('gives no lost role back by undoing', async () => {
    const [owner, admin] = [await bar.newPerson({ role: 'owner' }), await bar.newPerson({ role: 'admin' })]
    const other = await bar.newPerson({ role: 'owner' })
    expect((await put(owner, other.id, { role: 'customer' })).status).toBe(200)
    expect((await bar.post(`/admin/users/${other.id}/undo`, undefined, { bearer: admin.accessToken })).status).toBe(403)
    expect(await roleOf(other.id)).toBe('customer')
  })

  it.each(['owner', 'superadmin'])(
    'keeps the last %s, who can neither be lowered, suspended, removed nor leave',
    async (role) => {
      const shop = await bar.site.newShop()
      const last = await signInAs(bar.site, shop, role)
      const send = async (who: typeof last, method: string, path: string, body?: object) =>
        (
          await who.send(path, {
            method,
            ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
          })
        ).status
      expect(await send(last, 'DELETE', '/auth/account')).toBe(409)
      const second = await signInAs(bar.site, shop, role)
      const path = `/admin/users/${last.id}`
      expect(await send(second, 'PUT', path, { status: 'suspended' })).toBe(200)
      expect(await send(second, 'DELETE', '/auth/account')).toBe(409)
      expect(await send(second, 'PUT', path, { status: 'active' })).toBe(200)
      expect(await send(second, 'DELETE', '/auth/account')).toBe(204)
    },
  )

  it('keeps one of two owners who remove each other at once', async () => {
    for (let round = 0; round < 5; round++) {
      const shop = await bar.site.newShop()
      const [a, b] = [await signInAs(bar.site, shop, 'owner'), await signInAs(bar.site, shop, 'owner')]
      const answers = await Promise.all([
        a.send(`/admin/users/${b.id}`, { method: 'DELETE' }),
        b.send(`/admin/users/${a.id}`, { method: 'DELETE' }),
        a.send('/auth/account', { method: 'DELETE' }),
      ])
      expect(answers.map(({ status }) => status)).toContain(204)
      const owners = await shop.db.query
        .selectFrom('users')
        .where('role', '=', 'owner')
        .where('status', '=', 'active')
        .select('id')
        .execute()
      expect(owners).toHaveLength(1)
    }
  })

  it('lets an owner act as a customer with a reason, known to the log, to the session and to /auth/validate', async () => {
    const [owner, customer] = [await bar.newPerson({ role: 'owner' }), await bar.newPerson()]
    const answer = await impersonate(owner, customer.id)
    expect(answer.status).toBe(200)
    const acting = tokenOf(answer)
    const valid = await bar.get('/auth/validate', { bearer: acting.accessToken })
    expect(valid.body).toMatchObject({ user: { id: customer.id, role: 'customer' }, impersonatedBy: owner.id })
    const listed = await bar.get('/auth/sessions', { bearer: customer.accessToken })
    const expiresAt = new Date(bar.now + 15 * 60_000).toISOString()
    expect(listed.body.items).toContainEqual(expect.objectContaining({ current: false, impersonated: true, expiresAt }))
    const log = await bar.get(`/admin/audit?kind=user.impersonated&personId=${customer.id}`, {
      bearer: owner.accessToken,
    })
    expect(log.body.items).toEqual([
      expect.objectContaining({
        actorId: owner.id,
        subjectId: customer.id,
        data: expect.objectContaining({ reason: REASON }),
      }),
    ])
  })

  it('wants a reason, a right to it and a fresh proof before somebody acts as another', async () => {
    const [owner, admin, customer] = [
      await bar.newPerson({ role: 'owner' }),
      await bar.newPerson({ role: 'admin' }),
      await bar.newPerson(),
    ]
    expect((await impersonate(owner, customer.id, '')).status).toBe(422)
    expect((await impersonate(admin, customer.id)).status).toBe(403)
    expect((await impersonate(owner, owner.id)).status).toBe(403)
    await bar.advance(5 * 60_000 + 1)
    const stale = await impersonate(owner, customer.id)
    expect([stale.status, stale.body.code]).toEqual([403, 'reauthentication_required'])
  })

  it('lets nobody act as who stands above them, nor who acts as another act as a third', async () => {
    const [owner, superadmin, second, customer] = [
      await bar.newPerson({ role: 'owner' }),
      await bar.newPerson({ role: 'superadmin' }),
      await bar.newPerson({ role: 'owner' }),
      await bar.newPerson(),
    ]
    expect((await impersonate(owner, superadmin.id)).status).toBe(403)
    const asSecond = tokenOf(await impersonate(owner, second.id))
    expect((await impersonate(asSecond, customer.id)).status).toBe(403)
    const bulk = { action: 'remove', userIds: [customer.id] }
    expect((await bar.post('/admin/users/bulk', bulk, { bearer: asSecond.accessToken })).status).toBe(403)
    expect((await put(asSecond, owner.id, { role: 'superadmin' })).status).toBe(403)
  })

  it('ends acting as another after a quarter of an hour, and with the rights of who acts', async () => {
    const [owner, other, customer] = [
      await bar.newPerson({ role: 'owner' }),
      await bar.newPerson({ role: 'owner' }),
      await bar.newPerson(),
    ]
    const first = tokenOf(await impersonate(owner, customer.id))
    expect((await put(other, owner.id, { role: 'admin' })).status).toBe(200)
    await bar.advance(1_001)
    expect(await bar.validate(first.accessToken)).toBe(401)
    const second = tokenOf(await impersonate(other, customer.id))
    await bar.advance(14 * 60_000)
    expect(await bar.validate(second.accessToken)).toBe(200)
    await bar.advance(60_000)
    expect(await bar.validate(second.accessToken)).toBe(401)
  })

  it('opens nothing that needs a proof to who acts as another', async () => {
    const [owner, customer] = [await bar.newPerson({ role: 'owner' }), await bar.newPerson()]
    const call = { bearer: tokenOf(await impersonate(owner, customer.id)).accessToken }
    expect((await bar.post('/auth/account/email', { email: bar.newEmail() }, call)).status).toBe(403)
    expect((await bar.send('DELETE', '/auth/account', call)).status).toBe(403)
    expect((await bar.post('/auth/account/two-factor', {}, call)).status).toBe(403)
    const password = { newPassword: 'eleven otters by a weir' }
    expect((await bar.post('/auth/account/password', password, call)).status).toBe(401)
  })
})
