import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { describeInChromium } from '../testing/chromium.ts'
import { type Answers, contractAnswer } from '../testing/contract-answer.ts'
import { eventually } from '../testing/eventually.ts'
import { cannedRecommendations } from '../testing/products.ts'
import type { WatchedPage } from '../testing/site.ts'
import { cannedJob, cannedStatus } from '../testing/status.ts'
import { useSite } from '../testing/use-site.ts'
import { axe, setScheme } from '../testing/widget.suite.ts'
import { PAGE_NAMES } from './page.ts'

const NARROW = { width: 390, height: 844 }
/** Google's limit for a page that stands still. */
const STILL = 0.1
const PRODUCTS = cannedRecommendations().items
const RULE = {
  id: `rul_${'a'.repeat(26)}`,
  name: 'Cakestands first',
  action: 'pin',
  match: { ids: ['22423'] },
  position: 0,
  enabled: true,
  updatedAt: '2026-01-31T09:30:00Z',
}
const HOLDOUT = {
  shown: { visitors: 9_000, orders: 540, revenueMinor: 1_080_000 },
  heldOut: { visitors: 1_000, orders: 50, revenueMinor: 100_000 },
  difference: { ordersPerVisitor: 0.0015, low: -0.001, high: 0.0045 },
}
const EARNED = {
  shown: 4_000,
  clicked: 200,
  orders: 30,
  revenueMinor: 123_456,
  lastClickOrders: 44,
  lastClickRevenueMinor: 200_000,
}

/** A server with rules, products, a report and models. */
const ANSWERS: Answers = {
  'auth.session': () => ({ status: 'signed_out' }),
  'status.get': () => cannedStatus(),
  'recommendationRules.list': () => ({ items: [RULE] }),
  'recommendationRules.preview': () => ({
    answer: cannedRecommendations({ items: PRODUCTS.slice(0, 3), kind: 'popular' }),
    without: [PRODUCTS[1]!.id, PRODUCTS[2]!.id, PRODUCTS[3]!.id],
    effects: [{ ruleId: 'draft', name: 'x', changes: [{ id: PRODUCTS[0]!.id, before: null, after: 0 }] }],
  }),
  'products.list': () => ({ items: PRODUCTS, nextCursor: null }),
  'recommendations.report': () => ({
    from: '2026-01-01T00:00:00Z',
    to: '2026-01-31T00:00:00Z',
    currency: 'GBP',
    windowDays: 7,
    total: EARNED,
    byKind: [{ kind: 'similar', ...EARNED }],
    byPlacement: [{ placement: 'cart', ...EARNED }],
    byModel: [],
    holdout: HOLDOUT,
  }),
  'models.list': () => ({
    items: [model('a', true), model('b', false)],
    nextCursor: null,
  }),
  'models.comparison': () => ({ refused: 404, code: 'not_found', title: 'None' }),
  'recommendations.batches': () => ({ items: [cannedJob({ state: 'dead', error: 'No model' })], nextCursor: null }),
}

function model(letter: string, active: boolean) {
  return { ...cannedStatus().models[0]!, modelVersion: letter.repeat(64), active, metrics: { 'next.hr10': 0.3 } }
}

