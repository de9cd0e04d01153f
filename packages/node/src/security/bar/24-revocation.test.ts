import { expect, it } from 'vitest'
import { describeStatement, OTHER_PASSWORD, PASSWORD, type Someone } from './bar-site.ts'

const ONE_SECOND_MS = 1_001

describeStatement('24 an access token is refused within a second of what ends it, in every process', (bar) => {
  it('is taken while nothing has happened', async () => {
    const person = await bar.newPerson()
    expect(await bar.validate(person.accessToken)).toBe(200)
    await bar.advance(ONE_SECOND_MS)
    expect(await bar.validate(person.accessToken)).toBe(200)
  })

  const deeds: readonly [string, (person: Someone) => Promise<unknown>][] = [
    ['signing out', (person) => bar.post('/auth/logout', { refreshToken: person.refreshToken })],
    ['signing out by the access token', (person) => bar.post('/auth/logout', {}, { bearer: person.accessToken })],
    [
      'signing out everywhere from another device',
      async (person) => {
        const { refreshToken } = (await bar.login(person)).body
        return bar.post('/auth/logout', { refreshToken, everywhere: true })
      },
    ],
    ['removing the account', async (person) => bar.send('DELETE', '/auth/account', { bearer: person.accessToken })],
    [
      'changing the password elsewhere',
      async (person) => {
        const other = (await bar.login(person)).body
        const change = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD }
        return bar.post('/auth/account/password', change, { bearer: other.accessToken! })
      },
    ],
    [
      'ending the session from another',
      async (person) => {
        const other = (await bar.login(person)).body
        return bar.send('DELETE', `/auth/sessions/${person.sessionId}`, { bearer: other.accessToken! })
      },
    ],
  ]

  it.each(deeds)('is refused at once after %s', async (_, act) => {
    const person = await bar.newPerson()
    expect(await bar.validate(person.accessToken)).toBe(200)
    await act(person)
    expect(await bar.validate(person.accessToken)).toBe(401)
  })

  it.each([
    ['a suspension', (person: Someone) => bar.setUser(person.id, { status: 'suspended' })],
    ['a removal', (person: Someone) => bar.setUser(person.id, { status: 'removed', email_key: null })],
    ['a demotion', (person: Someone) => bar.setUser(person.id, { role: 'customer' })],
    [
      'the end of the session',
      (person: Someone) =>
        bar.shop.db.query
          .updateTable('sessions')
          .set({ ended_at: 1, ended_why: 'elsewhere' })
          .where('id', '=', person.sessionId)
          .execute(),
    ],
  ])('is refused within a second after %s that another process wrote', async (_, act) => {
    const person = await bar.newPerson({ role: 'admin' })
    expect(await bar.validate(person.accessToken)).toBe(200)
    await act(person)
    await bar.advance(ONE_SECOND_MS)
    expect(await bar.validate(person.accessToken)).toBe(401)
  })

  it('is refused within a second by another process that had just seen it', async () => {
    const person = await bar.newPerson()
    const other = bar.otherServer()
    await other.migrate()
    const seenThere = async () => {
      const headers = { authorization: `Bearer ${person.accessToken}` }
      const request = new Request('http://tillwright.test/auth/validate', { headers })
      return (await other.fetch(request, { remoteAddress: '192.0.2.1' })).status
    }
    expect(await seenThere()).toBe(200)
    await bar.post('/auth/logout', { refreshToken: person.refreshToken })
    await bar.advance(ONE_SECOND_MS)
    expect(await seenThere()).toBe(401)
  })

  it('gives no new one after any of them', async () => {
    const person = await bar.newPerson()
    await bar.setUser(person.id, { status: 'suspended' })
    expect((await bar.post('/auth/refresh', { refreshToken: person.refreshToken })).status).toBe(401)
  })
})
