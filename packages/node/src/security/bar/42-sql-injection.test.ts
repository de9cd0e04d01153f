import { isFile, pathParams, type Route } from '@tillwright/core/contract'
import { exampleOf } from '@tillwright/core/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type * as z from 'zod/mini'
import { ROUTES, requestFor } from '../../testing/contract-routes.ts'
import { describeOnDatabases } from '../../testing/describe-on-databases.ts'
import { shopState } from '../../testing/shop-state.ts'
import { fillShop } from '../../testing/shop-with-everything.ts'
import { type SignedInPerson, signInAs } from '../../testing/sign-in-as.ts'
import { openSite, type Shop, type TestSite } from '../../testing/test-site.ts'
import { SQL_TEXTS } from './hostile-input.ts'

/** All but the one that would end the session of who asks. */
const ASKED = ROUTES.filter(({ id }) => id !== 'account.remove')

describeOnDatabases('42 SQL in what callers write', (engine) => {
  let site: TestSite
  let shop: Shop
  let person: SignedInPerson
  let bystander: Shop
  beforeAll(async () => {
    site = await openSite(engine, {
      // Hashing is not what is tried here, and would take all the time.
      hasher: { hash: async () => '', verify: async (_hash, password) => !/['"]/.test(password), isWeak: () => false },
    })
    shop = await site.newShop()
    person = await signInAs(site, shop, 'superadmin')
    bystander = await site.newShop()
    await fillShop(site, bystander, 'bystander')
  })
  afterAll(() => site?.close())

  const bearerFor = ({ access }: Route) =>
    ({ public: undefined, visitor: shop.publishableKey, key: shop.secretKey, person: person.accessToken })[access.kind]

  async function send(route: Route, request: ReturnType<typeof requestFor>): Promise<void> {
    const bearer = bearerFor(route)
    const response = await site.send(request.path, {
      method: request.method,
      headers: { ...request.headers, ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
      ...(request.body === undefined ? {} : { body: request.body }),
    })
    const text = await response.text()
    expect(response.status, `${request.path} ${request.body}: ${text}`).toBeLessThan(500)
    expect(text).not.toMatch(/sqlite|postgres|syntax error|unterminated|near "/i)
  }

  it.each(ASKED)('is text like any other: $id', async ({ route }) => {
    const before = await shopState(bystander.db)
    for (const sqlText of SQL_TEXTS) {
      const encoded = encodeURIComponent(sqlText)
      for (const name of pathParams(route.path)) await send(route, requestFor(route, { params: { [name]: encoded } }))
      for (const name of Object.keys(route.query?.shape ?? {})) {
        await send(route, requestFor(route, { search: `${name}=${encoded}` }))
      }
      if (!route.body || isFile(route.body)) continue
      const example = exampleOf(route.body as z.ZodMiniType)
      for (const body of withTextInEachPlace(example, sqlText)) await send(route, requestFor(route, { body }))
    }
    expect(await shopState(bystander.db)).toEqual(before)
  })

  it('finds nothing that plain text would not find', async () => {
    const { api } = bystander
    expect((await api.products.list({ search: 'bystander' })).items).toHaveLength(3)
    for (const search of SQL_TEXTS.filter((text) => !text.includes('\u0000'))) {
      expect((await api.products.list({ search })).items, search).toEqual([])
      expect((await api.customers.list({ search })).items, search).toEqual([])
    }
  })

  it('signs nobody in', async () => {
    for (const password of SQL_TEXTS.filter((text) => /['"]/.test(text))) {
      for (const email of [person.email, 'a@example.com']) {
        const response = await site.send('/auth/login', {
          method: 'POST',
          body: JSON.stringify({ email, password }),
          headers: { 'content-type': 'application/json', authorization: `Bearer ${shop.publishableKey}` },
        })
        expect([401, 422]).toContain(response.status)
      }
    }
    for (const key of SQL_TEXTS) {
      const response = await site.send(`/api/products?key=${encodeURIComponent(key)}`)
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(response.status).toBeLessThan(500)
    }
  })

  it('sorts and filters by what the contract lists, and by nothing else', async () => {
    expect((await person.send('/admin/users?sort=-email')).status).toBe(200)
    for (const sort of [
      'password_hash',
      '-password_hash',
      'email; drop table users',
      'email desc, id',
      '1',
      '(select 1)',
    ]) {
      const response = await person.send(`/admin/users?sort=${encodeURIComponent(sort)}`)
      expect([sort, response.status]).toEqual([sort, 422])
    }
    for (const search of ['status=active%27--', 'status=active&status=removed', 'role=owner%27or%271']) {
      expect((await person.send(`/admin/users?${search}`)).status).toBe(422)
    }
  })

  it('leaves every table where it was', async () => {
    const tables = await site.server.database.system.introspection.getTables()
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['products', 'users', 'sessions', 'api_keys', 'audit_log', 'tenants']),
    )
    expect((await person.send('/auth/validate')).status).toBe(200)
  })
})

/** Copies of a value, each with `text` in place of one of its strings. */
function withTextInEachPlace(value: unknown, text: string): unknown[] {
  if (typeof value === 'string') return [text]
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => withTextInEachPlace(item, text).map((other) => value.with(i, other)))
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) =>
    withTextInEachPlace(child, text).map((other) => ({ ...value, [key]: other })),
  )
}
