import { PersonSettingsError } from '../tools.ts'
import { chooseTenant } from './choose-tenant.ts'
import { type Command, CommandError, textOption, UsageError } from './command.ts'

export const userCreate: Command = {
  usage: 'user create EMAIL',
  summary: 'Add somebody, and print the link with which they choose their password',
  options: {
    role: ['ROLE', 'owner, admin, operator, accountant, customer, or superadmin; default owner'],
    name: ['TEXT', 'what to call them'],
    tenant: ['ID', 'which tenant, where there are several'],
  },
  async run(context) {
    const [email] = context.args
    if (email === undefined) throw new UsageError('Say whom to add: an e-mail address')
    const server = await context.open()
    const tenant = await chooseTenant(server, textOption(context, 'tenant'))
    const person = { email, role: textOption(context, 'role') ?? 'owner', name: textOption(context, 'name') }
    try {
      const created = await server.tools.createPerson(tenant, person)
      if (!created) throw new CommandError(`${tenant.name} has somebody with the address ${email} already`)
      context.terminal.line(created.link)
      context.terminal.line(
        `${email} is ${person.role} of ${tenant.name}. Pass the link on: it works once, within a week, and is not shown again.`,
      )
    } catch (error) {
      throw error instanceof PersonSettingsError ? new CommandError(error.message) : error
    }
  },
}
