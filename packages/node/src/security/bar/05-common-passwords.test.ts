import { expect, it } from 'vitest'
import { describeStatement, OTHER_PASSWORD, PASSWORD } from './bar-site.ts'

describeStatement('05 common passwords and words of the account are refused wherever one is chosen', (bar) => {
  const common = ['password1', 'Letmein!', 'sunshine', 'trustno1', 'P@ssw0rd', 'qwertyuiop', 'iloveyou2']

  it('takes an unlikely one at registering, changing and resetting', async () => {
    const person = await bar.newPerson()
    const change = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD }
    expect((await bar.post('/auth/account/password', change, { bearer: person.accessToken })).status).toBe(200)
    await bar.post('/auth/forgot-password', { email: person.email })
    const token = await bar.linkTo(person.email, 'reset-password')
    expect((await bar.post('/auth/reset-password', { token, password: 'eleven otters by a weir' })).status).toBe(200)
  })

  it.each(common)('%s is refused at registering', async (password) => {
    const { status, body } = await bar.post('/auth/register', { email: bar.newEmail(), password })
    expect(status).toBe(422)
    expect(body.code).toBe('weak_password')
    expect(body.errors![0]!.message).toMatch(/^too_(common|obvious): /)
  })

  it('is refused at changing, and the old one stays', async () => {
    const person = await bar.newPerson()
    for (const newPassword of common) {
      const change = { currentPassword: PASSWORD, newPassword }
      await bar.post('/auth/reauthenticate', { password: PASSWORD }, { bearer: person.accessToken })
      const { body } = await bar.post('/auth/account/password', change, { bearer: person.accessToken })
      expect(body.code).toBe('weak_password')
    }
    expect((await bar.login(person)).status).toBe(200)
  })

  it('is refused at resetting, which does not cost the link', async () => {
    const { email } = await bar.register()
    await bar.post('/auth/forgot-password', { email })
    const token = await bar.linkTo(email, 'reset-password')
    for (const password of common) {
      expect((await bar.post('/auth/reset-password', { token, password })).body.code).toBe('weak_password')
    }
    expect((await bar.post('/auth/reset-password', { token, password: OTHER_PASSWORD })).status).toBe(200)
  })

  it.each([
    ['the name in the address', 'x-octavian.bell-x', 'octavian.bell@mail.example'],
    ['the name in leet', '0ct4vi4nbell99', 'octavian.bell@mail.example'],
    ['the shop', 'my kestrel door', 'someone@mail.example'],
    ['the product', 'tillwright-4-me', 'someone@mail.example'],
  ])('a password with %s is refused at registering', async (_, password, email) => {
    const { body } = await bar.post('/auth/register', { email, password })
    expect(body.code).toBe('weak_password')
    expect(body.errors![0]!.message).toMatch(/^too_obvious: /)
  })

  it('words of the account are refused at changing and resetting as well', async () => {
    const person = await bar.newPerson({ email: `peregrine.${bar.newEmail()}` })
    const password = 'peregrine-on-a-roof'
    const change = { currentPassword: PASSWORD, newPassword: password }
    const changed = await bar.post('/auth/account/password', change, { bearer: person.accessToken })
    expect(changed.body.code).toBe('weak_password')
    await bar.post('/auth/forgot-password', { email: person.email })
    const token = await bar.linkTo(person.email, 'reset-password')
    expect((await bar.post('/auth/reset-password', { token, password })).body.code).toBe('weak_password')
  })
})
