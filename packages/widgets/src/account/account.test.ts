import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { json } from '../testing/brain.ts'
import { describeInChromium } from '../testing/chromium.ts'
import { eventually } from '../testing/eventually.ts'
import { cannedUser, SIGNED_IN_KEY } from '../testing/people.ts'
import { cannedAnswer, scriptTag, type WatchedPage } from '../testing/site.ts'
import { useSite } from '../testing/use-site.ts'
import { axe, setScheme, widgetSuite } from '../testing/widget.suite.ts'

widgetSuite({
  tag: 'tw-account',
  address(site) {
    site.shop.head = scriptTag(site, `data-key="${SIGNED_IN_KEY}"`)
    site.shop.body = '<tw-account></tw-account>'
    return site.shop.origin
  },
  answered: '[part=content]',
  failed: '[part=message]',
  words: { en: 'Save changes', de: 'Änderungen speichern', fr: 'Enregistrer', es: 'Guardar cambios' },
  themed: { variable: '--tw-radius', part: 'input', property: 'border-start-start-radius', value: '3px' },
  keepsHeight: false,
})

describeInChromium('<tw-account>', () => {
  const site = useSite()
  let opened: WatchedPage

  async function open({ path = '/', body = '<tw-account></tw-account>', width = 1280 } = {}): Promise<Page> {
    site.shop.head = scriptTag(site, `data-key="${SIGNED_IN_KEY}"`)
    site.shop.body = body
    opened = await site.open(site.shop.origin + path, { viewport: { width, height: 800 } })
    await opened.page.locator('tw-account').locator('[part=content]').waitFor()
    return opened.page
  }

  const openTab = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
  const sent = (route: string) =>
    site.brain.calls.filter(({ method, url }) => `${method} ${url.pathname}` === route.replace(' ', ' /auth/v1/'))

  it.each([390, 1280])('has no fault that axe can find on any of its pages, and fits %i px', async (width) => {
    const page = await open({ width })
    for (const tab of ['Profile', 'Security', 'Devices', 'My data']) {
      await openTab(page, tab)
      for (const scheme of ['light', 'dark'] as const) {
        await setScheme(page, scheme)
        expect([tab, await axe(page, 'tw-account')]).toEqual([tab, []])
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    }
    expect(await opened.violations()).toEqual([])
  })

  it('fits a narrow page whatever the address', async () => {
    const email = `${'a-long-name-without-end'.repeat(2)}@example.com`
    site.brain.answer = (request) =>
      request.url.pathname.endsWith('/session')
        ? json({ status: 'signed_in', user: cannedUser({ email, name: null }) })
        : cannedAnswer(request)
    const page = await open({ width: 390 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })

  it('saves what was changed, and says so', async () => {
    const page = await open()
    await page.getByLabel('Name').fill('Ann B.')
    await page.getByLabel('Language').selectOption('de')
    await page.getByLabel('Offers and news').check()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Saved.').waitFor()
    expect(JSON.parse(sent('PATCH account')[0]!.body)).toEqual({
      name: 'Ann B.',
      preferences: {
        language: 'de',
        timeZone: 'Europe/Paris',
        currency: 'EUR',
        notifications: { receipts: true, offers: true, reports: true },
      },
    })
  })

  it('opens the page that a mail leads to', async () => {
    const page = await open({ path: '/#sessions' })
    await page.getByText('Chrome on Windows').waitFor()
  })

  it('ends sessions: one, or all others', async () => {
    const page = await open()
    await openTab(page, 'Devices')
    expect(await page.getByText('This device').count()).toBe(1)
    await page.getByRole('button', { name: 'End: Safari on iPhone' }).click()
    await page.getByText('Signed out there.').waitFor()
    expect(sent('DELETE sessions/ses_01jj6w2m8p0000000000000002')).toHaveLength(1)
    await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
    await eventually(() => sent('DELETE sessions/ses_01jj6w2m8p0000000000000003').length).toBe(1)
    expect(sent('DELETE sessions/ses_01jj6w2m8p0000000000000001')).toEqual([])
  })

  it('asks for the password again where the server wants it, and then goes on by itself', async () => {
    let isProved = false
    site.brain.answer = (request) => {
      const path = request.url.pathname
      if (path.endsWith('/reauthenticate')) isProved = true
      return path.endsWith('/account/two-factor') && !isProved
        ? json({ code: 'reauthentication_required', title: 'Prove again who you are' }, 403)
        : cannedAnswer(request)
    }
    const page = await open()
    await openTab(page, 'Security')
    await page.getByRole('button', { name: 'Set up' }).click()
    const dialog = page.getByRole('dialog', { name: 'Is it really you?' })
    await dialog.waitFor()
    expect(await axe(page, 'tw-account')).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Set up' }).click()
    await dialog.getByLabel('Password', { exact: true }).fill('a quiet harbour')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Scan this code' }).waitFor()
    expect(await dialog.isVisible()).toBe(false)
  })

  it('sets up a second factor: a picture drawn without the server’s markup, the code, recovery codes as a file', async () => {
    const page = await open()
    await openTab(page, 'Security')
    await page.getByRole('button', { name: 'Set up' }).click()
    const picture = page.getByRole('img', { name: 'Scan this code' })
    expect(await picture.getAttribute('viewBox')).toBe('0 0 250 250')
    await page.getByText('JBSW Y3DP EHPK 3PXP').waitFor()
    await page.getByRole('textbox', { name: 'Code' }).fill('123456')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
    expect(await page.locator('tw-account [part=codes] li').count()).toBe(10)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('recovery-codes.txt')
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByRole('button', { name: 'Switch off' }).waitFor()
    expect(await opened.violations()).toEqual([])
  })

  it('hands over one’s data as a file', async () => {
    const page = await open()
    await openTab(page, 'My data')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download my data' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('my-data.json')
  })

  it('removes the account after a question, and not before', async () => {
    const page = await open()
    await openTab(page, 'My data')
    await page.getByRole('button', { name: 'Remove account' }).click()
    const dialog = page.getByRole('dialog', { name: 'Remove your account?' })
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(sent('DELETE account')).toEqual([])
    await page.getByRole('button', { name: 'Remove account' }).click()
    await dialog.getByRole('button', { name: 'Yes, remove it' }).click()
    await page.getByText('Sign in to see your account.').waitFor()
    expect(sent('DELETE account')).toHaveLength(1)
  })

  it('and <tw-sign-in> tell each other of signing in and out', async () => {
    const page = await open({ body: '<tw-sign-in></tw-sign-in><tw-account></tw-account>' })
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
    await page.locator('tw-account').getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.getByLabel('E-mail address').fill('ann@example.com')
    await page.getByLabel('Password', { exact: true }).fill('a quiet harbour')
    await page.keyboard.press('Enter')
    await page.locator('tw-account').getByRole('heading', { name: 'Ann Bell' }).waitFor()
  })
})
