import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { describeInChromium } from './chromium.ts'
import type { Received } from './http.ts'
import type { Site, WatchedPage } from './site.ts'
import { useSite } from './use-site.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What the Tab key reaches. */
const CONTROLS = 'a[href], button, select, input:not([tabindex="-1"], [hidden])'

export interface WidgetUnderTest {
  /** Its element. */
  readonly tag: string
  /** Sets the site up with the widget in it, and gives the address of the page. */
  address(site: Site): string
  /** Selects, inside the widget, what is there once it has its answer, and once it has failed to get one. */
  readonly answered: string
  readonly failed: string
  /** Something that it says, once answered, by language. */
  readonly words: Readonly<Record<'en' | 'de' | 'fr' | 'es', string>>
  /** A variable of its theme, and where it shows. */
  readonly themed: {
    readonly variable: string
    readonly part: string
    readonly property: string
    readonly value: string
  }
  /** Whether its box must keep its height, whatever happens. */
  readonly keepsHeight: boolean
}

/** What is true of every widget. */
export function widgetSuite(widget: WidgetUnderTest): void {
  describeInChromium(`<${widget.tag}> as any widget`, () => {
    const site = useSite()
    let opened: WatchedPage

    async function open(until = widget.answered, options: Parameters<Site['open']>[1] = {}): Promise<Page> {
      opened = await site.open(widget.address(site), options)
      await opened.page.locator(widget.tag).locator(until).first().waitFor()
      return opened.page
    }

    it('mounts, says nothing in the browser’s console and violates no policy', async () => {
      await open()
      expect(opened.messages).toEqual([])
      expect(await opened.violations()).toEqual([])
    })

    it('leaves nothing behind when it is removed', async () => {
      const page = await open()
      const rest = await page.evaluate((tag) => {
        const element = document.querySelector(tag)!
        element.remove()
        return element.shadowRoot!.childNodes.length
      }, widget.tag)
      expect(rest).toBe(0)
      const callsSoFar = site.brain.calls.length
      await page.evaluate(() => dispatchEvent(new Event('resize')))
      await page.waitForTimeout(2_500) // Longer than any interval of a widget.
      expect(site.brain.calls.length).toBe(callsSoFar)
      expect(opened.messages).toEqual([])
    })

    it('drops the call in flight when it is removed', async () => {
      const arrived = new Promise<Received>((resolve) => {
        site.brain.answer = (request) => {
          resolve(request)
          return new Promise(() => {})
        }
      })
      opened = await site.open(widget.address(site))
      const { hungUp } = await arrived
      await opened.page.evaluate((tag) => document.querySelector(tag)!.remove(), widget.tag)
      await hungUp
    })

    it('comes back when it is put somewhere else', async () => {
      const page = await open()
      await page.evaluate((tag) => document.querySelector('main')!.append(document.querySelector(tag)!), widget.tag)
      await page.locator(widget.tag).locator(widget.answered).first().waitFor()
      expect(opened.messages).toEqual([])
    })

    it('speaks the language that its attribute states, and says which', async () => {
      const page = await open()
      for (const [language, words] of Object.entries(widget.words)) {
        await page.locator(widget.tag).evaluate((element, tag) => element.setAttribute('language', tag), language)
        await page.locator(widget.tag).getByText(words).first().waitFor()
        expect(await page.locator(widget.tag).locator('[part=frame]').getAttribute('lang')).toBe(language)
      }
    })

    it('takes variables of its theme from the page, and lets the page style its parts', async () => {
      const page = await open()
      const { variable, part, property, value } = widget.themed
      const themed = await page.locator(widget.tag).evaluate(
        (element, [variable, part, property, value]) => {
          const sheet = new CSSStyleSheet()
          sheet.replaceSync(`${element.localName} { ${variable}: ${value} } ::part(frame) { outline: 3px solid red }`)
          document.adoptedStyleSheets = [sheet]
          const styleOf = (name: string) => getComputedStyle(element.shadowRoot!.querySelector(`[part~=${name}]`)!)
          return [styleOf(part).getPropertyValue(property), styleOf('frame').outlineWidth]
        },
        [variable, part, property, value] as const,
      )
      expect(themed).toEqual([value, '3px'])
    })

    it('follows the colour scheme of the page', async () => {
      const page = await open()
      const ink = () =>
        page
          .locator(widget.tag)
          .locator('[part=frame]')
          .evaluate((frame) => getComputedStyle(frame).color)
      await setScheme(page, 'light')
      expect(await ink()).toBe('rgb(0, 0, 0)')
      await setScheme(page, 'dark')
      expect(await ink()).toBe('rgb(255, 255, 255)')
    })

    it('is reached and worked with the Tab key alone, and shows where it is', async () => {
      const page = await open()
      const controls = await page.locator(widget.tag).locator(CONTROLS).count()
      expect(controls).toBeGreaterThan(0)
      const reached = new Set<string>()
      for (let i = 0; i < controls; i++) {
        await page.keyboard.press('Tab')
        const focused = await page.locator(widget.tag).evaluate(({ shadowRoot }) => {
          const element = shadowRoot!.activeElement
          if (!element) return null
          const outline = getComputedStyle(element)
          return { name: element.outerHTML, ring: `${outline.outlineStyle} ${outline.outlineWidth}` }
        })
        expect(focused?.ring).toBe('solid 2px')
        reached.add(focused!.name)
      }
      expect(reached.size).toBe(controls)
    })

    it.each([
      ['answered', widget.answered],
      ['failed', widget.failed],
    ])('has no fault that axe can find, in a light or a dark page, once it has %s', async (_, until) => {
      if (until === widget.failed) site.brain.answer = () => ({ status: 400, body: '{}' })
      const page = await open(until)
      for (const scheme of ['light', 'dark'] as const) {
        await setScheme(page, scheme)
        expect(await axe(page, widget.tag)).toEqual([])
      }
    })

    it('says so when the server cannot be reached, and recovers', async () => {
      const { answer } = site.brain
      site.brain.answer = () => null
      const page = await open(widget.failed)
      site.brain.answer = answer
      const retry = page.locator(widget.tag).locator('[part~=retry]')
      if (await retry.isVisible()) await retry.click()
      await page.locator(widget.tag).locator(widget.answered).first().waitFor()
    })

    if (!widget.keepsHeight) return
    it('keeps its height while it waits, fails and has nothing to say', async () => {
      const heights = new Set<number>()
      const measure = async (until: string) => {
        const page = await open(until)
        heights.add(await page.locator(widget.tag).evaluate((element) => element.getBoundingClientRect().height))
        await opened.close()
      }
      await measure(widget.answered)
      site.brain.answer = () => new Promise(() => {})
      await measure('[part=frame]')
      site.brain.answer = () => ({ status: 500, body: '{}' })
      await measure(widget.failed)
      expect(heights.size).toBe(1)
    })
  })
}

/** The background is named, since axe takes the canvas for white. */
export async function setScheme(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((value) => {
    Object.assign(document.documentElement.style, { colorScheme: value, background: 'Canvas' })
  }, scheme)
}

/** Faults that axe finds in the widget, as `rule: elements`. */
export async function axe(page: Page, tag: string): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async (selector) => {
    const { violations } = await (
      window as unknown as {
        axe: {
          run(
            within: string,
          ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>
        }
      }
    ).axe.run(selector)
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' ')}`,
    )
  }, tag)
}
