import { expect, it } from 'vitest'
import { type BarAnswer, describeStatement, PASSWORD, WRONG_PASSWORD } from './bar-site.ts'

const REQUEST_ID = 'the-same-request-id'

describeStatement('01 unknown, wrong, locked and password-less accounts are refused alike', (bar) => {
  const attempt = (email: string, password: string) =>
    bar.post('/auth/login', { email, password }, { headers: { 'x-request-id': REQUEST_ID } })

  /** All of an answer that a caller could tell apart; what a limit counts differs with each call. */
  const seen = ({ status, headers, text }: BarAnswer) => ({
    status,
    text,
    headers: [...headers].map(([name, value]) => (name.startsWith('ratelimit') ? name : `${name}: ${value}`)).sort(),
  })

  it('lets the right password in', async () => {
    const { email } = await bar.register()
    expect((await attempt(email, PASSWORD)).status).toBe(200)
  })

  it('answers a wrong password as it answers an unknown address', async () => {
    const { email } = await bar.register()
    const unknown = await attempt(bar.newEmail(), WRONG_PASSWORD)
    expect(unknown.status).toBe(401)
    expect(unknown.body.code).toBe('invalid_credentials')
    expect(seen(await attempt(email, WRONG_PASSWORD))).toEqual(seen(unknown))
  })

  it('answers for a locked account the same, also to the right password', async () => {
    const { email } = await bar.register()
    for (let count = 0; count < 5; count++) await attempt(email, WRONG_PASSWORD)
    const unknown = seen(await attempt(bar.newEmail(), PASSWORD))
    expect(seen(await attempt(email, PASSWORD))).toEqual(unknown)
    expect(seen(await attempt(email, WRONG_PASSWORD))).toEqual(unknown)
  })

  it('locks an unknown address as it locks an account, and answers the same before and after', async () => {
    const email = bar.newEmail()
    const answers = []
    for (let count = 0; count < 7; count++) answers.push(seen(await attempt(email, WRONG_PASSWORD)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })

  it.each([
    ['has no password, as who signs in elsewhere', { password_hash: null }],
    ['is suspended', { status: 'suspended' }],
    ['is invited and has chosen none yet', { status: 'invited', password_hash: null }],
    ['was removed', { status: 'removed' }],
  ])('answers for an account that %s the same', async (_, change) => {
    const person = await bar.newPerson()
    await bar.setUser(person.id, change)
    expect(seen(await attempt(person.email, PASSWORD))).toEqual(seen(await attempt(bar.newEmail(), PASSWORD)))
  })

  it('answers a program that filled in the hidden field the same', async () => {
    const { email } = await bar.register()
    const options = { headers: { 'x-request-id': REQUEST_ID } }
    const trapped = await bar.post(
      '/auth/login',
      { email, password: PASSWORD, website: 'https://spam.example' },
      options,
    )
    expect(seen(trapped)).toEqual(seen(await attempt(bar.newEmail(), PASSWORD)))
  })
})
