import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@tillwright/core'
import type { Server, Tenant } from '@tillwright/node'
import { isProductCode, readableName, shelfOf } from './catalogue.ts'

/** `fraction` is in [0, 1]. */
export type ShowProgress = (fraction: number, note: string) => void

/** What the first start leaves for the next ones. Keys are shown once, so the demonstration keeps its own. */
export interface ShopState {
  /** Public id. */
  readonly tenant: string
  readonly publishableKey: string
  readonly secretKey: string
  /** Origins that the publishable key allows. */
  readonly origins: readonly string[]
  readonly isImported: boolean
  readonly isTrained: boolean
  readonly isShelved: boolean
}

const DATA_FILE = fileURLToPath(new URL('data/online-retail.csv.gz', import.meta.url))
const PRODUCTS_PER_CALL = 500

export function readState(folder: string): ShopState | undefined {
  const file = join(folder, 'shop.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ShopState) : undefined
}

export function writeState(folder: string, state: ShopState): ShopState {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'shop.json'), JSON.stringify(state, null, 2), { mode: 0o600 })
  return state
}

/** The tenant and its keys; the publishable one allows the shop's addresses. */
export async function ensureTenant(
  server: Server,
  known: ShopState | undefined,
  origins: readonly string[],
): Promise<ShopState> {
  if (known && origins.every((origin) => known.origins.includes(origin))) return known
  const tenant = known ? await tenantOf(server, known) : await newTenant(server)
  const newKey = { kind: 'publishable', label: 'storefront', origins } as const
  const { key: publishableKey } = await server.tools.createKey(tenant, newKey)
  const secretKey =
    known?.secretKey ?? (await server.tools.createKey(tenant, { kind: 'secret', label: 'shop server' })).key
  const progress = { isImported: false, isTrained: false, isShelved: false }
  return { ...progress, ...known, tenant: tenant.publicId, publishableKey, secretKey, origins }
}

async function newTenant(server: Server): Promise<Tenant> {
  return server.tools.createTenant({ name: 'Birch & Thimble', currency: 'GBP', timeZone: 'UTC' })
}

export async function tenantOf(server: Server, { tenant }: ShopState): Promise<Tenant> {
  const found = await server.tools.findTenant(tenant)
  if (!found) throw new Error(`The database has no tenant ${tenant}: remove the data folder to start afresh`)
  return found
}

/** Reads the 541,909 order lines of the data set. */
export async function importOrders(server: Server, state: ShopState, show: ShowProgress): Promise<string> {
  const { size: bytes } = await stat(DATA_FILE)
  const report = await server.tools.import('orders', await tenantOf(server, state), {
    path: DATA_FILE,
    // The data set writes some codes in both cases.
    options: { format: 'csv', bytes, currency: 'GBP', map: 'productId=stockcode:upper' },
    onProgress: ({ bytesRead, rowsRead }) => show(bytesRead / bytes, `${count(rowsRead)} lines`),
  })
  const stored = report.imported + report.updated + report.unchanged
  return `${count(stored)} of ${count(report.read)} lines; ${report.rejected} are neither sales nor returns`
}

export async function train(server: Server, state: ShopState): Promise<string> {
  const { counts } = await server.tools.train(await tenantOf(server, state), { quick: true })
  return `${count(counts.baskets)} baskets, ${count(counts.items)} products`
}

/** Gives the imported products names, shelves and pictures, as a shop's own system would: over the API, with the SDK. */
export async function shelve(server: Server, { secretKey }: ShopState, show: ShowProgress): Promise<string> {
  const tillwright = createClient({
    baseUrl: 'http://tillwright.local',
    key: secretKey,
    fetch: (request) => server.fetch(request),
  })
  const { counts } = await tillwright.status.get()
  let batch: Parameters<typeof tillwright.products.upsert>[0]['items'] = []
  let seen = 0
  let shown = 0
  const flush = async () => {
    if (batch.length > 0) await tillwright.products.upsert({ items: batch })
    batch = []
    show(seen / counts.products, `${count(seen)} products`)
  }
  for await (const { updatedAt: _, ...product } of tillwright.products.list({ limit: 200 })) {
    seen++
    const visible = isProductCode(product.id) && product.price !== undefined
    if (visible) shown++
    const id = encodeURIComponent(product.id)
    const name = readableName(product.name)
    batch.push({
      ...product,
      name,
      visible,
      categories: [shelfOf(name)],
      url: `/product/${id}`,
      imageUrl: `/img/${id}.svg`,
    })
    if (batch.length >= PRODUCTS_PER_CALL) await flush()
  }
  await flush()
  tillwright.close()
  return `${count(shown)} products; ${seen - shown} codes are postage, fees and samples`
}

function count(value: number): string {
  return value.toLocaleString('en')
}
