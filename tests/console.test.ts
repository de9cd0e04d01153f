import { createClient, type Tillwright } from '@tillwright/core'
import type { Tenant } from '@tillwright/node'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { BASKETS, orderOf, PRODUCTS } from '../packages/node/src/testing/trained-shop.ts'
import { describeInChromium } from '../packages/widgets/src/testing/chromium.ts'
import { eventually } from '../packages/widgets/src/testing/eventually.ts'
import { serve, type TestServer } from '../packages/widgets/src/testing/http.ts'
import { type Visit, visit } from '../packages/widgets/src/testing/visit.ts'
import { type LiveSite, openLiveSite } from './live-site.ts'

const PASSWORD = 'a quiet harbour at dusk'

describeInChromium('The console of a real server', () => {
  let site: LiveSite
  let tenant: Tenant
  let office: Tillwright
  let storefront: TestServer
  let merchant: Visit
  let page: Page

  beforeAll(async () => {
    site = await openLiveSite()
    tenant = await site.server.tools.createTenant({ name: 'Birch & Thimble', currency: 'GBP' })
    const { key: secret } = await site.server.tools.createKey(tenant, { kind: 'secret' })
    office = createClient({ baseUrl: site.origin, key: secret })
    await office.products.upsert({ items: PRODUCTS })
    await office.orders.upsert({ items: BASKETS.map((basket, i) => orderOf(`A${i}`, basket)) })
    await site.server.tools.train(tenant)
    storefront = await serve('127.0.0.1', () => ({ headers: { 'content-type': 'text/html' }, body: shopPage }))
    const { key } = await site.server.tools.createKey(tenant, { kind: 'publishable', origins: [storefront.origin] })
    const shopPage = `<!doctype html><html lang="en"><title>Shop</title>
      <script async src="${site.origin}/widgets/loader.js" data-key="${key}"></script>
      <tw-recommendations kind="popular" placement="home"></tw-recommendations></html>`
  }, 120_000)

  afterAll(async () => {
    office?.close()
    await storefront?.close()
    await site?.close()
  })

  beforeEach(async () => {
    merchant = await visit(site.browser, { locale: 'en-GB' })
    page = merchant.page
    return merchant.close
  })

  const link = async (place: string) =>
    `${site.origin}/console?token=${await site.server.console.linkToken(tenant)}#${place}`

  /** What a shopper who comes now is shown first. */
  async function firstInShop(): Promise<string | null> {
    const shopper = await visit(site.browser)
    await shopper.page.goto(storefront.origin)
    const first = await shopper.page.locator('tw-recommendations [part=name]').first().textContent()
    await shopper.close()
    return first
  }

  it('makes a rule that shoppers see at once, shows it beforehand, and takes it back', async () => {
    expect(await firstInShop()).not.toBe('Desk lamp')
    await page.goto(await link('rules'))
    await page.getByText('No rules yet').waitFor()
    await page.getByRole('link', { name: 'New rule' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Lamps in winter')
    await page.getByRole('radio', { name: /Pin/ }).check()
    await page.getByRole('searchbox', { name: 'Find products' }).fill('lamp')
    await page.getByRole('button', { name: /Desk lamp/ }).click()
    const list = page.locator('tw-console').locator('[part=list]').first()
    await eventually(() => list.locator('li [part=name]').first().textContent()).toBe('Desk lamp')
    expect(await list.locator('li [part=move]').first().textContent()).toBe('Pinned · New in the list')
    expect((await office.recommendationRules.list()).items).toEqual([])

    await page.getByRole('button', { name: 'Save rule' }).click()
    await page.getByText('“Lamps in winter” is saved.').waitFor()
    await page.getByText('Shows Desk lamp at place 1.').waitFor()
    await eventually(firstInShop).toBe('Desk lamp')

    await page.getByRole('switch', { name: 'Rule “Lamps in winter” is on' }).click()
    await eventually(firstInShop).not.toBe('Desk lamp')
    await page.getByRole('button', { name: 'Delete “Lamps in winter”' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Shows Desk lamp at place 1.').waitFor()
    await page.getByRole('button', { name: 'Delete “Lamps in winter”' }).click()
    await eventually(async () => (await office.recommendationRules.list()).items).toEqual([])
    expect(merchant.messages).toEqual([])
    expect((await merchant.watched()).violations).toEqual([])
  })

  it('saves what the report then goes by', async () => {
    await page.goto(await link('report'))
    await page.getByRole('link', { name: 'Hold visitors out' }).click()
    await page.getByRole('slider', { name: 'Visitors held out' }).fill('0.1')
    await page.getByRole('button', { name: 'Save settings' }).click()
    await page.getByText('Saved. It counts from now on.').waitFor()
    expect(await office.recommendationRules.settings()).toMatchObject({ holdoutShare: 0.1 })
    await page.getByRole('link', { name: 'Report' }).click()
    await page.getByText('Too few visitors yet').waitFor()
  })

  it('opens for people of the shop who are signed in, also when their access has run out, with what they may do', async () => {
    const email = 'ann@example.com'
    const { link: welcome } = (await site.server.tools.createPerson(tenant, { email, role: 'operator' }))!
    await page.goto(welcome!)
    await page.getByRole('textbox', { name: /password/i }).fill(PASSWORD)
    await page
      .getByRole('button', { name: /password/i })
      .last()
      .click()
    await page.goto(`${site.origin}/sign-in?tenant=${tenant.publicId}`)
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(email)
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    site.advance(20 * 60_000)
    await page.goto(`${site.origin}/console#rules`)
    await page.getByRole('heading', { level: 1, name: 'Rules' }).waitFor()
    await page.getByText(email).waitFor()
    const menu = page.getByRole('navigation').getByRole('link')
    expect(await menu.allTextContents()).not.toContain('Report')
    expect(await menu.allTextContents()).toContain('Models')
  })

  it('is not there for customers', async () => {
    const answer = await page.goto(`${site.origin}/console`)
    expect(answer!.status()).toBe(401)
  })
})
