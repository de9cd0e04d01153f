/** A Tillwright server with the whole data set, trained, for other processes to send load to. Argument: its data folder. */
import { randomBytes } from 'node:crypto'
import { createKey, createServer, createTenant, jsonLog, listen } from '@tillwright/node'
import { DATA_FILE } from './data.ts'

const log = jsonLog('info')
const server = createServer({ dataDir: process.argv[2]!, log })
await server.migrate()
const ports = { clock: Date.now, random: Math.random, secretBytes: (count: number) => randomBytes(count) }
const tenant = await createTenant(
  { database: server.database, ...ports },
  { name: 'Shop', currency: 'GBP', timeZone: 'UTC' },
)
const { key } = await createKey(ports, server.database.tenant(tenant.id), {
  kind: 'publishable',
  label: 'bench',
  origins: [],
})
await server.tools.import('orders', tenant, {
  path: DATA_FILE,
  options: { format: 'csv', bytes: 0, map: 'productId=stockcode:upper' },
})
const trained = await server.tools.train(tenant)
const { port } = await listen(server, { host: '127.0.0.1', port: 0 })
process.send?.({ port, key, trainingCpuMs: trained.trainingCpuMs })
