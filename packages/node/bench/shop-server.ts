/** A Tillwright server with the whole data set, trained, for other processes to send load to. Argument: its data folder. */
import { createServer, jsonLog, listen } from '@tillwright/node'
import { DATA_FILE } from './data.ts'

const log = jsonLog('info')
const server = createServer({ dataDir: process.argv[2]!, log, limits: 'off' })
await server.migrate()
const tenant = await server.tools.createTenant({ name: 'Shop', currency: 'GBP' })
const { key } = await server.tools.createKey(tenant, { kind: 'publishable', label: 'bench' })
await server.tools.import('orders', tenant, {
  path: DATA_FILE,
  options: { format: 'csv', bytes: 0, map: 'productId=stockcode:upper' },
})
const trained = await server.tools.train(tenant)
const { port } = await listen(server, { host: '127.0.0.1', port: 0 })
process.send?.({ port, key, trainingCpuMs: trained.trainingCpuMs })
