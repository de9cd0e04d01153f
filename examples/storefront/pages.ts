import type { Tillwright } from '@tillwright/core'
import { ALL_SHELVES } from './catalogue.ts'

export type Product = Awaited<ReturnType<Tillwright['products']['get']>>

/** What the shop's pages need to know to bring Tillwright in. */
export interface Brain {
  /** Address of the loader, its digest, and the shop's publishable key. */
  readonly loader: string
  readonly integrity: string
  readonly key: string
}

export interface PageFrame {
  readonly brain: Brain
  readonly nonce: string
  readonly cartCount: number
}

/** Height of the recommendations row; an empty picture of that height keeps its place until the row is there. */
const ROW = '<svg width="100%" height="372" aria-hidden="true"></svg>'

export function text(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

export function price(product: Pick<Product, 'price'>): string {
  return product.price ? money(product.price.amount, product.price.currency) : 'Price on request'
}

export function money(amount: number, currency: string): string {
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(amount / 100)
}

/** The frame of every page. The lines that a shop pastes: the script here, a `<tw-recommendations>` where it wants one, and `<tw-chat>`. */
export function page(title: string, body: string, { brain, nonce, cartCount }: PageFrame, productId?: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)} · Birch &amp; Thimble</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/style.css">
<script async src="${brain.loader}" integrity="${brain.integrity}" crossorigin="anonymous" nonce="${nonce}" data-key="${brain.key}"></script>
<script defer src="/shop.js" nonce="${nonce}"></script>
</head>
<body>
<header>
<a class="brand" href="/">Birch &amp; Thimble</a>
<form action="/" role="search"><input type="search" name="q" placeholder="Search 3,800 gifts" aria-label="Search products"><button>Search</button></form>
<a class="account" href="/account">Account</a>
<a class="cart" href="/cart">Cart <span>${cartCount}</span></a>
</header>
<main>${body}</main>
<footer>A demonstration shop. Orders: UCI Online Retail data set, CC BY 4.0. Recommendations: Tillwright, from those orders.</footer>
<tw-chat product-url="/product/{id}" sign-in-url="/account"${productId ? ` product="${text(productId)}"` : ''}></tw-chat>
</body>
</html>`
}

export function homePage(
  {
    products,
    search,
    shelf,
    nextCursor,
  }: { products: readonly Product[]; search: string; shelf: string; nextCursor: string | null },
  frame: PageFrame,
): string {
  const isFiltered = search !== '' || shelf !== ''
  const heading = search ? `“${text(search)}”` : text(shelf)
  const intro = isFiltered
    ? ''
    : `<section class="hero"><p class="eyebrow">Gifts for every occasion</p><h1>Small things, well chosen.</h1></section>
<tw-recommendations kind="popular" heading="Loved right now" placement="home">${ROW}</tw-recommendations>`
  const more = new URLSearchParams({
    ...(search && { q: search }),
    ...(shelf && { shelf }),
    ...(nextCursor && { after: nextCursor }),
  })
  const body =
    products.length > 0
      ? `<ul class="grid">${products.map(card).join('')}</ul>${nextCursor ? `<p class="more"><a class="button quiet" href="/?${text(more.toString())}">More</a></p>` : ''}`
      : `<p class="empty">Nothing here is called that. Try fewer words, or <a href="/">see all gifts</a>.</p>
<tw-recommendations kind="popular" heading="Loved right now" placement="no-results">${ROW}</tw-recommendations>`
  return page(
    search || shelf || 'Gifts',
    `${intro}<nav class="shelves" aria-label="Shelves">${ALL_SHELVES.map((name) => `<a href="/?shelf=${encodeURIComponent(name)}"${name === shelf ? ' aria-current="page"' : ''}>${text(name)}</a>`).join('')}</nav>
${isFiltered ? `<h1>${heading}</h1>` : '<h2>All gifts</h2>'}${body}`,
    frame,
  )
}

function card(product: Product): string {
  return `<li><a href="/product/${encodeURIComponent(product.id)}"><img src="${text(product.imageUrl ?? '')}" alt="" width="400" height="400" loading="lazy"><span class="name">${text(product.name)}</span><span class="price">${price(product)}</span></a></li>`
}

export function productPage(product: Product, frame: PageFrame): string {
  const id = text(product.id)
  const [shelf] = product.categories ?? []
  return page(
    product.name,
    `<article class="product" data-product="${id}">
