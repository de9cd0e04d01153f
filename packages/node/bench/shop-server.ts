/**
 * A Tillwright server with the whole data set, trained, for other processes to send load to. Argument: its data folder. Told `train`, it
 * trains once more and says when it has.
 */
import { createServer, jsonLog, listen } from '@tillwright/node'
import { DATA_FILE } from './data.ts'

const log = jsonLog('info')
const server = createServer({ dataDir: process.argv[2]!, log, limits: 'off' })
await server.migrate()
const tenant = await server.tools.createTenant({ name: 'Shop', currency: 'GBP' })
const { key } = await server.tools.createKey(tenant, { kind: 'publishable', label: 'bench' })
const { key: secretKey } = await server.tools.createKey(tenant, { kind: 'secret', label: 'bench' })
await server.tools.import('orders', tenant, {
  path: DATA_FILE,
  options: { format: 'csv', bytes: 0, map: 'productId=stockcode:upper' },
})
const trained = await server.tools.train(tenant)
const { port } = await listen(server, { host: '127.0.0.1', port: 0 })
process.on('message', async (message) => {
  if (message === 'train') process.send?.(await server.tools.train(tenant))
})
process.send?.({ port, key, secretKey, trainingCpuMs: trained.trainingCpuMs })
