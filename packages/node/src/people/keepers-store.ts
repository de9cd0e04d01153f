import type { TenantDb } from '../db/open.ts'

/** Addresses of those who can sign in and have the role. */
export async function holdersOf(
  tx: TenantDb,
  role: string,
): Promise<{ readonly email: string; readonly language: string | null }[]> {
  return tx.query
    .selectFrom('users')
    .where('role', '=', role)
    .where('status', '=', 'active')
    .orderBy('id')
    .select(['email', 'language'])
    .execute()
}

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
