import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { describeStatement, type Someone } from './bar-site.ts'

describeStatement('41 API keys are strong, hashed, shown once, scoped and expiring', (bar) => {
  const make = async (who: Someone, body: object) => {
    const { status, text, body: made } = await bar.post('/admin/keys', body, { bearer: who.accessToken })
    if (status !== 201) throw new Error(`Making a key gave ${status}: ${text}`)
    return made as { key: { id: string; expiresAt: string | null }; token: string }
  }
  const secret = (who: Someone, scopes: string[], rest = {}) => make(who, { kind: 'secret', scopes, ...rest })
  const status = async (bearer: string, path: string, method = 'GET', body?: unknown) =>
    (await bar.send(method, path, { bearer, ...(body === undefined ? {} : { body }) })).status

  it('open what their scopes name', async () => {
    const admin = await bar.newPerson({ role: 'admin' })
    const { token } = await secret(admin, ['orders:read', 'customers:read'])
    expect([await status(token, '/api/orders'), await status(token, '/api/customers')]).toEqual([200, 200])
  })

  it('hold 192 bits that never come twice, and are nowhere but in the answer', async () => {
    const admin = await bar.newPerson({ role: 'admin' })
    const made = [await secret(admin, ['orders:read']), await make(admin, { kind: 'publishable' })]
    for (const { token } of made) expect(Buffer.from(token.slice(3), 'base64url')).toHaveLength(24)
    expect(new Set(made.map(({ token }) => token)).size).toBe(2)
    const stored = await bar.wholeDatabase()
    const listed = (await bar.get('/admin/keys', { bearer: admin.accessToken })).text
    for (const { token } of made) {
      expect(stored).not.toContain(token.slice(3))
      expect(listed).not.toContain(token.slice(3))
      expect(stored).toContain(createHash('sha256').update(token).digest('hex'))
    }
  })

  it('are not given again for a repeated Idempotency-Key', async () => {
    const admin = await bar.newPerson({ role: 'admin' })
    const call = { bearer: admin.accessToken, headers: { 'idempotency-key': 'make-a-key' } }
    const body = { kind: 'secret', scopes: ['orders:read'] }
    const [one, two] = [await bar.post('/admin/keys', body, call), await bar.post('/admin/keys', body, call)]
    expect((one.body as { token?: string }).token).not.toBe((two.body as { token?: string }).token)
  })

  it('do nothing beyond their scopes, not for another kind of thing and not to write', async () => {
    const admin = await bar.newPerson({ role: 'admin' })
    const { token } = await secret(admin, ['orders:read'])
    for (const path of [
      '/api/customers',
      '/admin/users',
      '/admin/keys',
      '/admin/audit',
      '/admin/reports',
      '/admin/jobs',
    ]) {
      expect([path, await status(token, path)]).toEqual([path, 403])
    }
    const order = {
      id: '1',
      at: '2026-01-01T00:00:00Z',
      currency: 'GBP',
      lines: [{ productId: 'a', quantity: 1, unitPriceMinor: 1 }],
    }
    expect(await status(token, '/api/orders', 'POST', { items: [order] })).toBe(403)
  })

  it('are refused from the instant at which they expire', async () => {
    const admin = await bar.newPerson({ role: 'admin' })
    const { token } = await secret(admin, ['orders:read'], { expiresAt: new Date(bar.now + 60_000).toISOString() })
    await bar.advance(59_999)
    expect(await status(token, '/api/orders')).toBe(200)
    await bar.advance(1)
    expect(await status(token, '/api/orders')).toBe(401)
  })

  it('are refused within a second after they are revoked, by another process too', async () => {
    const admin = await bar.newPerson({ role: 'admin' })
    const { token, key } = await secret(admin, ['orders:read'])
    const other = bar.otherServer()
    const elsewhere = async () =>
      (
        await other.fetch(
          new Request('http://tillwright.test/api/orders', { headers: { authorization: `Bearer ${token}` } }),
        )
      ).status
    await other.migrate()
    expect([await status(token, '/api/orders'), await elsewhere()]).toEqual([200, 200])
    await bar.send('DELETE', `/admin/keys/${key.id}`, { bearer: admin.accessToken })
    await bar.advance(1_001)
    expect([await status(token, '/api/orders'), await elsewhere()]).toEqual([401, 401])
  })

  it('for browsers write nothing that belongs to the shop', async () => {
    const key = bar.shop.publishableKey
    for (const [method, path, body] of [
      ['POST', '/api/products', { items: [{ id: 'a', name: 'A' }] }],
      ['DELETE', '/api/products/a', undefined],
      ['POST', '/api/customers', { items: [{ id: 'a' }] }],
      ['POST', '/admin/users', { email: 'a@mail.example' }],
      ['POST', '/admin/keys', { kind: 'secret', scopes: ['orders:read'] }],
      ['GET', '/admin/users', undefined],
      ['GET', '/admin/audit', undefined],
    ] as const) {
      expect([401, 403], `${method} ${path}`).toContain(await status(key, path, method, body))
    }
  })

  it('that are secret neither make keys nor people, whatever userId the body names', async () => {
    const owner = await bar.newPerson({ role: 'owner' })
    const bearer = bar.shop.secretKey
    for (const [path, body] of [
      ['/admin/keys', { kind: 'secret', scopes: ['orders:read'], userId: owner.id }],
      ['/admin/users', { email: 'b@mail.example', role: 'owner', userId: owner.id, actorId: owner.id }],
      [`/admin/users/${owner.id}/impersonate`, { reason: 'because the key says so', userId: owner.id }],
    ] as const) {
      expect([path, await status(bearer, path, 'POST', body)]).toEqual([path, 401])
    }
    const customer = await bar.newPerson()
    const made = await bar.post(
      '/admin/keys',
      { kind: 'publishable', userId: owner.id },
      { bearer: customer.accessToken },
    )
    expect(made.status).toBe(403)
  })

  it('are not made, changed or rotated without a proof of the last five minutes', async () => {
    const admin = await bar.newPerson({ role: 'admin' })
    const { key } = await secret(admin, ['orders:read'])
    await bar.advance(5 * 60_000 + 1)
    const call = { bearer: admin.accessToken }
    const codes = [
      await bar.post('/admin/keys', { kind: 'secret', scopes: ['orders:read'] }, call),
      await bar.post(`/admin/keys/${key.id}/rotate`, {}, call),
      await bar.send('PUT', `/admin/keys/${key.id}`, { ...call, body: { scopes: ['orders:write'] } }),
    ].map(({ body }) => body.code)
    expect(codes).toEqual(Array(3).fill('reauthentication_required'))
  })
})
