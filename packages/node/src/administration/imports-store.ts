import type { BulkInsert } from '../db/dialect.ts'
import type { TenantDb } from '../db/open.ts'

const NOTE: BulkInsert = {
  table: 'user_imports',
  columns: { job_id: 'text', user_id: 'text' },
  onConflict: 'ignore',
}

/** Notes whom an import invited. */
export async function noteImported(tx: TenantDb, jobId: string, userIds: readonly string[]): Promise<void> {
  await tx.insertMany(
    NOTE,
    userIds.flatMap((userId) => [jobId, userId]),
  )
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
