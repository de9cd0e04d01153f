import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKey } from '../../keys/service.ts'
import { createServer, type Server } from '../../server.ts'
import { createTenant } from '../../tenants/service.ts'

export interface RealServer {
  readonly server: Server
  readonly dataDir: string
  readonly secretKey: string
  close(): Promise<void>
}

/** A Tillwright server over SQLite in a temporary folder, with one tenant and a secret key. */
export async function realServer(): Promise<RealServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tillwright-adapter-'))
  const server = createServer({ dataDir })
  await server.migrate()
  const ports = { clock: Date.now, random: Math.random, secretBytes: (count: number) => randomBytes(count) }
  const settings = { name: 'A shop', currency: 'GBP', timeZone: 'UTC' }
  const tenant = await createTenant({ ...ports, database: server.database }, settings)
  const { key } = await createKey(ports, server.database.tenant(tenant.id), {
    kind: 'secret',
    label: 'of the test',
    origins: [],
  })
  return {
    server,
    dataDir,
    secretKey: key,
    async close() {
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
