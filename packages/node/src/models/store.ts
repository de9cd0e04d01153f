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
  /** JSON object of numbers. */
  readonly metrics: string
  readonly deviceDigest: string | null
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
  'metrics',
  'device_digest as deviceDigest',
] as const

/** Keeps a model; one that is there already stays as it is. */
export async function addModel(
  tx: TenantDb,
  model: Omit<ModelRow, 'seq' | 'active'>,
  file: Uint8Array,
  deviceFile: Uint8Array,
): Promise<void> {
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
      metrics: model.metrics,
      active: 0,
      device_digest: model.deviceDigest,
      device_file: deviceFile,
      file,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'version']).doNothing())
    .execute()
}

/** Makes a model the one that answers. `held`: trainings that follow leave it in place. */
export async function activateModel(tx: TenantDb, version: string, at: number, held: boolean): Promise<void> {
  await tx.query.updateTable('models').set({ active: 0 }).where('active', '=', 1).execute()
  await tx.query.updateTable('models').set({ active: 1 }).where('version', '=', version).execute()
  await tx.query
    .insertInto('model_activations')
    .values({ version, at, held: Number(held) })
    .execute()
}

/** Whether trainings leave the active model in place. */
export async function isHeld(db: TenantDb): Promise<boolean> {
  const last = await db.query
    .selectFrom('model_activations')
    .orderBy('seq', 'desc')
    .limit(1)
    .select('held')
    .executeTakeFirst()
  return last !== undefined && Number(last.held) === 1
}

/** The model that answered before the one that answers now, of those that are kept. */
export async function modelBefore(db: TenantDb, version: string): Promise<string | undefined> {
  const row = await db.query
    .selectFrom('model_activations')
    .innerJoin('models', (join) => join.onRef('models.version', '=', 'model_activations.version'))
    .where('model_activations.version', '!=', version)
    .orderBy('model_activations.seq', 'desc')
    .limit(1)
    .select('model_activations.version')
    .executeTakeFirst()
  return row?.version
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

export async function findModel(db: TenantDb, version: string): Promise<ModelRow | undefined> {
  return db.query.selectFrom('models').where('version', '=', version).select(COLUMNS).executeTakeFirst()
}

export async function readModelFile(db: TenantDb, version: string): Promise<Uint8Array | undefined> {
  const row = await db.query.selectFrom('models').where('version', '=', version).select('file').executeTakeFirst()
  return row?.file
}

/** The small form of a model, by its own digest. */
export async function readDeviceFile(db: TenantDb, digest: string): Promise<Uint8Array | undefined> {
  const row = await db.query
    .selectFrom('models')
    .where('device_digest', '=', digest)
    .select('device_file')
    .executeTakeFirst()
  return row?.device_file ?? undefined
}

/** Keeps the newest models, the active one, and those that are compared. */
export async function dropOldModels(tx: TenantDb, keep: number): Promise<void> {
  const kept = await listModels(tx, keep)
  const oldest = kept.at(-1)
  if (kept.length < keep || !oldest) return
  const compared = await tx.query
    .selectFrom('model_comparisons')
    .where('ended_at', 'is', null)
    .select(['champion', 'challenger'])
    .execute()
  const versions = compared.flatMap(({ champion, challenger }) => [champion, challenger])
  let dropped = tx.query.deleteFrom('models').where('seq', '<', oldest.seq).where('active', '=', 0)
  if (versions.length > 0) dropped = dropped.where('version', 'not in', versions)
  await dropped.execute()
}
