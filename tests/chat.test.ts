import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient, type Tillwright } from '@tillwright/core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createShop } from '../examples/storefront/shop.ts'
import { describeInChromium } from '../packages/widgets/src/testing/chromium.ts'
import { eventually } from '../packages/widgets/src/testing/eventually.ts'
import { type Visit, visit } from '../packages/widgets/src/testing/visit.ts'
import { type LiveSite, openLiveSite } from './live-site.ts'

const DAY_MS = 86_400_000
const ANN = { email: 'ann@example.com', password: 'a quiet harbour at dusk' }
const PRODUCTS = [
  ['85123A', 'White Hanging Heart T-Light Holder', 295],
  ['22423', 'Regency Cakestand 3 Tier', 1275],
  ['47566', 'Party Bunting', 495],
  ['21485', 'Retrospot Heart Hot Water Bottle', 495],
  ['23245', 'Set of 3 Regency Cake Tins', 495],
  ['84879', 'Assorted Colour Bird Ornament', 169],
] as const

describeInChromium('The storefront’s assistant', () => {
  let site: LiveSite
  let http: HttpServer
  let shopUrl: string
  let office: Tillwright
  let catalogue: Tillwright
  let visitor: Visit
  let page: Page
  /** Messages that the browser sent to the assistant, by their ids. */
  let sent: string[]

  beforeAll(async () => {
    // The model that learns quickly will do.
    site = await openLiveSite({ chat: { isThorough: false } })
    const { tools, widgets } = site.server
    const tenant = await tools.createTenant({ name: 'Birch & Thimble', currency: 'GBP', timeZone: 'Europe/London' })
    http = createServer()
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    shopUrl = `http://localhost:${(http.address() as AddressInfo).port}`
    const { key } = await tools.createKey(tenant, { kind: 'publishable', origins: [shopUrl] })
    const { key: secretKey } = await tools.createKey(tenant, { kind: 'secret' })
    catalogue = createClient({ baseUrl: site.origin, key })
    office = createClient({ baseUrl: site.origin, key: secretKey })
    const { version, loaderIntegrity: integrity } = widgets!
    const brain = { loader: `${site.origin}/widgets/${version}/loader.js`, integrity, key }
    http.on('request', createShop({ catalogue, office, brain }))
    await fill()
    await tools.train(tenant)
    await account(key)
    // The first word takes until the model is learnt.
    await catalogue.chat.start({}, { timeoutMs: 120_000 })
  }, 240_000)

  afterAll(async () => {
    catalogue?.close()
    office?.close()
    http?.close()
    http?.closeAllConnections()
    await site?.close()
  })

  beforeEach(async () => {
    visitor = await visit(site.browser)
    page = visitor.page
    sent = []
    page.on('request', (request) => {
      const { clientMessageId } = (request.postDataJSON() as { clientMessageId?: string } | null) ?? {}
      if (clientMessageId) sent.push(clientMessageId)
    })
    return () => visitor.close()
  })

  async function fill(): Promise<void> {
    const items = PRODUCTS.map(([id, name, amount]) => ({ id, name, price: { amount, currency: 'GBP' } }))
    await office.products.upsert({ items })
    await office.customers.upsert({ items: [{ id: 'c-ann', email: ANN.email }] })
    const line = (index: number) => {
      const [productId, name, unitPriceMinor] = PRODUCTS[index % PRODUCTS.length]!
      return { productId, name, unitPriceMinor, quantity: 1 }
    }
    const orders = Array.from({ length: 60 }, (_, n) => ({
      id: `A${1_000 + n}`,
      placedAt: new Date(Date.now() - (60 - n) * DAY_MS).toISOString(),
      currency: 'GBP',
      customerId: n === 59 ? 'c-ann' : `c-${n % 12}`,
      lines: [line(n), line(n + 1)],
    }))
    await office.orders.upsert({ items: orders })
  }

  /** Ann has an account, and has shown that its address is hers. */
  async function account(key: string): Promise<void> {
    const post = (route: string, body: object) =>
      fetch(`${site.origin}/auth/v1/${route}?key=${key}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: shopUrl },
        body: JSON.stringify(body),
      }).then(async (answer) => expect(answer.ok, await answer.text()).toBe(true))
    await post('register', { ...ANN, name: 'Ann Bell' })
    const mail = (await site.mails()).find(({ to }) => to === ANN.email)!
    await post('verify-email', { token: /verify-email=([\w-]+)/.exec(mail.text)![1]! })
  }

  const draft = () => page.getByRole('textbox', { name: 'Write a message' })
  const log = () => page.getByRole('log')
  const bubbles = () =>
    page.locator('tw-chat [part~=message]:not([part~=typing])').evaluateAll((all) =>
      all.map((item) => ({
        isMine: item.part.contains('mine'),
        state: item.getAttribute('data-state'),
        source: item.getAttribute('data-source'),
        text: [...item.querySelectorAll('[part~=bubble]')].map(({ textContent }) => textContent).join(' '),
      })),
    )
  const answers = async () => (await bubbles()).filter(({ isMine }) => !isMine).length

  async function open(): Promise<void> {
    await page.goto(shopUrl)
    await page.getByRole('button', { name: 'Ask us' }).click()
    await eventually(answers).toBeGreaterThan(0)
  }

  async function ask(text: string): Promise<void> {
    const before = await answers()
    await draft().fill(text)
    await draft().press('Enter')
    await eventually(answers).toBeGreaterThan(before)
  }

  /** As she would on the account page, whose form the journey of signing in tests. */
  async function signIn(): Promise<void> {
    await page.goto(`${shopUrl}/account`)
    await page.getByLabel('E-mail address').fill(ANN.email)
    await page.getByLabel('Password', { exact: true }).fill(ANN.password)
    await page.keyboard.press('Enter')
    await eventually(() => page.locator('tw-account').isVisible()).toBe(true)
  }

  it('talks about real orders with whose they are, goes offline, goes on, and comes back: nothing is lost or said twice', async () => {
    await signIn()
    await open()
    await ask('where is my order')
    await log().getByText(/A1059/).first().waitFor()

    // What answers here has come when the shop's products have.
    await eventually(() =>
      page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const request = indexedDB.databases()
            void request.then(async (all) => {
              const name = all.map((one) => one.name!).find((one) => one.startsWith('tillwright-assistant'))
              if (!name) return resolve(0)
              const opening = indexedDB.open(name)
              opening.onsuccess = () => {
                const keys = opening.result.transaction('values').objectStore('values').getAllKeys()
                keys.onsuccess = () => resolve(keys.result.length)
              }
            })
          }),
      ),
    ).toBe(4)

    await visitor.context.setOffline(true)
    await page.getByText('You are offline').waitFor()
    await ask('show me something with a heart')
    const here = (await bubbles()).at(-1)!
    expect([here.source, here.isMine]).toEqual(['device', false])
    await page.locator('tw-chat [part=name]', { hasText: 'White Hanging Heart' }).first().waitFor()
    await page.getByText('Answered on your device').first().waitFor()
    await draft().fill('where is order A1059')
    await draft().press('Enter')
    await page.getByText('Will be sent when you are back online').waitFor()

    // The page is left and comes back; the browser has what the visitor wrote.
    await visitor.context.setOffline(false)
    await eventually(() => page.getByText('Will be sent').count()).toBe(0)
    await eventually(async () => (await bubbles()).every(({ state }) => state === 'done')).toBe(true)
    await eventually(async () => (await bubbles()).at(-1)!.isMine).toBe(false)
    const talk = await bubbles()
    const mine = talk.filter(({ isMine }) => isMine).map(({ text }) => text)
    expect(mine).toEqual(['where is my order', 'show me something with a heart', 'where is order A1059'])
    // Each was sent once, and what was answered here is told with the next.
    expect(new Set(sent).size).toBe(2)

    await page.reload()
    await eventually(async () => (await bubbles()).map(({ text }) => text)).toEqual(talk.map(({ text }) => text))
    expect((await visitor.watched()).violations).toEqual([])
  }, 120_000)

  it('shows nobody else’s order, and says no more than of one that is not', async () => {
    await open()
    await ask('where is order A1059')
    const told = (await bubbles()).map(({ text }) => text).join(' ')
    expect(told).not.toContain('Regency')
    expect(await page.locator('tw-chat').getByRole('link', { name: 'Sign in' }).count()).toBe(1)
  })

  it('finds products, and the cart of the shop takes what it is asked to', async () => {
    await open()
    await ask('I need a cakestand under £20')
    await page.locator('tw-chat [part=name]', { hasText: 'Regency Cakestand' }).first().waitFor()
    expect(await page.locator('tw-chat a[href^="/product/22423"]').count()).toBeGreaterThan(0)
  })
})
