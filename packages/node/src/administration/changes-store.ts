import type { Selectable } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { AdministrationTables } from './tables.ts'

export type ChangeRow = Omit<Selectable<AdministrationTables['user_changes']>, 'tenant_id'>

export async function keepChange(tx: TenantDb, change: Omit<ChangeRow, 'undone_at'>): Promise<void> {
  await tx.query
    .insertInto('user_changes')
    .values({ ...change, undone_at: null })
    .execute()
}

/** The last change of a kind that has not been undone. */
export async function lastChange(
  db: TenantDb,
  userId: string,
  kind: ChangeRow['kind'],
  since: number,
): Promise<ChangeRow | undefined> {
  return db.query
    .selectFrom('user_changes')
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .where('undone_at', 'is', null)
    .where('at', '>', since)
    .orderBy('id', 'desc')
    .limit(1)
    .selectAll()
    .executeTakeFirst()
}

/** Marks a change as undone; of several who do it at once, one gets `true`. */
export async function markUndone(tx: TenantDb, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.query
    .updateTable('user_changes')
    .set({ undone_at: now })
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Forgets changes that nobody can take back any more; returns how many. */
export async function sweepChanges(tx: TenantDb, before: number): Promise<number> {
  const { numDeletedRows } = await tx.query.deleteFrom('user_changes').where('at', '<=', before).executeTakeFirst()
  return Number(numDeletedRows)
}

/** When each of these people was last changed in a way that can be undone. */
export async function lastChangeTimes(
  db: TenantDb,
  userIds: readonly string[],
  since: number,
): Promise<Map<string, number>> {
  if (userIds.length === 0) return new Map()
  const rows = await db.query
    .selectFrom('user_changes')
    .where('user_id', 'in', userIds)
    .where('kind', '=', 'update')
    .where('undone_at', 'is', null)
    .where('at', '>', since)
    .groupBy('user_id')
    .select(({ fn }) => ['user_id as userId', fn.max<number>('at').as('at')])
    .execute()
  return new Map(rows.map(({ userId, at }) => [userId, Number(at)]))
}
