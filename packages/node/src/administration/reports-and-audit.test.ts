import type { Report } from '@tillwright/core/contract'
import { expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { TEST_PASSWORD } from '../testing/sign-in-as.ts'
import type { Shop } from '../testing/test-site.ts'
import { useOffice } from './testing/office.ts'

const DAY_MS = 86_400_000

describeOnDatabases('what administrators look back at', (engine) => {
  const office = useOffice(engine)
  const { call, staff } = office

  const login = (shop: Shop, email: string, password: string) =>
    office.site.send('/auth/login', {
      method: 'POST',
      headers: { authorization: `Bearer ${shop.publishableKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    })
  const report = async (who: Parameters<typeof call>[0], query = '') =>
    (await call(who, 'GET', `/admin/reports${query}`)).body as unknown as Report

  it('are people, sign-ins, failures and roles of a range, day by day', async () => {
    const shop = await office.newShop()
    const admin = await staff('admin', shop)
    const customer = await staff('customer', shop)
    await login(shop, customer.email, 'nine kites above the mill')
    await call(admin, 'POST', '/admin/users', { email: 'invited@example.com', role: 'operator' })
    office.advance(2 * DAY_MS)
    await login(shop, customer.email, TEST_PASSWORD)
    const again = await staff('admin', shop)
    const found = await report(again)
    expect(found.users).toMatchObject({ total: 4, invited: 1, active: 3, suspended: 0, withTwoFactor: 0 })
    expect(found.roles).toEqual([
      { role: 'admin', users: 2 },
      { role: 'customer', users: 1 },
      { role: 'operator', users: 1 },
    ])
    expect(found.activity).toEqual({ registrations: 0, invitations: 1, signIns: 4, failures: 1, locks: 0, people: 3 })
    expect(found.days.filter(({ signIns }) => signIns > 0).map(({ signIns, failures }) => [signIns, failures])).toEqual(
      [
        [2, 1],
        [2, 0],
      ],
    )
    expect(found.days.at(-1)!.day).toBe(new Date(office.now).toISOString().slice(0, 10))
    expect(found.days).toHaveLength(31)
    expect(found.kinds).toContainEqual({ kind: 'sign_in.succeeded', count: 4 })
  })

  it('count what is in the range and nothing else, up to its end', async () => {
    const shop = await office.newShop()
    const admin = await staff('admin', shop)
    const from = new Date(office.now).toISOString()
    office.advance(1000)
    const to = new Date(office.now).toISOString()
    await staff('operator', shop)
    expect((await report(admin, `?from=${from}&to=${to}`)).activity.signIns).toBe(1)
    const after = new Date(office.now + 1).toISOString()
    expect((await report(admin, `?from=${to}&to=${after}`)).activity.signIns).toBe(1)
  })

  it('refuse a range that ends before it begins, or is longer than 400 days', async () => {
    const admin = await staff('admin')
    for (const query of [
      '?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z',
      '?from=2020-01-01T00:00:00Z',
      '?from=x',
    ]) {
      expect((await call(admin, 'GET', `/admin/reports${query}`)).status).toBe(422)
    }
  })

  it('come as CSV, a row a day', async () => {
    const admin = await staff('admin')
    const { status, text } = await call(admin, 'GET', '/admin/reports/export')
    expect(status).toBe(200)
    const [head, ...rows] = text.trimEnd().split('\r\n')
    expect(head).toBe('day,registrations,invitations,signIns,failures,locks')
    expect(rows).toHaveLength(31)
    expect(rows.at(-1)).toMatch(/^\d{4}-\d\d-\d\d,\d+,\d+,\d+,\d+,\d+$/)
  })

  it('are open to accountants, while the log is not', async () => {
    const accountant = await staff('accountant')
    expect((await call(accountant, 'GET', '/admin/reports')).status).toBe(200)
    for (const path of ['/admin/audit', '/admin/audit/export', '/admin/audit/verify', '/admin/users']) {
      expect((await call(accountant, 'GET', path)).status).toBe(403)
    }
  })

  it('are found in the log by person, kind, time and weight', async () => {
    const shop = await office.newShop()
    const admin = await staff('admin', shop)
    const operator = await staff('operator', shop)
    const before = new Date(office.now).toISOString()
    office.advance(1000)
    await call(admin, 'PUT', `/admin/users/${operator.id}`, { name: 'Op' })
    await call(admin, 'PUT', `/admin/users/${operator.id}`, { role: 'accountant' })
    const kinds = async (query: string) =>
      (await call(admin, 'GET', `/admin/audit?${query}`)).body.items!.map(({ kind }) => kind)
    expect(await kinds(`personId=${operator.id}`)).toEqual(['user.role_changed', 'user.changed', 'sign_in.succeeded'])
    expect(await kinds('kind=sign_in')).toEqual(['sign_in.succeeded', 'sign_in.succeeded'])
    expect(await kinds('kind=user.changed')).toEqual(['user.changed'])
    expect(await kinds('security=true')).toEqual(['user.role_changed'])
    expect(await kinds(`from=${new Date(office.now).toISOString()}`)).toEqual(['user.role_changed', 'user.changed'])
    expect(await kinds(`to=${before}`)).toEqual([])
    expect((await call(admin, 'GET', '/admin/audit?kind=%25')).status).toBe(422)
  })

  it('are read page by page, newest first, without a gap', async () => {
    const shop = await office.newShop()
    const admin = await staff('admin', shop)
    for (const role of ['operator', 'customer', 'accountant']) await staff(role, shop)
    const numbers: unknown[] = []
    for (let cursor: string | null | undefined = ''; cursor !== null; ) {
      const { body } = await call(admin, 'GET', `/admin/audit?limit=2${cursor && `&cursor=${cursor}`}`)
      numbers.push(...body.items!.map(({ number }) => number))
      cursor = body.nextCursor
    }
    expect(numbers).toEqual(numbers.map((_, i) => numbers.length - i))
    expect(numbers.length).toBeGreaterThanOrEqual(4)
  })

  it('are checked for changes: entries that are missing at the end show', async () => {
    const shop = await office.newShop()
    const admin = await staff('admin', shop)
    for (const role of ['operator', 'customer']) await staff(role, shop)
    const verify = async () => (await call(admin, 'GET', '/admin/audit/verify')).body as unknown as object
    expect(await verify()).toMatchObject({ isSound: true, brokenAt: null })
    await shop.db.query.updateTable('audit_heads').set({ count: 99 }).execute()
    expect(await verify()).toMatchObject({ isSound: false, problem: 'the last entries are missing' })
  })

  it('hold the log together however many administer at once', async () => {
    const shop = await office.newShop()
    const admin = await staff('admin', shop)
    const invited = Array.from({ length: 12 }, (_, i) =>
      call(admin, 'POST', '/admin/users', { email: `at.once.${i}@example.com` }),
    )
    const ids = (await Promise.all(invited)).map(({ body }) => body.id!)
    await Promise.all(
      ids.map((id, i) =>
        call(admin, i % 2 ? 'DELETE' : 'PUT', `/admin/users/${id}`, i % 2 ? undefined : { name: 'N' }),
      ),
    )
    expect((await call(admin, 'GET', '/admin/audit/verify')).body).toMatchObject({ isSound: true })
  })

  it('leave as CSV, and that leaves an entry', async () => {
    const shop = await office.newShop()
    const admin = await staff('admin', shop)
    const { text } = await call(admin, 'GET', '/admin/audit/export')
    const [head, first] = text.split('\r\n')
    expect(head).toBe('number,at,kind,actorId,subjectId,address,userAgent,data,hash')
    expect(first).toContain(`audit.exported,${admin.id}`)
  })
})
