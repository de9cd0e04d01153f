import type { Recommendations } from '@tillwright/core/contract'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { json } from '../testing/brain.ts'
import { describeInChromium } from '../testing/chromium.ts'
import { eventually } from '../testing/eventually.ts'
import { cannedRecommendations } from '../testing/products.ts'
import { NONCE } from '../testing/shop.ts'
import { cannedAnswer, inlineScript, type Site, scriptTag, type WatchedPage } from '../testing/site.ts'
import { useSite } from '../testing/use-site.ts'
import { widgetSuite } from '../testing/widget.suite.ts'

const CARD = '[part=card]:not([part~=skeleton])'

function element(attributes = 'kind="bought-together" items="85123A"'): string {
  return `<tw-recommendations ${attributes}><svg width="100%" height="372"></svg></tw-recommendations><p>After</p>`
}

widgetSuite({
  tag: 'tw-recommendations',
  address({ shop }) {
    shop.body = element()
    return shop.origin
  },
  answered: CARD,
  failed: '[part=message]',
  words: {
    en: 'Often bought together',
    de: 'Oft zusammen gekauft',
    fr: 'Souvent achetés ensemble',
    es: 'Suelen comprarse juntos',
  },
  themed: { variable: '--tw-radius', part: 'media', property: 'border-start-start-radius', value: '3px' },
  keepsHeight: true,
})

