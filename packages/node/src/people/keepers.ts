import type { TenantDb } from '../db/open.ts'
import { problem } from '../http/problem-error.ts'
import { isHeldByAnother } from './keepers-store.ts'
import type { UserRow } from './users-store.ts'

/** Roles without which a tenant, or the installation, would have nobody to turn to. */
const KEEPERS: ReadonlySet<string> = new Set(['owner', 'superadmin'])

/**
 * Throws where nobody else has the person's role and could carry on. The caller's transaction must have written to the audit
 * log, or hold it: then of two owners who remove each other at once one stays.
 */
export async function refuseLastKeeper(tx: TenantDb, { id, role, status }: UserRow): Promise<void> {
  if (!KEEPERS.has(role) || status === 'removed' || (await isHeldByAnother(tx, role, id))) return
  throw problem('conflict', `Nobody else who can sign in is ${role}: make somebody else ${role} first`)
}
