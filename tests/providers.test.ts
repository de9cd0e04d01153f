import type { Tenant } from '@tillwright/node'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type IdentityServer, openIdentityServer } from '../packages/node/src/providers/testing/identity-server.ts'
import { providersOf } from '../packages/node/src/security/bar/identity-visits.ts'
import { describeInChromium } from '../packages/widgets/src/testing/chromium.ts'
import { visit } from '../packages/widgets/src/testing/visit.ts'
import { axe } from '../packages/widgets/src/testing/widget.suite.ts'
import { type LiveSite, openLiveSite } from './live-site.ts'

const PASSWORD = 'a quiet harbour at dusk'

describeInChromium('Signing in with providers on the server’s own page', () => {
  let provider: IdentityServer
  let site: LiveSite
  let tenant: Tenant
  let page: Page
  let messages: string[]

  beforeAll(async () => {
    provider = await openIdentityServer()
    site = await openLiveSite({ identityProviders: providersOf(provider) })
    tenant = await site.server.tools.createTenant({ name: 'Birch & Thimble' })
  }, 120_000)

  afterAll(async () => {
    await site?.close()
    await provider?.close()
  })

  beforeEach(async () => {
    const visitor = await visit(site.browser)
    page = visitor.page
    messages = visitor.messages
    return visitor.close
  })

  const open = (more = '') => page.goto(`${site.origin}/sign-in?tenant=${tenant.publicId}${more}`)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const field = (name: string) => page.getByLabel(name, { exact: true })
  const heading = (name: string) => page.getByRole('heading', { name, exact: true })

  async function register(email: string): Promise<void> {
    await open()
    await button('Create an account').click()
    await field('E-mail address').fill(email)
    await field('Password').fill(PASSWORD)
    await button('Create account').click()
    await heading('Look into your mail').waitFor()
  }

  async function signIn(email?: string): Promise<void> {
    if (email) await field('E-mail address').fill(email)
    await field('Password').fill(PASSWORD)
    await button('Sign in').click()
  }

  it('makes an account by keyboard alone, and leaves no code in the address', async () => {
    provider.visitor = { subject: '1', email: 'ann@example.com', name: 'Ann Bell' }
    await open()
    await button('Continue with Google').focus()
    await page.keyboard.press('Enter')
    await heading('Ann Bell').waitFor()
    expect(page.url()).toBe(`${site.origin}/sign-in?tenant=${tenant.publicId}`)
    await button('Sign out').click()
    await button('Continue with Google').click()
    await heading('Ann Bell').waitFor()
    expect(messages).toEqual([])
  })

  it('asks the owner of an account to sign in to it once, and knows the provider from then on', async () => {
    await register('bo@example.com')
    provider.visitor = { subject: '2', email: 'bo@example.com', name: 'Bo' }
    await open()
    await button('Continue with GitHub').click()
    await heading('Is this your account?').waitFor()
    expect(await field('E-mail address').inputValue()).toBe('bo@example.com')
    expect(await axe(page, 'tw-sign-in')).toEqual([])
    await signIn()
    await heading('bo@example.com').waitFor()
    await button('Security').click()
    await button('Switch off: GitHub').waitFor()
    await button('Sign out').click()
    await button('Continue with GitHub').click()
    await heading('bo@example.com').waitFor()
  })

  it('links a provider on the account’s page, comes back to it, and takes it away again', async () => {
    await register('cy@example.com')
    provider.visitor = { subject: '3', email: 'elsewhere@example.com' }
    await open()
    await signIn('cy@example.com')
    await button('Security').click()
    await button('Set up: Google').click()
    await button('Switch off: Google').waitFor()
    expect(page.url()).toBe(`${site.origin}/sign-in?tenant=${tenant.publicId}#security`)
    expect(await axe(page, 'tw-account')).toEqual([])
    await button('Switch off: Google').click()
    await button('Set up: Google').waitFor()
    expect((await site.mails()).map(({ subject }) => subject)).toContain('Birch & Thimble: Google was disconnected')
  })

  it('says who has linked it already, to who is signed in', async () => {
    await register('di@example.com')
    provider.visitor = { subject: '1', email: 'ann@example.com' }
    await open()
    await signIn('di@example.com')
    await button('Security').click()
    await button('Set up: Google').click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').textContent()).toContain('another account')
    await page.getByRole('link', { name: 'Continue' }).click()
    await heading('di@example.com').waitFor()
  })

  it('says what went wrong, with all ways to sign in still there', async () => {
    provider.visitor = null
    await open()
    await button('Continue with Google').click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').textContent()).toBe('You called it off.')
    expect(await axe(page, 'tw-sign-in')).toEqual([])
    provider.visitor = { subject: '4', email: 'ed@example.com', isVerified: false }
    await button('Continue with GitHub').click()
    await page.getByText('Confirm your address there first.').waitFor()
    await button('Continue with Google').waitFor()
  })

  it('begins at once where a shop’s page says so, and returns to no foreign one', async () => {
    provider.visitor = { subject: '1', email: 'ann@example.com', name: 'Ann Bell' }
    await open(`&with=google&returnTo=${encodeURIComponent(`${site.origin}/docs#products`)}`)
    await page.waitForURL('**/docs#products')
    await page.context().clearCookies()
    await open(`&with=google&returnTo=${encodeURIComponent('https://evil.example/')}`)
    await page.waitForURL(`${site.origin}/`)
  })

  it.each([390, 1280])('fits %i pixels', async (width) => {
    provider.visitor = { subject: '5', email: `fy${width}@example.com`, name: 'Fy' }
    await page.setViewportSize({ width, height: 900 })
    await open()
    await button('Continue with Google').waitFor()
    expect(await axe(page, 'tw-sign-in')).toEqual([])
    await shoot(page, `sign-in-${width}`)
    await button('Continue with Google').click()
    await heading('Fy').waitFor()
    await button('Security').click()
    await button('Set up: GitHub').waitFor()
    // The last way in stays.
    expect(await button('Switch off: Google').count()).toBe(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await shoot(page, `methods-${width}`)
  })
})

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.TILLWRIGHT_SCREENSHOTS
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
