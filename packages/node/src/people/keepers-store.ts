import type { TenantDb } from '../db/open.ts'

/** Whether somebody else who can sign in has the role. */
export async function isHeldByAnother(tx: TenantDb, role: string, userId: string): Promise<boolean> {
  const other = await tx.query
    .selectFrom('users')
    .where('role', '=', role)
    .where('status', '=', 'active')
    .where('id', '<>', userId)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}
