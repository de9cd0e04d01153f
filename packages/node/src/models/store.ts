import type { TenantDb } from '../db/open.ts'

export interface ModelRow {
  readonly seq: number
  readonly version: string
  readonly trainedAt: number
  readonly trainingCpuMs: number
  readonly basketCount: number
  readonly itemCount: number
  readonly byteCount: number
  readonly active: number
}

const COLUMNS = [
  'seq',
  'version',
  'trained_at as trainedAt',
  'training_cpu_ms as trainingCpuMs',
  'basket_count as basketCount',
  'item_count as itemCount',
  'byte_count as byteCount',
  'active',
] as const

/** Keeps a model and makes it the one that answers. A model that is there already is activated again. */
export async function activateModel(
  tx: TenantDb,
  model: Omit<ModelRow, 'seq' | 'active'>,
  file: Uint8Array,
): Promise<void> {
  await tx.query.updateTable('models').set({ active: 0 }).where('active', '=', 1).execute()
  await tx.query
    .insertInto('models')
    .values({
      version: model.version,
      kind: 'recommender',
      trained_at: model.trainedAt,
      training_cpu_ms: model.trainingCpuMs,
      basket_count: model.basketCount,
      item_count: model.itemCount,
      byte_count: model.byteCount,
      active: 1,
      file,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'version']).doUpdateSet({ active: 1 }))
    .execute()
}

export async function findActiveModel(db: TenantDb): Promise<ModelRow | undefined> {
  return db.query.selectFrom('models').where('active', '=', 1).select(COLUMNS).executeTakeFirst()
}

/** Newest first. */
export async function listModels(db: TenantDb, limit: number, beforeSeq?: number): Promise<ModelRow[]> {
  let query = db.query.selectFrom('models').orderBy('seq', 'desc').limit(limit)
  if (beforeSeq !== undefined) query = query.where('seq', '<', beforeSeq)
  return query.select(COLUMNS).execute()
}

export async function readModelFile(db: TenantDb, version: string): Promise<Uint8Array | undefined> {
  const row = await db.query.selectFrom('models').where('version', '=', version).select('file').executeTakeFirst()
  return row?.file
}

/** Keeps the newest models and the active one. */
export async function dropOldModels(tx: TenantDb, keep: number): Promise<void> {
  const kept = await listModels(tx, keep)
  const oldest = kept.at(-1)
  if (kept.length < keep || !oldest) return
  await tx.query.deleteFrom('models').where('seq', '<', oldest.seq).where('active', '=', 0).execute()
}
