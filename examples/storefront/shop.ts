import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { ApiError, type Tillwright, TillwrightError } from '@tillwright/core'
import { productArt } from './art.ts'
import { type Cart, cartCookie, readCart, withAdded, withoutItem } from './cart.ts'
import {
  accountPage,
  type Brain,
  type CartLine,
  cartPage,
  homePage,
  messagePage,
  orderPage,
  type PageFrame,
  productPage,
} from './pages.ts'
import { readReceiptCookie, receiptCookie } from './receipt-cookie.ts'

export interface ShopOptions {
  /** Reads what everybody may see: with the publishable key. */
  readonly catalogue: Tillwright
  /** Writes orders: with the secret key, which never leaves this process. */
  readonly office: Tillwright
  readonly brain: Brain
}

interface Visit {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  readonly cart: Cart
  readonly frame: PageFrame
}

const PAGE_SIZE = 24
const MAX_FORM_BYTES = 4_096
/** What browsers take for an address too; the server looks closer. */
const ADDRESS = /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/

const ASSETS: Readonly<Record<string, readonly [type: string, content: Buffer]>> = {
  '/style.css': ['text/css; charset=utf-8', readFileSync(new URL('public/style.css', import.meta.url))],
  '/icon.svg': ['image/svg+xml', readFileSync(new URL('public/icon.svg', import.meta.url))],
  '/shop.js': ['text/javascript; charset=utf-8', readFileSync(new URL('public/shop.js', import.meta.url))],
}

/** A shop without a framework: pages from strings, a cart in a cookie, the catalogue from Tillwright. */
export function createShop({ catalogue, office, brain }: ShopOptions): RequestListener {
  return (request, response) => {
    const visit = visitOf(request, response, brain)
    route(visit, { catalogue, office }).catch((error: unknown) => answerError(error, visit))
  }
}

function visitOf(request: IncomingMessage, response: ServerResponse, brain: Brain): Visit {
  const url = new URL(request.url ?? '/', 'http://shop')
  const cart = readCart(request.headers.cookie)
  const nonce = randomBytes(16).toString('base64')
  const cartCount = [...cart.values()].reduce((sum, quantity) => sum + quantity, 0)
  response.setHeader('content-security-policy', policy(nonce, brain))
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'strict-origin-when-cross-origin')
  return { request, response, url, cart, frame: { brain, nonce, cartCount } }
}

/** As strict as a shop can be; Tillwright asks for its own address and nothing `unsafe`. */
function policy(nonce: string, { loader }: Brain): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${new URL(loader).origin}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types tillwright',
  ].join('; ')
}

async function route(visit: Visit, { catalogue, office }: Omit<ShopOptions, 'brain'>): Promise<void> {
  const { request, response, url } = visit
  const asset = ASSETS[url.pathname]
  if (asset) return send(response, 200, asset[0], asset[1])
  if (url.pathname.startsWith('/img/')) return art(visit, office)
  if (request.method === 'POST' && url.pathname === '/cart') return changeCart(visit)
  if (request.method === 'POST' && url.pathname === '/checkout') return placeOrder(visit, catalogue, office)
  if (url.pathname === '/') return home(visit, catalogue)
  if (url.pathname === '/receipt.pdf') return receiptFile(visit, office)
  if (url.pathname === '/account') return html(visit, 200, accountPage(visit.frame))
  if (url.pathname === '/cart') return html(visit, 200, cartPage(await linesOf(visit.cart, catalogue), visit.frame))
  const [, id] = /^\/product\/([^/]+)$/.exec(url.pathname) ?? []
  if (id) return product(visit, decodeURIComponent(id), catalogue)
  html(visit, 404, messagePage('Not found', 'There is no such page.', visit.frame))
}

async function home(visit: Visit, catalogue: Tillwright): Promise<void> {
  const { searchParams } = visit.url
  const search = (searchParams.get('q') ?? '').trim().slice(0, 100)
  const shelf = searchParams.get('shelf') ?? ''
  const after = searchParams.get('after')
  const { items, nextCursor } = await catalogue.products.list({
    limit: PAGE_SIZE,
    ...(search && { search }),
    ...(shelf && { category: shelf }),
    ...(after && { cursor: after }),
  })
  html(visit, 200, homePage({ products: items, search, shelf, nextCursor }, visit.frame))
}

