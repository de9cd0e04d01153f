import { fileURLToPath } from 'node:url'
import type { createClient } from '@tillwright/core'
import type { DeviceAnswers } from '@tillwright/core/device'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bundleLearning } from '../packages/core/build-learning.ts'
import { describeInChromium } from '../packages/widgets/src/testing/chromium.ts'
import { eventually } from '../packages/widgets/src/testing/eventually.ts'
import { serve, type TestServer } from '../packages/widgets/src/testing/http.ts'
import { type Visit, visit } from '../packages/widgets/src/testing/visit.ts'
import { type LiveSite, openLiveSite } from './live-site.ts'

const DAY_MS = 86_400_000
const [SHOPPERS, ORDERS, PRODUCTS] = [60, 8, 30]
/** Longer than this, and a page feels stuck. Source: W3C, Long Tasks API. */
const LONG_TASK_MS = 50

/** Longer than the device waits for more events. */
const LEARNING_BEGINS_MS = 1_500

/** What a shop's own page does with the package, as it is installed. */
const PAGE = `
  import { createClient } from '@tillwright/core'
  import { deviceAnswers, deviceLearning } from '@tillwright/core/device'
  window.openShop = (options) => createClient({ ...options, device: deviceAnswers({ startMs: 1e9, learning: deviceLearning() }) })
  window.longTasks = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration)
  }).observe({ type: 'longtask' })
`

declare global {
  interface Window {
    openShop(options: Parameters<typeof createClient>[0]): ReturnType<typeof createClient> & { device: DeviceAnswers }
    shopper: ReturnType<Window['openShop']>
    longTasks: number[]
  }
}

describeInChromium('A visitor’s own device', () => {
  let site: LiveSite
  let shop: TestServer
  let key: string
  let visitor: Visit
  /** Every request of the page: its address and what it carried. */
  let requests: { url: string; body: string }[]
  let script = ''
  let worker = ''

  beforeAll(async () => {
    site = await openLiveSite()
    const tenant = await site.server.tools.createTenant({ name: 'Birch & Thimble' })
    shop = await serve('localhost', ({ url }) => {
      if (url.pathname === '/app.js') return { headers: SCRIPT, body: script }
      if (url.pathname === '/learning-worker.js') return { headers: SCRIPT, body: worker }
      return { headers: { 'content-type': 'text/html', 'content-security-policy': policy() }, body: HTML }
    })
    key = (await site.server.tools.createKey(tenant, { kind: 'publishable', origins: [shop.origin] })).key
    const secret = (await site.server.tools.createKey(tenant, { kind: 'secret' })).key
    await fill(secret)
    await site.server.tools.train(tenant)
    const { outputFiles } = await build({
      stdin: { contents: PAGE, resolveDir: fileURLToPath(new URL('../packages/widgets', import.meta.url)) },
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
    })
    script = outputFiles[0]!.text
    worker = await bundleLearning('worker')
    visitor = await visit(site.browser)
    requests = []
    visitor.context.on('request', (request) => requests.push({ url: request.url(), body: request.postData() ?? '' }))
    await visitor.page.goto(`${shop.origin}/`)
    await visitor.page.evaluate((options) => void (window.shopper = window.openShop(options)), {
      baseUrl: site.origin,
      key,
    })
  }, 120_000)

  afterAll(async () => {
    await visitor?.close()
    await shop?.close()
    await site?.close()
  })

  const SCRIPT = { 'content-type': 'text/javascript' }
  const HTML = '<!doctype html><title>A shop</title><script type="module" src="/app.js"></script>'

  /** As strict as a shop can be that lets its own files and its brain in. */
  function policy(): string {
    return [
      "default-src 'none'",
      "script-src 'self'",
      "worker-src 'self'",
      `connect-src ${site.origin}`,
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; ')
  }

  /** Shoppers who buy week after week what they always buy; products stand in rows of three that go together. */
  async function fill(secret: string): Promise<void> {
    const post = (path: string, body: object) =>
      fetch(`${site.origin}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).then(async (answer) => expect(answer.ok, await answer.text()).toBe(true))
    const items = Array.from({ length: PRODUCTS }, (_, i) => ({ id: `p${i}`, name: `Product ${i}` }))
    await post('/api/products', { items })
    const orders = Array.from({ length: SHOPPERS * ORDERS }, (_, i) => {
      const [shopper, week] = [i % SHOPPERS, Math.floor(i / SHOPPERS)]
      const first = 3 * ((shopper * 7) % (PRODUCTS / 3))
      const ids = [`p${first}`, `p${first + 1}`, `p${(week + shopper) % 3 === 0 ? first + 2 : (first + 5) % PRODUCTS}`]
      return {
        id: `A${i}`,
        placedAt: new Date(Date.now() - (ORDERS - week) * 7 * DAY_MS + shopper * 60_000).toISOString(),
        currency: 'GBP',
        customerId: `c${shopper}`,
        lines: ids.map((productId) => ({ productId, quantity: 1, unitPriceMinor: 100 })),
      }
    })
    await post('/api/orders', { items: orders })
  }

  const answer = () =>
    visitor.page.evaluate(async () => {
      const { items, source } = await window.shopper.recommendations.list({ kind: 'for-user', limit: 6 })
      return { ids: items.map(({ id }) => id), source }
    })

  it('learns from what somebody looks at without a network, answers by it, and tells nobody', async () => {
    const { page, context } = visitor
    const look = (productId: string) =>
      page.evaluate((id) => window.shopper.device.note({ type: 'product_viewed', productId: id }), productId)
    const workers = () => requests.filter(({ url }) => url.endsWith('/learning-worker.js')).length
    await page.evaluate(() => window.shopper.device.refresh())
    const before = await answer()
    await page.evaluate(async () => {
      // Reading the model is not learning.
      await window.shopper.device.recommend()
      window.longTasks.length = 0
    })

    await look('p9')
    await look('p10')
    await page.waitForTimeout(LEARNING_BEGINS_MS)
    expect(workers()).toBe(0)
    await look('p11')
    await eventually(() => page.evaluate(() => window.shopper.device.hasLearned())).toBe(true)
    expect(workers()).toBe(1)
    expect(await page.evaluate(() => Math.max(0, ...window.longTasks))).toBeLessThanOrEqual(LONG_TASK_MS)

    await context.setOffline(true)
    const after = await answer()
    expect(before.source).toBe('server')
    expect(after.source).toBe('device')
    // What goes with the three that were looked at was bought by those who bought them: p14 by the same shoppers.
    expect(before.ids).not.toContain('p14')
    expect(after.ids[0]).toBe('p14')

    expect((await visitor.watched()).violations).toEqual([])
    expect(visitor.messages.filter((message) => message.startsWith('uncaught'))).toEqual([])
    const told = requests.map(({ url, body }) => `${url} ${body}`)
    expect(told.filter((text) => /\bp(9|10|11)\b/.test(text))).toEqual([])
    expect(told.filter((text) => text.includes('/events'))).toEqual([])
  })

  it('forgets what it learned when it is told to', async () => {
    const { page } = visitor
    await page.evaluate(() => window.shopper.device.forget())
    expect(await page.evaluate(() => window.shopper.device.hasLearned())).toBe(false)
    expect(await page.evaluate(() => window.shopper.device.recommend())).toBeNull()
  })
})
