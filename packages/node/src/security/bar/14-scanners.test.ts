import { expect, it } from 'vitest'
import { describeStatement, OTHER_PASSWORD, PASSWORD } from './bar-site.ts'

describeStatement('14 looking at a mailed link does not use it up; only a POST does', (bar) => {
  const posts = {
    'magic-link': ['/auth/magic-link', '/auth/magic-link/use'],
    'reset-password': ['/auth/forgot-password', '/auth/reset-password'],
    'verify-email': ['/auth/resend-verification', '/auth/verify-email'],
  } as const
  const passwords = {
    'magic-link': {},
    'reset-password': { password: OTHER_PASSWORD },
    'verify-email': { password: PASSWORD },
  } as const
  const purposes = Object.keys(posts) as (keyof typeof posts)[]

  async function mailed(purpose: keyof typeof posts) {
    const { email } = await bar.register({ isVerified: false })
    await bar.post(posts[purpose][0], { email })
    const token = await bar.linkTo(email, purpose)
    const [link] = /https:\/\/\S+/.exec((await bar.mailsTo(email)).at(-1)!.text)!
    const use = () => bar.post(posts[purpose][1], { token, ...passwords[purpose] })
    return { token, link, use }
  }

  it.each(purposes)('a scanner that opens the %s link, however often, leaves it good', async (purpose) => {
    const { link, use } = await mailed(purpose)
    const { pathname, search } = new URL(link)
    for (const method of ['GET', 'HEAD', 'GET']) await bar.send(method, pathname + search)
    expect((await use()).status).toBe(200)
  })

  it.each(purposes)('so does one that sends the %s token in the address', async (purpose) => {
    const { token, use } = await mailed(purpose)
    const { status } = await bar.get(`${posts[purpose][1]}?token=${token}`)
    expect(status).toBe(405)
    expect((await bar.send('HEAD', `${posts[purpose][1]}?token=${token}`)).status).toBe(405)
    expect((await use()).status).toBe(200)
  })

  it.each(purposes)('and one that asks as a preflight does for %s', async (purpose) => {
    const { use } = await mailed(purpose)
    await bar.send('OPTIONS', posts[purpose][1], {
      origin: 'https://evil.example',
      headers: { 'access-control-request-method': 'POST' },
    })
    expect((await use()).status).toBe(200)
  })

  it.each(purposes)('the POST uses the %s link up', async (purpose) => {
    const { use } = await mailed(purpose)
    expect((await use()).status).toBe(200)
    expect((await use()).status).toBe(410)
  })
})
