import type { TenantDb } from '../db/open.ts'

/** People removed before an instant. */
export async function removedBefore(
  db: TenantDb,
  before: number,
  limit: number,
): Promise<{ id: string; email: string }[]> {
  return db.query
    .selectFrom('users')
    .where('status', '=', 'removed')
    .where('removed_at', '<=', before)
    .orderBy('removed_at')
    .limit(limit)
    .select(['id', 'email'])
    .execute()
}

const OF_USERS = [
  'password_history',
  'one_time_tokens',
  'known_devices',
  'two_factor',
  'recovery_codes',
  'identities',
  'identity_visits',
  'user_changes',
  'user_imports',
] as const

/** Deletes people and everything that is theirs. The audit log keeps their ids, which then mean nobody. */
export async function deleteUsers(tx: TenantDb, ids: readonly string[]): Promise<void> {
  for (const table of OF_USERS) await tx.query.deleteFrom(table).where('user_id', 'in', ids).execute()
  const sessions = tx.query.selectFrom('sessions').where('user_id', 'in', ids).select('id')
  await tx.query.deleteFrom('refresh_tokens').where('session_id', 'in', sessions).execute()
  await tx.query.deleteFrom('sessions').where('user_id', 'in', ids).execute()
  await tx.query.deleteFrom('users').where('id', 'in', ids).execute()
}
