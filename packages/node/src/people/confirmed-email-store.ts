import type { TenantDb } from '../db/open.ts'

/** The address that somebody has confirmed; `undefined` where they have not, or there is no such person. */
export async function confirmedEmailOf(db: TenantDb, userId: string): Promise<string | undefined> {
  const user = await db.query
    .selectFrom('users')
    .where('id', '=', userId)
    .where('email_verified_at', 'is not', null)
    .where('status', '=', 'active')
    .select('email')
    .executeTakeFirst()
  return user?.email
}
