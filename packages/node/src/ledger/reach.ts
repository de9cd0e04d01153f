import type { Permission } from '@tillwright/core/contract'
import { type AuditActor, auditActor } from '../audit/actor.ts'
import type { Tenant, TenantContext } from '../context.ts'
import type { TenantDb } from '../db/open.ts'

/** Who asks the ledger for what, and how far they see. */
export interface Reach {
  readonly db: TenantDb
  readonly tenant: Pick<Tenant, 'timeZone' | 'currency'>
  /** Whose things are all that there is; `null`: everything of the tenant, the shop's own and everybody's. */
  readonly ownerId: string | null
  /** The person or key, for what each has of their own: saved filters, uploads. */
  readonly holder: string
  readonly actor: AuditActor
}

/** Everything for keys and for people whose role has the permission; for all others what is theirs. */
export function reachOf(context: TenantContext, permission: Permission): Reach {
  const { principal, db, tenant } = context
  const { person } = principal
  const seesAll = !person || person.user.permissions.has(permission)
  return {
    db,
    tenant,
    ownerId: seesAll ? null : person.user.id,
    holder: person?.user.id ?? principal.keyId,
    actor: auditActor(context),
  }
}
