import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sendLoad } from './load.ts'
import { type Figure, median } from './round.ts'

const ROUNDS = 7
const SECONDS = 2
const CONNECTIONS = 32
const EVENTS_PER_BATCH = 20

interface Shop {
  readonly port: number
  readonly key: string
  readonly trainingCpuMs: number
}

/** Recommendations and events over HTTP, from another process on the same machine. */
export async function httpFigures(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tillwright-http-'))
  const children: ChildProcess[] = []
  const start = async <T>(program: string, argument: string): Promise<T> => {
    const path = fileURLToPath(new URL(program, import.meta.url))
    const child = fork(path, [argument], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    children.push(child)
    const [message] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error(`${program} ended early`))),
    ])
    return message as T
  }
  try {
    const shop = await start<Shop>('shop-server.ts', folder)
    const address = `/api/recommendations?key=${shop.key}&kind=bought-together&items=85123A&limit=10`
    const body = await (await fetch(`http://127.0.0.1:${shop.port}${address}`)).text()
    const sample = join(folder, 'body.json')
    writeFileSync(sample, body)
    const bare = await start<{ port: number }>('bare-server.ts', sample)
    return [
      ...(await recommendationFigures(shop, bare.port, address, body)),
      ...(await eventFigures(shop)),
      trainingFigure(shop),
    ]
  } finally {
    for (const child of children) child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function recommendationFigures(shop: Shop, barePort: number, address: string, body: string): Promise<Figure[]> {
  const get = (path: string) => Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`)
  const ask = (port: number, path: string) => {
    const request = get(path)
    return sendLoad({ port, connections: CONNECTIONS, seconds: SECONDS, request: () => request, status: 200 })
  }
  await ask(shop.port, address)
  await ask(barePort, '/api/recommendations')
  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await ask(barePort, '/api/recommendations'))
    ours.push(await ask(shop.port, address))
  }
  const note = `${Math.round(median(ours)).toLocaleString('en')} of ${Math.round(median(bare)).toLocaleString('en')} requests/s, ${Buffer.byteLength(body)} bytes each, median of ${ROUNDS}`
  return [
    {
      what: 'recommendations: requests/s against bare Hono',
      value: median(ours) / median(bare),
      unit: '×',
      bar: { sense: '>=', value: 0.5 },
      note,
    },
  ]
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
  const note = 'all orders, in a thread of its own, reading them included'
  return { what: 'training: CPU', value: trainingCpuMs / 1000, unit: 's', bar: { sense: '<=', value: 10 }, note }
}
