import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { describeStatement } from './bar-site.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

describeStatement('21 refresh tokens are 256 random bits, kept as digests, and end whatever is ticked', (bar) => {
  const refresh = (refreshToken: string) => bar.post('/auth/refresh', { refreshToken })

  /** Refreshes every `everyMs` until it is refused; returns how long that took. */
  async function livesFor(refreshToken: string, everyMs: number): Promise<number> {
    const from = bar.now
    for (let token = refreshToken; ; ) {
      await bar.advance(everyMs)
      const { status, body } = await refresh(token)
      if (status !== 200) return bar.now - from
      token = body.refreshToken!
    }
  }

  it('gives new tokens for one', async () => {
    const person = await bar.newPerson()
    const { status, body } = await refresh(person.refreshToken)
    expect(status).toBe(200)
    expect(await bar.validate(body.accessToken!)).toBe(200)
  })

  it('is 32 random bytes, and nothing of it is stored but its digest', async () => {
    const person = await bar.newPerson()
    const next = (await refresh(person.refreshToken)).body.refreshToken!
    const stored = await bar.wholeDatabase()
    for (const token of [person.refreshToken, next]) {
      expect(token).toMatch(/^rt_[\w-]{43}$/)
      expect(stored).not.toContain(token)
      expect(stored).not.toContain(token.slice(3))
      expect(stored).toContain(createHash('sha256').update(token).digest('hex'))
    }
    expect(JSON.stringify(bar.site.log.lines)).not.toContain(person.refreshToken)
  })

  it('ends when it is not used: a day, and thirty for who asked to be remembered', async () => {
    const person = await bar.newPerson()
    const remembered = (await bar.login(person, { remember: true })).body
    await bar.advance(DAY_MS)
    expect((await refresh(person.refreshToken)).status).toBe(401)
    await bar.advance(29 * DAY_MS)
    expect((await refresh(remembered.refreshToken!)).status).toBe(401)
  })

  it('ends for all its use: a week, and ninety days for who asked to be remembered', async () => {
    const person = await bar.newPerson()
    expect(await livesFor(person.refreshToken, 12 * HOUR_MS)).toBe(7 * DAY_MS)
    const remembered = (await bar.login(person, { remember: true })).body
    expect(await livesFor(remembered.refreshToken!, 10 * DAY_MS)).toBe(90 * DAY_MS)
  })

  it.each(['operator', 'admin', 'owner'])('ends within a day for a %s, whatever is ticked', async (role) => {
    const person = await bar.newPerson({ role })
    const remembered = (await bar.login(person, { remember: true })).body
    expect(await livesFor(remembered.refreshToken!, HOUR_MS)).toBe(DAY_MS)
    const idle = (await bar.login(person, { remember: true })).body
    await bar.advance(2 * HOUR_MS)
    expect((await refresh(idle.refreshToken!)).status).toBe(401)
  })

  it('gives access tokens that end with the session, and after a quarter of an hour anyway', async () => {
    const person = await bar.newPerson()
    await bar.advance(15 * 60_000 - 1_000)
    expect(await bar.validate(person.accessToken)).toBe(200)
    await bar.advance(1_000)
    expect(await bar.validate(person.accessToken)).toBe(401)
  })
})
