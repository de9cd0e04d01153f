import type { Insertable, Selectable } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { ChatTables } from './tables.ts'

export type ChatModelRow = Omit<Selectable<ChatTables['chat_models']>, 'tenant_id' | 'file'>

const COLUMNS = [
  'seq',
  'version',
  'pack',
  'trained_at',
  'training_cpu_ms',
  'example_count',
  'own_count',
  'intent_count',
  'byte_count',
  'active',
  'metrics',
] as const

/** Keeps a model; one that is there already stays as it is. */
export async function addChatModel(
  tx: TenantDb,
  row: Omit<Insertable<ChatTables['chat_models']>, 'tenant_id' | 'seq' | 'active'>,
): Promise<void> {
  await tx.query
    .insertInto('chat_models')
    .values({ ...row, active: 0 })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'version']).doNothing())
    .execute()
}

/** Makes a model the one that answers for its pack. */
export async function activateChatModel(tx: TenantDb, { version, pack }: ChatModelRow, at: number): Promise<void> {
  await tx.query
    .updateTable('chat_models')
    .set({ active: 0 })
    .where('pack', '=', pack)
    .where('active', '=', 1)
    .execute()
  await tx.query.updateTable('chat_models').set({ active: 1 }).where('version', '=', version).execute()
  await tx.query.insertInto('chat_model_activations').values({ version, at }).execute()
}

export function activeChatModel(db: TenantDb, pack: string): Promise<ChatModelRow | undefined> {
  return db.query
    .selectFrom('chat_models')
    .where('pack', '=', pack)
    .where('active', '=', 1)
    .select(COLUMNS)
    .executeTakeFirst()
}

/** The model that answered before the one that answers now, of those of a pack that are kept. */
export async function chatModelBefore(db: TenantDb, active: ChatModelRow): Promise<ChatModelRow | undefined> {
  const row = await db.query
    .selectFrom('chat_model_activations')
    .innerJoin('chat_models', (join) => join.onRef('chat_models.version', '=', 'chat_model_activations.version'))
    .where('chat_models.pack', '=', active.pack)
    .where('chat_model_activations.version', '!=', active.version)
    .orderBy('chat_model_activations.seq', 'desc')
    .limit(1)
    .select('chat_models.version')
    .executeTakeFirst()
  return row && findChatModel(db, row.version)
}

export function findChatModel(db: TenantDb, version: string): Promise<ChatModelRow | undefined> {
  return db.query.selectFrom('chat_models').where('version', '=', version).select(COLUMNS).executeTakeFirst()
}

export async function chatModelFile(db: TenantDb, version: string): Promise<Uint8Array | undefined> {
  const row = await db.query.selectFrom('chat_models').where('version', '=', version).select('file').executeTakeFirst()
  return row?.file
}

/** Newest first. */
export function listChatModels(db: TenantDb, limit: number, beforeSeq?: number): Promise<ChatModelRow[]> {
  let query = db.query.selectFrom('chat_models').orderBy('seq', 'desc').limit(limit)
  if (beforeSeq !== undefined) query = query.where('seq', '<', beforeSeq)
  return query.select(COLUMNS).execute()
}

/** Keeps the newest models and those that answer. */
export async function dropOldChatModels(tx: TenantDb, keep: number): Promise<void> {
  const kept = await listChatModels(tx, keep)
  const oldest = kept.at(-1)
  if (kept.length < keep || !oldest) return
  await tx.query.deleteFrom('chat_models').where('seq', '<', oldest.seq).where('active', '=', 0).execute()
}
