import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { json } from '../testing/brain.ts'
import { describeInChromium } from '../testing/chromium.ts'
import { eventually } from '../testing/eventually.ts'
import { cannedSignedIn, SIGNED_IN_KEY } from '../testing/people.ts'
import { cannedAnswer, inlineScript, scriptTag, type WatchedPage } from '../testing/site.ts'
import { useSite } from '../testing/use-site.ts'
import { axe, setScheme, widgetSuite } from '../testing/widget.suite.ts'
import { SIGN_IN_HEIGHT_PX } from './style.ts'

const PLACE = `<tw-sign-in><svg width="100%" height="${SIGN_IN_HEIGHT_PX}"></svg></tw-sign-in>`
const TOKEN = 'ml_abcdefghijklmnopqrstuvwxyz'

widgetSuite({
  tag: 'tw-sign-in',
  address({ shop }) {
    shop.body = `${PLACE}<p>After</p>`
    return shop.origin
  },
  answered: 'form',
  failed: '[part=message]',
  words: { en: 'Good to see you', de: 'Schön, dass', fr: 'Heureux de vous', es: 'Qué bien' },
  themed: { variable: '--tw-radius', part: 'input', property: 'border-start-start-radius', value: '3px' },
  keepsHeight: true,
})

describeInChromium('<tw-sign-in>', () => {
  const site = useSite()
  let opened: WatchedPage

  async function open({ path = '/', body = PLACE, key = 'pk_test' } = {}): Promise<Page> {
    site.shop.head =
      scriptTag(site, `data-key="${key}"`) +
      inlineScript(
        "window.heard = []; for (const type of ['tw-signed-in', 'tw-signed-out']) addEventListener(type, ({ detail }) => heard.push([type, detail.user?.email]))",
      )
    site.shop.body = body
    opened = await site.open(site.shop.origin + path)
    await opened.page.locator('tw-sign-in').getByRole('heading').first().waitFor()
    return opened.page
  }

  const heard = (page: Page) => page.evaluate(() => (window as unknown as { heard: unknown }).heard)
  const focused = (page: Page) =>
    page.locator('tw-sign-in').evaluate(({ shadowRoot }) => shadowRoot!.activeElement?.id ?? null)
  const refuse = (route: string, code: string, headers: Record<string, string> = {}) => {
    site.brain.answer = (request) =>
      request.url.pathname === `/auth/v1/${route}`
        ? {
            ...json({ code, title: code, status: 401 }, 401),
            headers: { 'content-type': 'application/json', ...headers },
          }
        : cannedAnswer(request)
  }

  it('signs in by keyboard alone, tells the page, and goes on to its own page', async () => {
    const page = await open({ body: PLACE.replace('<tw-sign-in', '<tw-sign-in return-to="/orders"') })
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('email')
    await page.keyboard.type('ann@example.com')
    await page.keyboard.press('Tab')
    await page.keyboard.type('a quiet harbour')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/orders')
    const login = site.brain.calls.find(({ url }) => url.pathname === '/auth/v1/login')!
    expect(JSON.parse(login.body)).toEqual({
      email: 'ann@example.com',
      password: 'a quiet harbour',
      remember: false,
      delivery: 'cookie',
    })
  })

  it('says what is wrong, aloud, and puts focus there', async () => {
    refuse('login', 'invalid_credentials')
    const page = await open()
    await page.getByRole('button', { name: 'Sign in' }).click()
    expect(await page.getByRole('alert').textContent()).toContain('Enter your e-mail address')
    expect(await focused(page)).toBe('email')
    await page.getByLabel('E-mail address').fill('ann@example.com')
    await page.getByLabel('Password', { exact: true }).fill('nope')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('That is not right').waitFor()
    expect(await focused(page)).toBe('password')
    const password = page.getByLabel('Password', { exact: true })
    expect(await password.getAttribute('aria-invalid')).toBe('true')
    expect(await password.getAttribute('aria-describedby')).toBe('message')
    expect(await axe(page, 'tw-sign-in')).toEqual([])
  })

  it('says how long to wait', async () => {
    refuse('forgot-password', 'rate_limited', { 'retry-after': '43' })
    const page = await open({ path: '/#forgot' })
    await page.getByLabel('E-mail address').fill('ann@example.com')
    await page.keyboard.press('Enter')
    await page.getByText('Try again in 43 seconds.').waitFor()
  })

  it('shows the password on demand, and keeps what was typed', async () => {
    const page = await open()
    const password = page.getByLabel('Password', { exact: true })
    await password.fill('a quiet harbour')
    await page.getByRole('button', { name: 'Show password' }).click()
    expect(await password.getAttribute('type')).toBe('text')
    expect(await password.inputValue()).toBe('a quiet harbour')
    await page.getByRole('button', { name: 'Hide password' }).click()
    expect(await password.getAttribute('type')).toBe('password')
  })

  it('names its fields so that password managers know them', async () => {
    const page = await open()
    const named = () =>
      page
        .locator('tw-sign-in input:visible:not([name=website])')
        .evaluateAll((all) => all.map((input) => input.getAttribute('autocomplete')))
    expect(await named()).toEqual(['username', 'current-password', null])
    await page.getByRole('button', { name: 'Create an account' }).click()
    expect(await named()).toEqual(['name', 'username', 'new-password'])
  })

  it('registers, with a meter that says what would help, and moves focus to what comes next', async () => {
    const page = await open()
    await page.getByRole('button', { name: 'Create an account' }).click()
    expect(await focused(page)).toBe('heading')
    await page.getByLabel('E-mail address').fill('ann@example.com')
    await page.getByLabel('Password', { exact: true }).fill('password1')
    await page.getByText('Common words and years are guessed early').waitFor()
    await page.getByLabel('Password', { exact: true }).fill('quiet harbour at dusk')
    await page.getByText('Hard to guess.').waitFor()
    expect(await axe(page, 'tw-sign-in')).toEqual([])
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
    expect(await focused(page)).toBe('heading')
    expect(await page.getByText('ann@example.com').count()).toBe(1)
  })

  it('asks for a second factor, and signs in with its code', async () => {
    site.brain.answer = (request) =>
      request.url.pathname === '/auth/v1/login'
        ? json({ status: 'second_factor', pendingToken: 'pending', methods: ['totp', 'recovery'] })
        : cannedAnswer(request)
    const page = await open()
    await page.getByLabel('E-mail address').fill('ann@example.com')
    await page.getByLabel('Password', { exact: true }).fill('a quiet harbour')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'One more step' }).waitFor()
    const code = page.getByLabel('Code')
    expect([await code.getAttribute('autocomplete'), await code.getAttribute('inputmode')]).toEqual([
      'one-time-code',
      'numeric',
    ])
    await code.fill('123 456')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
    expect(await heard(page)).toEqual([['tw-signed-in', 'ann@example.com']])
    expect(JSON.parse(site.brain.calls.at(-1)!.body)).toMatchObject({ code: '123456', pendingToken: 'pending' })
  })

  it.each([
    ['verify-email', 'Confirm address', 'Your address is confirmed', 'verify-email'],
    ['change-email', 'Confirm address', 'Your address is confirmed', 'verify-email'],
    ['magic-link', 'Sign in', 'You are signed in', 'magic-link/use'],
  ])(
    'takes the token of %s out of the address, and uses it when a button is pressed',
    async (purpose, button, next, route) => {
      const page = await open({ path: `/?a=1#${purpose}=${TOKEN}` })
      expect(page.url()).toBe(`${site.shop.origin}/?a=1`)
      // Looking who is signed in changes nothing.
      const changes = () => site.brain.calls.filter(({ method }) => method !== 'GET')
      expect(changes()).toEqual([])
      expect(await axe(page, 'tw-sign-in')).toEqual([])
      const password = page.getByRole('textbox', { name: 'Password' })
      if (await password.isVisible()) await password.fill('quiet harbour at dusk')
      await page.getByRole('button', { name: button }).first().click()
      await page.getByRole('heading', { name: next }).waitFor()
      const [call] = changes()
      expect([call!.url.pathname, JSON.parse(call!.body).token]).toEqual([`/auth/v1/${route}`, TOKEN])
      await page.goBack()
      expect(page.url()).not.toContain(TOKEN)
    },
  )

  it.each(['reset-password', 'invitation'])('chooses a password with the link of %s', async (purpose) => {
    const page = await open({ path: `/#${purpose}=${TOKEN}` })
    await page.getByRole('textbox', { name: 'New password' }).fill('quiet harbour at dusk')
    await page.getByRole('button', { name: 'Save password' }).click()
    await page.getByRole('heading', { name: 'Your password is saved' }).waitFor()
    expect(JSON.parse(site.brain.calls[0]!.body)).toEqual({ token: TOKEN, password: 'quiet harbour at dusk' })
  })

  it('leaves the page’s own fragments alone', async () => {
    const page = await open({ path: '/#reviews' })
    expect(page.url()).toBe(`${site.shop.origin}/#reviews`)
  })

  it('says who is signed in, signs out, and tells the page of both', async () => {
    const page = await open({ key: SIGNED_IN_KEY })
    await page.getByText('as Ann Bell.').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await heard(page)).toEqual([
      ['tw-signed-in', 'ann@example.com'],
      ['tw-signed-out', undefined],
    ])
  })

  it('says that the server is out of reach, and keeps what was typed', async () => {
    const page = await open()
    await page.getByLabel('E-mail address').fill('ann@example.com')
    await page.getByLabel('Password', { exact: true }).fill('a quiet harbour')
    site.brain.answer = () => null
    await page.keyboard.press('Enter')
    await page.getByText('The server cannot be reached').waitFor()
    site.brain.answer = cannedAnswer
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
  })

  it('shows what the server says of people as text', async () => {
    const evil = '<img src=x onerror=alert(1)>'
    site.brain.answer = (request) =>
      request.url.pathname === '/auth/v1/session'
        ? json({ status: 'signed_in', user: { ...cannedSignedIn().user, name: evil } })
        : cannedAnswer(request)
    const page = await open()
    await page.getByText(`as ${evil}.`).waitFor()
    expect(await page.locator('tw-sign-in img').count()).toBe(0)
  })

  it('hides its trap from people, whatever they use to read the page', async () => {
    const page = await open()
    const trap = page.locator('tw-sign-in [name=website]')
    expect(
      await trap.evaluate((input) => [(input as HTMLInputElement).tabIndex, !!input.closest('[aria-hidden=true]')]),
    ).toEqual([-1, true])
    expect((await trap.boundingBox())!.x).toBeLessThan(-100)
  })

  describe('at any width and in any scheme', () => {
    it.each([390, 1280])('fits %i px without moving the page', async (width) => {
      site.shop.body = `${PLACE}<p>After</p>`
      opened = await site.open(site.shop.origin, { viewport: { width, height: 800 } })
      const { page } = opened
      await page.locator('tw-sign-in form').waitFor()
      await setScheme(page, 'dark')
      await eventually(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      expect(await opened.layoutShift()).toBe(0)
    })
  })
})
