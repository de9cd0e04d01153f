import { expect, it } from 'vitest'
import { signInAs } from '../../testing/sign-in-as.ts'
import type { Shop } from '../../testing/test-site.ts'
import { type BarAnswer, describeStatement } from './bar-site.ts'

const MISSING = '0'.repeat(26)

describeStatement('37 the id of another tenant is as good as none', (bar) => {
  const shown = ({ status, text }: BarAnswer, id: string) => [
    status,
    text.replaceAll(id, 'ID').replace(/"requestId":"[^"]*"/, ''),
  ]
  const foreignShop = (() => {
    let shop: Promise<Shop> | undefined
    return () => (shop ??= bar.site.newShop({ name: 'Other' }))
  })()
  const owner = () => bar.newPerson({ role: 'owner' })

  it('finds its own people, to begin with', async () => {
    const [me, other] = [await owner(), await bar.newPerson()]
    const found = await bar.get(`/admin/users/${other.id}`, { bearer: me.accessToken })
    expect([found.status, (found.body as { id?: string }).id]).toEqual([200, other.id])
  })

  it.each([
    ['GET', '/admin/users/{id}', undefined],
    ['PUT', '/admin/users/{id}', { name: 'Taken' }],
    ['PUT', '/admin/users/{id}', { role: 'customer' }],
    ['DELETE', '/admin/users/{id}', undefined],
    ['POST', '/admin/users/{id}/undo', undefined],
    ['POST', '/admin/users/{id}/restore', undefined],
    ['POST', '/admin/users/{id}/password-link', undefined],
    ['GET', '/admin/users/{id}/sessions', undefined],
    ['DELETE', '/admin/users/{id}/sessions', undefined],
    ['POST', '/admin/users/{id}/impersonate', { reason: 'to see whether it works' }],
  ])('answers %s %s with the same 404', async (method, path, body) => {
    const me = await owner()
    const foreign = await signInAs(bar.site, await foreignShop(), 'customer')
    const ask = (id: string) =>
      bar.send(method, path.replace('{id}', id), { bearer: me.accessToken, ...(body ? { body } : {}) })
    const [theirs, missing] = [await ask(foreign.id), await ask(`usr_${MISSING}`)]
    expect(theirs.status).toBe(404)
    expect(shown(theirs, foreign.id)).toEqual(shown(missing, `usr_${MISSING}`))
    expect((await foreign.send('/auth/validate')).status).toBe(200)
  })

  it.each([
    ['PUT', '/admin/keys/{id}', { label: 'taken' }],
    ['POST', '/admin/keys/{id}/rotate', {}],
    ['DELETE', '/admin/keys/{id}', undefined],
  ])('answers %s %s of another tenant’s key with the same 404', async (method, path, body) => {
    const me = await owner()
    const shop = await foreignShop()
    const { id } = await shop.db.query.selectFrom('api_keys').select('id').executeTakeFirstOrThrow()
    const ask = (key: string) =>
      bar.send(method, path.replace('{id}', key), { bearer: me.accessToken, ...(body ? { body } : {}) })
    const [theirs, missing] = [await ask(id), await ask(`key_${MISSING}`)]
    expect(theirs.status).toBe(404)
    expect(shown(theirs, id)).toEqual(shown(missing, `key_${MISSING}`))
  })

  it('refuses in a bulk operation as it refuses who is not there', async () => {
    const me = await owner()
    const foreign = await signInAs(bar.site, await foreignShop(), 'customer')
    const userIds = [foreign.id, `usr_${MISSING}`]
    const queued = await bar.post('/admin/users/bulk', { action: 'remove', userIds }, { bearer: me.accessToken })
    while ((await bar.site.server.jobs.runDue()) > 0);
    const { id } = queued.body as { id?: string }
    const job = await bar.get(`/admin/jobs/${id}`, { bearer: me.accessToken })
    const { refusals, done } = (
      job.body as { result?: { done: number; refusals: { userId: string; reason: string }[] } }
    ).result!
    expect(done).toBe(0)
    expect(refusals.map(({ userId, reason }) => reason.replace(userId, 'ID'))).toEqual(
      Array(2).fill('There is no person ID'),
    )
    expect((await foreign.send('/auth/validate')).status).toBe(200)
  })

  it('keeps lists, searches, exports, reports and the log to the tenant', async () => {
    const me = await owner()
    const foreign = await signInAs(bar.site, await foreignShop(), 'admin')
    for (const path of [
      '/admin/users?limit=200',
      `/admin/users?search=${foreign.email}`,
      '/admin/users/export',
      '/admin/audit?limit=200',
      `/admin/audit?personId=${foreign.id}`,
      '/admin/audit/export',
      '/admin/keys',
      '/admin/jobs?limit=200',
    ]) {
      const { status, text } = await bar.get(path, { bearer: me.accessToken })
      expect([path, status]).toEqual([path, 200])
      expect(text).not.toContain(foreign.id)
      expect(text).not.toContain(foreign.email)
    }
  })

  it('undoes no import of another tenant', async () => {
    const me = await owner()
    const foreign = await signInAs(bar.site, await foreignShop(), 'admin')
    const started = await foreign.send('/admin/import-csv', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: 'email\nimported@foreign.example\n',
    })
    const { id } = (await started.json()) as { id: string }
    while ((await bar.site.server.jobs.runDue()) > 0);
    const undo = (job: string) => bar.post(`/admin/import-csv/${job}/undo`, undefined, { bearer: me.accessToken })
    const [theirs, missing] = [await undo(id), await undo(`job_${MISSING}`)]
    expect(theirs.status).toBe(404)
    expect(shown(theirs, id)).toEqual(shown(missing, `job_${MISSING}`))
  })

  it('takes an address that another tenant has, as another person', async () => {
    const me = await owner()
    const foreign = await signInAs(bar.site, await foreignShop(), 'customer')
    const invited = await bar.post('/admin/users', { email: foreign.email }, { bearer: me.accessToken })
    expect(invited.status).toBe(201)
    expect((invited.body as { id?: string }).id).not.toBe(foreign.id)
  })
})
