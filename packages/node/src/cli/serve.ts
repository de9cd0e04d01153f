import { once } from 'node:events'
import { type Listening, listen } from '../adapters/node.ts'
import { databaseUrlOf, type Settings } from '../options.ts'
import type { Server } from '../server.ts'
import { type Command, CommandError } from './command.ts'
import { withoutPassword } from './migrate.ts'

/** Ports tried after the one asked for. */
const PORTS_TRIED = 20

export const serveCommand: Command = {
  usage: 'serve',
  summary: 'Run the server until it is told to stop',
  async run({ open, terminal, settings, signal }) {
    const server = await open()
    const listening = await listenNearby(server, settings)
    if (listening.port !== settings.port && settings.port !== 0) {
      terminal.line(`Port ${settings.port} is taken; using ${listening.port}.`)
    }
    server.jobs.start()
    terminal.line(
      `Tillwright is at http://${settings.host}:${listening.port}  (data: ${withoutPassword(databaseUrlOf(settings))})`,
    )
    if (!signal.aborted) await once(signal, 'abort')
    terminal.line('Stopping: finishing what is under way.')
    listening.stopAccepting()
    await server.close()
    await listening.finish()
  },
}

/** Listens on the port asked for, or the next free one. */
export async function listenNearby(
  server: Server,
  { host, port }: Pick<Settings, 'host' | 'port'>,
): Promise<Listening> {
  for (let offset = 0; ; offset++) {
    try {
      return await listen(server, { host, port: port === 0 ? 0 : port + offset })
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code === 'EADDRINUSE' && offset < PORTS_TRIED) continue
      throw new CommandError(`Cannot listen on ${host}:${port}: ${message}`)
    }
  }
}

/** How the server is reached from outside. */
export function publicUrlOf({ publicUrl, host, port }: Settings): string {
  return publicUrl ?? `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`
}
