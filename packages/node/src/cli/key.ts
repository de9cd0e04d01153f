import { KeySettingsError } from '../keys/service.ts'
import { listKeys, revokeKey } from '../keys/store.ts'
import { scriptTag } from '../pages/script-tag.ts'
import { publicUrlOf } from './address.ts'
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
    const named = (textOption(context, 'origin') ?? '').split(',')
    const origins = named.map((origin) => origin.trim()).filter(Boolean)
    try {
      const { id, key } = await server.tools.createKey(tenant, {
        kind,
        label: textOption(context, 'label') ?? '',
        origins,
      })
      context.terminal.line(key)
      context.terminal.line(`Key ${id} of ${tenant.name}. Keep it now: it is not shown again.`)
      if (kind === 'publishable' && origins.length === 0) {
        context.terminal.line(
          'No site may use it from a browser yet, the server itself aside: make one with --origin for that.',
        )
      }
      if (kind === 'publishable' && server.widgets) {
        const publicUrl = publicUrlOf(context.settings)
        context.terminal.line(`\nFor your pages:\n${scriptTag({ publicUrl, widgets: server.widgets, key })}`)
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
