import { randomBytes } from 'node:crypto'
import { createKey, KeySettingsError } from '../keys/service.ts'
import { listKeys, revokeKey } from '../keys/store.ts'
import { chooseTenant } from './choose-tenant.ts'
import { type Command, CommandError, textOption, UsageError } from './command.ts'

const TENANT = ['ID', 'which tenant, where there are several'] as const

export const keyCreate: Command = {
  usage: 'key create publishable|secret',
  summary: 'Make an API key; it is shown this once',
  options: {
    origin: ['URLS', 'for a publishable key: the sites that may use it, comma-separated, such as https://shop.example'],
    label: ['TEXT', 'what the key is for'],
    tenant: TENANT,
  },
  async run(context) {
    const [kind] = context.args
    if (kind !== 'publishable' && kind !== 'secret') throw new UsageError('Say which kind: publishable or secret')
    const server = await context.open()
    const tenant = await chooseTenant(server, textOption(context, 'tenant'))
    const origins = (textOption(context, 'origin') ?? '').split(',').filter(Boolean)
    const ports = { clock: Date.now, random: Math.random, secretBytes: (count: number) => randomBytes(count) }
    const settings = { kind, label: textOption(context, 'label') ?? '', origins } as const
    try {
      const { id, key } = await createKey(ports, server.database.tenant(tenant.id), settings)
      context.terminal.line(key)
      context.terminal.line(`Key ${id} of ${tenant.name}. Keep it now: it is not shown again.`)
      if (kind === 'publishable' && origins.length === 0) {
        context.terminal.line(
          'No site may use it from a browser yet, the server itself aside: make one with --origin for that.',
        )
      }
    } catch (error) {
      throw error instanceof KeySettingsError ? new CommandError(error.message) : error
    }
  },
}

export const keyList: Command = {
  usage: 'key list',
  summary: 'Show the API keys, without the keys themselves',
  options: { tenant: TENANT },
  async run(context) {
    const server = await context.open()
    const tenant = await chooseTenant(server, textOption(context, 'tenant'))
    const keys = await listKeys(server.database.tenant(tenant.id))
    if (keys.length === 0)
      context.terminal.line('No key yet. Make one: tillwright key create publishable --origin https://shop.example')
    for (const { id, kind, hint, label, origins, revokedAt } of keys) {
      const state = revokedAt === null ? 'active' : `revoked ${new Date(revokedAt).toISOString()}`
      context.terminal.line(
        [id, kind, `…${hint}`, label, (JSON.parse(origins) as string[]).join(' '), state].filter(Boolean).join('  '),
      )
    }
  },
}

export const keyRevoke: Command = {
  usage: 'key revoke ID',
  summary: 'Stop a key from working, within a second',
  options: { tenant: TENANT },
  async run(context) {
    const [id] = context.args
    if (id === undefined) throw new UsageError('Say which key: its id is in "tillwright key list"')
    const server = await context.open()
    const tenant = await chooseTenant(server, textOption(context, 'tenant'))
    const isRevoked = await server.database.tenant(tenant.id).transaction((tx) => revokeKey(tx, id, Date.now()))
    if (!isRevoked) throw new CommandError(`There is no active key ${id}`)
    context.terminal.line(`Key ${id} works no more.`)
  },
}
