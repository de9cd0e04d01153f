import { expect, it } from 'vitest'
import { SEND_LINK } from '../../people/registration.ts'
import { describeOnDatabases } from '../../testing/describe-on-databases.ts'
import { addPerson, signInAs, TEST_PASSWORD } from '../../testing/sign-in-as.ts'
import { json, ORIGIN, openSite, type TestSite } from '../../testing/test-site.ts'

const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 5_000 })

/** Puts a tenant out of service, as an administrator of the installation would. */
async function setSuspended({ server }: TestSite, tenantId: number, suspendedAt: number | null): Promise<void> {
  await server.database.system
    .updateTable('tenants')
    .set({ suspended_at: suspendedAt })
    .where('id', '=', tenantId)
    .execute()
}

describeOnDatabases('38 a suspended tenant', (engine) => {
  it('serves nobody as the only one, by key, session, name or none of them', async () => {
    const site = await openSite(engine)
    const shop = await site.newShop()
    const person = await signInAs(site, shop, 'owner')
    const { email } = await addPerson(shop, 'customer')
    const credentials = { email, password: TEST_PASSWORD }
    const named = { 'x-tillwright-tenant': shop.tenant.publicId, origin: ORIGIN, host: 'tillwright.test' }
    const ways = {
      'sign-in without a key': () => site.send('/auth/login', json(credentials)),
      'sign-in of the server’s own page': () => site.send('/auth/login', json(credentials, named)),
      'sign-in with a key': () =>
        site.send('/auth/login', json(credentials, { authorization: `Bearer ${shop.publishableKey}` })),
      'a mailed link': () => site.send('/auth/forgot-password', json({ email })),
      'a look at the session': () => site.send('/auth/session'),
      'a refresh': () => site.send('/auth/refresh', json({ refreshToken: person.refreshToken })),
      'an access token': () => person.send('/admin/users'),
      'a secret key': () => shop.send('/api/orders'),
    }
    const statuses = async () =>
      Object.fromEntries(
        await Promise.all(Object.entries(ways).map(async ([name, ask]) => [name, (await ask()).status] as const)),
      )
    for (const [name, status] of Object.entries(await statuses())) expect([name, status < 300]).toEqual([name, true])
    await setSuspended(site, shop.tenant.id, Date.now())
    await eventually(async () => Object.values(await statuses()).every((status) => status === 401)).toBe(true)
    await setSuspended(site, shop.tenant.id, null)
    await eventually(async () => (await site.send('/auth/login', json(credentials))).status).toBe(200)
    await site.close()
  })

  it('mails nobody', async () => {
    const site = await openSite(engine)
    const shop = await site.newShop()
    const { email } = await addPerson(shop, 'customer')
    const queued = async () =>
      (await shop.db.query.selectFrom('jobs').where('kind', '=', SEND_LINK).select('seq').execute()).length
    await site.send('/auth/forgot-password', json({ email }))
    expect(await queued()).toBe(1)
    await setSuspended(site, shop.tenant.id, Date.now())
    await eventually(async () => (await site.send('/auth/forgot-password', json({ email }))).status).toBe(401)
    const before = await queued()
    await site.send('/auth/forgot-password', json({ email }))
    expect(await queued()).toBe(before)
    await site.close()
  })

  it('has no page to sign in', async () => {
    const site = await openSite(engine)
    const shop = await site.newShop({ name: 'Kestrel Teahouse' })
    const pages = ['/sign-in', `/sign-in?tenant=${shop.tenant.publicId}`]
    const statuses = () => Promise.all(pages.map(async (page) => (await site.send(page)).status))
    // There are no widgets in this test.
    const [open] = await statuses()
    await setSuspended(site, shop.tenant.id, Date.now())
    await eventually(async () => (await statuses()).every((status) => status === 404 && status !== open)).toBe(true)
    await site.close()
  })

  it('does not make another tenant the only one', async () => {
    const site = await openSite(engine)
    const [shop, other] = [await site.newShop(), await site.newShop()]
    const { email } = await addPerson(other, 'customer')
    await setSuspended(site, shop.tenant.id, Date.now())
    const response = await site.send('/auth/login', json({ email, password: TEST_PASSWORD }))
    expect([response.status, await response.json()]).toMatchObject([401, { code: 'missing_key' }])
    await site.close()
  })
})
