import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

/** What a page should not do, as far as it has. */
export interface Watched {
  /** Directives of its policy that were violated. */
  readonly violations: string[]
  /** Cumulative Layout Shift. */
  readonly shift: number
}

/** A browser of somebody's own, with a first tab, and what went wrong in any of its tabs noted. */
export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  /** What the browser's console said, such as `warning: Tillwright: …`. */
  readonly messages: string[]
  /** Another tab of the same browser. */
  openTab(): Promise<Page>
  /** Of the page that the tab shows now. */
  watched(page?: Page): Promise<Watched>
  close(): Promise<void>
}

export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const messages: string[] = []
  context.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`))
  context.on('weberror', (error) => messages.push(`uncaught: ${error.error().message}`))
  await context.addInitScript(watch)
  const first = await context.newPage()
  return {
    context,
    page: first,
    messages,
    openTab: () => context.newPage(),
    watched: (page = first) => page.evaluate(() => window.watched),
    close: () => context.close(),
  }
}

declare global {
  interface Window {
    watched: { violations: string[]; shift: number }
  }
}

/** Runs in each page before anything of its own. */
function watch(): void {
  const watched: Window['watched'] = { violations: [], shift: 0 }
  window.watched = watched
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
    watched.violations.push(`${effectiveDirective} ${blockedURI} ${sample}`)
  })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.shift += (entry as PerformanceEntry & { value: number }).value
  }).observe({ type: 'layout-shift', buffered: true })
}
