import { fileURLToPath } from 'node:url'
import type { createClient, PersonSession, personSession } from '@tillwright/core'
import type { Tenant } from '@tillwright/node'
import { build } from 'esbuild'
import type { Page, Response } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addPerson, TEST_PASSWORD } from '../packages/node/src/testing/sign-in-as.ts'
import { describeInChromium } from '../packages/widgets/src/testing/chromium.ts'
import { eventually } from '../packages/widgets/src/testing/eventually.ts'
import { serve, type TestServer } from '../packages/widgets/src/testing/http.ts'
import { type Visit, visit } from '../packages/widgets/src/testing/visit.ts'
import { type LiveSite, openLiveSite } from './live-site.ts'

const MINUTE_MS = 60_000
const ACCESS_MS = 15 * MINUTE_MS
/** Of people who run the shop. */
const IDLE_MS = 120 * MINUTE_MS
/** What a shop's own page does with the package, as it is installed. */
const PAGE = `
  import { createClient, personSession } from '@tillwright/core'
  window.open_ = (options, session) => createClient({ ...options, session: personSession(session) })
`

type Delivery = 'cookie' | 'token'

declare global {
  interface Window {
    open_(
      options: Parameters<typeof createClient>[0],
      session: Parameters<typeof personSession>[0],
    ): ReturnType<typeof createClient> & { session: PersonSession }
    client: ReturnType<Window['open_']>
    warnedOf: number[]
  }
}

