import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { describeStatement, OTHER_PASSWORD, PASSWORD, PUBLIC_URL } from './bar-site.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

describeStatement('11 mailed tokens have 256 random bits, are kept as SHA-256, and end soon', (bar) => {
  const asked = {
    'reset-password': '/auth/forgot-password',
    'magic-link': '/auth/magic-link',
    'verify-email': '/auth/resend-verification',
  } as const
  const purposes = Object.keys(asked) as (keyof typeof asked)[]

  const use = (purpose: keyof typeof asked, token: string) =>
    ({
      'reset-password': () => bar.post('/auth/reset-password', { token, password: OTHER_PASSWORD }),
      'magic-link': () => bar.post('/auth/magic-link/use', { token }),
      'verify-email': () => bar.post('/auth/verify-email', { token, password: PASSWORD }),
    })[purpose]()

  async function mailed(purpose: keyof typeof asked) {
    const { email } = await bar.register({ isVerified: false })
    await bar.post(asked[purpose], { email })
    return { email, token: await bar.linkTo(email, purpose) }
  }

  it.each(purposes)('%s works in time', async (purpose) => {
    expect((await use(purpose, (await mailed(purpose)).token)).status).toBe(200)
  })

  it.each(purposes)('%s has 32 bytes, all of them new', async (purpose) => {
    const [one, two] = [await mailed(purpose), await mailed(purpose)]
    for (const { token } of [one, two]) expect(token).toMatch(/^ml_[\w-]{43}$/)
    expect(one.token).not.toBe(two.token)
  })

  it.each(purposes)('%s is in no table once it is mailed, only its digest', async (purpose) => {
    const { token } = await mailed(purpose)
    const stored = await bar.wholeDatabase()
    expect(stored).not.toContain(token)
    expect(stored).toContain(createHash('sha256').update(token).digest('hex'))
    expect(JSON.stringify(bar.site.log.lines)).not.toContain(token)
  })

  it.each([
    ['magic-link', 10 * MINUTE_MS],
    ['reset-password', HOUR_MS],
    ['verify-email', 24 * HOUR_MS],
  ] as const)('%s works until it ends and not from then on', async (purpose, lifetimeMs) => {
    const late = await mailed(purpose)
    await bar.advance(lifetimeMs)
    expect((await use(purpose, late.token)).status).toBe(410)
    const early = await mailed(purpose)
    await bar.advance(lifetimeMs - 1_000)
    expect((await use(purpose, early.token)).status).toBe(200)
  })

  it('leads to our own page over https, with the token behind # where no server logs it', async () => {
    const { email, token } = await mailed('magic-link')
    const [link] = /https:\/\/\S+/.exec((await bar.mailsTo(email)).at(-1)!.text)!
    const url = new URL(link)
    expect(url.origin).toBe(PUBLIC_URL)
    expect(url.pathname + url.search).not.toContain(token)
    expect(url.hash).toContain(token)
  })
})
