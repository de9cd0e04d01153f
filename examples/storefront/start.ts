/** `npm start`: a shop with a real year of orders, and Tillwright beside it. */
import { createServer as createHttpServer } from 'node:http'
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@tillwright/core'
import { createServer, jsonLog, listenNearby, nodeListener, type Server, stopSignal } from '@tillwright/node'
import { done, fail, progress } from '../../scripts/terminal.mjs'
import { ensureTenant, importOrders, readState, type ShopState, shelve, tenantOf, train, writeState } from './setup.ts'
import { createShop } from './shop.ts'

const HOST = '127.0.0.1'
const SHOP_PORT = Number(process.env.SHOP_PORT ?? 3000)
const BRAIN_PORT = Number(process.env.TILLWRIGHT_PORT ?? 4000)
const FOLDER = resolve(
  process.env.TILLWRIGHT_DATA_DIR ?? fileURLToPath(new URL('../../.tillwright/storefront', import.meta.url)),
)

const log = jsonLog(process.env.TILLWRIGHT_LOG_LEVEL === 'info' ? 'info' : 'warn')

try {
  await main()
} catch (error) {
  fail(explain(error))
}

async function main(): Promise<void> {
  const [brainHttp, shopHttp] = [createHttpServer(), createHttpServer()]
  const brainPort = await listenNearby(brainHttp, { host: HOST, port: BRAIN_PORT })
  const shopPort = await listenNearby(shopHttp, { host: HOST, port: SHOP_PORT })
  const brainUrl = `http://localhost:${brainPort}`
  const server = createServer({ dataDir: FOLDER, publicUrl: brainUrl, log })
  await server.migrate()
  brainHttp.on('request', nodeListener(server))
  const origins = [`http://localhost:${shopPort}`, `http://127.0.0.1:${shopPort}`]
  const state = await prepare(server, writeState(FOLDER, await ensureTenant(server, readState(FOLDER), origins)))

  const catalogue = createClient({ baseUrl: brainUrl, key: state.publishableKey })
  const office = createClient({ baseUrl: brainUrl, key: state.secretKey })
  const { version, loaderIntegrity: integrity } = server.widgets!
  const brain = { loader: `${brainUrl}/widgets/${version}/loader.js`, integrity, key: state.publishableKey }
  shopHttp.on('request', createShop({ catalogue, office, brain }))
  server.jobs.start()
  const token = await server.console.linkToken(await tenantOf(server, state))
  announce({ shopPort, brainPort, brainUrl, token, state })

  stopSignal().addEventListener('abort', async () => {
    shopHttp.close()
    brainHttp.close()
    catalogue.close()
    office.close()
    await server.close()
    for (const http of [shopHttp, brainHttp]) http.closeAllConnections()
    log.close()
    process.exit(0)
  })
}

/** Imports, learns and arranges, each once: what a start has done, the next one finds done. */
async function prepare(server: Server, state: ShopState): Promise<ShopState> {
  const step = async (label: string, run: (show: (fraction: number, note?: string) => void) => Promise<string>) => {
    progress(label, 0)
    done(label, await run((fraction, note) => progress(label, fraction, note)))
  }
  let now = state
  if (!now.isImported) {
    await step('Importing orders', (show) => importOrders(server, now, show))
    now = writeState(FOLDER, { ...now, isImported: true })
  }
  if (!now.isShelved) {
    await step('Arranging the shelves', (show) => shelve(server, now, show))
    now = writeState(FOLDER, { ...now, isShelved: true })
  }
  if (!now.isTrained) {
    await step('Learning from all orders', () => train(server, now))
    now = writeState(FOLDER, { ...now, isTrained: true })
  }
  return now
}

interface Announcement {
  readonly shopPort: number
  readonly brainPort: number
  readonly brainUrl: string
  readonly token: string
  readonly state: ShopState
}

function announce({ shopPort, brainPort, brainUrl, token, state }: Announcement): void {
  const taken = [
    ...(shopPort === SHOP_PORT ? [] : [`Port ${SHOP_PORT} is taken: the shop uses ${shopPort}.`]),
    ...(brainPort === BRAIN_PORT ? [] : [`Port ${BRAIN_PORT} is taken: Tillwright uses ${brainPort}.`]),
  ]
  const lines = [
    '',
    ...taken,
    `Storefront   http://localhost:${shopPort}`,
    `Console      ${brainUrl}/console?token=${token}`,
    `API          ${brainUrl}  (description: ${brainUrl}/docs)`,
    '',
    `Publishable  ${state.publishableKey}`,
    `Secret       ${state.secretKey}`,
    `Data         ${relative(process.cwd(), FOLDER) || FOLDER}  (remove the folder to start afresh)`,
    '',
    'Press Ctrl+C to stop.',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function explain(error: unknown): string {
  const { code, message, stack } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || /disk is full/.test(message))
    return 'The disk is full: the example needs about 300 MB. Make room and start again; nothing is lost.'
  if (code === 'EADDRINUSE')
    return `No free port was found near ${SHOP_PORT} or ${BRAIN_PORT}: set SHOP_PORT or TILLWRIGHT_PORT.`
  if (code === 'EACCES' || code === 'EPERM') return `No permission: ${message}`
  return stack ?? message
}
