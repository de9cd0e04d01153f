import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, stopSignal } from '@tillwright/node'
import { expressHandler } from '@tillwright/node/adapters/express'
import express from 'express'

// One folder holds everything: the SQLite database, uploads, models.
const tillwright = createServer({ dataDir: process.env.TILLWRIGHT_DATA_DIR ?? 'tillwright-data' })
await tillwright.migrate()
// Imports and trainings run in this process.
tillwright.jobs.start()

const app = express()
// Before body parsers: Tillwright reads bodies itself, within its own limits.
app.use('/brain', expressHandler(tillwright))
app.use(express.json())
app.get('/', (_request, response) => {
  response.send('The shop is here. Tillwright is at /brain, its API is described at /brain/docs.')
})

const http = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
await once(http, 'listening')
console.log(`Listening on http://127.0.0.1:${(http.address() as AddressInfo).port}`)

// Ctrl+C, or SIGTERM.
stopSignal().addEventListener('abort', async () => {
  http.close()
  http.closeIdleConnections()
  // Lets requests and jobs that are under way end.
  await tillwright.close()
  http.closeAllConnections()
})
