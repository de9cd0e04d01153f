import type { Selectable } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { LedgerTables } from './tables.ts'

/** A statement without its file. */
export type StatementRow = Omit<Selectable<LedgerTables['statements']>, 'tenant_id' | 'file'>

const SHOWN = [
  'id',
  'owner_id',
  'holder',
  'state',
  'name',
  'byte_count',
  'reading',
  'summary',
  'added',
  'created_at',
  'committed_at',
] as const

/** Newest first: ids grow with time. */
export async function listStatements(
  db: TenantDb,
  ownerId: string | null,
  limit: number,
  before?: string,
): Promise<StatementRow[]> {
  let query = db.query.selectFrom('statements').orderBy('id', 'desc').limit(limit)
  if (ownerId !== null) query = query.where('owner_id', '=', ownerId)
  if (before !== undefined) query = query.where('id', '<', before)
  return query.select(SHOWN).execute()
}

export async function findStatement(
  db: TenantDb,
  ownerId: string | null,
  id: string,
): Promise<StatementRow | undefined> {
  let query = db.query.selectFrom('statements').where('id', '=', id)
  if (ownerId !== null) query = query.where('owner_id', '=', ownerId)
  return query.select(SHOWN).executeTakeFirst()
}

export async function readStatementFile(db: TenantDb, id: string): Promise<Uint8Array | undefined> {
  const row = await db.query.selectFrom('statements').where('id', '=', id).select('file').executeTakeFirst()
  return row?.file ? new Uint8Array(row.file) : undefined
}

export async function insertStatement(tx: TenantDb, row: StatementRow & { readonly file: Uint8Array }): Promise<void> {
  await tx.query.insertInto('statements').values(row).execute()
}

export async function updateStatement(
  tx: TenantDb,
  id: string,
  change: Partial<Pick<StatementRow, 'state' | 'reading' | 'summary' | 'added' | 'committed_at'>> & {
    readonly file?: null
  },
): Promise<void> {
  await tx.query.updateTable('statements').set(change).where('id', '=', id).execute()
}

/** Removes all but the newest `kept` of what a holder uploaded and never committed. */
export async function dropOldPreviews(tx: TenantDb, holder: string, kept: number): Promise<void> {
  const old = await tx.query
    .selectFrom('statements')
    .where('holder', '=', holder)
    .where('state', 'in', ['needs_input', 'preview'])
    .orderBy('id', 'desc')
    .offset(kept)
    .limit(100)
    .select('id')
    .execute()
  if (old.length === 0) return
  await tx.query
    .deleteFrom('statements')
    .where(
      'id',
      'in',
      old.map(({ id }) => id),
    )
    .execute()
}

/** Removes what was uploaded before an instant and never committed; returns how many. */
export async function sweepPreviews(tx: TenantDb, before: number): Promise<number> {
  const { numDeletedRows } = await tx.query
    .deleteFrom('statements')
    .where('state', 'in', ['needs_input', 'preview'])
    .where('created_at', '<=', before)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
