import { expect, it } from 'vitest'
import { describeStatement, PASSWORD } from './bar-site.ts'

describeStatement('04 eight to 128 characters, whichever they are, and none of them cut off', (bar) => {
  const register = (password: string) => bar.post('/auth/register', { email: bar.newEmail(), password })

  it.each([
    ['eight characters', 'kx9!vqmz'],
    ['letters of one case only', 'zzkpwqvj'],
    ['128 with spaces', 'wobble gutter '.repeat(10).slice(0, 128)],
    ['128 emoji', '🐌🐛'.repeat(64)],
    ['letters that are no ASCII', 'πρόβατο-ουρανός'],
  ])('takes %s, and signs in with them', async (_, password) => {
    const { email } = await bar.register({ password })
    expect((await bar.login({ email, password })).status).toBe(200)
  })

  it.each([
    ['seven', 'kx9!vqm'],
    ['129', `${'wobble gutter '.repeat(10).slice(0, 128)}x`],
  ])('refuses %s characters, and says why', async (_, password) => {
    const { status, body } = await register(password)
    expect(status).toBe(422)
    expect(body.code).toBe('weak_password')
  })

  it.each([
    ['the first 127 of 128', (password: string) => password.slice(0, -1)],
    ['the first 72, where bcrypt stops', (password: string) => password.slice(0, 72)],
    ['one more', (password: string) => `${password}x`],
    ['a blank at the end', (password: string) => `${password} `],
  ])('does not take for the password: %s', async (_, change) => {
    const password = 'gutter lantern '.repeat(9).slice(0, 127).padEnd(128, 'q')
    const { email } = await bar.register({ password })
    expect((await bar.login({ email, password: change(password) })).status).toBe(401)
    expect((await bar.login({ email, password })).status).toBe(200)
  })

  it('takes a password however the keyboard spells it', async () => {
    const password = 'le café de la gare'
    const { email } = await bar.register({ password: password.normalize('NFD') })
    expect((await bar.login({ email, password: password.normalize('NFC') })).status).toBe(200)
  })

  it.each([600, 1_000_000])('refuses %i characters before anything is hashed or compared', async (length) => {
    bar.hasher.hashed = 0
    bar.hasher.verified.length = 0
    const password = 'x'.repeat(length)
    expect((await register(password)).status).toBe(422)
    expect((await bar.login({ email: bar.newEmail(), password })).status).toBe(422)
    expect(bar.hasher.hashed).toBe(0)
    expect(bar.hasher.verified).toEqual([])
  })

  it('asks for no digit, capital or sign, at a change either', async () => {
    const person = await bar.newPerson()
    const change = { currentPassword: PASSWORD, newPassword: 'wobblegutter' }
    expect((await bar.post('/auth/account/password', change, { bearer: person.accessToken })).status).toBe(200)
  })
})