describeInChromium('The console’s pages', () => {
  const site = useSite()
  let opened: WatchedPage

  async function open(
    place: string,
    answers: Answers = {},
    options: Parameters<typeof site.open>[1] = { locale: 'en-GB' },
  ): Promise<Page> {
    site.brain.answer = contractAnswer({ ...ANSWERS, ...answers })
    opened = await site.open(`${site.brain.origin}/console#${place}`, options)
    await opened.page.locator('tw-console h1').waitFor()
    return opened.page
  }

  const bodies = (method: string, path: RegExp) =>
    site.brain.calls
      .filter((call) => call.method === method && path.test(call.url.pathname))
      .map(({ body }) => (body === '' ? null : (JSON.parse(body) as unknown)))

  it.each(PAGE_NAMES.flatMap((name) => [[name, 'wide'] as const, [name, 'narrow'] as const]))(
    'are free of faults that axe can find, fit and stand still: %s, %s',
    async (name, width) => {
      const page = await open(name, {}, { locale: 'en-GB', ...(width === 'narrow' && { viewport: NARROW }) })
      await page.locator('tw-console').locator('[part=panel], [part=rule]').first().waitFor()
      for (const scheme of ['light', 'dark'] as const) {
        await setScheme(page, scheme)
        expect(await axe(page, 'tw-console')).toEqual([])
      }
      const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
      expect(inner).toBeLessThanOrEqual(outer)
      expect(await opened.layoutShift()).toBeLessThan(STILL)
      expect(await opened.violations()).toEqual([])
    },
  )

  it('come as files of their own, when they are opened', async () => {
    const page = await open('rules')
    const loaded = () => site.brain.files.map((name) => /^console-(?!kit)([a-z]+)-/.exec(name)?.[1]).filter(Boolean)
    expect(loaded()).toEqual(['rules'])
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
    expect(loaded()).toEqual(['rules', 'settings'])
  })

  it('are not run when they were changed on the way, and say that they did not come', async () => {
    site.brain.answer = contractAnswer(ANSWERS)
    site.brain.tamperWith = site.manifest.consolePages.rules![0]!
    opened = await site.open(`${site.brain.origin}/console#rules`, { locale: 'en-GB' })
    await opened.page.getByText('This page could not be loaded.').waitFor()
    expect(await opened.page.locator('tw-console h1').count()).toBe(0)
  })

  it('take the focus to their heading, and their name to the tab', async () => {
    const page = await open('rules')
    await page.getByRole('link', { name: 'Report' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Report' }).waitFor()
    expect(await page.title()).toBe('Report · Tillwright')
    const focused = await page.locator('tw-console').evaluate((host) => host.shadowRoot!.activeElement?.textContent)
    expect(focused).toBe('Report')
  })

  it('are those that the role shows, with the buttons that it allows', async () => {
    const permissions = ['recommendations:read', 'catalogue:read']
    const page = await open('rules', {
      'auth.session': () => ({ status: 'signed_in' }),
      'auth.validate': () => ({ permissions, user: { email: 'ann@example.com' } }),
    })
    await page.getByText(RULE.name, { exact: true }).waitFor()
    expect(await page.getByRole('navigation').getByRole('link').allTextContents()).toEqual(['Rules', 'Settings'])
    expect(await page.getByRole('button').count()).toBe(0)
    expect(await page.getByRole('link', { name: 'New rule' }).count()).toBe(0)
    await page.getByText('ann@example.com').waitFor()
  })

  it.each([
    ['de-DE', 'Regeln', 'Zeigt Regency Cakestand 3 Tier auf Platz 1.'],
    ['fr-FR', 'Règles', 'Montre Regency Cakestand 3 Tier à la place 1.'],
    ['es-ES', 'Reglas', 'Muestra Regency Cakestand 3 Tier en el puesto 1.'],
  ])('speak %s', async (locale, title, sentence) => {
    const page = await open('rules', {}, { locale })
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await page.getByText(sentence).waitFor()
  })

  it('let one make a rule with the keyboard alone, and see what it does before it is saved', async () => {
    const page = await open('rules/new')
    const type = async (label: string, text: string) => {
      await page.getByLabel(label, { exact: true }).first().focus()
      await page.keyboard.type(text)
    }
    await type('Name', 'Cakestands first')
    await page.getByRole('radio', { name: /Boost/ }).focus()
    await page.keyboard.press('ArrowUp')
    expect(await page.getByRole('radio', { name: /Pin/ }).isChecked()).toBe(true)
    await type('Find products', 'cake')
    await page.getByRole('list', { name: 'Find products' }).getByRole('button').first().waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('With the rules').waitFor()
    expect(await page.locator('tw-console').locator('[data-move=new]').first().textContent()).toBe('New in the list')
    await page.getByText('comes in at place 1').waitFor()
    expect(bodies('POST', /recommendation-rules$/)).toEqual([])
    await page.getByRole('button', { name: 'Save rule' }).focus()
    await page.keyboard.press('Enter')
    await eventually(() => bodies('POST', /recommendation-rules$/)).toEqual([
      { name: 'Cakestands first', action: 'pin', match: { ids: ['22423'] }, position: 0, enabled: true },
    ])
    await page.getByRole('heading', { level: 1, name: 'Rules' }).waitFor()
  })

  it('take one to what is wrong in a form', async () => {
    const page = await open('rules/new')
    await page.getByRole('button', { name: 'Save rule' }).click()
    await page.getByText('Give the rule a name.').waitFor()
    await eventually(() =>
      page.locator('tw-console').evaluate((host) => host.shadowRoot!.activeElement?.getAttribute('aria-describedby')),
    ).toBe('name-hint name-error')
    expect(await axe(page, 'tw-console')).toEqual([])
  })

  it('undo that a rule was deleted', async () => {
    const page = await open('rules')
    await page.getByRole('button', { name: `Delete “${RULE.name}”` }).click()
    await page.getByText(`“${RULE.name}” is deleted.`).waitFor()
    await page.getByText('No rules yet').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    const { id: _id, updatedAt: _at, ...input } = RULE
    await eventually(() => bodies('POST', /recommendation-rules$/)).toEqual([input])
  })

  it('say in words how certain it is what recommendations earn', async () => {
    const page = await open('report')
    await page.getByText('Not yet certain: so far +3% orders per visitor.').waitFor()
    await page.getByText('it lies between -2% and +9%').waitFor()
    await page.getByText('About 24,000 more visitors are needed').waitFor()
  })

  it('say what to do next where nothing was shown yet', async () => {
    const none = { shown: 0, clicked: 0, orders: 0, revenueMinor: 0, lastClickOrders: 0, lastClickRevenueMinor: 0 }
    const report = ANSWERS['recommendations.report']!({} as never)
    const page = await open('report', {
      'recommendations.report': () => ({ ...report, total: none, byKind: [], byPlacement: [], holdout: null }),
    })
    await page.getByText('Nothing was shown in this period').waitFor()
    expect(await page.getByRole('link', { name: 'Hold visitors out' }).getAttribute('href')).toBe('#settings')
  })

  it('save settings as they were set with the arrow keys', async () => {
    const page = await open('settings')
    await page.getByRole('slider', { name: 'Visitors held out' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByText('1% of visitors are held out, the same ones at each visit.').waitFor()
    await page.getByRole('button', { name: 'Save settings' }).click()
    await page.getByText('Saved. It counts from now on.').waitFor()
    expect(bodies('PUT', /recommendation-settings$/)).toMatchObject([{ holdoutShare: 0.01, diversity: 0 }])
  })

  it('let an older model answer, and retry a batch', async () => {
    const page = await open('models')
    await page.getByRole('button', { name: 'Let it answer: bbbbbbbb' }).click()
    await eventually(() => bodies('POST', /\/models\/b+\/activate$/)).toEqual([{ hold: true }])
    await page.getByRole('button', { name: /^Retry the batch/ }).click()
    await eventually(() => bodies('POST', /\/batch\/[^/]+\/retry$/).length).toBe(1)
  })
})
