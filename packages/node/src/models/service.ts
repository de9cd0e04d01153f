import { type Job, MODEL_TYPE, type Model } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { problem } from '../http/problem-error.ts'
import type { Enqueue } from '../jobs/service.ts'
import { activateModel, dropOldModels, findActiveModel, listModels, type ModelRow, readModelFile } from './store.ts'

export const TRAINING = 'recommendations.train'

/** Models kept for going back to. */
const KEPT_MODELS = 10
/** Changes that come together are learnt from together. */
const GATHER_MS = 5_000

/** A model as its training hands it over. */
export interface NewModel {
  readonly file: Uint8Array
  /** SHA-256 of the file, hex. */
  readonly version: string
  readonly trainedAt: number
  readonly counts: { readonly baskets: number; readonly items: number }
  readonly trainingCpuMs: number
}

export interface ModelsPorts {
  readonly enqueue: Enqueue
  /** Takes queued jobs of a key back out, except those added at `from` or later. */
  readonly drop: (tx: TenantDb, dedupeKey: string, from: number) => Promise<void>
  readonly onChange: (tenantId: number) => void
}

export type ModelsService = ReturnType<typeof modelsService>

/** `onChange` is told of each tenant whose active model has changed, after the change is on disk. */
export function modelsService({ enqueue, drop, onChange }: ModelsPorts) {
  return {
    async current(db: TenantDb): Promise<Model> {
      const row = await findActiveModel(db)
      if (!row) throw problem('not_found', 'No model has been trained yet: import orders, or POST /api/models/train')
      return presentModel(row)
    },
    async list(db: TenantDb, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
      const [beforeSeq] = cursor === undefined ? [] : decodeCursor<[number]>(cursor, ['number'])
      const rows = await listModels(db, limit + 1, beforeSeq)
      return toPage(rows, limit, ({ seq }) => [seq], presentModel)
    },
    async download(db: TenantDb, version: string) {
      const body = await readModelFile(db, version)
      if (!body) throw problem('not_found', `There is no model ${version}`)
      return { body, type: MODEL_TYPE, etag: version }
    },
    /** The model that answers now, and its file; `null` before the first training. */
    async active(db: TenantDb): Promise<{ version: string; file: Uint8Array } | null> {
      const row = await findActiveModel(db)
      const file = row && (await readModelFile(db, row.version))
      return file ? { version: row.version, file } : null
    },
    async activeVersion(db: TenantDb): Promise<string | null> {
      return (await findActiveModel(db))?.version ?? null
    },
    async keep(db: TenantDb, { file, version, trainedAt, counts, trainingCpuMs }: NewModel): Promise<void> {
      const model = {
        version,
        trainedAt,
        trainingCpuMs: Math.round(trainingCpuMs),
        basketCount: counts.baskets,
        itemCount: counts.items,
        byteCount: file.length,
      }
      await db.transaction(async (tx) => {
        await activateModel(tx, model, file)
        await dropOldModels(tx, KEPT_MODELS)
        // What asked for a training before this one began has got it.
        await drop(tx, TRAINING, trainedAt)
      })
      onChange(db.tenantId)
    },
    train: (db: TenantDb): Promise<Job> => db.transaction((tx) => queueTraining(enqueue, tx, 0)),
    /** Follows a change of orders, in its transaction. */
    trainSoon: async (tx: TenantDb): Promise<void> => {
      await queueTraining(enqueue, tx, GATHER_MS)
    },
  }
}

function queueTraining(enqueue: Enqueue, tx: TenantDb, delayMs: number): Promise<Job> {
  return enqueue(tx, TRAINING, {}, { lane: 'train', dedupeKey: TRAINING, delayMs })
}

function presentModel(row: ModelRow): Model {
  return {
    modelVersion: row.version,
    kind: 'recommender',
    trainedAt: new Date(row.trainedAt).toISOString(),
    bytes: row.byteCount,
    url: `api/v1/models/${row.version}`,
    active: row.active === 1,
    counts: { baskets: row.basketCount, items: row.itemCount },
    trainingCpuMs: row.trainingCpuMs,
  }
}
