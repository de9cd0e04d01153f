import { serve, type TestServer } from './http.ts'

export const NONCE = 'bm9uY2UtZm9yLXRlc3Rz'

/** The strictest policy that the script tag promises to work under. */
export const STRICT_POLICY = [
  `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
  `style-src 'nonce-${NONCE}'`,
  "object-src 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types tillwright',
].join('; ')

/** A shop of another origin than the server: one page, under a strict Content-Security-Policy. */
export interface Shop extends TestServer {
  /** The page's `<body>`. */
  body: string
  /** Goes into its `<head>`. */
  head: string
  language: string
  /** Its Content-Security-Policy. */
  policy: string
}

export async function startShop(): Promise<Shop> {
  const server = await serve('localhost', ({ url }) => ({
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': shop.policy },
    body: url.pathname === '/' ? document() : `<!doctype html><title>Elsewhere</title><h1>${url.pathname}</h1>`,
  }))
  const document = () =>
    `<!doctype html><html lang="${shop.language}"><head><meta charset="utf-8"><title>Shop</title>` +
    `<meta name="viewport" content="width=device-width, initial-scale=1">${shop.head}</head>` +
    `<body><main><h1>Shop</h1>${shop.body}</main></body></html>`
  const shop: Shop = { ...server, body: '', head: '', language: 'en', policy: STRICT_POLICY }
  return shop
}
