import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApiError, createClient, NetworkError, TillwrightError, TimeoutError } from '@tillwright/core'

// A secret key: this is a server, and nobody else sees it.
const tillwright = createClient({
  baseUrl: process.env.TILLWRIGHT_URL ?? 'http://127.0.0.1:4000',
  key: process.env.TILLWRIGHT_KEY!,
  onEventProblem: ({ error, dropped }) => console.error('Events are waiting or lost:', dropped, error),
})

type Query = URLSearchParams

const routes: Record<string, (query: Query) => Promise<unknown>> = {
  /** What goes with a product, and why: `/related?product=85123A`. */
  'GET /related': async (query) => {
    const productId = query.get('product') ?? ''
    const { items } = await tillwright.recommendations.list({ kind: 'bought-together', items: [productId], limit: 4 })
    return items.map(({ id, name, reasonText }) => ({ id, name, why: reasonText }))
  },

  /** Somebody looked at a product: `/viewed?product=85123A`. Kept here, sent with others within a second. */
  'POST /viewed': async (query) => {
    await tillwright.events.track({ type: 'product_viewed', productId: query.get('product') ?? '' })
    return { kept: true }
  },

  /** What was sold since an instant: `/revenue?since=2026-01-01T00:00:00Z`. The loop fetches page after page. */
  'GET /revenue': async (query) => {
    let orders = 0
    const totalMinor: Record<string, number> = {}
    const from = query.get('since')
    for await (const { kind, total } of tillwright.orders.list({ limit: 100, ...(from && { from }) })) {
      if (kind !== 'sale') continue
      orders++
      totalMinor[total.currency] = (totalMinor[total.currency] ?? 0) + total.amount
    }
    return { orders, totalMinor }
  },

  /** One product: `/product?id=85123A`. */
  'GET /product': (query) => tillwright.products.get({ productId: query.get('id') ?? '' }),
}

async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
  const url = new URL(request.url ?? '/', 'http://service')
  const route = routes[`${request.method} ${url.pathname}`]
  if (!route) return { status: 404, body: { error: 'There is no such address.' } }
  try {
    return { status: 200, body: await route(url.searchParams) }
  } catch (error) {
    return explain(error)
  }
}

/** Each class of error says what to do next. */
function explain(error: unknown): { status: number; body: unknown } {
  // The server said no. `code` is stable, `errors` names the fields to mend, `requestId` finds the line in its log.
  if (error instanceof ApiError) {
    const { status, code, errors, requestId } = error
    // That our own key is refused is nothing that our caller can mend.
    return { status: status === 401 || status === 403 ? 502 : status, body: { error: code, errors, requestId } }
  }
  // No answer, or none in time, after all retries: the caller may come again.
  if (error instanceof NetworkError || error instanceof TimeoutError) {
    return { status: 503, body: { error: 'Recommendations are away, try again later.' } }
  }
  if (error instanceof TillwrightError) return { status: 502, body: { error: error.message } }
  console.error(error)
  return { status: 500, body: { error: 'This service has a fault.' } }
}

const http = createServer(async (request, response) => {
  const { status, body } = await answer(request)
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
})
http.listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
await once(http, 'listening')
console.log(`Listening on http://127.0.0.1:${(http.address() as AddressInfo).port}`)

let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    // npm passes on a Ctrl+C that came here already: it counts once.
    if (isStopping) return
    isStopping = true
    http.close()
    http.closeIdleConnections()
    // Events wait in memory here: send them before the process ends.
    await tillwright.events.flush()
    tillwright.close()
  })
}
