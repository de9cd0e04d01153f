import { expect, it } from 'vitest'
import { describeStatement, OTHER_PASSWORD, PASSWORD, WRONG_PASSWORD } from './bar-site.ts'

describeStatement('15 an account that somebody registered with another’s address becomes its owner’s alone', (bar) => {
  async function magicLink(email: string) {
    await bar.post('/auth/magic-link', { email })
    return bar.post('/auth/magic-link/use', { token: await bar.linkTo(email, 'magic-link') })
  }

  it('leaves password and sessions to who has confirmed the address', async () => {
    const person = await bar.newPerson()
    expect((await magicLink(person.email)).status).toBe(200)
    expect(await bar.validate(person.accessToken)).toBe(200)
    expect((await bar.login(person)).status).toBe(200)
  })

  it('drops the squatter’s password and sessions when the owner comes by a link', async () => {
    const squatter = await bar.newPerson({ isVerified: false })
    const owner = await magicLink(squatter.email)
    expect(owner.body.user).toMatchObject({ id: squatter.id, emailVerified: true, hasPassword: false })
    expect(await bar.validate(owner.body.accessToken!)).toBe(200)
    expect(await bar.validate(squatter.accessToken)).toBe(401)
    expect((await bar.post('/auth/refresh', { refreshToken: squatter.refreshToken })).status).toBe(401)
    expect((await bar.login(squatter)).status).toBe(401)
    expect((await bar.login({ email: squatter.email, password: PASSWORD })).status).toBe(401)
  })

  it('drops the squatter’s second factor, which else would keep the owner out', async () => {
    const squatter = await bar.newPerson({ isVerified: false })
    await bar.withTwoFactor(squatter)
    await magicLink(squatter.email)
    const { body } = await magicLink(squatter.email)
    expect(body.status).toBe('signed_in')
    expect(body.user!.twoFactor).toBe(false)
  })

  it('drops links that the squatter waits with, such as one to another address', async () => {
    const squatter = await bar.newPerson({ isVerified: false })
    const elsewhere = bar.newEmail()
    await bar.post('/auth/account/email', { email: elsewhere }, { bearer: squatter.accessToken })
    const trap = await bar.linkTo(elsewhere, 'change-email')
    await magicLink(squatter.email)
    expect((await bar.post('/auth/verify-email', { token: trap })).status).toBe(410)
  })

  it('does the same when the owner comes by a reset', async () => {
    const squatter = await bar.newPerson({ isVerified: false })
    await bar.withTwoFactor(squatter)
    await bar.post('/auth/forgot-password', { email: squatter.email })
    const token = await bar.linkTo(squatter.email, 'reset-password')
    expect((await bar.post('/auth/reset-password', { token, password: OTHER_PASSWORD })).status).toBe(200)
    expect(await bar.validate(squatter.accessToken)).toBe(401)
    const { body } = await bar.login({ email: squatter.email, password: OTHER_PASSWORD })
    expect(body.status).toBe('signed_in')
  })

  it('confirms it for who has the password or the session of the account, and leaves them theirs', async () => {
    for (const by of ['password', 'session']) {
      const person = await bar.newPerson({ isVerified: false })
      const token = await bar.linkTo(person.email, 'verify-email')
      const { status } =
        by === 'password'
          ? await bar.post('/auth/verify-email', { token, password: PASSWORD })
          : await bar.post('/auth/verify-email', { token }, { bearer: person.accessToken })
      expect([by, status]).toEqual([by, 200])
      const { body } = await bar.login(person)
      expect(body.user).toMatchObject({ emailVerified: true, hasPassword: true })
      expect(await bar.validate(person.accessToken)).toBe(200)
    }
  })

  it('takes no other password for it, and counts what is guessed', async () => {
    const squatter = await bar.newPerson({ isVerified: false })
    const token = await bar.linkTo(squatter.email, 'verify-email')
    for (let count = 0; count < 5; count++) {
      const answer = await bar.post('/auth/verify-email', { token, password: WRONG_PASSWORD })
      expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } })
    }
    expect((await bar.post('/auth/verify-email', { token, password: PASSWORD })).status).toBe(401)
    expect(await bar.auditOf(squatter.id)).not.toContain('user.email_verified')
  })

  it('makes nobody’s address a way into an account that asked to change to it, by its link alone', async () => {
    const attacker = await bar.newPerson()
    const email = bar.newEmail()
    await bar.post('/auth/account/email', { email }, { bearer: attacker.accessToken })
    const token = await bar.linkTo(email, 'change-email')
    expect((await bar.post('/auth/verify-email', { token })).status).toBe(403)
    expect((await bar.login({ email })).status).toBe(401)
    expect((await bar.post('/auth/verify-email', { token }, { bearer: attacker.accessToken })).status).toBe(200)
  })

  it('tells the owner that a password was removed, and notes it', async () => {
    const squatter = await bar.newPerson({ isVerified: false })
    await magicLink(squatter.email)
    const subjects = (await bar.mailsTo(squatter.email)).map(({ subject }) => subject)
    expect(subjects.some((subject) => /password .* changed/i.test(subject))).toBe(true)
    expect(await bar.auditOf(squatter.id)).toContain('user.reclaimed')
  })
})
