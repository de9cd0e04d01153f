import { expect, it } from 'vitest'
import { describeStatement } from './bar-site.ts'

const numbered = (index: number) => `eleven otters by weir ${index}`

describeStatement('12 a mailed token works once, also of ten at a time, and the newest kills the older', (bar) => {
  const kinds = [
    [
      'reset-password',
      '/auth/forgot-password',
      (token: string, index: number) => bar.post('/auth/reset-password', { token, password: numbered(index) }),
    ],
    ['magic-link', '/auth/magic-link', (token: string) => bar.post('/auth/magic-link/use', { token })],
    [
      'verify-email',
      '/auth/resend-verification',
      (token: string, _index: number, bearer: string) => bar.post('/auth/verify-email', { token }, { bearer }),
    ],
  ] as const

  /** Somebody who has not confirmed their address, and is signed in. */
  async function newcomer() {
    const { email, accessToken } = await bar.newPerson({ isVerified: false })
    return { email, bearer: accessToken }
  }

  it.each(kinds)('%s works once', async (purpose, path, use) => {
    const { email, bearer } = await newcomer()
    await bar.post(path, { email })
    const token = await bar.linkTo(email, purpose)
    expect((await use(token, 0, bearer)).status).toBe(200)
    const again = await use(token, 1, bearer)
    expect(again.status).toBe(410)
    expect(again.body.code).toBe('expired_link')
  })

  it.each(kinds)('%s works once of ten at a time', async (purpose, path, use) => {
    const { email, bearer } = await newcomer()
    await bar.post(path, { email })
    const token = await bar.linkTo(email, purpose)
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => use(token, index, bearer)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(410)])
  })

  it.each(kinds)('a newer %s kills the older', async (purpose, path, use) => {
    const { email, bearer } = await newcomer()
    await bar.post(path, { email })
    const older = await bar.linkTo(email, purpose)
    await bar.post(path, { email })
    const newer = await bar.linkTo(email, purpose)
    expect((await use(older, 0, bearer)).status).toBe(410)
    expect((await use(newer, 1, bearer)).status).toBe(200)
  })

  it('an invitation works once', async () => {
    const person = await bar.newPerson()
    await bar.setUser(person.id, { status: 'invited', password_hash: null })
    await bar.post('/auth/forgot-password', { email: person.email })
    const token = await bar.linkTo(person.email, 'invitation')
    expect((await bar.post('/auth/reset-password', { token, password: numbered(0) })).status).toBe(200)
    expect((await bar.post('/auth/reset-password', { token, password: numbered(1) })).status).toBe(410)
  })

  it('a token for one person does nothing for another', async () => {
    const [one, two] = [await bar.newPerson(), await bar.newPerson()]
    await bar.post('/auth/magic-link', { email: one.email })
    const { body } = await bar.post('/auth/magic-link/use', { token: await bar.linkTo(one.email, 'magic-link') })
    expect(body.user!.id).toBe(one.id)
    expect(body.user!.id).not.toBe(two.id)
  })
})
