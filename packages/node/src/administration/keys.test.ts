import { ROLE_PERMISSIONS } from '@tillwright/core/contract'
import { expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import type { SignedInPerson } from '../testing/sign-in-as.ts'
import { KEY_PERMISSIONS } from './keys-service.ts'
import { useOffice } from './testing/office.ts'

const HOUR_MS = 3_600_000
const ORIGIN = 'https://tea.example'

describeOnDatabases('API keys, as administrators', (engine) => {
  const office = useOffice(engine)
  const { call, staff } = office

  const create = (who: SignedInPerson, body: object) => call(who, 'POST', '/admin/keys', body)
  const secret = (who: SignedInPerson, scopes: readonly string[], rest = {}) =>
    create(who, { kind: 'secret', label: 'till', scopes, ...rest })
  const holding = (token: string) => ({
    send: (path: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers)
      headers.set('authorization', `Bearer ${token}`)
      return office.site.send(path, { ...init, headers })
    },
  })
  const withKey = async (token: string, path = '/api/orders') => (await call(holding(token), 'GET', path)).status

  it('are made, shown once and listed without the key itself', async () => {
    const admin = await staff('admin')
    const made = await secret(admin, ['orders:read'])
    expect(made.status).toBe(201)
    const token = made.body.token!
    expect(token).toMatch(/^sk_[\w-]{32}$/)
    const listed = await call(admin, 'GET', '/admin/keys')
    expect(listed.text).not.toContain(token)
    expect(listed.body.items).toContainEqual(
      expect.objectContaining({ kind: 'secret', label: 'till', hint: token.slice(-4), scopes: ['orders:read'] }),
    )
    expect(await withKey(token)).toBe(200)
  })

  it('do what their scopes name and nothing else', async () => {
    const admin = await staff('admin')
    const { token } = (await secret(admin, ['orders:read'])).body
    expect(await withKey(token!, '/api/orders')).toBe(200)
    expect(await withKey(token!, '/api/products')).toBe(200)
    for (const path of ['/api/customers', '/admin/users', '/admin/audit', '/admin/keys', '/admin/jobs']) {
      expect([path, await withKey(token!, path)]).toEqual([path, 403])
    }
    const write = await call(holding(token!), 'POST', '/api/orders', { items: [] })
    expect(write.status).toBe(403)
  })

  it('with scopes of their own for people read them, and change none', async () => {
    const admin = await staff('admin')
    const { token } = (await secret(admin, ['users:read', 'users:write'])).body
    expect(await withKey(token!, '/admin/users')).toBe(200)
    const invited = await call(holding(token!), 'POST', '/admin/users', { email: 'by.key@example.com' })
    expect(invited.status).toBe(401)
  })

  it('cannot be given what their maker lacks', async () => {
    const admin = await staff('admin')
    expect((await secret(admin, ['roles:write'])).status).toBe(403)
    expect((await secret(admin, ['tenants:write', 'orders:read'])).status).toBe(403)
    const { status, body } = await create(admin, { kind: 'secret' })
    expect([status, body.errors?.[0]?.path]).toEqual([422, 'scopes'])
    const made = (await secret(admin, ['orders:read'])).body.key!
    expect((await call(admin, 'PUT', `/admin/keys/${made.id}`, { scopes: ['roles:write'] })).status).toBe(403)
  })

  it('that may do more than somebody are not rotated or widened by them', async () => {
    const [owner, admin] = [await staff('owner'), await staff('admin')]
    await call(owner, 'PUT', '/admin/roles/key-clerk', { permissions: ['keys:read', 'keys:write', 'orders:read'] })
    const clerk = await staff('key-clerk')
    const strong = (await secret(admin, ['customers:write'])).body.key!
    expect((await call(clerk, 'POST', `/admin/keys/${strong.id}/rotate`, {})).status).toBe(403)
    const all = await office.shop.db.query
      .selectFrom('api_keys')
      .where('scopes', 'is', null)
      .where('kind', '=', 'secret')
      .select('id')
      .executeTakeFirstOrThrow()
    expect((await call(clerk, 'POST', `/admin/keys/${all.id}/rotate`, {})).status).toBe(403)
    expect((await secret(clerk, ['orders:read'])).status).toBe(201)
    expect((await call(clerk, 'DELETE', `/admin/keys/${strong.id}`)).status).toBe(204)
  })

  it('without scopes may do nothing that an admin may not', () => {
    expect(ROLE_PERMISSIONS.admin).toEqual(expect.arrayContaining([...KEY_PERMISSIONS]))
  })

  it('need a proof of the last five minutes', async () => {
    const admin = await staff('admin')
    office.advance(5 * 60_000 + 1_000)
    const { status, body } = await secret(admin, ['orders:read'])
    expect([status, body.code]).toEqual([403, 'reauthentication_required'])
  })

  it('end when their time is over, also where they are remembered', async () => {
    const admin = await staff('admin')
    const expiresAt = new Date(office.now + HOUR_MS).toISOString()
    const { token } = (await secret(admin, ['orders:read'], { expiresAt })).body
    office.advance(HOUR_MS - 1)
    expect(await withKey(token!)).toBe(200)
    office.advance(1)
    expect(await withKey(token!)).toBe(401)
    const past = new Date(office.now - 1).toISOString()
    expect((await secret(await staff('admin'), ['orders:read'], { expiresAt: past })).status).toBe(422)
  })

  it('are rotated: the new one works at once, the old one until the overlap is over', async () => {
    const admin = await staff('admin')
    const old = (await secret(admin, ['orders:read'])).body
    const rotated = await call(admin, 'POST', `/admin/keys/${old.key!.id}/rotate`, { overlapSeconds: 60 })
    expect(rotated.status).toBe(201)
    expect(rotated.body.key).toMatchObject({ label: 'till', scopes: ['orders:read'], expiresAt: null })
    expect([await withKey(old.token!), await withKey(rotated.body.token!)]).toEqual([200, 200])
    office.advance(60_000)
    await expect.poll(() => withKey(old.token!), { timeout: 5_000 }).toBe(401)
    expect(await withKey(rotated.body.token!)).toBe(200)
  })

  it('are revoked within a second, and stay so', async () => {
    const admin = await staff('admin')
    const { token, key } = (await secret(admin, ['orders:read'])).body
    expect(await withKey(token!)).toBe(200)
    expect((await call(admin, 'DELETE', `/admin/keys/${key!.id}`)).status).toBe(204)
    await expect.poll(() => withKey(token!), { timeout: 5_000 }).toBe(401)
    expect((await call(admin, 'DELETE', `/admin/keys/${key!.id}`)).status).toBe(204)
    expect((await call(admin, 'POST', `/admin/keys/${key!.id}/rotate`, {})).status).toBe(409)
  })

  it('for browsers have origins, and no scopes', async () => {
    const admin = await staff('admin')
    const made = await create(admin, { kind: 'publishable', origins: [ORIGIN] })
    expect(made.body.token).toMatch(/^pk_/)
    expect((await create(admin, { kind: 'publishable', origins: ['tea.example/path'] })).status).toBe(422)
    expect((await create(admin, { kind: 'publishable', scopes: ['orders:read'] })).status).toBe(422)
    expect((await secret(admin, ['orders:read'], { origins: [ORIGIN] })).status).toBe(422)
    const changed = await call(admin, 'PUT', `/admin/keys/${made.body.key!.id}`, { origins: [], label: 'none' })
    expect(changed.body).toMatchObject({ origins: [], label: 'none' })
  })

  it('leave a trace of everything that happens to them', async () => {
    const admin = await staff('admin')
    const { id } = (await secret(admin, ['orders:read'])).body.key!
    await call(admin, 'PUT', `/admin/keys/${id}`, { label: 'other' })
    await call(admin, 'POST', `/admin/keys/${id}/rotate`, { overlapSeconds: 60 })
    await call(admin, 'DELETE', `/admin/keys/${id}`)
    expect(await office.auditKinds(id)).toEqual(['key.created', 'key.changed', 'key.rotated', 'key.revoked'])
  })
})
