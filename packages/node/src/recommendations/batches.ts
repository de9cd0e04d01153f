import {
  type Job,
  type RecommendationBatch,
  type RecommendationQuery,
  Recommendations,
} from '@tillwright/core/contract'
import * as z from 'zod/mini'
import type { TenantDb } from '../db/open.ts'
import { readWhole } from '../files/read-whole.ts'
import { problem } from '../http/problem-error.ts'
import type { JobContext } from '../jobs/runner.ts'
import type { JobsService } from '../jobs/service.ts'
import type { FileStore } from '../ports.ts'
import type { RecommendationsService } from './service.ts'

export const BATCH = 'recommendations.batch'
/** Batches of a tenant run one after another, and let others work between. */
const LANE = 'recommendations.batch'
/** Answers between two looks at the clock of others. */
const ANSWERS_PER_STEP = 50

const Answers = z.array(Recommendations)

export interface BatchesPorts {
  readonly jobs: Pick<JobsService, 'enqueue' | 'get' | 'list' | 'retry' | 'countsOfKind'>
  readonly files: FileStore
  readonly recommend: RecommendationsService['recommend']
}

export type BatchesService = ReturnType<typeof batchesService>

/** Many questions at once, answered by a job whose answers lie in a file beside it. */
export function batchesService({ jobs, files, recommend }: BatchesPorts) {
  async function jobOf(db: TenantDb, id: string): Promise<Job> {
    const job = await jobs.get(db, id)
    if (job.kind !== BATCH) throw problem('not_found', `There is no batch ${id}`)
    return job
  }

  return {
    create: (db: TenantDb, queries: readonly RecommendationQuery[]): Promise<Job> =>
      db.transaction((tx) => jobs.enqueue(tx, BATCH, { queries }, { lane: LANE })),
    list: (db: TenantDb, input: { cursor?: string | undefined; limit: number; state?: Job['state'] | undefined }) =>
      jobs.list(db, { ...input, kind: BATCH }),
    async statistics(db: TenantDb) {
      return jobs.countsOfKind(db, BATCH)
    },
    async get(db: TenantDb, id: string): Promise<z.input<typeof RecommendationBatch>> {
      const job = await jobOf(db, id)
      if (job.state !== 'done') return { job, answers: null }
      const text = new TextDecoder().decode(await readWhole(files, batchFileKey(id)))
      return { job, answers: z.parse(Answers, JSON.parse(text)) }
    },
    async retry(db: TenantDb, id: string): Promise<Job> {
      await jobOf(db, id)
      return jobs.retry(db, id)
    },
    /** The work of a batch. Doing it twice writes the same file twice. */
    async run({ queries }: { queries: readonly RecommendationQuery[] }, context: JobContext) {
      const { db, jobId, signal, progress } = context
      const answers: string[] = []
      for (const query of queries) {
        signal.throwIfAborted()
        answers.push((await recommend(db, query)).text)
        if (answers.length % ANSWERS_PER_STEP === 0) {
          progress({ done: answers.length, total: queries.length, unit: 'answers' })
          await new Promise<void>((resolve) => setImmediate(resolve))
        }
      }
      await files.put(batchFileKey(jobId), lines(`[${answers.join(',')}]`))
      return { answers: answers.length }
    },
  }
}

export function batchFileKey(jobId: string): string {
  return `recommendation-batches/${jobId}.json`
}

async function* lines(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}
