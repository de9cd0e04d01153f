import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { quantile, sendLoad, sendSteadily } from './load.ts'
import { type Figure, median } from './round.ts'

const ROUNDS = 7
const SECONDS = 2
const CONNECTIONS = 32
const EVENTS_PER_BATCH = 20
const STEADY_RATE = 1_000
const STEADY_SECONDS = 8
/** Leaves a core to the training. */
const TRAINING_RATE = 200
const FRESHNESS_ROUNDS = 5
const FRESHNESS_MS = 10_000

interface Shop {
  readonly port: number
  readonly key: string
  readonly secretKey: string
  readonly trainingCpuMs: number
}

/** Recommendations and events over HTTP, from another process on the same machine. */
export async function httpFigures(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tillwright-http-'))
  const children: ChildProcess[] = []
  const start = async <T>(program: string, argument: string): Promise<T & { child: ChildProcess }> => {
    const path = fileURLToPath(new URL(program, import.meta.url))
    const child = fork(path, [argument], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    children.push(child)
    const [message] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error(`${program} ended early`))),
    ])
    return { ...(message as T), child }
  }
  try {
    const shop = await start<Shop>('shop-server.ts', folder)
    const body = await (await fetch(`http://127.0.0.1:${shop.port}${addressOf(shop)}`)).text()
    const sample = join(folder, 'body.json')
    writeFileSync(sample, body)
    const bare = await start<{ port: number }>('bare-server.ts', sample)
    return [
      ...(await recommendationFigures(shop, bare.port, Buffer.byteLength(body))),
      await steadyFigure(shop),
      await freshnessFigure(shop),
      ...(await eventFigures(shop)),
      trainingFigure(shop),
      await trainingLatencyFigure(shop, shop.child),
    ]
  } finally {
    for (const child of children) child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a product page asks. */
function addressOf({ key }: Shop, product = '85123A'): string {
  return `/api/recommendations?key=${key}&kind=bought-together&items=${product}&limit=10`
}

function get(path: string): Buffer {
  return Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`)
}

async function recommendationFigures(shop: Shop, barePort: number, bytes: number): Promise<Figure[]> {
  const ask = (port: number, request: () => Buffer) =>
    sendLoad({ port, connections: CONNECTIONS, seconds: SECONDS, request, status: 200 })
  const [same, bareRequest] = [get(addressOf(shop)), get('/api/recommendations')]
  let asked = 0
  // A product to leave out that nobody has: the same bytes, and a question that was never asked.
  const fresh = () => get(`${addressOf(shop)}&exclude=none-${asked++}`)
  const rates = { bare: [] as number[], cached: [] as number[], uncached: [] as number[] }
  for (let round = 0; round <= ROUNDS; round++) {
    const measured = {
      bare: await ask(barePort, () => bareRequest),
      cached: await ask(shop.port, () => same),
      uncached: await ask(shop.port, fresh),
    }
    if (round === 0) continue // Warming up.
    for (const name of ['bare', 'cached', 'uncached'] as const) rates[name].push(measured[name])
  }
  const figure = (name: 'cached' | 'uncached', bar: number): Figure => ({
    what: `recommendations, ${name}: requests/s against bare Hono`,
    value: median(rates[name]) / median(rates.bare),
    unit: '×',
    bar: { sense: '>=', value: bar },
    note: `${perSecond(rates[name])} of ${perSecond(rates.bare)} requests/s, ${bytes} bytes each, median of ${ROUNDS}`,
  })
  return [figure('cached', 0.6), figure('uncached', 0.3)]
}

function perSecond(rates: readonly number[]): string {
  return Math.round(median(rates)).toLocaleString('en')
}

/** How long answers take at a rate that is below what the server can do. */
async function steadyFigure(shop: Shop): Promise<Figure> {
  const took = await steadily(shop, STEADY_RATE, STEADY_SECONDS)
  const ms = (share: number) => `p${share * 100} ${quantile(took, share).toFixed(2)} ms`
  return {
    what: `recommendations: p90 at ${STEADY_RATE.toLocaleString('en')} requests/s`,
    value: quantile(took, 0.9),
    unit: 'ms',
    bar: { sense: '<=', value: 7 },
    note: `${ms(0.5)}, ${ms(0.9)}, ${ms(0.99)}; one in ten asks what nobody has asked; the generator on the same cores`,
  }
}

function steadily(shop: Shop, rate: number, seconds: number): Promise<number[]> {
  const [same, run] = [get(addressOf(shop)), Math.random().toString(36).slice(2, 8)]
  let asked = 0
  const request = () => (++asked % 10 === 0 ? get(`${addressOf(shop)}&exclude=${run}-${asked}`) : same)
  return sendSteadily({ port: shop.port, connections: CONNECTIONS, seconds, request, status: 200, rate })
}

/** From the answer to an order until recommendations are other ones. */
async function freshnessFigure(shop: Shop): Promise<Figure> {
  const address = `http://127.0.0.1:${shop.port}`
  const pair = ['85123A', '22423']
  const answer = async () => {
    const text = await (await fetch(`${address}${addressOf(shop, pair[1])}`)).text()
    return text.slice(text.indexOf('"items"'))
  }
  const took: number[] = []
  for (let round = 0; round < FRESHNESS_ROUNDS; round++) {
    const before = await answer()
    const lines = pair.map((productId) => ({ productId, quantity: 1, unitPriceMinor: 100 }))
    const order = { id: `fresh-${round}`, placedAt: new Date().toISOString(), currency: 'GBP', lines }
    const headers = { authorization: `Bearer ${shop.secretKey}`, 'content-type': 'application/json' }
    const sent = { method: 'POST', headers, body: JSON.stringify({ items: [order] }) }
    const { status } = await fetch(`${address}/api/orders`, sent)
    if (status !== 200) throw new Error(`Expected 200 for an order, got ${status}`)
    const start = performance.now()
    while ((await answer()) === before) {
      if (performance.now() - start > FRESHNESS_MS) break
    }
    took.push(performance.now() - start)
  }
  return {
    what: 'a new order changes the answers within',
    value: Math.max(...took),
    unit: 'ms',
    bar: { sense: '<=', value: 1_000 },
    note: `the longest of ${FRESHNESS_ROUNDS}; from the answer to the order to the first answer that is another`,
  }
}

/** What a training in its own thread costs those who ask meanwhile. */
async function trainingLatencyFigure(shop: Shop, server: ChildProcess): Promise<Figure> {
  const idle = await steadily(shop, TRAINING_RATE, STEADY_SECONDS)
  const trained = once(server, 'message')
  server.send('train')
  const busy = await steadily(shop, TRAINING_RATE, STEADY_SECONDS)
  await trained
  const p95 = (took: readonly number[]) => quantile(took, 0.95)
  return {
    what: 'recommendations: p95 while training against idle',
    value: p95(busy) / p95(idle),
    unit: '×',
    bar: { sense: '<=', value: 2 },
    note: `${p95(busy).toFixed(2)} ms against ${p95(idle).toFixed(2)} ms at ${TRAINING_RATE} requests/s`,
  }
}

async function eventFigures({ port, key }: Shop): Promise<Figure[]> {
  const run = Math.random().toString(36).slice(2, 10)
  let sent = 0
  const request = () => {
    const events = Array.from({ length: EVENTS_PER_BATCH }, () => ({
      id: `evt_${run}_${String(++sent).padStart(10, '0')}`,
      type: 'product_viewed',
      at: '2026-11-21T10:00:00.000Z',
      sessionId: 'ses_0123456789',
      productId: '85123A',
      path: '/product/85123A',
    }))
    const body = JSON.stringify({ events })
    const head = `POST /api/events HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\nidempotency-key: ${run}-${sent}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
    return Buffer.from(head + body)
  }
  const rates: number[] = []
  for (let round = 0; round < 3; round++) {
    rates.push(
      (await sendLoad({ port, connections: CONNECTIONS, seconds: SECONDS, request, status: 202 })) * EVENTS_PER_BATCH,
    )
  }
  const note = `batches of ${EVENTS_PER_BATCH}, each with an Idempotency-Key, on disk before the answer; median of 3`
  return [
    {
      what: 'events: stored a second over HTTP',
      value: median(rates),
      unit: 'events/s',
      bar: { sense: '>=', value: 10_000 },
      note,
    },
  ]
}

function trainingFigure({ trainingCpuMs }: Shop): Figure {
  const note = 'all orders, in a thread of its own; reading them and measuring the model included'
  return { what: 'training: CPU', value: trainingCpuMs / 1000, unit: 's', bar: { sense: '<=', value: 15 }, note }
}
