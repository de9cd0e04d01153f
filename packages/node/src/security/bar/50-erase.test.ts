import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeStatement, type Someone } from './bar-site.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

describeStatement('50 who is erased is gone, from everywhere', (bar) => {
  let marked = 0

  /** Somebody of whom as many traces are left as people leave. */
  async function markedPerson(): Promise<Someone & { name: string; device: string }> {
    const person = await bar.newPerson()
    marked++
    const [name, device] = [`Perpetua Marker ${marked}.`, `MarkerBrowser/${marked}.0 (Linux)`]
    const call = { bearer: person.accessToken, headers: { 'user-agent': device } }
    await bar.send('PATCH', '/auth/account', { ...call, body: { name } })
    await bar.login({ email: person.email }, {}, { headers: { 'user-agent': device } })
    await bar.withTwoFactor(person)
    await bar.post('/auth/forgot-password', { email: person.email })
    await bar.mailsTo(person.email)
    return { ...person, name, device }
  }
  const remove = (person: Someone) => bar.send('DELETE', '/auth/account', { bearer: person.accessToken })
  const tidy = async () => bar.site.server.housekeeping.tidyIfDue()

  it('keeps a person whom nobody removed', async () => {
    const person = await markedPerson()
    await bar.advance(31 * DAY_MS)
    await tidy()
    expect(await bar.wholeDatabase()).toContain(person.email)
  })

  it('ends all sessions with the removal', async () => {
    const person = await markedPerson()
    expect(await bar.validate(person.accessToken)).toBe(200)
    expect((await remove(person)).status).toBe(204)
    await bar.advance(1_001)
    expect(await bar.validate(person.accessToken)).toBe(401)
    expect((await bar.post('/auth/refresh', { refreshToken: person.refreshToken })).status).toBe(401)
    expect((await bar.login({ email: person.email })).status).toBe(401)
  })

  it('exports everything that is kept about somebody to them, and no secret', async () => {
    const person = await markedPerson()
    const { text } = await bar.get('/auth/account/export', { bearer: person.accessToken })
    const exported = JSON.parse(text) as Record<string, unknown>
    expect(exported.account).toMatchObject({ email: person.email, name: person.name, twoFactor: true })
    expect(exported.sessions).toContainEqual(expect.objectContaining({ id: person.sessionId }))
    expect(JSON.stringify(exported.activity)).toContain('sign_in.succeeded')
    expect(text).not.toMatch(/argon2|password_hash|rt_|ml_/)
  })

  it('leaves nothing of them in the database, in files or in log lines', async () => {
    const person = await markedPerson()
    const admin = await bar.newPerson({ role: 'admin' })
    await bar.send('PUT', `/admin/users/${person.id}`, {
      bearer: admin.accessToken,
      body: { name: `${person.name} II` },
    })
    await bar.get('/admin/users/export', { bearer: admin.accessToken })
    await remove(person)
    await bar.mailsTo(person.email)
    await bar.advance(30 * DAY_MS - 2 * HOUR_MS)
    await tidy()
    expect(await bar.wholeDatabase()).toContain(person.email)
    await bar.advance(3 * HOUR_MS)
    await tidy()
    const everything = await bar.wholeDatabase()
    for (const marker of [person.email, person.name]) expect(everything).not.toContain(marker)
    expect(JSON.stringify(bar.site.log.lines)).not.toContain(person.email)
    for (const file of await readdir(bar.site.dataDir, { recursive: true, withFileTypes: true })) {
      if (!file.isFile() || /\.db/.test(file.name)) continue
      expect(await readFile(join(file.parentPath, file.name), 'utf8'), file.name).not.toContain(person.email)
    }
  })

  it('keeps the browser they came with in the log for its 90 days, and no longer', async () => {
    const person = await markedPerson()
    await remove(person)
    await bar.advance(89 * DAY_MS)
    await tidy()
    expect(await bar.wholeDatabase()).toContain(person.device)
    await bar.advance(2 * DAY_MS)
    await tidy()
    expect(await bar.wholeDatabase()).not.toContain(person.device)
  })

  it('answers no question about them any more, and lets their address begin anew', async () => {
    const person = await markedPerson()
    await remove(person)
    await bar.advance(31 * DAY_MS)
    await tidy()
    const admin = await bar.newPerson({ role: 'admin' })
    const call = { bearer: admin.accessToken }
    expect((await bar.get(`/admin/users/${person.id}`, call)).status).toBe(404)
    expect((await bar.post(`/admin/users/${person.id}/restore`, undefined, call)).status).toBe(404)
    for (const path of [
      '/admin/users/export?status=removed',
      `/admin/users?search=${person.email}`,
      '/admin/audit/export',
    ]) {
      expect((await bar.get(path, call)).text).not.toContain(person.email)
    }
    const anew = await bar.newPerson({ email: person.email })
    expect(anew.id).not.toBe(person.id)
  })

  it('keeps the log sound: it holds ids that mean nobody', async () => {
    const person = await markedPerson()
    await remove(person)
    await bar.advance(31 * DAY_MS)
    await tidy()
    const admin = await bar.newPerson({ role: 'admin' })
    const { body } = await bar.get('/admin/audit/verify', { bearer: admin.accessToken })
    expect(body).toMatchObject({ isSound: true })
    expect(await bar.auditOf(person.id)).toContain('user.removed')
  })
})
