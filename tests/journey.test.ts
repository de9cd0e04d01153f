import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient, type Tillwright } from '@tillwright/core'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readOutbox } from '../packages/node/src/mail/disk-transport.ts'
import { describeInChromium, launchChromium } from '../packages/widgets/src/testing/chromium.ts'
import { eventually } from '../packages/widgets/src/testing/eventually.ts'
import { type Visit, visit, type Watched } from '../packages/widgets/src/testing/visit.ts'
import { type Child, startChild } from './child.ts'

const STOREFRONT = fileURLToPath(new URL('../examples/storefront', import.meta.url))
/** Half a million order lines are read and learnt from before the shop opens. */
const OPENING_MS = 300_000
const WIDE = { width: 1280, height: 800 }
const NARROW = { width: 390, height: 844 }

/** A best-seller of the data set, and its name as the shop writes it. */
const HEART = { id: '85123A', name: 'White Hanging Heart T-Light Holder' }

interface Storefront {
  readonly shopUrl: string
  readonly consoleUrl: string
  readonly brainUrl: string
  readonly secretKey: string
  readonly child: Child
}

async function openStorefront(env: Readonly<Record<string, string>>): Promise<Storefront> {
  const child = startChild(['start.ts'], { cwd: STOREFRONT, env })
  await child.said(/Press Ctrl\+C to stop/)
  const [, shopUrl = '', consoleUrl = '', brainUrl = '', secretKey = ''] = await child.said(
    /Storefront +(\S+)\nConsole +(\S+)\nAPI +(\S+)[\s\S]*\nSecret +(\S+)\n/,
  )
  return { shopUrl, consoleUrl, brainUrl, secretKey, child }
}

