/** Imports the file into a fresh embedded database, as `tillwright import orders` does. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from '@tillwright/node'

const file = process.argv[2]!
const folder = mkdtempSync(join(tmpdir(), 'tillwright-import-'))
const server = createServer({ dataDir: folder })
await server.migrate()
const tenant = await server.tools.createTenant({ name: 'Shop', currency: 'GBP' })
const start = performance.now()
const report = await server.tools.import('orders', tenant, {
  path: file,
  options: { format: 'csv', bytes: statSync(file).size },
})
const ms = performance.now() - start
await server.close()
rmSync(folder, { recursive: true })
const peakMib = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ ms, rows: report.read, imported: report.imported, peakMib }))
