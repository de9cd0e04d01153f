import { expect, it } from 'vitest'
import { describeStatement, type Someone, totp } from './bar-site.ts'

const STEP_MS = 30_000

describeStatement('16 a code is accepted once, of many at a time, and by the server’s clock', (bar) => {
  const pendingOf = async (person: Someone) => (await bar.login(person)).body.pendingToken!
  const enter = (pendingToken: string, code: string) => bar.post('/auth/two-factor', { pendingToken, code })

  it('lets the code of this moment in', async () => {
    const person = await bar.newPerson()
    const { nextCode } = await bar.withTwoFactor(person)
    const code = await nextCode()
    const { status, body } = await enter(await pendingOf(person), code)
    expect(status).toBe(200)
    expect(body.user!.twoFactor).toBe(true)
  })

  it('refuses the same code at the next sign-in', async () => {
    const person = await bar.newPerson()
    const { nextCode } = await bar.withTwoFactor(person)
    const code = await nextCode()
    await enter(await pendingOf(person), code)
    expect((await enter(await pendingOf(person), code)).status).toBe(401)
  })

  it('refuses the code that switched it on', async () => {
    const person = await bar.newPerson()
    const { secret } = await bar.withTwoFactor(person)
    expect((await enter(await pendingOf(person), totp(secret, bar.now))).status).toBe(401)
  })

  it('refuses an earlier step than the last one', async () => {
    const person = await bar.newPerson()
    const { secret, nextCode } = await bar.withTwoFactor(person)
    await bar.advance(2 * STEP_MS)
    await enter(await pendingOf(person), await nextCode())
    expect((await enter(await pendingOf(person), totp(secret, bar.now - STEP_MS))).status).toBe(401)
  })

  it('accepts one of five sign-ins that enter the same code at a time', async () => {
    const person = await bar.newPerson()
    const { nextCode } = await bar.withTwoFactor(person)
    const code = await nextCode()
    const pending = await pendingOf(person)
    const answers = await Promise.all(Array.from({ length: 5 }, () => enter(pending, code)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('accepts the steps beside this one, and none further off', async () => {
    const person = await bar.newPerson()
    const { secret } = await bar.withTwoFactor(person)
    await bar.advance(10 * STEP_MS)
    for (const steps of [-3, -2, 2, 3]) {
      expect((await enter(await pendingOf(person), totp(secret, bar.now + steps * STEP_MS))).status).toBe(401)
    }
    expect((await enter(await pendingOf(person), totp(secret, bar.now - STEP_MS))).status).toBe(200)
    expect((await enter(await pendingOf(person), totp(secret, bar.now + STEP_MS))).status).toBe(200)
  })

  it('goes by the server’s clock, whatever the caller says of the time', async () => {
    const person = await bar.newPerson()
    const { secret } = await bar.withTwoFactor(person)
    const future = bar.now + 3_600_000
    const headers = { date: new Date(future).toUTCString() }
    const body = { pendingToken: await pendingOf(person), code: totp(secret, future), now: future, time: future }
    expect((await bar.post('/auth/two-factor', body, { headers })).status).toBe(401)
  })
})
