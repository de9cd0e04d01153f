import { mkdtemp, rm } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, nodeListener, type Server, type ServerOptions } from '@tillwright/node'
import type { Browser } from 'playwright-core'
import { type OutboxMail, readOutbox } from '../packages/node/src/mail/disk-transport.ts'
import { buildBrowser } from '../packages/widgets/build-browser.ts'
import { launchChromium } from '../packages/widgets/src/testing/chromium.ts'

/** A server on a port of its own, with widgets, pages and mail on disk, and a browser: nothing of it is a stand-in. */
export interface LiveSite {
  readonly server: Server
  /** On `localhost`, where browsers take secure cookies. */
  readonly origin: string
  readonly browser: Browser
  /** What was sent by now. */
  mails(): Promise<OutboxMail[]>
  /** Puts the server's clock forward. */
  advance(ms: number): void
  close(): Promise<void>
}

/** Takes as long as a build of the widgets: give `beforeAll` its time. */
export async function openLiveSite(options: Partial<ServerOptions> = {}): Promise<LiveSite> {
  const folder = await mkdtemp(join(tmpdir(), 'tillwright-live-'))
  const widgets = join(folder, 'widgets')
  const [browser] = await Promise.all([launchChromium(), buildBrowser(widgets)])
  const http = createHttpServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const origin = `http://localhost:${(http.address() as AddressInfo).port}`
  let aheadMs = 0
  const server = createServer({
    database: ':memory:',
    dataDir: join(folder, 'data'),
    widgets,
    publicUrl: origin,
    limits: 'off',
    clock: () => Date.now() + aheadMs,
    ...options,
  })
  await server.migrate()
  http.on('request', nodeListener(server))
  return {
    server,
    origin,
    browser,
    async mails() {
      await server.jobs.runDue()
      return readOutbox(join(folder, 'data', 'outbox'))
    },
    advance(ms) {
      aheadMs += ms
    },
    async close() {
      await browser.close()
      http.close()
      http.closeAllConnections()
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
