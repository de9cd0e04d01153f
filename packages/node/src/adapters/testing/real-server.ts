import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type Server } from '../../server.ts'
import { widgetsFolder } from '../../testing/widgets-folder.ts'

export interface RealServer {
  readonly server: Server
  readonly dataDir: string
  readonly secretKey: string
  /** What a link to the console carries. */
  readonly consoleToken: string
  close(): Promise<void>
}

/** A Tillwright server over SQLite in a temporary folder, with one tenant, a secret key and small widgets. */
export async function realServer(): Promise<RealServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tillwright-adapter-'))
  const server = createServer({ dataDir, widgets: await widgetsFolder(dataDir) })
  await server.migrate()
  const tenant = await server.tools.createTenant({ name: 'A shop' })
  const { key } = await server.tools.createKey(tenant, { kind: 'secret', label: 'of the test' })
  return {
    server,
    dataDir,
    secretKey: key,
    consoleToken: await server.console.linkToken(tenant),
    async close() {
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
