import { sqliteFile } from '../db/address.ts'
import type { TenantDb } from '../db/open.ts'
import type { JobContext } from '../jobs/runner.ts'
import type { Clock } from '../ports.ts'
import { runInThread } from '../threads/run-in-thread.ts'
import type { RecommendationPorts, TrainedModel } from './ports.ts'
import { trainOn } from './train.ts'

/** What came of a training. */
export interface TrainingReport {
  readonly modelVersion: string
  readonly counts: { readonly baskets: number; readonly items: number }
  readonly trainingCpuMs: number
  readonly bytes: number
}

/** The work of a training job: learns off the main thread, then keeps the model and makes it the one that answers. */
export function trainingTask({ catalogue, models }: RecommendationPorts, databaseUrl: string, clock: Clock) {
  async function learn(db: TenantDb, signal: AbortSignal): Promise<TrainedModel> {
    const items = await catalogue.itemInfo(db)
    // A database in memory cannot be opened by a second thread.
    if (sqliteFile(databaseUrl) === ':memory:') return trainOn(db, items, clock())
    const input = { databaseUrl, tenantId: db.tenantId, items, now: clock() }
    for await (const model of runInThread('recommendations.train', input, { signal })) return model
    throw new Error('The training ended without a model')
  }

  return async (_payload: object, { db, signal, progress }: JobContext): Promise<TrainingReport> => {
    progress({ done: 0, total: 1, unit: 'model', note: 'learning from all orders' })
    const model = await learn(db, signal)
    await models.keep(db, model)
    progress({ done: 1, total: 1, unit: 'model' })
    const { version, counts, trainingCpuMs, file } = model
    return { modelVersion: version, counts, trainingCpuMs: Math.round(trainingCpuMs), bytes: file.length }
  }
}
