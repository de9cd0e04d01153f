import { expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { addPerson } from '../testing/sign-in-as.ts'
import { useOffice } from './testing/office.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const PASSWORD = 'seven lanterns over water'

describeOnDatabases('people, as administrators', (engine) => {
  const office = useOffice(engine)
  const { call, staff } = office

  it('invite somebody, who chooses a password with the mailed link and comes in', async () => {
    const admin = await staff('admin')
    const email = 'new.colleague@example.com'
    const invited = await call(admin, 'POST', '/admin/users', { email, name: 'Ada', role: 'operator' })
    expect(invited.status).toBe(201)
    expect(invited.body).toMatchObject({ email, name: 'Ada', role: 'operator', status: 'invited', hasPassword: false })
    const [mail] = await office.mailsTo(email)
    const token = /#invitation=([\w-]+)/.exec(mail!.text)![1]
    const headers = { authorization: `Bearer ${office.shop.publishableKey}`, 'content-type': 'application/json' }
    const post = (path: string, body: object) =>
      office.site.send(path, { method: 'POST', headers, body: JSON.stringify(body) })
    expect((await post('/auth/reset-password', { token, password: PASSWORD })).status).toBe(200)
    expect((await post('/auth/login', { email, password: PASSWORD })).status).toBe(200)
    const found = await call(admin, 'GET', `/admin/users/${invited.body.id}`)
    expect(found.body).toMatchObject({ status: 'active', hasPassword: true, emailVerified: true })
    expect(await office.auditKinds(invited.body.id!)).toEqual(
      expect.arrayContaining(['user.invited', 'user.password_reset', 'sign_in.succeeded']),
    )
  })

  it('cannot invite an address twice, in whatever case it is written', async () => {
    const admin = await staff('admin')
    expect((await call(admin, 'POST', '/admin/users', { email: 'twice@example.com' })).status).toBe(201)
    const again = await call(admin, 'POST', '/admin/users', { email: 'Twice@Example.com' })
    expect([again.status, again.body.code]).toEqual([409, 'conflict'])
  })

  it('find people by a part of name or address, by role and by status', async () => {
    const shop = await office.newShop()
    const admin = await staff('admin', shop)
    for (const [email, name, role] of [
      ['zoe@tea.example', 'Zoë Ash', 'customer'],
      ['ben@tea.example', 'Ben 100%', 'operator'],
      ['cleo@other.example', 'Cleo_Tea', 'customer'],
    ]) {
      await call(admin, 'POST', '/admin/users', { email, name, role })
    }
    const search = async (query: string) =>
      (await call(admin, 'GET', `/admin/users?sort=email&${query}`)).body.items!.map(({ email }) => email)
    expect(await search('search=TEA')).toEqual(['ben@tea.example', 'cleo@other.example', 'zoe@tea.example'])
    expect(await search('search=%25')).toEqual(['ben@tea.example'])
    expect(await search('search=_')).toContain('cleo@other.example')
    expect(await search('search=_')).not.toContain('zoe@tea.example')
    expect(await search('role=operator')).toEqual(['ben@tea.example'])
    expect(await search('status=active')).toEqual([admin.email])
    expect(await search('status=invited&role=customer')).toEqual(['cleo@other.example', 'zoe@tea.example'])
  })

  it.each(['createdAt', '-createdAt', 'email', '-email', 'name', '-name', 'lastSignInAt', '-lastSignInAt'])(
    'see everybody once, page by page, by %s',
    async (sort) => {
      const shop = await office.newShop()
      const admin = await staff('admin', shop)
      for (const name of ['Mira', 'Ann', 'Mira', 'Bo']) {
        office.advance(1)
        await call(admin, 'POST', '/admin/users', { email: `${name}${office.now}@example.com`, name })
      }
      const whole = (await call(admin, 'GET', `/admin/users?sort=${sort}`)).body.items!
      const paged: unknown[] = []
      for (let cursor: string | null | undefined = ''; cursor !== null; ) {
        const { body } = await call(admin, 'GET', `/admin/users?limit=2&sort=${sort}${cursor && `&cursor=${cursor}`}`)
        paged.push(...body.items!)
        cursor = body.nextCursor
      }
      expect(paged).toEqual(whole)
      expect(whole).toHaveLength(5)
      const field = sort.replace('-', '')
      const values = whole.map((user) => String(user[field] ?? ''))
      const inOrder = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      if (field !== 'email') expect(values).toEqual(sort.startsWith('-') ? inOrder.toReversed() : inOrder)
    },
  )

  it('sort by nothing that is not on the list', async () => {
    const admin = await staff('admin')
    for (const sort of ['password_hash', 'id', 'email;drop table users', '(select 1)', '--email']) {
      expect((await call(admin, 'GET', `/admin/users?sort=${encodeURIComponent(sort)}`)).status).toBe(422)
    }
  })

  it('refuse a cursor of another sort', async () => {
    const admin = await staff('admin')
    await addPerson(office.shop, 'customer')
    const { nextCursor } = (await call(admin, 'GET', '/admin/users?limit=1&sort=email')).body
    const { status } = await call(admin, 'GET', `/admin/users?limit=1&sort=createdAt&cursor=${nextCursor}`)
    expect(status).toBe(422)
  })

  it('change a name, and take that back within a day', async () => {
    const admin = await staff('admin')
    const { id } = await addPerson(office.shop, 'customer')
    const path = `/admin/users/${id}`
    const changed = await call(admin, 'PUT', path, { name: 'Grace', language: 'de' })
    expect(changed.body).toMatchObject({ name: 'Grace', language: 'de' })
    expect(changed.body.undoUntil).toBe(new Date(office.now + DAY_MS).toISOString())
    const undone = await call(admin, 'POST', `${path}/undo`)
    expect(undone.body).toMatchObject({ name: null, language: null, undoUntil: null })
    expect((await call(admin, 'POST', `${path}/undo`)).status).toBe(409)
    expect(await office.auditKinds(id)).toEqual(['user.changed', 'user.changed', 'user.change_undone'])
  })

  it('cannot take back what is older than a day, or was changed again', async () => {
    const admin = await staff('admin')
    const { id } = await addPerson(office.shop, 'customer')
    const path = `/admin/users/${id}`
    await call(admin, 'PUT', path, { name: 'One' })
    await office.shop.db.query.updateTable('users').set({ name: 'Themselves' }).where('id', '=', id).execute()
    expect((await call(admin, 'POST', `${path}/undo`)).status).toBe(409)
    await call(admin, 'PUT', path, { name: 'Two' })
    office.advance(DAY_MS)
    const later = await staff('admin')
    expect((await call(later, 'POST', `${path}/undo`)).status).toBe(409)
    expect((await call(later, 'GET', path)).body).toMatchObject({ name: 'Two', undoUntil: null })
  })

  it('leave no trace where nothing is changed', async () => {
    const admin = await staff('admin')
    const { id } = await addPerson(office.shop, 'operator')
    const same = await call(admin, 'PUT', `/admin/users/${id}`, { role: 'operator', status: 'active', name: null })
    expect([same.status, same.body.undoUntil]).toEqual([200, null])
    expect(await office.auditKinds(id)).toEqual([])
  })

  it.each([
    ['a suspension', { status: 'suspended' }],
    ['a change of role', { role: 'customer' }],
  ])('end the sessions of a person by %s, and leave others alone', async (_, change) => {
    const admin = await staff('admin')
    const [operator, other] = [await staff('operator'), await staff('operator')]
    expect(await office.validate(operator.accessToken)).toBe(200)
    expect((await call(admin, 'PUT', `/admin/users/${operator.id}`, change)).status).toBe(200)
    expect(await office.validate(operator.accessToken)).toBe(401)
    expect(await office.validate(other.accessToken)).toBe(200)
  })

  it('let a suspended person in again, and one who never came in stays invited', async () => {
    const admin = await staff('admin')
    const { id } = await addPerson(office.shop, 'customer')
    const invited = (await call(admin, 'POST', '/admin/users', { email: 'late@example.com' })).body.id!
    for (const person of [id, invited]) await call(admin, 'PUT', `/admin/users/${person}`, { status: 'suspended' })
    expect((await call(admin, 'PUT', `/admin/users/${id}`, { status: 'active' })).body.status).toBe('active')
    expect((await call(admin, 'PUT', `/admin/users/${invited}`, { status: 'active' })).body.status).toBe('invited')
  })

  it('remove a person, tell them, and bring them back within 30 days', async () => {
    const admin = await staff('admin')
    const operator = await staff('operator')
    const path = `/admin/users/${operator.id}`
    expect((await call(admin, 'DELETE', path)).status).toBe(204)
    expect(await office.validate(operator.accessToken)).toBe(401)
    expect(await office.mailsTo(operator.email)).toHaveLength(1)
    expect((await call(admin, 'GET', `/admin/users?search=${operator.id}`)).body.items).toEqual([])
    expect((await call(admin, 'DELETE', path)).status).toBe(204)
    expect((await call(admin, 'PUT', path, { name: 'Nobody' })).status).toBe(409)
    office.advance(30 * DAY_MS - 1)
    const later = await staff('admin')
    const restored = await call(later, 'POST', `${path}/restore`)
    expect([restored.status, restored.body.status, restored.body.removedAt]).toEqual([200, 'active', null])
    expect((await call(later, 'POST', `${path}/restore`)).status).toBe(409)
  })

  it('bring back a suspended person suspended, and an invited one with a new link', async () => {
    const admin = await staff('admin')
    const { id } = await addPerson(office.shop, 'customer')
    const email = 'invited.again@example.com'
    const invited = (await call(admin, 'POST', '/admin/users', { email })).body.id!
    await call(admin, 'PUT', `/admin/users/${id}`, { status: 'suspended' })
    for (const person of [id, invited]) await call(admin, 'DELETE', `/admin/users/${person}`)
    expect((await call(admin, 'POST', `/admin/users/${id}/restore`)).body.status).toBe('suspended')
    expect((await call(admin, 'POST', `/admin/users/${invited}/restore`)).body.status).toBe('invited')
    const links = (await office.mailsTo(email)).map(({ text }) => /#invitation=([\w-]+)/.exec(text)?.[1])
    expect(new Set(links).size).toBe(2)
  })

  it('cannot bring somebody back whose address another person has by now', async () => {
    const admin = await staff('admin')
    const { id, email } = await addPerson(office.shop, 'customer')
    await call(admin, 'DELETE', `/admin/users/${id}`)
    expect((await call(admin, 'POST', '/admin/users', { email })).status).toBe(201)
    expect((await call(admin, 'POST', `/admin/users/${id}/restore`)).status).toBe(409)
  })

  it('see everything about a person gone 30 days after the removal', async () => {
    const admin = await staff('admin')
    const person = await staff('operator')
    await call(admin, 'PUT', `/admin/users/${person.id}`, { name: 'Marker Person' })
    await call(admin, 'DELETE', `/admin/users/${person.id}`)
    const erase = () => office.site.server.housekeeping.tidyIfDue()
    office.advance(30 * DAY_MS - 1)
    await erase()
    const later = await staff('admin')
    expect((await call(later, 'GET', `/admin/users/${person.id}`)).status).toBe(200)
    office.advance(HOUR_MS)
    expect(await erase()).toMatchObject({ 'removed people': expect.any(Number) })
    const afterwards = await staff('admin')
    expect((await call(afterwards, 'GET', `/admin/users/${person.id}`)).status).toBe(404)
    const tables = await office.site.server.database.system.introspection.getTables()
    for (const { name, columns } of tables) {
      if (!columns.some((column) => column.name === 'user_id')) continue
      const left = await office.site.server.database.system
        .selectFrom(name as 'sessions')
        .where('user_id', '=', person.id)
        .selectAll()
        .execute()
      expect(left, name).toEqual([])
    }
  })

  it('start a reset but never set a password', async () => {
    const admin = await staff('admin')
    const { id, email } = await addPerson(office.shop, 'operator')
    expect((await call(admin, 'POST', `/admin/users/${id}/password-link`)).status).toBe(202)
    expect((await office.mailsTo(email)).map(({ text }) => text).join()).toMatch(/#reset-password=/)
    await call(admin, 'PUT', `/admin/users/${id}`, { name: 'A', password: 'chosen by an admin' })
    const headers = { authorization: `Bearer ${office.shop.publishableKey}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ email, password: 'chosen by an admin' })
    expect((await office.site.send('/auth/login', { method: 'POST', headers, body })).status).toBe(401)
  })

  it('see and end the sessions of a person', async () => {
    const admin = await staff('admin')
    const operator = await staff('operator')
    const path = `/admin/users/${operator.id}/sessions`
    expect((await call(admin, 'GET', path)).body.items).toMatchObject([{ id: operator.sessionId, current: false }])
    expect((await call(admin, 'DELETE', path)).status).toBe(204)
    expect(await office.validate(operator.accessToken)).toBe(401)
    expect((await call(admin, 'GET', path)).body.items).toEqual([])
  })

  it('do the same to many in a job, which says whom it could not touch', async () => {
    const admin = await staff('admin')
    const [a, b] = [await staff('operator'), await staff('operator')]
    const owner = await staff('owner')
    const userIds = [a.id, owner.id, b.id, `usr_${'0'.repeat(26)}`, admin.id]
    const answer = await call(admin, 'POST', '/admin/users/bulk', { action: 'suspend', userIds })
    const job = await office.settled(admin, answer)
    expect(job).toMatchObject({ state: 'done', progress: { done: 5, total: 5, unit: 'people' } })
    expect(job.result).toMatchObject({ done: 2, refused: 3 })
    const refusals = job.result!.refusals as { userId: string }[]
    expect(refusals.map(({ userId }) => userId)).toEqual([owner.id, userIds[3], admin.id])
    expect(await office.validate(a.accessToken)).toBe(401)
    expect(await office.validate(owner.accessToken)).toBe(200)
    const back = await call(admin, 'POST', '/admin/users/bulk', { action: 'activate', userIds: [a.id, b.id] })
    expect((await office.settled(admin, back)).result).toMatchObject({ done: 2, refused: 0 })
  })

  it('stop a bulk operation whose author has lost their rights before it runs', async () => {
    const [admin, owner] = [await staff('admin'), await staff('owner')]
    const { id } = await addPerson(office.shop, 'customer')
    const answer = await call(admin, 'POST', '/admin/users/bulk', { action: 'remove', userIds: [id] })
    expect((await call(owner, 'PUT', `/admin/users/${admin.id}`, { role: 'operator' })).status).toBe(200)
    expect((await office.settled(owner, answer)).state).toBe('dead')
    expect((await call(owner, 'GET', `/admin/users/${id}`)).body.status).toBe('active')
  })

  it('take a role with set-role, and with nothing else', async () => {
    const admin = await staff('admin')
    const { id } = await addPerson(office.shop, 'customer')
    const bulk = (body: object) => call(admin, 'POST', '/admin/users/bulk', { userIds: [id], ...body })
    expect((await bulk({ action: 'set-role' })).status).toBe(422)
    expect((await bulk({ action: 'suspend', role: 'operator' })).status).toBe(422)
    expect((await bulk({ action: 'set-role', role: 'no-such-role' })).status).toBe(422)
    expect((await bulk({ action: 'set-role', role: 'owner' })).status).toBe(403)
    await office.settled(admin, await bulk({ action: 'set-role', role: 'accountant' }))
    expect((await call(admin, 'GET', `/admin/users/${id}`)).body.role).toBe('accountant')
  })

  it('export people as CSV, whoever fits the filter', async () => {
    const shop = await office.newShop()
    const admin = await staff('admin', shop)
    await call(admin, 'POST', '/admin/users', { email: 'b@example.com', name: 'Bea, "B"', role: 'operator' })
    await call(admin, 'POST', '/admin/users', { email: 'a@example.com', name: 'Al' })
    const { status, text } = await call(admin, 'GET', '/admin/users/export?status=invited&sort=email')
    expect(status).toBe(200)
    const lines = text.trimEnd().split('\r\n')
    expect(lines[0]).toMatch(/^id,email,name,role,status,/)
    expect(lines.slice(1).map((line) => line.split(',')[1])).toEqual(['a@example.com', 'b@example.com'])
    expect(lines[2]).toContain('"Bea, ""B""",operator,invited,false,false,')
  })
})
