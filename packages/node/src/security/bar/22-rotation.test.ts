import { expect, it } from 'vitest'
import { describeStatement } from './bar-site.ts'

const AFTER_GRACE_MS = 31_000

describeStatement('22 a refresh token is used once; one that comes again late ends its whole session', (bar) => {
  const refresh = (refreshToken: string) => bar.post('/auth/refresh', { refreshToken })

  it('gives another each time, and a chain of them works', async () => {
    const person = await bar.newPerson()
    const seen = new Set([person.refreshToken])
    let token = person.refreshToken
    for (let count = 0; count < 4; count++) {
      await bar.advance(AFTER_GRACE_MS)
      token = (await refresh(token)).body.refreshToken!
      seen.add(token)
    }
    expect(seen.size).toBe(5)
  })

  it('refuses a used one after the grace, and everything of its session with it', async () => {
    const person = await bar.newPerson()
    const next = (await refresh(person.refreshToken)).body
    await bar.advance(AFTER_GRACE_MS)
    expect((await refresh(person.refreshToken)).body.code).toBe('session_ended')
    expect((await refresh(next.refreshToken!)).status).toBe(401)
    expect(await bar.validate(next.accessToken!)).toBe(401)
    expect(await bar.validate(person.accessToken)).toBe(401)
  })

  it('does so for a grandparent too', async () => {
    const person = await bar.newPerson()
    const second = (await refresh(person.refreshToken)).body
    await bar.advance(AFTER_GRACE_MS)
    const third = (await refresh(second.refreshToken!)).body
    await bar.advance(AFTER_GRACE_MS)
    await refresh(person.refreshToken)
    expect((await refresh(third.refreshToken!)).status).toBe(401)
  })

  it('notes it once in the audit log', async () => {
    const person = await bar.newPerson()
    await refresh(person.refreshToken)
    await bar.advance(AFTER_GRACE_MS)
    await refresh(person.refreshToken)
    await refresh(person.refreshToken)
    expect((await bar.auditOf(person.id)).filter((kind) => kind === 'session.token_reused')).toHaveLength(1)
  })

  it('leaves other sessions of the person alone', async () => {
    const person = await bar.newPerson()
    const other = (await bar.login(person)).body
    await refresh(person.refreshToken)
    await bar.advance(AFTER_GRACE_MS)
    await refresh(person.refreshToken)
    expect(await bar.validate(other.accessToken!)).toBe(200)
    expect((await refresh(other.refreshToken!)).status).toBe(200)
  })
})
