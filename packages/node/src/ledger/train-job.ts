import { loadCategoriser } from '@tillwright/core/brain'
import type { TenantDb } from '../db/open.ts'
import type { JobContext } from '../jobs/runner.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { Clock } from '../ports.ts'
import { runInThread } from '../threads/run-in-thread.ts'
import { categorisedTransactions, putCategoriser } from './categoriser-store.ts'
import { exampleOf } from './examples.ts'

export const TRAIN_CATEGORISER = 'ledger.train-categoriser'

/** Corrections come in a row: the training waits until they have. They count at once all the same. */
const GATHER_MS = 60_000
const MAX_EXAMPLES = 50_000

/** Queues a training that follows corrections, in their transaction. */
export async function trainSoon(enqueue: Enqueue, tx: TenantDb): Promise<void> {
  await enqueue(tx, TRAIN_CATEGORISER, {}, { lane: 'ledger-train', dedupeKey: TRAIN_CATEGORISER, delayMs: GATHER_MS })
}

/** The work of the training job: learns off the main thread from what people and rules chose, and keeps the file. */
export function trainCategoriserJob(clock: Clock) {
  return async (_payload: object, { db, signal }: JobContext): Promise<object> => {
    const now = clock()
    const examples = (await categorisedTransactions(db, MAX_EXAMPLES)).map(exampleOf)
    for await (const { file } of runInThread('ledger.train-categoriser', { examples, now }, { signal })) {
      const { version, metrics } = loadCategoriser(file)
      await db.transaction((tx) => putCategoriser(tx, { version, trainedAt: now, exampleCount: examples.length, file }))
      return { modelVersion: version, examples: examples.length, metrics }
    }
    throw new Error('The training ended without a categoriser')
  }
}
