import { createHmac } from 'node:crypto'
import type { Tenant } from '@tillwright/node'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { describeInChromium } from '../packages/widgets/src/testing/chromium.ts'
import { visit } from '../packages/widgets/src/testing/visit.ts'
import { type LiveSite, openLiveSite } from './live-site.ts'

const PASSWORD = 'a quiet harbour at dusk'

/** What an authenticator app shows (RFC 6238). */
function authenticatorCode(secret: string): string {
  const bits = [...secret].map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0'))
  const key = Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)!
      .map((byte) => Number.parseInt(byte, 2)),
  )
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  return String((mac.readUInt32BE(mac.at(-1)! & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

describeInChromium('Signing in on the server’s own page', () => {
  let site: LiveSite
  let origin: string
  let tenant: Tenant
  let other: Tenant
  let context: BrowserContext
  let page: Page
  let messages: string[]

  beforeAll(async () => {
    site = await openLiveSite({ requireVerifiedEmail: true })
    origin = site.origin
    tenant = await site.server.tools.createTenant({ name: 'Birch & Thimble' })
    other = await site.server.tools.createTenant({ name: 'Another Shop' })
  }, 120_000)

  afterAll(() => site?.close())

  beforeEach(async () => {
    const visitor = await visit(site.browser)
    context = visitor.context
    page = visitor.page
    messages = visitor.messages
    return visitor.close
  })

  const open = (of: Tenant = tenant) => page.goto(`${origin}/sign-in?tenant=${of.publicId}`)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  const heading = (name: string) => page.getByRole('heading', { name, exact: true })

  async function linkIn(subject: RegExp, to: string): Promise<string> {
    const mail = (await site.mails()).find((one) => one.to === to && subject.test(one.subject))
    return /https?:\S+#\S+/.exec(mail!.text)![0]
  }

  async function register(email: string): Promise<void> {
    await open()
    await button('Create an account').click()
    await field('Name (optional)').fill('Ann Bell')
    await field('E-mail address').fill(email)
    await field('Password').fill(PASSWORD)
    await button('Create account').click()
    await heading('Look into your mail').waitFor()
    await page.goto(await linkIn(/confirm/i, email))
    await heading('Is this your account?').waitFor()
    await field('Password').fill(PASSWORD)
    await button('Confirm address').click()
    await heading('Your address is confirmed').waitFor()
    await button('Sign in').click()
  }

  async function signIn(email: string, password = PASSWORD): Promise<void> {
    await field('E-mail address').fill(email)
    await field('Password').fill(password)
    await button('Sign in').click()
  }

  it('goes from registering over the mail to an account with this very session', async () => {
    await register('ann@example.com')
    await signIn('ann@example.com')
    await heading('Ann Bell').waitFor()
    await button('Devices').click()
    await page.getByText('This device').waitFor()
    expect(
      (await context.cookies()).filter(({ name }) => name.startsWith('__Host-tw_')).every((one) => one.httpOnly),
    ).toBe(true)
    await page.reload()
    await heading('Ann Bell').waitFor()
    await button('Sign out').click()
    await heading('Sign in').waitFor()
    expect(messages).toEqual([])
  })

  it('tells nobody whether it was the address or the password', async () => {
    await open()
    await signIn('nobody@example.com')
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').textContent()).toContain('That is not right')
  })

  it('asks for a second factor once one is set up', async () => {
    await register('bo@example.com')
    await signIn('bo@example.com')
    await button('Security').click()
    await button('Set up').click()
    const secret = (await page.locator('tw-account code').textContent())!.replaceAll(' ', '')
    await field('Code').fill(authenticatorCode(secret))
    await button('Switch on').click()
    await heading('Your recovery codes').waitFor()
    const recovery = await page.locator('tw-account li code').first().textContent()
    await button('I have kept them').click()
    await button('Sign out').click()
    await signIn('bo@example.com')
    await heading('One more step').waitFor()
    await button('Use a recovery code').click()
    await field('Code').fill(recovery!)
    await button('Continue').click()
    await heading('Ann Bell').waitFor()
  })

  it('takes a code where a proof is needed and there is a second factor beside the password', async () => {
    await register('eve@example.com')
    await signIn('eve@example.com')
    await button('Security').click()
    await button('Set up').click()
    const secret = (await page.locator('tw-account code').textContent())!.replaceAll(' ', '')
    await field('Code').fill(authenticatorCode(secret))
    await button('Switch on').click()
    const codes = await page.locator('tw-account li code').allTextContents()
    await button('I have kept them').click()
    site.advance(6 * 60_000)
    await button('Switch off').click()
    await heading('Is it really you?').waitFor()
    expect(await field('Password').count()).toBe(0)
    await field('Code').fill(codes[0]!)
    await button('Continue').click()
    await page.getByText('The second factor is off.').waitFor()
    // The browser tells of the refusal that asks for the proof.
    expect(messages.filter((message) => !message.includes('403 (Forbidden)'))).toEqual([])
  })

  it('lets people choose another password, and in by mail', async () => {
    await register('cy@example.com')
    await button('Forgot password?').click()
    await field('E-mail address').fill('cy@example.com')
    await button('Send link').click()
    await heading('Look into your mail').waitFor()
    await page.goto(await linkIn(/password/i, 'cy@example.com'))
    await field('New password').fill('seven lanterns on the pier')
    await button('Save password').click()
    await heading('Your password is saved').waitFor()
    await button('Sign in').click()
    await signIn('cy@example.com', 'seven lanterns on the pier')
    await heading('Ann Bell').waitFor()
  })

  it('keeps to its own tenant, whoever is signed in at another', async () => {
    await register('di@example.com')
    await signIn('di@example.com')
    await heading('Ann Bell').waitFor()
    await open(other)
    await heading('Sign in').waitFor()
    await signIn('di@example.com')
    await page.getByText('That is not right').waitFor()
  })

  it('names the tenant to no page of another origin', async () => {
    await page.goto(`http://127.0.0.1:${new URL(origin).port}/docs`)
    const outcome = await page.evaluate(
      ([url, id]) =>
        fetch(`${url}/auth/v1/session`, { headers: { 'x-tillwright-tenant': id! } }).then(
          ({ status }) => status,
          () => 'refused by the browser',
        ),
      [origin, tenant.publicId],
    )
    expect(outcome).toBe('refused by the browser')
    const headers = { 'x-tillwright-tenant': tenant.publicId, 'content-type': 'application/json' }
    const body = JSON.stringify({ email: 'ann@example.com', password: PASSWORD, delivery: 'cookie' })
    for (const foreign of ['https://evil.example', 'null', origin.replace('http://', 'http://evil.')]) {
      const answer = await fetch(`${origin}/auth/v1/login`, {
        method: 'POST',
        headers: { ...headers, origin: foreign },
        body,
      })
      expect([foreign, answer.status, answer.headers.getSetCookie()]).toEqual([foreign, 401, []])
    }
    const without = await fetch(`${origin}/auth/v1/login`, { method: 'POST', headers, body })
    expect(without.status).toBe(401)
  })

  it.each(['', '?tenant=ten_01jj6w2m8p0000000000000000', '?tenant=Another+Shop', '?tenant=%3Cscript%3E'])(
    'says that the address %j is not complete',
    async (search) => {
      const answer = await page.goto(`${origin}/sign-in${search}`)
      expect(answer!.status()).toBe(404)
      await heading('This link is not complete').waitFor()
    },
  )
})
