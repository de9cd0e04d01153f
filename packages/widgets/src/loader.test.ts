import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { describeInChromium } from './testing/chromium.ts'
import { eventually } from './testing/eventually.ts'
import { NONCE } from './testing/shop.ts'
import { inlineScript, scriptTag, type WatchedPage } from './testing/site.ts'
import { useSite } from './testing/use-site.ts'

const ELEMENT = '<tw-recommendations items="85123A"><svg width="100%" height="372"></svg></tw-recommendations>'
const CARD = '[part=card]:not([part~=skeleton])'

/** What the documentation tells shops to put before their first call. */
const STUB =
  'window.tillwright = window.tillwright || function () { (tillwright.q = tillwright.q || []).push(arguments) };'

describeInChromium('loader.js', () => {
  const site = useSite()
  let opened: WatchedPage

  async function open(body = ''): Promise<Page> {
    site.shop.body = body
    opened = await site.open(site.shop.origin)
    return opened.page
  }

  const hasCards = (page: Page) => page.locator('tw-recommendations').locator(CARD).first().waitFor()
  const nameOf = (part: string) => Object.keys(site.manifest.files).find((name) => name.startsWith(part))!
  const warnings = () => opened.messages.filter((message) => message.startsWith('warning'))

  describe('loads', () => {
    it('nothing but itself on a page that uses nothing', async () => {
      const page = await open('<p>Imprint</p>')
      await page.waitForTimeout(500)
      expect(site.brain.files).toEqual(['loader.js'])
      expect(await page.evaluate(() => typeof window.tillwright)).toBe('function')
    })

    it('the client alone on a page that makes calls and has no widget', async () => {
      await open(inlineScript(`${STUB} tillwright('track', { type: 'purchased', orderId: '1001' })`))
      await eventually(() => site.brain.events()).toHaveLength(1)
      expect(site.brain.files).toEqual(['loader.js', nameOf('client')])
    })

    it('each file of a widget once, however many of them there are', async () => {
      await hasCards(await open(ELEMENT.repeat(3)))
      expect([...site.brain.files].sort()).toEqual(
        [nameOf('client'), 'loader.js', nameOf('recommendations'), nameOf('runtime')].sort(),
      )
    })

    it('what elements need that are added later', async () => {
      const page = await open()
      await page.waitForTimeout(300)
      await page.evaluate(() => {
        const row = document.createElement('tw-recommendations')
        row.setAttribute('kind', 'similar')
        document.querySelector('main')!.append(row)
      })
      await hasCards(page)
      expect(await opened.violations()).toEqual([])
    })

    it('the files of its own version, as the newest loader', async () => {
      site.shop.head = site.shop.head.replace(`/widgets/${site.manifest.version}/`, '/widgets/')
      await hasCards(await open(ELEMENT))
      expect(opened.messages).toEqual([])
    })
  })

  describe('calls', () => {
    it('that were made before it came arrive in their order, and later ones after them', async () => {
      const call = (productId: string) => `tillwright('track', { type: 'added_to_cart', productId: '${productId}' });`
      const page = await open(inlineScript(`${STUB} ${call('1')} ${call('2')}`))
      await page.waitForFunction(() => window.tillwright?.settings)
      await page.evaluate(() => window.tillwright!('track', { type: 'added_to_cart', productId: '3' }))
      await eventually(() => site.brain.events().length).toBe(3)
      expect(site.brain.events().map(({ productId }) => productId)).toEqual(['1', '2', '3'])
    })

    it('to `ready` get the client, and a callback that throws hinders nobody', async () => {
      const page = await open(
        inlineScript(`${STUB}
          tillwright('ready', () => { throw new Error('the shop’s own fault') })
          tillwright('ready', async (client) => {
            window.answer = await client.recommendations.list({ kind: 'popular', limit: 1 })
          })`),
      )
      await page.waitForFunction(() => 'answer' in window)
      expect(opened.messages).toEqual(['uncaught: the shop’s own fault'])
    })

    it('that do not exist get a warning', async () => {
      const page = await open(inlineScript(`${STUB} tillwright('trakc', {})`))
      await page.waitForFunction(() => !Array.isArray(window.tillwright!.q))
      expect(opened.messages).toEqual(['warning: Tillwright: there is no call named trakc'])
    })

    it('that wait are sent by beacon when the page goes away', async () => {
      const page = await open(inlineScript(`${STUB} tillwright('track', { type: 'page_viewed', path: '/' })`))
      await page.waitForFunction(() => !Array.isArray(window.tillwright!.q))
      await page.goto(`${site.shop.origin}/next`)
      await eventually(() => site.brain.events()).toHaveLength(1)
      expect(site.brain.calls[0]!.headers['content-type']).toBe('text/plain')
    })
  })

  describe('the script tag', () => {
    it('may stand in the page twice', async () => {
      site.shop.head = scriptTag(site) + scriptTag(site)
      await hasCards(await open(ELEMENT))
      expect(site.brain.calls).toHaveLength(1)
      expect(opened.messages).toEqual([])
      expect(await opened.violations()).toEqual([])
    })

    it.each([
      ['without a key', '', 'data-key must be a publishable key, pk_…'],
      ['with a secret key', 'data-key="sk_1"', 'data-key holds a secret key, which everyone can read here'],
      ['as a module', 'data-key="pk_1" type="module"', 'the loader is a plain script'],
    ])('%s gets one clear warning, and changes nothing', async (_, attributes, message) => {
      site.shop.head = scriptTag(site, attributes)
      const page = await open(ELEMENT)
      await page.waitForTimeout(300)
      expect(opened.messages).toHaveLength(1)
      expect(opened.messages[0]).toContain(`warning: Tillwright: ${message}`)
      expect(await page.locator('svg').isVisible()).toBe(true)
      expect(site.brain.files).toEqual(['loader.js'])
    })

    it('takes its language from the page', async () => {
      site.shop.language = 'fr-CA'
      const page = await open(ELEMENT)
      await page.getByRole('heading', { name: 'En ce moment' }).waitFor()
      await eventually(() => site.brain.calls[0]?.url.searchParams.get('language')).toBe('fr-CA')
    })

    it.each([
      ['page', false, false],
      ['session', true, false],
      ['device', true, true],
    ])(
      'with data-visitor="%s" knows the visit again: %s, and the visitor: %s',
      async (visitor, sameVisit, hasVisitor) => {
        site.shop.head = scriptTag(site, `data-key="pk_test" data-visitor="${visitor}"`)
        const page = await open(inlineScript(`${STUB} tillwright('track', { type: 'page_viewed' })`))
        await page.waitForFunction(() => !Array.isArray(window.tillwright!.q))
        await page.reload()
        await page.waitForFunction(() => !Array.isArray(window.tillwright!.q))
        await page.goto(`${site.shop.origin}/next`)
        await eventually(() => site.brain.events()).toHaveLength(2)
        const [first, second] = site.brain.events()
        expect(first!.sessionId).toMatch(/^ses_/)
        expect(first!.sessionId === second!.sessionId).toBe(sameVisit)
        expect(first!.visitorId !== undefined && first!.visitorId === second!.visitorId).toBe(hasVisitor)
        expect(await page.evaluate(() => localStorage.length)).toBe(hasVisitor ? 1 : 0)
      },
    )

    it('warns, and leaves the page alone, where the policy does not allow its Trusted Types', async () => {
      site.shop.policy = site.shop.policy.replace('trusted-types tillwright', "trusted-types 'none'")
      const page = await open(ELEMENT)
      await eventually(warnings).toHaveLength(1)
      expect(warnings()[0]).toContain('tillwright')
      expect(await page.locator('svg').isVisible()).toBe(true)
    })
  })

  describe('a file that was changed on the way', () => {
    it.each(['loader', 'recommendations', 'runtime', 'client'])('does not run: %s', async (part) => {
      site.brain.tamperWith = part === 'loader' ? 'loader.js' : nameOf(part)
      const page = await open(ELEMENT)
      await eventually(() => opened.messages.join()).toContain('integrity')
      await page.waitForTimeout(300)
      expect(await page.evaluate(() => customElements.get('tw-recommendations') === undefined)).toBe(true)
      expect(await page.locator('svg').isVisible()).toBe(true)
      expect(site.brain.calls).toEqual([])
      expect(opened.messages.filter((message) => message.startsWith('uncaught'))).toEqual([])
      if (part !== 'loader') expect(warnings().join()).toContain('could not be loaded, or was changed on the way')
    })
  })

  it('needs its nonce: without one the page’s policy stops it', async () => {
    site.shop.head = scriptTag(site).replace(`nonce="${NONCE}"`, '')
    await open(ELEMENT)
    await eventually(() => opened.violations()).not.toEqual([])
    expect(site.brain.files).toEqual([])
  })
})