/** Takes a port, as some other program might. */
async function takePort(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

async function freePort(): Promise<number> {
  const { server, port } = await takePort()
  server.close()
  await once(server, 'close')
  return port
}

/** Has looked at every row of recommendations of a page, and waited until each has its say. */
async function lookThrough(page: Page, isSettled: (row: Locator) => Locator = cardsOf): Promise<Watched> {
  const rows = page.locator('tw-recommendations')
  for (const row of await rows.all()) {
    await row.scrollIntoViewIfNeeded()
    await isSettled(row).first().waitFor()
  }
  return watchedOn(page)
}

/** What was noted by the time the page is drawn as it is now. */
async function watchedOn(page: Page): Promise<Watched> {
  await page.waitForFunction(() =>
    [...document.images].every(({ complete, loading }) => complete || loading === 'lazy'),
  )
  return page.evaluate(async () => {
    for (let frames = 0; frames < 2; frames++) await new Promise((resolve) => requestAnimationFrame(resolve))
    return window.watched
  })
}

const cardsOf = (row: Locator) => row.locator('[part=card]')
const UNDISTURBED: Watched = { violations: [], shift: 0 }

/** Longest time that learning from half a million lines may take on a busy machine. */
const LEARNING_MS = 120_000

describeInChromium('The storefront', () => {
  let dataDir: string
  let ports: Record<'SHOP_PORT' | 'TILLWRIGHT_PORT', string>
  let store: Storefront
  let office: Tillwright
  let browser: Browser

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tillwright-journey-'))
    ports = { SHOP_PORT: String(await freePort()), TILLWRIGHT_PORT: String(await freePort()) }
    const [opened, launched] = await Promise.all([
      openStorefront({ ...ports, TILLWRIGHT_DATA_DIR: dataDir }),
      launchChromium(),
    ])
    store = opened
    browser = launched
    office = createClient({ baseUrl: store.brainUrl, key: store.secretKey })
  }, OPENING_MS)

  afterAll(async () => {
    office?.close()
    await browser?.close()
    await store?.child.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  describe('as a shopper sees it', () => {
    let shopper: Visit
    let page: Page
    beforeAll(async () => {
      shopper = await visit(browser)
      page = shopper.page
    })
    afterAll(() => shopper?.close())

    it('opens with its products and what is popular', async () => {
      await page.goto(store.shopUrl)
      expect(await page.locator('.grid li').count()).toBeGreaterThan(10)
      expect(await lookThrough(page)).toEqual(UNDISTURBED)
      expect(await cardsOf(page.locator('tw-recommendations')).count()).toBe(8)
    })

    it('finds a product by its words', async () => {
      await page.getByRole('searchbox').fill('white hanging heart')
      await page.getByRole('searchbox').press('Enter')
      await page.getByRole('heading', { name: '“white hanging heart”' }).waitFor()
      const names = await page.locator('.grid .name').allTextContents()
      expect(names).toContain(HEART.name)
      for (const name of names) expect(name).toMatch(/white.*hanging.*heart/i)
      expect(await lookThrough(page)).toEqual(UNDISTURBED)
    })

    it('shows on a product page what is bought together with it, and why', async () => {
      await page.locator('.grid').getByText(HEART.name, { exact: true }).click()
      await page.getByRole('heading', { level: 1, name: HEART.name }).waitFor()
      const row = page.locator('tw-recommendations[kind="bought-together"]')
      await row.scrollIntoViewIfNeeded()
      await cardsOf(row).first().waitFor()
      const { items } = await office.recommendations.list({ kind: 'bought-together', items: [HEART.id], limit: 8 })
      expect(await row.locator('[part=name]').allTextContents()).toEqual(items.map(({ name }) => name))

      await row.getByRole('button', { name: 'Why this?' }).first().click()
      const reason = await row.locator('[part=reason]:visible').textContent()
      const [, together, of] = /^In ([\d,]+) of ([\d,]+) baskets with White Hanging Heart T-Light Holder$/.exec(
        reason!,
      )!
      const [togetherCount, ofCount] = [together!, of!].map((text) => Number(text.replaceAll(',', '')))
      expect(items[0]!.reason).toEqual({
        kind: 'bought-together',
        with: HEART.id,
        together: togetherCount,
        of: ofCount,
      })
      expect(togetherCount).toBeGreaterThan(100)
      expect(togetherCount).toBeLessThan(ofCount!)
      expect(await lookThrough(page)).toEqual(UNDISTURBED)
    })

    it('tells the server what it showed and what was clicked', async () => {
      const row = page.locator('tw-recommendations[kind="bought-together"]')
      await row.scrollIntoViewIfNeeded()
      const ids = (await office.recommendations.list({ kind: 'bought-together', items: [HEART.id], limit: 8 })).items
      const productIds = ids.map(({ id }) => id)
      const isOfRow = (event: { productIds?: string[] }) => event.productIds?.join() === productIds.join()
      const shown = async () => (await office.events.list({ type: 'recommendation_shown' })).items.filter(isOfRow)
      await eventually(async () => (await shown()).length).toBe(1)

      await cardsOf(row).nth(1).getByRole('link').click()
      await page.waitForURL(`**/product/${productIds[1]}`)
      const clicked = async () => (await office.events.list({ type: 'recommendation_clicked' })).items
      await eventually(async () => (await clicked()).length).toBe(1)
      const { recommendationId } = (await shown())[0]!
      expect(recommendationId).toEqual(expect.any(String))
      expect(await clicked()).toMatchObject([{ recommendationId, productId: productIds[1], position: 1 }])
      expect(await lookThrough(page)).toEqual(UNDISTURBED)
    })

    it('goes on from the cart', async () => {
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await page.waitForURL('**/cart')
      expect(await page.locator('.lines li').count()).toBe(1)
      expect(await page.locator('.cart span').textContent()).toBe('1')
      expect(await lookThrough(page)).toEqual(UNDISTURBED)
      expect(await cardsOf(page.locator('tw-recommendations')).count()).toBe(8)
    })

    it(
      'places an order, which the server keeps and learns from',
      async () => {
        await page.getByLabel('E-mail for the receipt').fill('buyer@example.com')
        await page.getByRole('button', { name: 'Place order' }).click()
        await page.getByRole('heading', { name: 'Thank you.' }).waitFor()
        const orderId = (await page.locator('[data-order]').getAttribute('data-order'))!
        expect((await office.orders.get({ orderId })).lines).toHaveLength(1)
        const [receipt] = (await office.receipts.list({ search: orderId })).items
        expect(receipt).toMatchObject({ orderId, state: 'issued', buyer: { email: 'buyer@example.com' } })
        const [file] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('link', { name: `Receipt ${receipt!.number} (PDF)` }).click(),
        ])
        expect((await readFile((await file.path())!)).toString('latin1', 0, 5)).toBe('%PDF-')
        await eventually(async () => (await office.events.list({ type: 'purchased' })).items).toMatchObject([
          { orderId },
        ])
        expect(await lookThrough(page)).toEqual(UNDISTURBED)
        const learnt = async () => (await office.jobs.list({ kind: 'recommendations.train', state: 'done' })).items
        // The first model was made in a hurry; the whole training takes its time.
        await expect.poll(async () => (await learnt()).length, { timeout: LEARNING_MS }).toBeGreaterThan(0)
        const { modelVersion } = await office.models.current()
        expect((await learnt())[0]).toMatchObject({ result: { modelVersion } })
      },
      2 * LEARNING_MS,
    )

    it.each([
      ['an empty cart', '/cart', 'Your cart is empty'],
      ['a search that finds nothing', '/?q=zeppelin+spares', 'Nothing here is called that.'],
    ])('has something to offer for %s', async (_, path, words) => {
      await page.goto(store.shopUrl + path)
      await page.getByText(words).waitFor()
      expect(await lookThrough(page)).toEqual(UNDISTURBED)
      expect(await cardsOf(page.locator('tw-recommendations')).count()).toBe(8)
    })

    it('has left no word of complaint in the browser', () => {
      expect(shopper.messages).toEqual([])
    })
  })

  it('lets shoppers have an account: registered, confirmed by mail, signed in, with this very session', async () => {
    const { page, messages, close } = await visit(browser)
    const field = (name: string) => page.getByRole('textbox', { name, exact: true })
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const heading = (name: string) => page.getByRole('heading', { name, exact: true })
    const [email, password] = ['ann@example.com', 'a quiet harbour at dusk']
    await page.goto(store.shopUrl)
    await page.getByRole('link', { name: 'Account' }).click()
    await button('Create an account').click()
    await field('Name (optional)').fill('Ann Bell')
    await field('E-mail address').fill(email)
    await field('Password').fill(password)
    await button('Create account').click()
    await heading('Look into your mail').waitFor()

    const mails = async () => (await readOutbox(join(dataDir, 'outbox'))).filter(({ to }) => to === email)
    await eventually(async () => (await mails()).length).toBe(1)
    const [link = ''] = /http\S+#verify-email=\S+/.exec((await mails())[0]!.text) ?? []
    expect(link).toContain(`${store.brainUrl}/sign-in?tenant=ten_`)
    await page.goto(link)
    await field('Password').fill(password)
    await button('Confirm address').click()
    await heading('Your address is confirmed').waitFor()

    await page.goto(`${store.shopUrl}/account`)
    await field('E-mail address').fill(email)
    await field('Password').fill(password)
    await button('Sign in').click()
    await heading('Ann Bell').waitFor()
    await button('Devices').click()
    await page.getByText('This device').waitFor()
    await page.reload()
    await heading('Ann Bell').waitFor()
    const { violations } = await watchedOn(page)
    expect({ violations, messages }).toEqual({ violations: [], messages: [] })
    await close()
  })

  it('opens its console by the printed link, with counts and jobs', async () => {
    const { page, messages, close } = await visit(browser)
    await page.goto(store.consoleUrl)
    await page.getByRole('heading', { level: 1, name: 'Birch & Thimble' }).waitFor()
    expect(page.url()).toBe(`${store.brainUrl}/console`)
    const { counts } = await office.status.get()
    expect(counts.orderLines).toBeGreaterThan(500_000)
    for (const count of [counts.products, counts.orders, counts.orderLines]) {
      await page.locator('dd').getByText(count.toLocaleString('en'), { exact: true }).waitFor()
    }
    // The order that was placed asked for a training.
    await page.locator('[part=job]').getByText('recommendations.train').first().waitFor()
    const { violations } = await watchedOn(page)
    expect({ violations, messages }).toEqual({ violations: [], messages: [] })
    await close()
  })

  describe.each([
    ['1280 px', WIDE],
    ['390 px', NARROW],
  ])('stands still at %s', (_, viewport) => {
    const paths = ['/', `/product/${HEART.id}`, '/cart']

    it('with Tillwright running', async () => {
      const { page, messages, close } = await visit(browser, { viewport })
      for (const path of paths) {
        await page.goto(store.shopUrl + path)
        expect([path, await lookThrough(page)]).toEqual([path, UNDISTURBED])
      }
      expect(messages).toEqual([])
      await close()
    })

    it('with Tillwright away', async () => {
      const { context, page, messages, close } = await visit(browser, { viewport })
      await context.route(`${store.brainUrl}/**`, (route) => route.abort())
      for (const path of paths) {
        await page.goto(store.shopUrl + path)
        // What a shop pastes as a placeholder keeps the place.
        expect([path, await lookThrough(page, (row) => row.locator('svg'))]).toEqual([path, UNDISTURBED])
      }
      // What the browser itself says of a file that it cannot have, and nothing else.
      for (const message of messages) expect(message).toMatch(/^error: Failed to load resource: net::ERR_FAILED$/)
      await close()
    })

    it('with Tillwright lost once its script was there', async () => {
      const { context, page, messages, close } = await visit(browser, { viewport })
      await context.route(`${store.brainUrl}/api/**`, (route) => route.abort())
      await page.goto(`${store.shopUrl}/product/${HEART.id}`)
      expect(await lookThrough(page, (row) => row.getByText('Suggestions could not be reached.'))).toEqual(UNDISTURBED)
      for (const message of messages) expect(message).toMatch(/net::ERR_FAILED|^warning: Tillwright: /)
      await close()
    })
  })

  it(
    'starts again at once, beside programs that took its ports, with nothing to import or learn',
    async () => {
      const first = store.child.output()
      for (const step of ['Importing orders ✓', 'Arranging the shelves ✓', 'Learning from all orders ✓']) {
        expect(first).toContain(step)
      }
      expect(await store.child.stop()).toBe(0)
      const [shopTaken, brainTaken] = [await takePort(), await takePort()]
      store = await openStorefront({
        SHOP_PORT: String(shopTaken.port),
        TILLWRIGHT_PORT: String(brainTaken.port),
        TILLWRIGHT_DATA_DIR: dataDir,
      })
      const output = store.child.output()
      expect(output).not.toMatch(/Importing|Arranging|Learning/)
      expect(output).toContain(
        `Port ${shopTaken.port} is taken: the shop uses ${new URL(store.shopUrl).port}.\n` +
          `Port ${brainTaken.port} is taken: Tillwright uses ${new URL(store.brainUrl).port}.`,
      )
      const { page, messages, close } = await visit(browser)
      await page.goto(store.shopUrl)
      expect(await lookThrough(page)).toEqual(UNDISTURBED)
      expect(messages).toEqual([])
      await close()
      for (const { server } of [shopTaken, brainTaken]) server.close()
    },
    OPENING_MS,
  )
})