async function product(visit: Visit, productId: string, catalogue: Tillwright): Promise<void> {
  html(visit, 200, productPage(await catalogue.products.get({ productId }), visit.frame))
}

/** With the secret key: a page has dozens of pictures, and the publishable key is limited for each address. */
async function art({ response, url }: Visit, office: Tillwright): Promise<void> {
  const productId = decodeURIComponent(url.pathname.slice('/img/'.length).replace(/\.svg$/, ''))
  const { name } = await office.products.get({ productId })
  response.setHeader('cache-control', 'public, max-age=86400')
  send(response, 200, 'image/svg+xml', productArt(name))
}

async function linesOf(cart: Cart, catalogue: Tillwright): Promise<CartLine[]> {
  const lines = [...cart].map(async ([productId, quantity]): Promise<CartLine | null> => {
    try {
      return { product: await catalogue.products.get({ productId }), quantity }
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null // Sold no more: it drops out of the cart.
      throw error
    }
  })
  return (await Promise.all(lines)).filter((line) => line !== null)
}

async function changeCart({ request, response, cart }: Visit): Promise<void> {
  const form = await readForm(request)
  const added = form.get('add')
  const removed = form.get('remove')
  const changed = added ? withAdded(cart, added) : removed ? withoutItem(cart, removed) : cart
  response.setHeader('set-cookie', cartCookie(changed))
  redirect(response, '/cart')
}

async function placeOrder(visit: Visit, catalogue: Tillwright, office: Tillwright): Promise<void> {
  const lines = await linesOf(visit.cart, catalogue)
  if (lines.length === 0) return redirect(visit.response, '/cart')
  const written = (await readForm(visit.request)).get('email')?.trim() ?? ''
  const email = ADDRESS.test(written) ? written : ''
  const id = `web-${randomUUID().slice(0, 8)}`
  await office.orders.upsert({
    items: [
      {
        id,
        placedAt: new Date().toISOString(),
        currency: 'GBP',
        lines: lines.map(({ product: { id: productId, name, price }, quantity }) => ({
          productId,
          name,
          quantity,
          unitPriceMinor: price?.amount ?? 0,
        })),
      },
    ],
  })
  const receipt = await office.receipts.issue({ orderId: id, ...(email && { buyer: { email }, mailTo: email }) })
  visit.response.setHeader('set-cookie', [cartCookie(new Map()), receiptCookie(receipt.id)])
  const order = { id, lines, receiptNumber: receipt.number, mailedTo: email }
  html(visit, 200, orderPage(order, { ...visit.frame, cartCount: 0 }))
}

/** The receipt of the order that this browser placed last. */
async function receiptFile(visit: Visit, office: Tillwright): Promise<void> {
  const { request, response } = visit
  const receiptId = readReceiptCookie(request.headers.cookie)
  if (!receiptId) return html(visit, 404, messagePage('Not found', 'There is no order of this browser.', visit.frame))
  const answer = await office.receipts.document({ receiptId, format: 'pdf' })
  response.setHeader('cache-control', 'no-store')
  response.setHeader('content-disposition', answer.headers.get('content-disposition') ?? 'attachment')
  send(response, 200, 'application/pdf', Buffer.from(await answer.arrayBuffer()))
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_FORM_BYTES) return new URLSearchParams()
  return new URLSearchParams((await readText(request)).slice(0, MAX_FORM_BYTES))
}

function html({ response }: Visit, status: number, page: string): void {
  response.setHeader('cache-control', 'no-store')
  send(response, status, 'text/html; charset=utf-8', page)
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location }).end()
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'content-type': type }).end(body)
}

function answerError(error: unknown, visit: Visit): void {
  if (visit.response.headersSent) {
    visit.response.destroy()
    return
  }
  if (error instanceof ApiError && error.status === 404) {
    html(visit, 404, messagePage('Not found', 'We do not have that any more.', visit.frame))
    return
  }
  if (error instanceof URIError || (error instanceof ApiError && error.status < 500 && error.status !== 429)) {
    html(visit, 400, messagePage('Pardon?', 'That address does not look right.', visit.frame))
    return
  }
  process.stderr.write(
    `${error instanceof TillwrightError ? error.message : ((error as Error).stack ?? String(error))}\n`,
  )
  html(visit, 503, messagePage('Back in a moment', 'The shop cannot reach its catalogue just now.', visit.frame))
}
