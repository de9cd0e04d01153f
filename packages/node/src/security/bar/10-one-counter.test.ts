import { expect, it } from 'vitest'
import { describeStatement, type Someone, WRONG_PASSWORD } from './bar-site.ts'

describeStatement('10 one counter covers password, code and recovery code, across fresh sign-ins', (bar) => {
  const pendingOf = async (person: Someone) => (await bar.login({ email: person.email })).body.pendingToken
  const guess = (pendingToken: string | undefined, code: string) =>
    bar.post('/auth/two-factor', { pendingToken: pendingToken ?? 'tf_none', code })
  const wrongFor = (right: string) => (right === '123456' ? '654321' : '123456')

  it('lets the right code in after four wrong ones', async () => {
    const person = await bar.newPerson()
    const { nextCode } = await bar.withTwoFactor(person)
    const pending = await pendingOf(person)
    const right = await nextCode()
    for (let count = 0; count < 4; count++) expect((await guess(pending, wrongFor(right))).status).toBe(401)
    expect((await guess(pending, right)).status).toBe(200)
  })

  it('refuses the right code after five wrong ones, each after a fresh sign-in', async () => {
    const person = await bar.newPerson()
    const { nextCode } = await bar.withTwoFactor(person)
    const right = await nextCode()
    for (let count = 0; count < 5; count++) await guess(await pendingOf(person), wrongFor(right))
    expect(await pendingOf(person)).toBeUndefined()
  })

  it('counts wrong passwords and wrong codes together', async () => {
    const person = await bar.newPerson()
    const { nextCode } = await bar.withTwoFactor(person)
    const pending = await pendingOf(person)
    for (let count = 0; count < 3; count++) await bar.login({ email: person.email, password: WRONG_PASSWORD })
    const right = await nextCode()
    for (let count = 0; count < 2; count++) await guess(pending, wrongFor(right))
    expect((await guess(pending, right)).status).toBe(401)
  })

  it('counts recovery codes too', async () => {
    const person = await bar.newPerson()
    const { recoveryCodes } = await bar.withTwoFactor(person)
    const pending = await pendingOf(person)
    for (let count = 0; count < 5; count++) await guess(pending, 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA')
    expect((await guess(pending, recoveryCodes[0]!)).status).toBe(401)
  })

  it('gives who reads the mail no more guesses at the code by asking for links', async () => {
    const person = await bar.newPerson()
    const { nextCode } = await bar.withTwoFactor(person)
    const right = await nextCode()
    for (let count = 0; count < 7; count++) {
      await bar.post('/auth/magic-link', { email: person.email })
      const token = await bar.linkTo(person.email, 'magic-link')
      await guess((await bar.post('/auth/magic-link/use', { token })).body.pendingToken, wrongFor(right))
    }
    await bar.post('/auth/magic-link', { email: person.email })
    const token = await bar.linkTo(person.email, 'magic-link')
    const { pendingToken } = (await bar.post('/auth/magic-link/use', { token })).body
    expect((await guess(pendingToken, right)).status).toBe(401)
  })

  it('gives who holds a session and guesses its proof five tries, ten with those at the door', async () => {
    const person = await bar.newPerson()
    const prove = (password: string) => bar.post('/auth/reauthenticate', { password }, { bearer: person.accessToken })
    bar.hasher.verified.length = 0
    for (let count = 0; count < 8; count++) {
      expect((await prove(WRONG_PASSWORD)).status).toBe(401)
      await bar.login({ email: person.email, password: WRONG_PASSWORD })
      const change = { currentPassword: WRONG_PASSWORD, newPassword: 'eleven otters by a weir' }
      await bar.post('/auth/account/password', change, { bearer: person.accessToken })
    }
    expect((await prove(person.password)).status).toBe(401)
    expect(bar.hasher.verified.filter((hash) => hash !== null)).toHaveLength(10)
  })
})
