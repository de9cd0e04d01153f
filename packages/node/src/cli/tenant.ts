import { TenantSettingsError } from '../tenants/service.ts'
import { listTenants } from '../tenants/store.ts'
import { type Command, CommandError, textOption, UsageError } from './command.ts'

export const tenantCreate: Command = {
  usage: 'tenant create NAME',
  summary: 'Add a shop, with data of its own',
  options: {
    currency: ['CODE', 'currency of amounts that name none, ISO 4217; default EUR'],
    'time-zone': ['NAME', 'zone of calendar days, such as Europe/Paris; default UTC'],
  },
  async run(context) {
    const [name] = context.args
    if (name === undefined) throw new UsageError('The tenant needs a name')
    const { tools } = await context.open()
    const currency = textOption(context, 'currency')
    const timeZone = textOption(context, 'time-zone')
    try {
      const tenant = await tools.createTenant({ name, ...(currency && { currency }), ...(timeZone && { timeZone }) })
      context.terminal.line(`Tenant ${tenant.publicId} (${tenant.name}) is there. Next: tillwright key create`)
    } catch (error) {
      throw error instanceof TenantSettingsError ? new CommandError(error.message) : error
    }
  },
}

export const tenantList: Command = {
  usage: 'tenant list',
  summary: 'Show the tenants',
  async run({ open, terminal }) {
    const tenants = await listTenants((await open()).database.system)
    if (tenants.length === 0)
      terminal.line('No tenant yet. Create one: tillwright tenant create "My shop" --currency EUR')
    for (const { publicId, name, currency, timeZone } of tenants)
      terminal.line(`${publicId}  ${name}  ${currency}  ${timeZone}`)
  },
}