<img src="${text(product.imageUrl ?? '')}" alt="" width="400" height="400">
<div>
${shelf ? `<p class="eyebrow"><a href="/?shelf=${encodeURIComponent(shelf)}">${text(shelf)}</a></p>` : ''}
<h1>${text(product.name)}</h1>
<p class="price">${price(product)}</p>
<form method="post" action="/cart"><input type="hidden" name="add" value="${id}"><button>Add to cart</button></form>
<p class="note">Item ${id}. Ready to send today.</p>
</div>
</article>
<tw-recommendations kind="bought-together" items="${id}" heading="Often bought together" placement="product">${ROW}</tw-recommendations>
<tw-recommendations kind="similar" items="${id}" heading="More like this" placement="product">${ROW}</tw-recommendations>`,
    frame,
    product.id,
  )
}

export interface CartLine {
  readonly product: Product
  readonly quantity: number
}

export function cartPage(lines: readonly CartLine[], frame: PageFrame): string {
  if (lines.length === 0) {
    return page(
      'Cart',
      `<h1>Your cart is empty</h1><p><a class="button" href="/">Find something nice</a></p>
<tw-recommendations kind="popular" heading="Loved right now" placement="empty-cart">${ROW}</tw-recommendations>`,
      frame,
    )
  }
  const total = lines.reduce((sum, { product, quantity }) => sum + (product.price?.amount ?? 0) * quantity, 0)
  const ids = lines.map(({ product }) => product.id).join(',')
  return page(
    'Cart',
    `<h1>Your cart</h1>
<ul class="lines">${lines.map(cartLine).join('')}</ul>
<p class="total">Total <strong>${money(total, 'GBP')}</strong></p>
<form method="post" action="/checkout" class="checkout"><label>E-mail for the receipt <input type="email" name="email" autocomplete="email" maxlength="254" placeholder="optional"></label><button>Place order</button><span class="note">A demonstration: nothing is charged. Mail stays on this machine: <code>tillwright outbox</code> shows it.</span></form>
<tw-recommendations kind="bought-together" items="${text(ids)}" heading="Goes with your cart" placement="cart">${ROW}</tw-recommendations>`,
    frame,
  )
}

function cartLine({ product, quantity }: CartLine): string {
  const id = text(product.id)
  return `<li><img src="${text(product.imageUrl ?? '')}" alt="" width="72" height="72"><a href="/product/${encodeURIComponent(product.id)}">${text(product.name)}</a><span>${quantity} × ${price(product)}</span><form method="post" action="/cart"><button class="quiet" name="remove" value="${id}" aria-label="Remove ${text(product.name)}">Remove</button></form></li>`
}

export interface PlacedOrder {
  readonly id: string
  readonly lines: readonly CartLine[]
  readonly receiptNumber: string
  /** Empty where no address was given. */
  readonly mailedTo: string
}

export function orderPage({ id: orderId, lines, receiptNumber, mailedTo }: PlacedOrder, frame: PageFrame): string {
  const mailed = mailedTo ? ` It is on its way to ${text(mailedTo)}.` : ''
  return page(
    'Thank you',
    `<section class="hero" data-order="${text(orderId)}" data-products="${text(lines.map(({ product }) => product.id).join(','))}"><p class="eyebrow">Order ${text(orderId)}</p><h1>Thank you.</h1><p>Your order is with us: ${lines.length} ${lines.length === 1 ? 'thing' : 'things'}, on their way soon.</p><p><a href="/receipt.pdf">Receipt ${text(receiptNumber)} (PDF)</a>.${mailed}</p></section>
<tw-recommendations kind="popular" heading="Loved right now" placement="thank-you">${ROW}</tw-recommendations>`,
    frame,
  )
}

/** Signing in, and what is one's own once that is done: `shop.js` shows one or the other. */
export function accountPage(frame: PageFrame): string {
  return page(
    'Your account',
    `<h1 class="visually-hidden">Your account</h1>
<div class="account-card"><tw-sign-in><svg width="100%" height="480" aria-hidden="true"></svg></tw-sign-in><tw-account hidden></tw-account></div>`,
    frame,
  )
}

export function messagePage(title: string, message: string, frame: PageFrame): string {
  return page(
    title,
    `<h1>${text(title)}</h1><p class="empty">${text(message)} <a href="/">Back to the shop</a></p>`,
    frame,
  )
}