describeInChromium('<tw-recommendations>', () => {
  const site = useSite()
  let opened: WatchedPage

  /** Opens the shop with one row in it, and waits for something in the row. */
  async function open(body = element(), until = CARD, options: Parameters<Site['open']>[1] = {}): Promise<Page> {
    site.shop.body = body
    opened = await site.open(site.shop.origin, options)
    if (until) await part(opened.page, until).first().waitFor()
    return opened.page
  }

  const part = (page: Page, selector: string) => page.locator('tw-recommendations').locator(selector)

  function answers(change: Partial<Recommendations>): void {
    site.brain.answer = (request) =>
      request.url.pathname === '/api/v1/recommendations' ? json(cannedRecommendations(change)) : cannedAnswer(request)
  }

  function answersFirst(change: Partial<Recommendations['items'][number]>): void {
    const [first, ...others] = cannedRecommendations().items
    answers({ items: [{ ...first!, ...change }, ...others] })
  }

  const recommendationCalls = () =>
    site.brain.calls.filter(({ url }) => url.pathname.endsWith('/recommendations')).map(({ url }) => url.searchParams)

  describe('the page around it', () => {
    it.each([
      ['answers', () => {}, CARD],
      ['answers late', () => later(site), CARD],
      ['answers with nothing', () => answers({ items: [] }), '[part=message]'],
      ['answers 500', () => fails(site, 500), '[part=message]'],
      ['cannot be reached', () => hangsUp(site), '[part=message]'],
    ])('stays still when the server %s, and no policy is violated', async (_, arrange, until) => {
      arrange()
      await openPainted(element(), until)
      await opened.page.waitForTimeout(300)
      expect(await opened.layoutShift()).toBe(0)
      expect(await opened.violations()).toEqual([])
    })

    it('stays still when not even the script can be reached', async () => {
      site.shop.head = scriptTag(site).replaceAll(site.brain.origin, 'http://127.0.0.1:1')
      await open(element(), '')
      await opened.page.waitForTimeout(500)
      expect(await opened.layoutShift()).toBe(0)
      expect(await opened.page.locator('tw-recommendations svg').boundingBox()).toMatchObject({ height: 372 })
    })

    it.each([
      ['tall lines', 'body { font: 30px/3 serif }'],
      ['tight lines', 'body { line-height: 1 }'],
      ['a margin around the element', 'tw-recommendations { display: block; margin: 40px }'],
    ])('stays still in a shop with %s', async (_, css) => {
      site.shop.head += `<style nonce="${NONCE}">${css}</style>`
      await openPainted(element(), CARD)
      expect(await opened.layoutShift()).toBe(0)
    })

    /** Lets the browser paint the page with its placeholder before the script comes. */
    async function openPainted(body: string, until: string): Promise<void> {
      let release = () => {}
      site.brain.filesHeld = new Promise((resolve) => {
        release = resolve
      })
      const page = await open(body, '', { waitUntil: 'commit' })
      await page.locator('p').getByText('After').waitFor()
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
      release()
      await part(page, until).first().waitFor()
    }
  })

  describe('asking', () => {
    it('asks for what its attributes say', async () => {
      await open(element('kind="similar" items="85123A, 22423" exclude="47566" limit="4" language="de_AT"'))
      expect([...recommendationCalls()[0]!]).toEqual([
        ['key', 'pk_test'],
        ['sessionId', expect.stringMatching(/^ses_/)],
        ['kind', 'similar'],
        ['items', '85123A'],
        ['items', '22423'],
        ['exclude', '47566'],
        ['limit', '4'],
        ['language', 'de-AT'],
      ])
    })

    it('has defaults for everything, and keeps the limit within what the server takes', async () => {
      await open(element('limit="1000"'))
      expect([...recommendationCalls()[0]!]).toEqual([
        ['key', 'pk_test'],
        ['sessionId', expect.stringMatching(/^ses_/)],
        ['kind', 'popular'],
        ['limit', '50'],
        ['language', 'en'],
      ])
    })

    it('asks again when attributes change, once for all that change together', async () => {
      const page = await open()
      await page.locator('tw-recommendations').evaluate((row) => {
        row.setAttribute('kind', 'similar')
        row.setAttribute('items', '22423')
        row.setAttribute('heading', 'More like this')
      })
      await eventually(() => recommendationCalls().length).toBe(2)
      expect(recommendationCalls()[1]!.get('items')).toBe('22423')
      await page.getByRole('heading', { name: 'More like this' }).waitFor()
    })

    it('fetches nothing, not even its code, for a row far below, until it comes near', async () => {
      const page = await open(`<svg width="10" height="5000"></svg>${element()}`, '')
      await page.waitForTimeout(500)
      expect(site.brain.files).toEqual(['loader.js'])
      expect(site.brain.calls).toEqual([])
      await page.evaluate(() => scrollTo(0, 4_000))
      await part(page, CARD).first().waitFor()
      expect(site.brain.files).toHaveLength(4)
    })
  })

  describe('a card', () => {
    it('shows name and price, and links to the product', async () => {
      const page = await open()
      const card = part(page, CARD).first()
      expect(await card.locator('[part=name]').textContent()).toBe('Regency Cakestand 3 Tier')
      expect(await card.locator('[part=price]').textContent()).toBe('£12.75')
      await card.locator('a').click()
      expect(new URL(page.url()).pathname).toBe('/product/22423')
    })

    it('writes prices as its language does', async () => {
      const page = await open(element('language="de"'))
      expect(await part(page, '[part=price]').first().textContent()).toMatch(/^12,75\s£$/)
    })

    it.each([
      ['the shop’s template for a product without an address', undefined, '/shop/{id}.html', '/shop/22423.html'],
      ['the product’s own address before the template', '/own', '/shop/{id}.html', '/own'],
      ['nothing where neither is known', undefined, '', null],
      ['nothing where the address would run a script', 'javascript:alert(1)', '', null],
    ])('leads to %s', async (_, url, template, href) => {
      answersFirst({ url })
      const page = await open(element(template ? `product-url="${template}"` : ''))
      expect(await part(page, '[part=link]').first().getAttribute('href')).toBe(href)
    })

    it('shows whatever the server says as text', async () => {
      const evil = '<img src=x onerror=alert(1)>'
      answersFirst({ name: evil, reasonText: evil })
      const page = await open(element(`heading="${evil}"`))
      expect(await part(page, '[part=name]').first().textContent()).toBe(evil)
      expect(await part(page, '[part=reason]').first().textContent()).toBe(evil)
      expect(await part(page, 'h2').textContent()).toBe(evil)
      expect(await part(page, 'img').count()).toBe(0)
    })

    it('shows a quiet tile where there is no picture, or the picture cannot be had', async () => {
      answersFirst({ imageUrl: '/missing.png' })
      const page = await open()
      await eventually(() => part(page, 'img').first().isVisible()).toBe(false)
      expect(await part(page, '[part=initial]').allTextContents()).toEqual([...'RWPASPPJJH'])
    })
  })

  describe('“Why this?”', () => {
    it('opens and closes the reason, for one product at a time', async () => {
      const page = await open()
      const [first, second] = [part(page, '[part=why]').nth(0), part(page, '[part=why]').nth(1)]
      await first.click()
      expect(await first.getAttribute('aria-expanded')).toBe('true')
      await page.getByText('In 40 of 96 baskets with White Hanging Heart T-Light Holder').waitFor()
      await second.click()
      expect(await first.getAttribute('aria-expanded')).toBe('false')
      await second.click()
      expect(await second.getAttribute('aria-expanded')).toBe('false')
      expect(await part(page, '[part=reason]:visible').count()).toBe(0)
    })

    it('works by keyboard: Enter opens, Escape closes, and focus stays', async () => {
      const page = await open()
      const why = part(page, '[part=why]').first()
      await why.focus()
      await page.keyboard.press('Enter')
      expect(await part(page, '[part=reason]').first().isVisible()).toBe(true)
      expect(await why.getAttribute('aria-controls')).toBe(await part(page, '[part=reason]').first().getAttribute('id'))
      await page.keyboard.press('Escape')
      expect(await part(page, '[part=reason]').first().isVisible()).toBe(false)
      expect(await why.evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement === button)).toBe(true)
    })
  })

  describe('the row', () => {
    const scrolled = (page: Page) => part(page, 'ul').evaluate((row) => row.scrollLeft)
    const focusedText = (page: Page) =>
      page.locator('tw-recommendations').evaluate(({ shadowRoot }) => shadowRoot!.activeElement?.textContent)

    it('scrolls by buttons, each of which says when there is no more', async () => {
      const page = await open()
      const [previous, next] = [
        page.getByRole('button', { name: 'Previous' }),
        page.getByRole('button', { name: 'Next' }),
      ]
      expect(await previous.getAttribute('aria-disabled')).toBe('true')
      await next.click()
      await eventually(() => previous.getAttribute('aria-disabled')).toBe('false')
      expect(await scrolled(page)).toBeGreaterThan(0)
      const clickNext = async () => {
        // A script's click: playwright's own waits for a button that is disabled.
        await next.evaluate((button: HTMLButtonElement) => button.click())
        return next.getAttribute('aria-disabled')
      }
      await eventually(clickNext).toBe('true')
    })

    it('has no buttons where everything fits, and gets them when the page becomes narrow', async () => {
      answers({ items: cannedRecommendations().items.slice(0, 3) })
      const page = await open()
      expect(await page.getByRole('button', { name: 'Next' }).count()).toBe(0)
      await page.setViewportSize({ width: 390, height: 720 })
      await page.getByRole('button', { name: 'Next' }).waitFor()
    })

    it.each([
      ['ltr', 'ArrowRight', 'ArrowLeft', 1],
      ['rtl', 'ArrowLeft', 'ArrowRight', -1],
    ])('moves by arrow keys and buttons as %s text runs', async (direction, forward, back, sign) => {
      const page = await open(`<div dir="${direction}">${element()}</div>`)
      await part(page, 'a').first().focus()
      await page.keyboard.press(forward)
      expect(await focusedText(page)).toContain('White Hanging Heart')
      await page.keyboard.press(forward)
      await page.keyboard.press(back)
      expect(await focusedText(page)).toContain('White Hanging Heart')
      await page.keyboard.press(back)
      await page.keyboard.press(back)
      expect(await focusedText(page)).toContain('Regency Cakestand')
      await page.getByRole('button', { name: 'Next' }).click()
      await eventually(async () => Math.sign(await scrolled(page))).toBe(sign)
    })

    it('moves from button to button when a button is focused', async () => {
      const page = await open()
      await part(page, '[part=why]').first().focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      expect(await part(page, '[part=reason]').nth(1).isVisible()).toBe(true)
    })

    it.each([
      ['reduce', 'auto'],
      ['no-preference', 'smooth'],
    ] as const)('scrolls for people who prefer %s motion: %s', async (reducedMotion, behavior) => {
      const page = await open(element(), CARD, { reducedMotion })
      expect(await part(page, 'ul').evaluate((row) => getComputedStyle(row).scrollBehavior)).toBe(behavior)
    })
  })

  describe('when there is nothing to show', () => {
    it('says so', async () => {
      answers({ items: [] })
      const page = await open(element(), '[part=message]')
      expect(await part(page, '[part=message]').textContent()).toBe('Nothing to suggest yet.')
    })

    it('keeps an answer that is none from the page, and offers to try again', async () => {
      site.brain.answer = () => json({ hello: 'from a captive portal' })
      await open(element(), '[part=retry]')
      expect(opened.messages.filter((message) => message.startsWith('uncaught'))).toEqual([])
    })

    it('offers to try again after a failure, warns the developer, and keeps focus in the row', async () => {
      site.brain.answer = () => json({ code: 'invalid_input', title: 'Some of the input is not valid' }, 422)
      const page = await open(element(), '[part=retry]')
      expect(opened.messages.filter((message) => message.startsWith('warning'))).toEqual([
        'warning: Tillwright: tw-recommendations: Some of the input is not valid',
      ])
      site.brain.answer = cannedAnswer
      await part(page, '[part=retry]').focus()
      await page.keyboard.press('Enter')
      await part(page, CARD).first().waitFor()
      expect(await page.evaluate(() => document.activeElement?.localName)).toBe('tw-recommendations')
    })
  })

  describe('events', () => {
    const { recommendationId, items } = cannedRecommendations()
    const eventsOf = (type: string) => site.brain.events().filter((event) => event.type === type)

    it('tell the server what was shown, once it was in view for a second', async () => {
      await open()
      await eventually(() => site.brain.events()).toHaveLength(1)
      expect(site.brain.events()[0]).toMatchObject({
        type: 'recommendation_shown',
        recommendationId,
        productIds: items.map(({ id }) => id),
        sessionId: expect.stringMatching(/^ses_/),
      })
    })

    it('tell the server what was clicked, on the way to the next page', async () => {
      const page = await open()
      await part(page, 'a').nth(2).click()
      await page.waitForURL('**/product/47566')
      await eventually(() => eventsOf('recommendation_clicked')).toHaveLength(1)
      expect(eventsOf('recommendation_clicked')[0]).toMatchObject({ recommendationId, productId: '47566', position: 2 })
    })

    it('count a middle click, which opens the product in a new tab', async () => {
      const page = await open()
      await part(page, 'a').nth(1).click({ button: 'middle' })
      await eventually(() => eventsOf('recommendation_clicked')).toHaveLength(1)
      expect(eventsOf('recommendation_clicked')[0]).toMatchObject({ productId: '85123A', position: 1 })
    })

    it('tell the page, with the name of the place', async () => {
      site.shop.head += inlineScript(
        'addEventListener("tillwright", ({ detail, target }) => (window.heard = { ...detail, target: target.localName }))',
      )
      const page = await open(element('placement="cart"'))
      const link = part(page, 'a').first()
      await link.evaluate((a) => a.addEventListener('click', (event) => event.preventDefault()))
      await link.click()
      expect(await page.evaluate(() => (window as unknown as { heard: unknown }).heard)).toMatchObject({
        type: 'recommendation_clicked',
        placement: 'cart',
        productId: '22423',
        target: 'tw-recommendations',
      })
    })

    it('do not count a row that nobody has come to yet as shown', async () => {
      await open(`<svg width="10" height="600"></svg>${element()}`)
      await opened.page.waitForTimeout(2_500)
      expect(eventsOf('recommendation_shown')).toEqual([])
    })
  })
})

function later(site: Site): void {
  site.brain.answer = async (request) => {
    await new Promise((resolve) => setTimeout(resolve, 700))
    return cannedAnswer(request)
  }
}

function fails(site: Site, status: number): void {
  site.brain.answer = () => json({ code: 'internal_error', title: 'Something went wrong on the server' }, status)
}

function hangsUp(site: Site): void {
  site.brain.answer = () => null
}
