import { once } from 'node:events'
import { type Listening, listen } from '../adapters/node.ts'
import { databaseUrlOf, type Settings } from '../options.ts'
import { scriptTag } from '../pages/script-tag.ts'
import type { Server } from '../server.ts'
import { listTenants } from '../tenants/store.ts'
import { localUrl, noteAddress } from './address.ts'
import { type Command, type CommandContext, CommandError } from './command.ts'
import { withoutPassword } from './migrate.ts'

export const serveCommand: Command = {
  usage: 'serve',
  summary: 'Run the server until it is told to stop',
  async run(context) {
    const { terminal, settings, signal } = context
    // The port comes first: mails and tokens name the address. Who calls before the database is up to date waits for it.
    const opened = Promise.withResolvers<Server>()
    opened.promise.catch(() => {})
    const listening = await listenAt(settings, { handle: async (request) => (await opened.promise).handle(request) })
    const here = localUrl({ host: settings.host, port: listening.port })
    const publicUrl = (settings.publicUrl ?? here).replace(/\/+$/, '')
    try {
      const server = await context.open({ publicUrl })
      opened.resolve(server)
      const forgetAddress = await noteAddress(settings.dataDir, publicUrl)
      server.jobs.start()
      if (listening.port !== settings.port && settings.port !== 0) {
        terminal.line(`Port ${settings.port} is taken; using ${listening.port}.`)
      }
      await announce(server, { here, publicUrl }, context)
      if (!signal.aborted) await once(signal, 'abort')
      terminal.line('Stopping: finishing what is under way.')
      listening.stopAccepting()
      await forgetAddress()
      await server.close()
    } catch (error) {
      opened.reject(error)
      throw error
    } finally {
      await listening.finish()
    }
  },
}

async function listenAt({ host, port }: Settings, handling: Parameters<typeof listen>[0]): Promise<Listening> {
  try {
    return await listen(handling, { host, port, nearby: true })
  } catch (error) {
    throw new CommandError(`Cannot listen on ${host}:${port}: ${(error as Error).message}`)
  }
}

/** Says where everything is. The line about the address comes last: programs that start the server wait for it. */
async function announce(
  server: Server,
  { here, publicUrl }: { here: string; publicUrl: string },
  { terminal, settings }: CommandContext,
): Promise<void> {
  const tenants = await listTenants(server.database.system)
  const [only] = tenants
  if (!only) terminal.line('No tenant yet. Create one: tillwright tenant create "My shop" --currency EUR')
  // A link that lets somebody in is for a person at the screen, not for the logs of production.
  else if (tenants.length === 1 && settings.environment === 'development') {
    terminal.line(`Console     ${publicUrl}/console?token=${await server.console.linkToken(only)}`)
  } else terminal.line('Console     tillwright console prints a link')
  if (server.widgets) terminal.line(`Script tag  ${scriptTag({ publicUrl, widgets: server.widgets, key: 'pk_…' })}`)
  terminal.line(`Tillwright is at ${here}  (data: ${withoutPassword(databaseUrlOf(settings))})`)
}