describeInChromium('The session of the npm package in a browser', () => {
  let site: LiveSite
  let shop: TestServer
  let tenant: Tenant
  let key: string
  let person: { email: string; password: string }
  let visitor: Visit
  /** Requests to the server, by path. */
  let calls: string[]
  let script = ''

  beforeAll(async () => {
    site = await openLiveSite()
    tenant = await site.server.tools.createTenant({ name: 'Birch & Thimble' })
    shop = await serve('localhost', ({ url }) =>
      url.pathname === '/app.js'
        ? { headers: { 'content-type': 'text/javascript' }, body: script }
        : { headers: { 'content-type': 'text/html' }, body: shopPage(url.pathname === '/widgets') },
    )
    key = (await site.server.tools.createKey(tenant, { kind: 'publishable', origins: [shop.origin] })).key
    const { outputFiles } = await build({
      stdin: { contents: PAGE, resolveDir: fileURLToPath(new URL('../packages/widgets', import.meta.url)) },
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
    })
    script = outputFiles[0]!.text
  }, 120_000)

  afterAll(async () => {
    await shop?.close()
    await site?.close()
  })

  beforeEach(async () => {
    const { email } = await addPerson({ db: site.server.database.tenant(tenant.id) }, 'accountant')
    person = { email, password: TEST_PASSWORD }
    visitor = await visit(site.browser)
    calls = []
    visitor.context.on('request', (request) => {
      const { origin, pathname } = new URL(request.url())
      if (origin === site.origin && request.method() !== 'OPTIONS') calls.push(pathname)
    })
    return visitor.close
  })

  const shopPage = (hasWidgets: boolean) =>
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">' +
    '<script type="module" src="/app.js"></script>' +
    (hasWidgets
      ? `<script async src="${site.origin}/widgets/loader.js" data-key="${key}"></script><tw-sign-in></tw-sign-in><tw-account></tw-account>`
      : '')

  /** A tab with the shop's page, whose client is at work. */
  async function openTab(delivery: Delivery, { page, path = '/' }: { page?: Page; path?: string } = {}): Promise<Page> {
    const tab = page ?? (await visitor.openTab())
    await tab.goto(shop.origin + path)
    await tab.evaluate(
      async ([baseUrl, key, delivery]) => {
        window.client = window.open_({ baseUrl: baseUrl!, key: key! }, { delivery: delivery as Delivery })
        window.warnedOf = []
        window.client.session.onIdleWarning((endsAt) => window.warnedOf.push(endsAt))
        await window.client.session.ready()
      },
      [site.origin, key, delivery],
    )
    return tab
  }

  const openTabs = async (delivery: Delivery, count: number) => {
    const tabs: Page[] = []
    for (let at = 0; at < count; at++) tabs.push(await openTab(delivery, at === 0 ? { page: visitor.page } : {}))
    return tabs as [Page, Page, ...Page[]]
  }
  const stateOf = (tab: Page) => tab.evaluate(() => window.client.session.state.value)
  const signIn = (tab: Page) => tab.evaluate((who) => window.client.session.signIn(who), person)
  const count = (path: string) => calls.filter((one) => one === path).length
  /**
   * One, as the tests with a clock of their own in packages/core show; where a busy machine brings a tab's news late, at most
   * one for each session, and the server answers all with the same successor.
   */
  const expectFewRenewals = (sessions: number) => {
    expect(count('/auth/v1/refresh')).toBeGreaterThanOrEqual(1)
    expect(count('/auth/v1/refresh')).toBeLessThanOrEqual(sessions)
  }
  const seenBy = async (tabs: readonly Page[], state: object) => {
    for (const tab of tabs) await eventually(() => stateOf(tab)).toMatchObject(state)
  }

  describe.each(['cookie', 'token'] as const)('by %s', (delivery) => {
    it('begins and ends in every tab at once', async () => {
      const tabs = await openTabs(delivery, 3)
      await seenBy(tabs, { status: 'signed_out', because: 'nobody' })
      expect(await signIn(tabs[0])).toMatchObject({ status: 'signed_in', user: { email: person.email } })
      await seenBy(tabs, { status: 'signed_in', user: { email: person.email } })
      for (const tab of tabs) {
        expect((await tab.evaluate(() => window.client.account.get())).email).toBe(person.email)
      }
      await tabs[1].evaluate(() => window.client.session.signOut())
      await seenBy(tabs, { status: 'signed_out', because: 'left' })
      expect(await tabs[0].evaluate(() => window.client.account.get().catch((error) => error.status))).toBe(401)
    })

    it('is known to a tab that is opened later, and to one that is loaded again', async () => {
      const [first] = await openTabs(delivery, 1)
      await signIn(first)
      const second = await openTab(delivery)
      expect(await stateOf(second)).toMatchObject({ status: 'signed_in', user: { email: person.email } })
      await openTab(delivery, { page: first })
      expect(await stateOf(first)).toMatchObject({ status: 'signed_in', user: { email: person.email } })
    })

    it('says what the person may do', async () => {
      const [tab] = await openTabs(delivery, 1)
      const can = () =>
        tab.evaluate(() => {
          const { session } = window.client
          return [session.can('orders:read'), session.can('orders:read', 'reports:read'), session.can('orders:write')]
        })
      expect(await can()).toEqual([false, false, false])
      await signIn(tab)
      expect(await can()).toEqual([true, true, false])
    })

    it('is renewed for 60 calls of three tabs that come too late, all of which are answered', async () => {
      const tabs = await openTabs(delivery, 3)
      await signIn(tabs[0])
      await seenBy(tabs, { status: 'signed_in' })
      for (let round = 1; round <= 3; round++) {
        site.advance(ACCESS_MS + 1_000)
        calls.length = 0
        const emails = await Promise.all(
          tabs.map((tab) =>
            tab.evaluate(async () => {
              const answers = await Promise.all(Array.from({ length: 20 }, () => window.client.account.get()))
              return answers.map(({ email }) => email)
            }),
          ),
        )
        expect(emails.flat()).toEqual(Array.from({ length: 60 }, () => person.email))
        expectFewRenewals(tabs.length)
      }
      await seenBy(tabs, { status: 'signed_in' })
    })

    it('warns five minutes before it ends for want of use, and goes on where somebody says so', async () => {
      const now = Date.now()
      await visitor.page.clock.install({ time: now })
      const [tab] = await openTabs(delivery, 1)
      await signIn(tab)
      const warned = () => tab.evaluate(() => window.warnedOf)
      await tab.clock.fastForward(IDLE_MS - 5 * MINUTE_MS - 10_000)
      site.advance(IDLE_MS - 5 * MINUTE_MS - 10_000)
      expect(await warned()).toEqual([])
      await tab.clock.fastForward(20_000)
      site.advance(20_000)
      expect(await warned()).toHaveLength(1)
      const [endsAt] = await warned()
      expect(Math.abs(endsAt! - now - IDLE_MS)).toBeLessThan(30_000)
      expect(await stateOf(tab)).toMatchObject({ status: 'signed_in', idleEndsAt: endsAt })

      await tab.evaluate(() => window.client.session.stayActive())
      expect(await stateOf(tab)).toMatchObject({ status: 'signed_in', idleEndsAt: null })
      await tab.clock.fastForward(60 * MINUTE_MS)
      site.advance(60 * MINUTE_MS)
      expect((await tab.evaluate(() => window.client.account.get())).email).toBe(person.email)
      expect(await warned()).toHaveLength(1)
    })

    it('ends in every tab where nobody is there, on the server as well', async () => {
      await visitor.context.clock.install()
      const tabs = await openTabs(delivery, 2)
      await signIn(tabs[0])
      await seenBy(tabs, { status: 'signed_in' })
      for (const tab of tabs) await tab.clock.fastForward(IDLE_MS + 1_000)
      await seenBy(tabs, { status: 'signed_out', because: 'idle' })
      await eventually(() => count('/auth/v1/logout')).toBeGreaterThan(0)
    })

    it('leads back to the page that was wanted, on this site only', async () => {
      const [tab] = await openTabs(delivery, 1)
      await openTab(delivery, { page: tab, path: '/orders?page=2#top' })
      await tab.evaluate(() => window.client.session.rememberPage())
      await openTab(delivery, { page: tab, path: '/sign-in' })
      await signIn(tab)
      await tab.evaluate(() => location.assign(window.client.session.takePage('/account')))
      await tab.waitForURL(`${shop.origin}/orders?page=2#top`)
      for (const foreign of ['https://evil.example/x', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
        await openTab(delivery, { page: tab })
        await tab.evaluate((page) => window.client.session.rememberPage(page), foreign)
        expect(await tab.evaluate(() => new URL(window.client.session.takePage(), location.href).href)).toBe(
          `${shop.origin}/`,
        )
      }
    })
  })

  it('by cookie is over as soon as a call finds the cookies gone', async () => {
    const [tab] = await openTabs('cookie', 1)
    await signIn(tab)
    await visitor.context.clearCookies()
    expect(await tab.evaluate(() => window.client.account.get().catch((error) => error.status))).toBe(401)
    expect(await stateOf(tab)).toEqual({ status: 'signed_out', because: 'ended' })
  })

  describe('beside the script tag’s widgets on the same page', () => {
    const field = (tab: Page, name: string) => tab.getByRole('textbox', { name, exact: true })
    const heading = (tab: Page, name: string) => tab.getByRole('heading', { name, exact: true })
    const form = (tab: Page) => heading(tab, 'Sign in')
    const welcome = (tab: Page) => heading(tab, 'You are signed in')
    const openBoth = (page?: Page) => openTab('cookie', { ...(page ? { page } : {}), path: '/widgets' })

    async function signInByWidget(tab: Page): Promise<void> {
      await field(tab, 'E-mail address').fill(person.email)
      await field(tab, 'Password').fill(person.password)
      await tab.getByRole('button', { name: 'Sign in', exact: true }).click()
    }

    it('is one session: who comes or goes by either does so for both, in every tab', async () => {
      const tabs = [await openBoth(visitor.page), await openBoth()] as const
      for (const tab of tabs) await form(tab).waitFor()
      await signInByWidget(tabs[0])
      for (const tab of tabs) {
        await welcome(tab).waitFor()
        await tab.locator('tw-account').getByRole('heading', { name: person.email }).waitFor()
      }
      await seenBy(tabs, { status: 'signed_in', user: { email: person.email } })

      await tabs[1].evaluate(() => window.client.session.signOut())
      for (const tab of tabs) await form(tab).waitFor()
      await seenBy(tabs, { status: 'signed_out', because: 'left' })

      await signIn(tabs[1])
      for (const tab of tabs) await welcome(tab).waitFor()
      await tabs[0].locator('tw-account').getByRole('button', { name: 'Sign out' }).click()
      for (const tab of tabs) await form(tab).waitFor()
      await seenBy(tabs, { status: 'signed_out', because: 'left' })
      expect(visitor.messages).toEqual([])
    })

    it('is renewed for both, again and again, and neither signs the other out', async () => {
      const tabs = [await openBoth(visitor.page), await openTab('cookie')] as const
      await form(tabs[0]).waitFor()
      await signInByWidget(tabs[0])
      await seenBy(tabs, { status: 'signed_in' })
      const save = tabs[0].getByRole('button', { name: 'Save changes' })
      for (let round = 1; round <= 4; round++) {
        site.advance(ACCESS_MS + 1_000)
        calls.length = 0
        const isSaved = (response: Response) => response.request().method() === 'PATCH' && response.ok()
        const [, , ...emails] = await Promise.all([
          tabs[0].waitForResponse(isSaved),
          save.click(),
          ...tabs.map((tab) => tab.evaluate(async () => (await window.client.account.get()).email)),
        ])
        expect(emails).toEqual([person.email, person.email])
        expectFewRenewals(3) // The widgets', and those of two packages.
      }
      await seenBy(tabs, { status: 'signed_in' })
      expect(await welcome(tabs[0]).isVisible()).toBe(true)
    })
  })

  it('by token and one by cookie, on two pages of the shop, do not end each other', async () => {
    const [apart, together] = [await openTab('token', { page: visitor.page }), await openTab('cookie')]
    await signIn(apart)
    await signIn(together)
    await together.evaluate(() => window.client.session.signOut())
    expect((await apart.evaluate(() => window.client.account.get())).email).toBe(person.email)
    expect(await stateOf(apart)).toMatchObject({ status: 'signed_in' })
  })

  it('writes nothing into the browser’s console and keeps no token where scripts can read it later', async () => {
    const [tab] = await openTabs('token', 1)
    await signIn(tab)
    await tab.evaluate(() => window.client.session.rememberPage())
    const stored = await tab.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    )
    expect(JSON.parse(stored)).toEqual([{}, { 'tillwright.wanted-page': '/' }, ''])
    expect(visitor.messages).toEqual([])
  })
})
