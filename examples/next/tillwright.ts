import type { Server } from '@tillwright/node'

/** Routes and pages are bundled apart, and reloaded while you work on them: the process as a whole keeps one server. */
const kept = globalThis as typeof globalThis & { tillwright?: Promise<Server> }

/** The Tillwright server of this process, started when it is first needed. */
export function tillwright(): Promise<Server> {
  return (kept.tillwright ??= start())
}

async function start(): Promise<Server> {
  // The server starts threads from its own files, so Node loads it as it is. `serverExternalPackages` does that for what is
  // installed from npm; in this repository the package is a link, which only this comment keeps out of the bundle.
  const { createServer } = await import(/* turbopackIgnore: true */ '@tillwright/node')
  const server = createServer({ dataDir: process.env.TILLWRIGHT_DATA_DIR ?? 'tillwright-data' })
  await server.migrate()
  // Imports and trainings run in this process.
  server.jobs.start()
  return server
}
