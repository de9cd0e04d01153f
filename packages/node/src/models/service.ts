import { createHash } from 'node:crypto'
import { type Job, MODEL_TYPE, type Model, type ModelActivation } from '@tillwright/core/contract'
import type { AuditActor } from '../audit/actor.ts'
import type { AuditService } from '../audit/service.ts'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { problem } from '../http/problem-error.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { Clock } from '../ports.ts'
import { runningComparison } from './comparison-store.ts'
import {
  activateModel,
  addModel,
  dropOldModels,
  findActiveModel,
  findModel,
  isHeld,
  listModels,
  type ModelRow,
  modelBefore,
  readDeviceFile,
  readModelFile,
} from './store.ts'

export const TRAINING = 'recommendations.train'

/** Models kept for going back to. */
const KEPT_MODELS = 10
/** Changes that come together are learnt from together. */
const GATHER_MS = 5_000
/** A large shop trains no more than a tenth of the time; new orders count at once all the same. */
const REST_PER_TRAINING = 10
const MAX_GATHER_MS = 10 * 60_000

/** A model as its training hands it over. */
export interface NewModel {
  readonly file: Uint8Array
  /** SHA-256 of the file, hex. */
  readonly version: string
  readonly trainedAt: number
  readonly counts: { readonly baskets: number; readonly items: number }
  readonly trainingCpuMs: number
  /** What the training measured, by name. */
  readonly metrics: Readonly<Record<string, number>>
  /** Its small form for browsers. */
  readonly deviceFile: Uint8Array
}

export interface ModelsPorts {
  readonly clock: Clock
  readonly audit: Pick<AuditService, 'record'>
  /** Reads a file that somebody trained elsewhere. Throws where it is not a model. */
  readonly readModel: (file: Uint8Array) => Omit<NewModel, 'file' | 'trainingCpuMs'>
  readonly enqueue: Enqueue
  /** Takes queued jobs of a key back out, except those added at `from` or later. */
  readonly drop: (tx: TenantDb, dedupeKey: string, from: number) => Promise<void>
  readonly onChange: (tenantId: number) => void
}

export type ModelsService = ReturnType<typeof modelsService>

/** `onChange` is told of each tenant whose active model has changed, after the change is on disk. */
export function modelsService({ clock, audit, readModel, enqueue, drop, onChange }: ModelsPorts) {
  async function existing(db: TenantDb, version: string): Promise<ModelRow> {
    const row = await findModel(db, version)
    if (!row) throw problem('not_found', `There is no model ${version}`)
    return row
  }

  /** Makes a model answer at somebody's wish, and writes it into the audit log. */
  async function choose(
    db: TenantDb,
    { id: actorId, caller }: AuditActor,
    kind: string,
    held: boolean,
    versionOf: (tx: TenantDb) => Promise<string>,
  ): Promise<Model> {
    const row = await db.transaction(async (tx) => {
      const version = await versionOf(tx)
      await existing(tx, version)
      await activateModel(tx, version, clock(), held)
      await audit.record(tx, { kind, actorId, subjectId: null, caller, data: { model: version, held } })
      return existing(tx, version)
    })
    onChange(db.tenantId)
    return presentModel(row)
  }

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
      const body = (await readModelFile(db, version)) ?? (await readDeviceFile(db, version))
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
    /** The small form of the model that answers now; `null` before the first training. */
    async device(db: TenantDb): Promise<{ digest: string; bytes: number; url: string } | null> {
      const digest = (await findActiveModel(db))?.deviceDigest
      const file = digest ? await readDeviceFile(db, digest) : undefined
      return digest && file ? { digest, bytes: file.length, url: `api/v1/models/${digest}` } : null
    },
    /** The file of a model that is kept. */
    file: readModelFile,
    /** Keeps a trained model and, unless another is held or compared, makes it the one that answers. */
    async keep(db: TenantDb, model: NewModel): Promise<void> {
      await db.transaction(async (tx) => {
        await addModel(tx, rowOf(model), model.file, model.deviceFile)
        if (!(await isHeld(tx)) && !(await runningComparison(tx))) {
          await activateModel(tx, model.version, clock(), false)
        }
        await dropOldModels(tx, KEPT_MODELS)
        // What asked for a training before this one began has got it.
        await drop(tx, TRAINING, model.trainedAt)
      })
      onChange(db.tenantId)
    },
    /** Keeps a model that was trained elsewhere. It answers when it is activated. */
    async register(db: TenantDb, { id: actorId, caller }: AuditActor, file: Uint8Array): Promise<Model> {
      const model = { ...checked(file, readModel), file, trainingCpuMs: 0 }
      const row = await db.transaction(async (tx) => {
        await addModel(tx, rowOf(model), file, model.deviceFile)
        const data = { model: model.version }
        await audit.record(tx, { kind: 'model.registered', actorId, subjectId: null, caller, data })
        return existing(tx, model.version)
      })
      return presentModel(row)
    },
    activate: (db: TenantDb, actor: AuditActor, version: string, hold: boolean): Promise<Model> =>
      choose(db, actor, 'model.activated', hold, async () => version),
    /** Goes back to the model that answered before, and holds it: trainings that follow are kept and do not answer. */
    rollback: (db: TenantDb, actor: AuditActor): Promise<Model> =>
      choose(db, actor, 'model.rolled_back', true, async (tx) => {
        const active = await findActiveModel(tx)
        const before = active && (await modelBefore(tx, active.version))
        if (!before) throw problem('conflict', 'No other model has answered before that is still kept')
        return before
      }),
    async activation(db: TenantDb): Promise<ModelActivation> {
      return { held: await isHeld(db), modelVersion: (await findActiveModel(db))?.version ?? null }
    },
    train: (db: TenantDb): Promise<Job> => db.transaction((tx) => queueTraining(enqueue, tx, 0)),
    /** Follows a change of orders, in its transaction. */
    trainSoon: async (tx: TenantDb): Promise<void> => {
      const { trainingCpuMs = 0 } = (await findActiveModel(tx)) ?? {}
      const delayMs = Math.min(MAX_GATHER_MS, Math.max(GATHER_MS, trainingCpuMs * REST_PER_TRAINING))
      await queueTraining(enqueue, tx, delayMs)
    },
  }
}

function queueTraining(enqueue: Enqueue, tx: TenantDb, delayMs: number): Promise<Job> {
  return enqueue(tx, TRAINING, {}, { lane: 'train', dedupeKey: TRAINING, delayMs })
}

function checked(file: Uint8Array, readModel: ModelsPorts['readModel']) {
  try {
    return readModel(file)
  } catch (error) {
    throw problem('invalid_input', `That is not a model of recommendations: ${(error as Error).message}`)
  }
}

function rowOf({ version, trainedAt, trainingCpuMs, counts, metrics, file, deviceFile }: NewModel) {
  return {
    version,
    trainedAt,
    trainingCpuMs: Math.round(trainingCpuMs),
    basketCount: counts.baskets,
    itemCount: counts.items,
    byteCount: file.length,
    metrics: JSON.stringify(metrics),
    deviceDigest: createHash('sha256').update(deviceFile).digest('hex'),
  }
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
    metrics: JSON.parse(row.metrics) as Record<string, number>,
  }
}
