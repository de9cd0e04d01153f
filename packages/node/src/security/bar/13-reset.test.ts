import { expect, it } from 'vitest'
import { browserLogin, cookiesOf, describeStatement, OTHER_PASSWORD, PASSWORD } from './bar-site.ts'

describeStatement('13 a reset ends all sessions and never skips the second factor', (bar) => {
  async function reset(email: string) {
    await bar.post('/auth/forgot-password', { email })
    const token = await bar.linkTo(email, 'reset-password')
    return bar.post('/auth/reset-password', { token, password: OTHER_PASSWORD })
  }

  it('sets the new password, with which one signs in; the old one is gone', async () => {
    const person = await bar.newPerson()
    expect((await reset(person.email)).status).toBe(200)
    expect((await bar.login({ email: person.email, password: OTHER_PASSWORD })).status).toBe(200)
    expect((await bar.login({ email: person.email, password: PASSWORD })).status).toBe(401)
  })

  it('ends every session, of apps and of browsers', async () => {
    const person = await bar.newPerson()
    const cookies = cookiesOf(await browserLogin(bar, person))
    await reset(person.email)
    expect(await bar.validate(person.accessToken)).toBe(401)
    expect((await bar.post('/auth/refresh', { refreshToken: person.refreshToken })).status).toBe(401)
    expect((await bar.get('/auth/validate', { cookies })).status).toBe(401)
  })

  it('signs nobody in by itself', async () => {
    const person = await bar.newPerson()
    const { body, setCookies } = await reset(person.email)
    expect(Object.keys(body).sort()).toEqual(['message', 'status'])
    expect(setCookies).toEqual([])
  })

  it('still asks for the second factor', async () => {
    const person = await bar.newPerson()
    const { nextCode } = await bar.withTwoFactor(person)
    await reset(person.email)
    const { body } = await bar.login({ email: person.email, password: OTHER_PASSWORD })
    expect(body.status).toBe('second_factor')
    expect(body.accessToken).toBeUndefined()
    const { pendingToken } = body
    expect((await bar.post('/auth/two-factor', { pendingToken, code: await nextCode() })).status).toBe(200)
  })

  it('ends a sign-in that waited for its code', async () => {
    const person = await bar.newPerson()
    const { nextCode } = await bar.withTwoFactor(person)
    const { pendingToken } = (await bar.login(person)).body
    await reset(person.email)
    expect((await bar.post('/auth/two-factor', { pendingToken, code: await nextCode() })).status).toBe(401)
  })

  it('forgets known devices', async () => {
    const person = await bar.newPerson()
    await reset(person.email)
    for (let count = 0; count < 5; count++) await bar.login({ email: person.email, password: PASSWORD })
    expect((await bar.login({ ...person, password: OTHER_PASSWORD })).status).toBe(401)
  })

  it('does nothing for who is suspended', async () => {
    const person = await bar.newPerson()
    await bar.post('/auth/forgot-password', { email: person.email })
    const token = await bar.linkTo(person.email, 'reset-password')
    await bar.setUser(person.id, { status: 'suspended' })
    expect((await bar.post('/auth/reset-password', { token, password: OTHER_PASSWORD })).status).toBe(410)
    await bar.setUser(person.id, { status: 'active' })
    expect((await bar.login({ email: person.email })).status).toBe(200)
  })
})
