import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { CannedChat, withChat } from '../testing/chat.ts'
import { describeInChromium } from '../testing/chromium.ts'
import { eventually } from '../testing/eventually.ts'
import { cannedAnswer, inlineScript, type Site, scriptTag, type WatchedPage } from '../testing/site.ts'
import { useSite } from '../testing/use-site.ts'
import { axe, setScheme, widgetSuite } from '../testing/widget.suite.ts'

widgetSuite({
  tag: 'tw-chat-panel',
  address({ shop }) {
    shop.body = '<tw-chat-panel></tw-chat-panel><p>After</p>'
    return shop.origin
  },
  answered: '[part~=message]:not([part~=typing])',
  failed: '[part=notice], [part=under]',
  words: { en: 'Assistant:', de: 'Assistent:', fr: 'Assistant:', es: 'Asistente:' },
  themed: { variable: '--tw-chat-surface', part: 'frame', property: 'background-color', value: 'rgb(1, 2, 3)' },
  keepsHeight: true,
})

describeInChromium('<tw-chat>', () => {
  const site = useSite()
  let opened: WatchedPage
  let chat: CannedChat

  interface Opening extends NonNullable<Parameters<Site['open']>[1]> {
    readonly body?: string
    readonly attributes?: string
  }

  /** A page with the button, under the strictest policy. */
  async function closed({ body = '<p>Shop</p>', attributes = '', ...options }: Opening = {}): Promise<Page> {
    chat = new CannedChat()
    site.brain.answer = withChat(chat, cannedAnswer)
    site.shop.head =
      scriptTag(site) +
      inlineScript("window.heard = []; addEventListener('tw-chat-cart', ({ detail }) => heard.push(detail))")
    site.shop.body = `${body}<tw-chat ${attributes}></tw-chat>`
    opened = await site.open(site.shop.origin, options)
    await launcher(opened.page).waitFor()
    return opened.page
  }

  async function open(options: Opening = {}): Promise<Page> {
    const page = await closed(options)
    await launcher(page).click()
    await page.getByText('Good afternoon').waitFor()
    return page
  }

  const launcher = (page: Page) => page.locator('tw-chat > button, tw-chat [part=launcher]')
  const draft = (page: Page) => page.getByRole('textbox', { name: 'Write a message' })
  const log = (page: Page) => page.getByRole('log')
  const said = (page: Page) => page.locator('tw-chat [part~=bubble]').allTextContents()
  const focused = (page: Page) =>
    page.evaluate(() => {
      let element = document.activeElement
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
      return element?.id || element?.getAttribute('part')
    })
  async function say(page: Page, text: string, until: string) {
    await draft(page).fill(text)
    await draft(page).press('Enter')
    await log(page).getByText(until).first().waitFor()
  }

  describe('the button', () => {
    it('is all that an unopened chat costs: no renderer, no client, no call', async () => {
      const page = await closed()
      await page.waitForLoadState('networkidle')
      expect(site.brain.files.map((name) => name.replace(/-\w+\.js$/, ''))).toEqual(['loader.js', 'chat'])
      expect(site.brain.calls).toEqual([])
      expect(opened.messages).toEqual([])
      expect(await opened.violations()).toEqual([])
    })

    it('has a label that people see, says whether the panel is open, and has no fault that axe can find', async () => {
      const page = await closed()
      const button = page.getByRole('button', { name: 'Ask us' })
      expect(await button.getAttribute('aria-expanded')).toBe('false')
      for (const scheme of ['light', 'dark'] as const) {
        await setScheme(page, scheme)
        expect(await axe(page, 'tw-chat')).toEqual([])
      }
    })

    it('speaks the page’s language, or its own attribute’s, or says what the page wants', async () => {
      const page = await closed({ attributes: 'language="de"' })
      await page.getByRole('button', { name: 'Frag uns' }).waitFor()
      await page.locator('tw-chat').evaluate((element) => element.setAttribute('label', 'Hilfe'))
      await page.getByRole('button', { name: 'Hilfe' }).waitFor()
    })

    it.each([390, 1280])('lies on nothing at the end of a page of %i px', async (width) => {
      const page = await closed({
        viewport: { width, height: 700 },
        body: `${'<p>Things</p>'.repeat(60)}<a id="last" href="/imprint">Imprint</a>`,
      })
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
      const [link, button] = [await page.locator('#last').boundingBox(), await launcher(page).boundingBox()]
      expect(link!.y + link!.height).toBeLessThanOrEqual(button!.y)
      await page.locator('#last').click()
      expect(page.url()).toContain('/imprint')
    })

    it('says that there is no network, and opens when there is one', async () => {
      const page = await closed()
      await page.context().setOffline(true)
      await launcher(page).click()
      await page.getByRole('button', { name: 'Out of reach' }).waitFor()
      await page.context().setOffline(false)
      await launcher(page).click()
      await page.getByText('Good afternoon').waitFor()
    })
  })

  describe('the panel', () => {
    it('comes when it is asked for, with focus where one writes; Escape closes it and focus returns', async () => {
      const page = await open()
      await eventually(() => focused(page)).toBe('draft')
      await page.keyboard.press('Escape')
      await eventually(() => page.getByRole('dialog').count()).toBe(0)
      await eventually(() => focused(page)).toBe('launcher')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').waitFor()
      expect(site.brain.calls.filter(({ url }) => url.pathname.endsWith('/conversations'))).toHaveLength(1)
      expect(opened.messages).toEqual([])
      expect(await opened.violations()).toEqual([])
    })

    it('is worked by keyboard alone: Enter sends, Shift and Enter begin another line', async () => {
      const page = await open()
      await page.keyboard.type('first line')
      await page.keyboard.press('Shift+Enter')
      await page.keyboard.type('second line')
      await page.keyboard.press('Enter')
      await log(page).getByText('You said').waitFor()
      expect(chat.bodies[0]!.text).toBe('first line\nsecond line')
      expect(await draft(page).inputValue()).toBe('')
    })

    it('shows every kind of part, with no fault that axe can find, light and dark', async () => {
      const page = await open()
      for (const [text, until] of [
        ['gift', 'go well with coffee'],
        ['order', 'on its way'],
        ['spending', 'Spending in October'],
        ['transfer', 'Send £50.00'],
        ['return', 'Which item'],
        ['proof', 'a large amount'],
        ['account', 'who you are'],
      ] as const) {
        await say(page, text, until)
        expect(await axe(page, 'tw-chat')).toEqual([])
      }
      await setScheme(page, 'dark')
      expect(await axe(page, 'tw-chat')).toEqual([])
    })

    it('answers by a press: quick replies, yes or no, a form; what is answered offers nothing more', async () => {
      const page = await open()
      await say(page, 'gift', 'go well with coffee')
      await page.getByRole('button', { name: 'Something cheaper' }).click()
      await log(page).getByText('You said “cheaper”').waitFor()
      expect(await page.getByRole('button', { name: 'Something cheaper' }).count()).toBe(0)
      await say(page, 'transfer', 'Send £50.00')
      await page.getByRole('button', { name: 'Yes, send it' }).click()
      await log(page).getByText('You said “yes”').waitFor()
      await say(page, 'return', 'Which item')
      await page.getByLabel('Item').fill('the lantern')
      await page.getByLabel('Reason').selectOption('other')
      await page.getByRole('button', { name: 'Go on' }).click()
      await log(page).getByText('You said “the lantern, other”').waitFor()
      expect(await said(page)).toContain('the lantern, Something else')
    })

    it('lets a form wait while something else is asked', async () => {
      const page = await open()
      await say(page, 'return', 'Which item')
      await say(page, 'is it raining', 'You said “is it raining”')
      expect(chat.bodies.at(-1)!.form).toBe(undefined)
    })

    it('shows what anybody says as text, and links only where a page may lead', async () => {
      const page = await open()
      await say(page, 'html', '<img src=x')
      await say(page, '<b>bold</b> html', '<b>bold</b>')
      await say(page, 'gift', 'go well with coffee')
      expect(await page.locator('tw-chat-panel').locator('img, script, b').count()).toBe(0)
      const links = await page
        .locator('tw-chat a[href]')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href')))
      expect(links).toEqual(['/product/22423', '/product/85123A'])
    })

    it.each([
      ['emoji', '😀'.repeat(500)],
      ['right to left', 'مرحبا أين طلبي'],
      ['nothing to see', 'a\u200b\u200d\u202eb'],
      ['one long word', 'x'.repeat(3_000)],
      ['SQL', "'; DROP TABLE users; --"],
    ])('takes %s without harm to its shape', async (_, text) => {
      const page = await open({ viewport: { width: 390, height: 700 } })
      await say(page, text, 'You said')
      expect(chat.bodies[0]!.text).toBe(text)
      const widths = await log(page).evaluate((element) => [element.scrollWidth, element.clientWidth])
      expect(widths[0]).toBe(widths[1])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    })

    it('says before sending that a text is too long, and keeps it', async () => {
      const page = await open()
      await draft(page).fill('x'.repeat(10_004))
      await page.getByRole('alert').getByText('4 characters too long').waitFor()
      await page.getByRole('button', { name: 'Send' }).click({ force: true })
      expect(chat.received).toEqual([])
      expect((await draft(page).inputValue()).length).toBe(10_004)
    })

    it('tells the page what the cart is to have', async () => {
      const page = await open()
      await draft(page).fill('cart')
      await draft(page).press('Enter')
      await eventually(() => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toMatchObject([
        { change: 'add', productId: '22423', quantity: 2 },
      ])
    })

    it('reads a growing text once: only what is whole is for screen readers', async () => {
      const page = await open()
      expect(await log(page).evaluate((element) => element.getAttribute('role'))).toBe('log')
      await say(page, 'hello', 'You said')
      expect(await page.locator('tw-chat [data-state=streaming]').count()).toBe(0)
      expect(await page.locator('tw-chat [part~=message][aria-hidden]').count()).toBe(0)
    })
  })

  describe('without a network', () => {
    it('says so, keeps what is written, and sends it once when the network is back', async () => {
      const page = await open()
      await page.context().setOffline(true)
      await page.getByRole('status').getByText('You are offline').waitFor()
      await draft(page).fill('one')
      await draft(page).press('Enter')
      await draft(page).fill('two')
      await draft(page).press('Enter')
      await eventually(() => page.getByText('Will be sent when you are back online').count()).toBe(2)
      expect(await axe(page, 'tw-chat')).toEqual([])
      await page.context().setOffline(false)
      await log(page).getByText('You said “two”').waitFor()
      await eventually(() => page.getByText('Will be sent').count()).toBe(0)
      expect(chat.bodies.map(({ text }) => text)).toEqual(['one', 'two'])
      expect(await said(page)).toEqual([
        'Good afternoon! How can I help?',
        'one',
        'You said “one”.',
        'two',
        'You said “two”.',
      ])
    })

    it('keeps the talk on the device where the shop wants that, over a reload as well', async () => {
      const page = await open({ attributes: 'memory="device"' })
      await say(page, 'hello', 'You said “hello”')
      await page.context().setOffline(true)
      await draft(page).fill('still here')
      await draft(page).press('Enter')
      await page.getByText('Will be sent').waitFor()
      await eventually(() => page.evaluate(() => indexedDB.databases().then((all) => all.length))).toBe(1)
      await page.context().setOffline(false)
      await log(page).getByText('You said “still here”').waitFor()
      await page.reload()
      await log(page).getByText('You said “still here”').waitFor()
      expect(await said(page)).toHaveLength(5)
      expect(new Set(chat.received).size).toBe(2)
    })
  })

  describe('from page to page', () => {
    it('goes on where it was, open where there is room', async () => {
      const page = await open()
      await say(page, 'hello', 'You said')
      await page.reload()
      await log(page).getByText('You said “hello”').waitFor()
      expect(await said(page)).toHaveLength(3)
    })

    it('stays closed on a small screen, and one press brings the talk back', async () => {
      const page = await open({ viewport: { width: 390, height: 700 } })
      await say(page, 'hello', 'You said')
      await page.reload()
      await launcher(page).click()
      await log(page).getByText('You said “hello”').waitFor()
    })

    it('remembers nothing where the page says so', async () => {
      const page = await open({ attributes: 'memory="none"' })
      await say(page, 'hello', 'You said')
      expect(await page.evaluate(() => [sessionStorage.length, localStorage.length])).toEqual([0, 0])
      await page.reload()
      await launcher(page).waitFor()
      expect(await page.getByRole('dialog').count()).toBe(0)
    })

    it('shows on the button what a person said meanwhile', async () => {
      const page = await open()
      chat.conversation = { ...chat.conversation, state: 'agent', agentName: 'Mia' }
      await say(page, 'hello', 'hello')
      await page.getByText('Mia is with you').waitFor()
      await page.keyboard.press('Escape')
      chat.add('agent', [{ type: 'text', text: 'Sorry for the wait' }], { agentName: 'Mia' })
      await page.getByLabel('1 unread').waitFor()
      expect(await axe(page, 'tw-chat')).toEqual([])
      await page.reload()
      await page.getByLabel('1 unread').waitFor()
      await launcher(page).click()
      await log(page).getByText('Sorry for the wait').waitFor()
      await eventually(() => page.getByLabel('1 unread').count()).toBe(0)
    })
  })

  describe('with a person', () => {
    it('says that one is on the way, who has come, and that they have left', async () => {
      const page = await open()
      chat.conversation = { ...chat.conversation, state: 'waiting' }
      await say(page, 'a person please', 'a person please')
      await page.getByRole('status').getByText('We are getting somebody').waitFor()
      expect(await axe(page, 'tw-chat')).toEqual([])
      chat.conversation = { ...chat.conversation, state: 'agent', agentName: 'Mia' }
      chat.add('agent', [{ type: 'text', text: 'Hello, how can I help?' }], { agentName: 'Mia' })
      await page.getByRole('status').getByText('Mia is with you.').waitFor()
      await log(page).getByText('Mia', { exact: true }).waitFor()
      await page.getByRole('button', { name: 'Back to the assistant' }).click()
      await eventually(() => chat.bodies.at(-1)!.choice).toBe('handoff-end')
      chat.conversation = { ...chat.conversation, state: 'bot', agentName: null }
      await say(page, 'thanks', 'You said “thanks”')
      expect(await page.getByText('Mia is with you.').count()).toBe(0)
    })
  })

  describe('the menu', () => {
    it('begins anew, mails the talk, and lists others to open, rename and remove', async () => {
      const page = await open({ attributes: 'memory="device"' })
      await say(page, 'the first one', 'You said')
      await page.getByRole('button', { name: 'Talks and more' }).click()
      await page.getByRole('button', { name: 'Send this talk by e-mail' }).click()
      await page.getByText('On its way to your address').waitFor()
      expect(await axe(page, 'tw-chat')).toEqual([])
      await page.getByRole('button', { name: 'Start over' }).click()
      await say(page, 'the second one', 'You said “the second one”')
      await page.getByRole('button', { name: 'Talks and more' }).click()
      await page.getByRole('button', { name: /^Rename/ }).click()
      await eventually(() => focused(page)).toBe('asked')
      expect(await axe(page, 'tw-chat')).toEqual([])
      await page.getByRole('textbox', { name: 'Rename' }).fill('My lantern')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'My lantern', exact: true }).click()
      await log(page).getByText('You said “the first one”').waitFor()
      await page.getByRole('button', { name: 'Talks and more' }).click()
      await page.getByRole('button', { name: /^Delete/ }).click()
      await page.getByText('for good?').waitFor()
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await page.getByText('None yet.').waitFor()
    })
  })

  describe('at any size', () => {
    it('fills a small screen, keeps the Tab key, and leaves room for the keyboard', async () => {
      const page = await open({ viewport: { width: 390, height: 780 } })
      const box = await page.getByRole('dialog').boundingBox()
      expect(box).toEqual({ x: 0, y: 0, width: 390, height: 780 })
      for (let i = 0; i < 8; i++) {
        await page.keyboard.press('Tab')
        expect(await page.evaluate(() => document.activeElement!.localName)).toBe('tw-chat-panel')
      }
      // What is left beside a keyboard on the screen.
      await page.setViewportSize({ width: 390, height: 360 })
      await say(page, 'hello', 'You said')
      const field = (await draft(page).boundingBox())!
      expect(field.y + field.height).toBeLessThanOrEqual(360)
      expect((await log(page).boundingBox())!.height).toBeGreaterThan(100)
      await eventually(() => page.getByText('You said').isVisible()).toBe(true)
    })

    it('floats beside the page where there is room, and moves nothing', async () => {
      const page = await open()
      const box = (await page.getByRole('dialog').boundingBox())!
      expect([box.width, box.x + box.width <= 1280, box.y >= 0]).toEqual([400, true, true])
      expect(await opened.layoutShift()).toBe(0)
    })

    it('turns round where text runs from right to left', async () => {
      const page = await open({ body: inlineScript("document.documentElement.dir = 'rtl'") })
      const box = (await page.getByRole('dialog').boundingBox())!
      expect(box.x).toBeLessThan(60)
      await say(page, 'gift', 'go well with coffee')
      const [mine, theirs] = await page
        .locator('tw-chat [part~=bubble]')
        .evaluateAll((all) => all.slice(-2).map((bubble) => bubble.getBoundingClientRect().x))
      expect(mine!).toBeLessThan(theirs!)
    })

    it('moves nothing for whoever wants no motion, and keeps its lines in forced colours', async () => {
      const page = await open({ reducedMotion: 'reduce', forcedColors: 'active' })
      expect(await page.getByRole('dialog').evaluate((frame) => getComputedStyle(frame).animationName)).toBe('none')
      const border = await page
        .locator('tw-chat [part~=bubble]')
        .first()
        .evaluate((bubble) => getComputedStyle(bubble).borderTopWidth)
      expect(border).toBe('1px')
      expect(await axe(page, 'tw-chat')).toEqual([])
    })
  })
})
