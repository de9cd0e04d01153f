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

/**
 * The work of a training job: learns off the main thread, then keeps the model and makes it the one that answers. `quick`: ends with
 * the first model that answers, and leaves the whole training to a job.
 */
export function trainingTask({ catalogue, models }: RecommendationPorts, databaseUrl: string, clock: Clock) {
  async function* learn(db: TenantDb, signal: AbortSignal): AsyncGenerator<TrainedModel> {
    const items = await catalogue.itemInfo(db)
    const isFirst = (await models.activeVersion(db)) === null
    // A database in memory cannot be opened by a second thread.
    if (sqliteFile(databaseUrl) === ':memory:') yield* trainOn(db, { items, now: clock(), isFirst })
    else {
      const input = { databaseUrl, tenantId: db.tenantId, items, now: clock(), isFirst }
      yield* runInThread('recommendations.train', input, { signal })
    }
  }

  return async (
    { quick = false }: { quick?: boolean },
    { db, signal, progress }: JobContext,
  ): Promise<TrainingReport> => {
    progress({ done: 0, total: 1, unit: 'model', note: 'learning from all orders' })
    let last: TrainedModel | undefined
    for await (const model of learn(db, signal)) {
      await models.keep(db, model)
      last = model
      if (quick) break
    }
    if (!last) throw new Error('The training ended without a model')
    progress({ done: 1, total: 1, unit: 'model' })
    const { version, counts, trainingCpuMs, file } = last
    return { modelVersion: version, counts, trainingCpuMs: Math.round(trainingCpuMs), bytes: file.length }
  }
}
