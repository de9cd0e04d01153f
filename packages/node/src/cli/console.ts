import { publicUrlOf } from './address.ts'
import { chooseTenant } from './choose-tenant.ts'
import { type Command, textOption } from './command.ts'

export const consoleCommand: Command = {
  usage: 'console',
  summary: 'Print a link that opens the console for twelve hours',
  options: { tenant: ['ID', 'which tenant, where there are several'] },
  async run(context) {
    const server = await context.open()
    const tenant = await chooseTenant(server, textOption(context, 'tenant'))
    const token = await server.console.linkToken(tenant)
    context.terminal.line(`${publicUrlOf(context.settings)}/console?token=${token}`)
  },
}
