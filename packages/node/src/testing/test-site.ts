import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient, type Tillwright } from '@tillwright/core'
import { afterAll, beforeAll } from 'vitest'
import { smallBrain } from '../chat/testing/small-brain.ts'
import type { Tenant } from '../context.ts'
import type { Engine } from '../db/dialect.ts'
import type { TenantDb } from '../db/open.ts'
import { createServer, type Server, type ServerOptions } from '../server.ts'
import { type RecordingLog, recordingLog } from './recording-log.ts'
import { makeFolder } from './temporary-folder.ts'
import { type DatabasePlace, makeDatabase } from './test-database.ts'

export const ORIGIN = 'http://tillwright.test'
export const SHOP_ORIGIN = 'https://shop.example'

/** A tenant with keys, and clients that speak to the server without a network. */
export interface Shop {
  readonly tenant: Tenant
  readonly db: TenantDb
  readonly secretKey: string
  readonly publishableKey: string
  /** With the secret key. */
  readonly api: Tillwright
  /** With the publishable key. */
  readonly shopper: Tillwright
  /** Sends a request with the secret key; the answer as it comes. */
  send(path: string, init?: RequestInit): Promise<Response>
}

export interface TestSite {
  readonly server: Server
  readonly log: RecordingLog
  readonly url: string
  readonly dataDir: string
  newShop(settings?: Partial<Pick<Tenant, 'name' | 'currency' | 'timeZone'>>): Promise<Shop>
  /** Sends a request as it is. */
  send(path: string, init?: RequestInit): Promise<Response>
  close(): Promise<void>
}

/** A server with a database of its own and a temporary folder. Jobs run when a test says so: `server.jobs.runDue()`. */
export async function openSite(engine: Engine, options: Partial<ServerOptions> = {}): Promise<TestSite> {
  const place: DatabasePlace = options.database
    ? { url: options.database, async remove() {} }
    : await makeDatabase(engine)
  const dataDir = await makeFolder()
  const log = recordingLog()
  const server = createServer({
    database: place.url,
    dataDir,
    log,
    // No widgets, wherever the tests run; a test of widgets brings its own.
    widgets: join(dataDir, 'no-widgets'),
    // An engine that does as it is told: to train the intents of a pack takes seconds.
    chat: { brain: smallBrain(), isThorough: false },
    // Tests ask more often than people; those of limits switch them on.
    limits: 'off',
    // Every name leads to a public address, and nobody is called.
    outgoing: {
      lookup: async () => [{ address: '93.184.216.34', family: 4 }],
      fetch: () => Promise.reject(new Error('Tests call nobody')),
    },
    ...options,
  })
  await server.migrate()
  const clients: Tillwright[] = []

  const send = (path: string, init?: RequestInit) => server.fetch(new Request(ORIGIN + path, init))
  const clientWith = (key: string) => {
    const client = createClient({ baseUrl: ORIGIN, key, retries: 0, fetch: (request) => server.fetch(request) })
    clients.push(client)
    return client
  }
  return {
    server,
    log,
    url: place.url,
    dataDir,
    send,
    async newShop(settings) {
      const tenant = await server.tools.createTenant({ name: 'Shop', currency: 'GBP', ...settings })
      const db = server.database.tenant(tenant.id)
      const secret = await server.tools.createKey(tenant, { kind: 'secret' })
      const publishable = await server.tools.createKey(tenant, { kind: 'publishable', origins: [SHOP_ORIGIN] })
      return {
        tenant,
        db,
        secretKey: secret.key,
        publishableKey: publishable.key,
        api: clientWith(secret.key),
        shopper: clientWith(publishable.key),
        send(path, init = {}) {
          const headers = new Headers(init.headers)
          headers.set('authorization', `Bearer ${secret.key}`)
          return send(path, { ...init, headers })
        },
      }
    },
    async close() {
      for (const client of clients) client.close()
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
      await place.remove()
    },
  }
}

/** Opens a site before the tests of the `describe` around it and closes it after them. Each test takes a shop of its own. */
export function useSite(engine: Engine, options: Partial<ServerOptions> = {}): Omit<TestSite, 'close'> {
  let site: TestSite
  beforeAll(async () => {
    site = await openSite(engine, options)
  })
  afterAll(() => site?.close())
  return {
    get server() {
      return site.server
    },
    get log() {
      return site.log
    },
    get url() {
      return site.url
    },
    get dataDir() {
      return site.dataDir
    },
    newShop: (settings) => site.newShop(settings),
    send: (path, init) => site.send(path, init),
  }
}

/** A request body of JSON. */
export function json(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }
}
