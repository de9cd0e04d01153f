import { expect, it } from 'vitest'
import { describeStatement, OTHER_PASSWORD, PASSWORD } from './bar-site.ts'

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

  it('tells the owner that a password was removed, and notes it', async () => {
    const squatter = await bar.newPerson({ isVerified: false })
    await magicLink(squatter.email)
    const subjects = (await bar.mailsTo(squatter.email)).map(({ subject }) => subject)
    expect(subjects.some((subject) => /password .* changed/i.test(subject))).toBe(true)
    expect(await bar.auditOf(squatter.id)).toContain('user.reclaimed')
  })
})
