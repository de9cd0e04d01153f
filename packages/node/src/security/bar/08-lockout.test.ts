import { expect, it } from 'vitest'
import { type Bar, describeStatement, PASSWORD, WRONG_PASSWORD } from './bar-site.ts'

const QUARTER_HOUR_MS = 15 * 60_000

async function failAtSignIn(bar: Bar, email: string, times: number, extra: object = {}): Promise<void> {
  for (let count = 0; count < times; count++) await bar.login({ email, password: WRONG_PASSWORD }, extra)
}

describeStatement('08 five failures lock the account whatever the address, but not its known devices', (bar) => {
  it('lets the right password in after four failures, which then are forgotten', async () => {
    const { email } = await bar.register()
    for (let round = 0; round < 2; round++) {
      await failAtSignIn(bar, email, 4)
      expect((await bar.login({ email })).status).toBe(200)
    }
  })

  it('refuses the right password after five, each from another address', async () => {
    const { email } = await bar.register()
    await failAtSignIn(bar, email, 5)
    bar.hasher.verified.length = 0
    expect((await bar.login({ email })).status).toBe(401)
    expect(bar.hasher.verified).toEqual([null])
  })

  it('takes it again after a quarter of an hour, and not before', async () => {
    const { email } = await bar.register()
    await failAtSignIn(bar, email, 5)
    await bar.advance(QUARTER_HOUR_MS - 1_000)
    expect((await bar.login({ email })).status).toBe(401)
    await bar.advance(1_000)
    expect((await bar.login({ email })).status).toBe(200)
  })

  it('counts an address however it is written', async () => {
    const { email } = await bar.register()
    await failAtSignIn(bar, email.toUpperCase(), 5)
    expect((await bar.login({ email })).status).toBe(401)
  })

  it('forgets failures that are a quarter of an hour apart', async () => {
    const { email } = await bar.register()
    await failAtSignIn(bar, email, 4)
    await bar.advance(QUARTER_HOUR_MS)
    await failAtSignIn(bar, email, 4)
    expect((await bar.login({ email })).status).toBe(200)
  })

  it('tells the owner once, by mail and in the audit log', async () => {
    const person = await bar.newPerson()
    await failAtSignIn(bar, person.email, 8)
    const told = (await bar.mailsTo(person.email)).filter(({ subject }) => subject.includes('locked'))
    expect(told).toHaveLength(1)
    expect((await bar.auditOf(person.id)).filter((kind) => kind === 'account.locked')).toHaveLength(1)
  })

  it('does not keep a known device out: its own failures count', async () => {
    const person = await bar.newPerson()
    await failAtSignIn(bar, person.email, 5)
    expect((await bar.login(person)).status).toBe(200)
    await failAtSignIn(bar, person.email, 5, { deviceToken: person.deviceToken })
    expect((await bar.login(person)).status).toBe(401)
  })

  it('knows no device by a token that somebody made up, not even after a sign-in with it', async () => {
    const person = await bar.newPerson()
    const deviceToken = `dt_${'A'.repeat(43)}`
    await bar.login({ email: person.email, deviceToken })
    await failAtSignIn(bar, person.email, 5)
    expect((await bar.login({ email: person.email, deviceToken })).status).toBe(401)
  })

  it('knows nobody’s device at another’s account', async () => {
    const [person, other] = [await bar.newPerson(), await bar.newPerson()]
    await failAtSignIn(bar, person.email, 5)
    expect((await bar.login({ email: person.email, deviceToken: other.deviceToken })).status).toBe(401)
  })

  it('does not keep who is signed in from their own settings', async () => {
    const person = await bar.newPerson()
    await failAtSignIn(bar, person.email, 5)
    const proved = await bar.post('/auth/reauthenticate', { password: PASSWORD }, { bearer: person.accessToken })
    expect(proved.status).toBe(200)
  })
})
