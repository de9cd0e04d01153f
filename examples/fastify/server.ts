import { createServer, stopSignal } from '@tillwright/node'
import { fastifyPlugin } from '@tillwright/node/adapters/fastify'
import { fastify } from 'fastify'

// One folder holds everything: the SQLite database, uploads, models.
const tillwright = createServer({ dataDir: process.env.TILLWRIGHT_DATA_DIR ?? 'tillwright-data' })
await tillwright.migrate()
// Imports and trainings run in this process.
tillwright.jobs.start()

const app = fastify({ forceCloseConnections: 'idle' })
// The parsers and limits of the rest of the application do not touch what is below the prefix.
await app.register(fastifyPlugin(tillwright), { prefix: '/brain' })
app.get('/', () => 'The shop is here. Tillwright is at /brain, its API is described at /brain/docs.')
// Fastify closes; then Tillwright lets jobs that are under way end.
app.addHook('onClose', () => tillwright.close())

const address = await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })
console.log(`Listening on ${address}`)

// Ctrl+C, or SIGTERM.
stopSignal().addEventListener('abort', () => void app.close())
