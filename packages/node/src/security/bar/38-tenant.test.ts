import { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnDatabases } from '../../testing/describe-on-databases.ts'
import { fillShop, type Ids } from '../../testing/shop-with-everything.ts'
import { type SignedInPerson, signInAs, TEST_PASSWORD } from '../../testing/sign-in-as.ts'
import { openSite, type Shop, type TestSite } from '../../testing/test-site.ts'

const MARK = 'theirs'

describeOnDatabases('38 the tenant', (engine) => {
  let site: TestSite
  let owner: Shop
  let stranger: Shop
  let ids: Ids
  let person: SignedInPerson
  beforeAll(async () => {
    site = await openSite(engine)
    owner = await site.newShop()
    stranger = await site.newShop()
    ids = await fillShop(site, owner, MARK)
    person = await signInAs(site, stranger, 'owner')
  })
  afterAll(() => site?.close())

  it('of a key is the tenant of the call', async () => {
    expect((await owner.api.products.list()).items).toHaveLength(3)
    expect((await stranger.api.products.list()).items).toEqual([])
  })

  it.each(['tenant', 'tenantId', 'tenant_id'])('cannot be named by the caller: %s', async (name) => {
    for (const tenant of [ids.tenantId!, String(owner.tenant.id)]) {
      const headers = { [`x-${name.replace('_', '-')}`]: tenant, [name]: tenant, cookie: `${name}=${tenant}` }
      for (const send of [stranger.send, person.send]) {
        const response = await send('/api/products', { headers })
        expect(await response.json()).toEqual({ items: [], nextCursor: null })
        const status = await send('/admin/status', { headers })
        expect(await status.json()).toMatchObject({ tenant: { id: stranger.tenant.publicId } })
        const asked = await send(`/api/products?${name}=${tenant}`)
        expect(await asked.json()).toMatchObject({ code: 'invalid_input', errors: [{ path: name }] })
      }
      const body = JSON.stringify({ items: [{ id: `by ${name}`, name: 'x', [name]: tenant }], [name]: tenant })
      const written = await stranger.send('/api/products', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      })
      expect(written.status).toBe(200)
      await stranger.api.products.remove({ productId: `by ${name}` })
    }
    expect((await owner.api.products.list()).items).toHaveLength(3)
  })

  it('of a person is that of their session, whatever key comes along', async () => {
    const response = await person.send(`/api/products?key=${owner.publishableKey}`)
    expect(await response.json()).toEqual({ items: [], nextCursor: null })
  })

  it('of a sign-in is that of the key: the same address elsewhere is somebody else', async () => {
    const response = await site.send('/auth/login', {
      method: 'POST',
      body: JSON.stringify({ email: person.email, password: TEST_PASSWORD }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${owner.publishableKey}` },
    })
    expect(await response.json()).toMatchObject({ status: 401, code: 'invalid_credentials' })
    const refreshed = await site.send('/auth/refresh', {
      method: 'POST',
      body: JSON.stringify({ refreshToken: person.refreshToken }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${owner.publishableKey}` },
    })
    expect(await refreshed.json()).toMatchObject({ status: 401, code: 'session_ended' })
  })

  it('narrows every query, and what it cannot narrow throws', async () => {
    const { query } = stranger.db
    expect(await query.selectFrom('products').select('id').execute()).toEqual([])
    await expect(query.selectFrom('tenants').selectAll().execute()).rejects.toThrow(/does not belong to tenants/)
    await expect(query.selectFrom('signing_keys').selectAll().execute()).rejects.toThrow(/does not belong to tenants/)
    const theirs = query.selectFrom('products').where('tenant_id', '=', owner.tenant.id).select('id').execute()
    expect(await theirs).toEqual([])
    const change = { tenant_id: owner.tenant.id, id: 'smuggled' }
    await expect(
      query
        .insertInto('customers')
        .values({ ...change, updated_at: 1 } as never)
        .execute(),
    ).rejects.toThrow()
    await query.deleteFrom('products').execute()
    await query.updateTable('products').set({ name: 'mine' }).execute()
    expect((await owner.api.products.list()).items.map(({ name }) => name)).toEqual(
      expect.arrayContaining([expect.stringContaining(MARK)]),
    )
  })

  it('is held by the database as well, behind whatever the server asks', async () => {
    const raw = (text: string) =>
      stranger.db.query.getExecutor().executeQuery<{ id: string }>(CompiledQuery.raw(text, []))
    if (engine === 'postgres') {
      expect((await raw('select id from products')).rows).toEqual([])
      expect((await raw('select id from users')).rows).toEqual([{ id: person.id }])
      await expect(raw(`update users set tenant_id = ${owner.tenant.id}`)).rejects.toThrow(/row-level security/)
      await expect(raw('select * from signing_keys')).rejects.toThrow(/permission denied/)
    } else {
      // SQLite has one wall only: a tenant's handle writes no statement that it has not narrowed.
      const { sql } = stranger.db.query.selectFrom('products').select('id').compile()
      expect(sql).toMatch(/"tenant_id" = /)
    }
  })
})
