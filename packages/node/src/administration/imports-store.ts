import type { TenantDb } from '../db/open.ts'

/** Notes whom an import invited. */
export async function noteImported(tx: TenantDb, jobId: string, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return
  await tx.query
    .insertInto('user_imports')
    .values(userIds.map((userId) => ({ job_id: jobId, user_id: userId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Which of these people the import invited; after a crash it meets its own. */
export async function importedBy(db: TenantDb, jobId: string, userIds: readonly string[]): Promise<Set<string>> {
  if (userIds.length === 0) return new Set()
  const rows = await db.query
    .selectFrom('user_imports')
    .where('job_id', '=', jobId)
    .where('user_id', 'in', userIds)
    .select('user_id as id')
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** People of an import after an id, in the order of their ids. */
export async function importedAfter(db: TenantDb, jobId: string, afterId: string, limit: number): Promise<string[]> {
  const rows = await db.query
    .selectFrom('user_imports')
    .where('job_id', '=', jobId)
    .where('user_id', '>', afterId)
    .orderBy('user_id')
    .limit(limit)
    .select('user_id as id')
    .execute()
  return rows.map(({ id }) => id)
}
