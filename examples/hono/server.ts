import type { Server as HttpServer } from 'node:http'
import { serve } from '@hono/node-server'
import { createServer, stopSignal } from '@tillwright/node'
import { honoHandler } from '@tillwright/node/adapters/hono'
import { Hono } from 'hono'

// One folder holds everything: the SQLite database, uploads, models.
const tillwright = createServer({ dataDir: process.env.TILLWRIGHT_DATA_DIR ?? 'tillwright-data' })
await tillwright.migrate()
// Imports and trainings run in this process.
tillwright.jobs.start()

const app = new Hono()
app.all('/brain/*', honoHandler(tillwright))
app.get('/', (c) => c.text('The shop is here. Tillwright is at /brain, its API is described at /brain/docs.'))

const options = { fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' }
const http = serve(options, ({ port }) => console.log(`Listening on http://127.0.0.1:${port}`)) as HttpServer

// Ctrl+C, or SIGTERM.
stopSignal().addEventListener('abort', async () => {
  http.close()
  http.closeIdleConnections()
  // Lets requests and jobs that are under way end.
  await tillwright.close()
  http.closeAllConnections()
})
