import { expect, it } from 'vitest'
import { describeStatement, OTHER_PASSWORD, PASSWORD, type Someone, WRONG_PASSWORD } from './bar-site.ts'

describeStatement('07 a change needs the current password, refuses the last five and ends other sessions', (bar) => {
  const change = (person: Someone, currentPassword: string | undefined, newPassword: string) =>
    bar.post('/auth/account/password', { currentPassword, newPassword }, { bearer: person.accessToken })

  const numbered = (count: number) => `${['ten', 'six', 'two', 'four', 'nine', 'three'][count]} herons under the weir`

  it('changes it: the new one signs in, the old one does not', async () => {
    const person = await bar.newPerson()
    expect((await change(person, PASSWORD, OTHER_PASSWORD)).status).toBe(200)
    expect((await bar.login({ ...person, password: OTHER_PASSWORD })).status).toBe(200)
    expect((await bar.login({ ...person, password: PASSWORD })).status).toBe(401)
  })

  it('refuses without the current one, or with a wrong one', async () => {
    const person = await bar.newPerson()
    for (const current of [undefined, WRONG_PASSWORD]) {
      const { status, body } = await change(person, current, OTHER_PASSWORD)
      expect(status).toBe(401)
      expect(body.code).toBe('invalid_credentials')
    }
    expect((await bar.login(person)).status).toBe(200)
  })

  it('refuses the last five, and takes the one before them again', async () => {
    const person = await bar.newPerson()
    let current = PASSWORD
    for (let count = 0; count < 4; count++) {
      await bar.advance(1_000)
      expect((await change(person, current, numbered(count))).status).toBe(200)
      current = numbered(count)
    }
    for (const used of [PASSWORD, numbered(0), numbered(1), numbered(2), numbered(3)]) {
      const { status, body } = await change(person, current, used)
      expect(status).toBe(422)
      expect(body.errors![0]!.message).toMatch(/^used_before: /)
    }
    await bar.advance(1_000)
    expect((await change(person, current, numbered(4))).status).toBe(200)
    await bar.advance(1_000)
    expect((await change(person, numbered(4), PASSWORD)).status).toBe(200)
  })

  it('refuses the last five at resetting too', async () => {
    const { email } = await bar.register()
    await bar.post('/auth/forgot-password', { email })
    const token = await bar.linkTo(email, 'reset-password')
    const { body } = await bar.post('/auth/reset-password', { token, password: PASSWORD })
    expect(body.errors![0]!.message).toMatch(/^used_before: /)
  })

  it('ends the other sessions and keeps the one that asked', async () => {
    const person = await bar.newPerson()
    const other = (await bar.login(person)).body
    await change(person, PASSWORD, OTHER_PASSWORD)
    expect(await bar.validate(other.accessToken!)).toBe(401)
    expect((await bar.post('/auth/refresh', { refreshToken: other.refreshToken })).status).toBe(401)
    expect(await bar.validate(person.accessToken)).toBe(200)
  })

  it('kills links and codes that were on their way', async () => {
    const person = await bar.newPerson()
    await bar.post('/auth/forgot-password', { email: person.email })
    await bar.post('/auth/magic-link', { email: person.email })
    const reset = await bar.linkTo(person.email, 'reset-password')
    const magic = await bar.linkTo(person.email, 'magic-link')
    await change(person, PASSWORD, OTHER_PASSWORD)
    const password = 'eleven otters by a weir'
    expect((await bar.post('/auth/reset-password', { token: reset, password })).status).toBe(410)
    expect((await bar.post('/auth/magic-link/use', { token: magic })).status).toBe(410)
  })

  it('works for who has a second factor, whose code the session has shown', async () => {
    const person = await bar.newPerson()
    await bar.withTwoFactor(person)
    expect((await change(person, PASSWORD, OTHER_PASSWORD)).status).toBe(200)
  })
})
