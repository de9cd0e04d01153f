import type { Selectable } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { ChatTables } from './tables.ts'

export type UnansweredRow = Omit<Selectable<ChatTables['chat_unanswered']>, 'tenant_id'>
export type ExampleRow = Omit<Selectable<ChatTables['chat_examples']>, 'tenant_id'>

export async function addUnanswered(tx: TenantDb, row: UnansweredRow): Promise<void> {
  await tx.query.insertInto('chat_unanswered').values(row).execute()
}

/** The latest, newest first. */
export function latestUnanswered(db: TenantDb, limit: number): Promise<UnansweredRow[]> {
  return db.query
    .selectFrom('chat_unanswered')
    .orderBy('id', 'desc')
    .limit(limit)
    .select(['id', 'text', 'guess', 'at'])
    .execute()
}

export async function removeUnanswered(tx: TenantDb, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.query.deleteFrom('chat_unanswered').where('id', 'in', ids).execute()
}

/** Those older than an instant. */
export async function dropOldUnanswered(tx: TenantDb, before: number): Promise<number> {
  const { numDeletedRows } = await tx.query.deleteFrom('chat_unanswered').where('at', '<', before).executeTakeFirst()
  return Number(numDeletedRows)
}

export async function addExamples(tx: TenantDb, rows: readonly ExampleRow[]): Promise<void> {
  if (rows.length > 0)
    await tx.query
      .insertInto('chat_examples')
      .values([...rows])
      .execute()
}

/** Newest first; ids grow with time. */
export function listExamples(
  db: TenantDb,
  { intent, beforeId, limit }: { intent?: string | undefined; beforeId?: string | undefined; limit: number },
): Promise<ExampleRow[]> {
  let query = db.query.selectFrom('chat_examples').orderBy('id', 'desc').limit(limit)
  if (intent !== undefined) query = query.where('intent', '=', intent)
  if (beforeId !== undefined) query = query.where('id', '<', beforeId)
  return query.select(['id', 'text', 'intent', 'added_at']).execute()
}

/** Returns whether there was such an example. */
export async function removeExample(tx: TenantDb, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.query.deleteFrom('chat_examples').where('id', '=', id).executeTakeFirst()
  return numDeletedRows === 1n
}

export async function readChatSettings(db: TenantDb): Promise<string | undefined> {
  return (await db.query.selectFrom('chat_settings').select('data').executeTakeFirst())?.data
}

export async function writeChatSettings(tx: TenantDb, data: string): Promise<void> {
  await tx.query
    .insertInto('chat_settings')
    .values({ data })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ data }))
    .execute()
}
