import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { json, MOUNTED } from '../testing/brain.ts'
import { describeInChromium } from '../testing/chromium.ts'
import { eventually } from '../testing/eventually.ts'
import type { Site, WatchedPage } from '../testing/site.ts'
import { cannedJob, cannedStatus, DEAD_JOB, emptyStatus } from '../testing/status.ts'
import { useSite } from '../testing/use-site.ts'
import { widgetSuite } from '../testing/widget.suite.ts'

widgetSuite({
  tag: 'tw-console',
  address: ({ brain }) => `${brain.origin}/console`,
  answered: '[part=content]',
  failed: '[part=trouble]',
  words: { en: 'Order lines', de: 'Bestellzeilen', fr: 'Lignes de commande', es: 'Líneas de pedido' },
  themed: { variable: '--tw-radius', part: 'panel', property: 'border-start-start-radius', value: '3px' },
  keepsHeight: false,
})

describeInChromium('<tw-console>', () => {
  const site = useSite()
  let opened: WatchedPage

  async function open(
    until = '[part=content]',
    options: Parameters<Site['open']>[1] = { locale: 'en-GB' },
  ): Promise<Page> {
    opened = await site.open(`${site.brain.origin}/console`, options)
    await opened.page.locator('tw-console').locator(until).waitFor()
    return opened.page
  }

  it('shows health, latency, counts, jobs, outbox and models', async () => {
    const page = await open()
    const text = await page.locator('tw-console').locator('[part=frame]').textContent()
    for (const part of [
      'Corner Shop',
      'SQLite, 0.21 ms',
      '2 hours',
      '541,909',
      'No provider: mail is kept on disk',
      '12.4 MB / 45.6 MB · 147420 rows',
      'Nothing yet. Mail and webhooks on their way out show up here.',
      '19,773 baskets · 3,791 products · 812.3 kB',
    ]) {
      expect(text).toContain(part)
    }
    const bar = page.getByRole('progressbar', { name: 'customers.import' })
    expect(await bar.evaluate((element) => Math.round((element as HTMLProgressElement).value * 100))).toBe(27)
    expect(await opened.violations()).toEqual([])
  })

  it('speaks the language of the browser', async () => {
    const page = await open('[part=content]', { locale: 'de-DE' })
    await page.getByText('Bestellungen').waitFor()
    await page.getByText('541.909', { exact: true }).waitFor()
  })

  it('says what to do next where there is nothing yet', async () => {
    site.brain.answer = () => json(emptyStatus())
    const page = await open()
    await page.getByText('tillwright import orders orders.csv').waitFor()
    await page.getByText('They come by themselves once the script tag is in your shop').waitFor()
    await page.getByText('tillwright train').waitFor()
  })

  it('retries a dead job, and shows how it goes on', async () => {
    const retried: string[] = []
    site.brain.answer = ({ method, url }) => {
      if (method === 'POST') {
        retried.push(url.pathname)
        return json(cannedJob({ id: DEAD_JOB, state: 'queued' }))
      }
      const { recentJobs } = cannedStatus()
      const now = recentJobs.map((job) => (job.id === DEAD_JOB ? { ...job, state: 'queued' as const } : job))
      return json(cannedStatus(retried.length > 0 ? { recentJobs: now } : {}))
    }
    const page = await open()
    await page.getByRole('button', { name: 'Retry' }).focus()
    await page.keyboard.press('Enter')
    await eventually(() => page.getByRole('button', { name: 'Retry' }).count()).toBe(0)
    expect(retried).toEqual([`/admin/v1/jobs/${DEAD_JOB}/retry`])
  })

  it('says why a job was not retried', async () => {
    site.brain.answer = ({ method }) =>
      method === 'POST'
        ? json(
            { code: 'conflict', title: 'The change conflicts with the current state', detail: 'The job is not dead' },
            409,
          )
        : json(cannedStatus())
    const page = await open()
    await page.getByRole('button', { name: 'Retry' }).click()
    await page.getByText('The job is not dead').waitFor()
  })

  it('links to the rows that an import refused', async () => {
    const page = await open()
    const link = page.getByRole('link', { name: 'Rejected rows (1,454)' })
    expect(await link.getAttribute('href')).toBe(`admin/v1/jobs/${cannedJob({}).id}/rejects`)
  })

  it('shows the line to paste, with its digest', async () => {
    const page = await open()
    const { version, files } = site.manifest
    const { integrity } = files['loader.js']!
    expect(await page.locator('tw-console').locator('[part=script-tag]').textContent()).toBe(
      `<script async src="${site.brain.origin}/widgets/${version}/loader.js" integrity="${integrity}" crossorigin="anonymous" data-key="pk_…"></script>`,
    )
  })

  it('works below a path, where a server is mounted', async () => {
    opened = await site.open(`${site.brain.origin}${MOUNTED}/console`, { locale: 'en-GB' })
    await opened.page.getByRole('heading', { name: 'Corner Shop' }).waitFor()
    expect(new Set(site.brain.calls.map(({ url }) => url.pathname))).toEqual(
      new Set([`${MOUNTED}/admin/v1/status`, `${MOUNTED}/auth/v1/session`]),
    )
    const link = opened.page.getByRole('link', { name: 'Rejected rows (1,454)' })
    expect(await link.evaluate((element) => new URL((element as HTMLAnchorElement).href).pathname)).toBe(
      `${MOUNTED}/admin/v1/jobs/${cannedJob({}).id}/rejects`,
    )
    expect(opened.messages).toEqual([])
  })

  it('follows what happens', async () => {
    const page = await open()
    site.brain.answer = () => json(cannedStatus({ counts: { ...cannedStatus().counts, orders: 25_901 } }))
    await page.getByText('25,901').waitFor()
  })

  it('says that the server cannot be reached and since when, and keeps what it knew', async () => {
    const page = await open()
    site.brain.answer = () => null
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.textContent()).toMatch(
      /^The server cannot be reached, since \d\d:\d\d:\d\d\. Trying again every two/,
    )
    expect(await page.getByText('541,909').first().isVisible()).toBe(true)
  })

  it('says how to come back when the session has ended', async () => {
    site.brain.answer = () => json({ code: 'missing_key', title: 'An API key is needed' }, 401)
    const page = await open('[part=trouble]')
    expect(await page.getByRole('alert').textContent()).toContain('tillwright console')
  })
})
