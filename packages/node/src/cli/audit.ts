import { listTenants } from '../tenants/store.ts'
import { chooseTenant } from './choose-tenant.ts'
import { type Command, CommandError, textOption } from './command.ts'

export const auditVerify: Command = {
  usage: 'audit verify',
  summary: 'Check that the audit log is as it was written; ends with 1 where it is not',
  options: { tenant: ['ID', 'which tenant; default all'] },
  async run(context) {
    const server = await context.open()
    const named = textOption(context, 'tenant')
    const tenants =
      named === undefined ? await listTenants(server.database.system) : [await chooseTenant(server, named)]
    if (tenants.length === 0) context.terminal.line('No tenant yet, and so nothing to check.')
    const broken: string[] = []
    for (const tenant of tenants) {
      const { isSound, rows, brokenAt, problem } = await server.tools.verifyAudit(tenant)
      const name = `${tenant.publicId} (${tenant.name})`
      if (isSound) context.terminal.line(`${name}: ${rows.toLocaleString('en')} entries, sound`)
      else broken.push(`${name}: broken at entry ${brokenAt}: ${problem}`)
    }
    if (broken.length > 0) throw new CommandError(broken.join('\n'))
  },
}
