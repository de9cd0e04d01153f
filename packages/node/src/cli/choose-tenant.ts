import type { Tenant } from '../context.ts'
import type { Server } from '../server.ts'
import { findTenantNamed, listTenants } from '../tenants/store.ts'
import { CommandError } from './command.ts'

/** The tenant that `--tenant` names, or the only one there is. */
export async function chooseTenant({ database }: Server, named: string | undefined): Promise<Tenant> {
  if (named !== undefined) {
    const tenant = await findTenantNamed(database.system, named)
    if (tenant) return tenant
    throw new CommandError(
      `There is no tenant "${named}", or several have that name: give its id. See: tillwright tenant list`,
    )
  }
  const tenants = await listTenants(database.system)
  if (tenants.length === 1) return tenants[0]!
  if (tenants.length === 0)
    throw new CommandError('There is no tenant yet. Create one: tillwright tenant create "My shop" --currency EUR')
  const names = tenants.map(({ publicId, name }) => `${publicId} (${name})`).join(', ')
  throw new CommandError(`There are several tenants: say which with --tenant. There are ${names}`)
}
