import { type Job, newId } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { problem } from '../http/problem-error.ts'
import type { RequestScope } from '../http/request-scope.ts'
import type { Clock, Random } from '../ports.ts'
import { presentJob, queueShown, queuesShownAs } from './present.ts'
import type { JobQueue } from './queues.ts'
import {
  addJob,
  addJobs,
  countJobs,
  dropQueued,
  findJob,
  type JobFilter,
  type JobRow,
  jobsOfKind,
  listJobs,
  reviveJob,
} from './store.ts'
import { watchJob } from './watch.ts'

const DEFAULT_MAX_ATTEMPTS = 5

export interface JobOptions {
  /** Default `work`. */
  readonly queue?: JobQueue
  /** Jobs of one lane of a tenant run one after another. */
  readonly lane?: string
  /** While a job with this key is queued, another is not added. */
  readonly dedupeKey?: string
  readonly delayMs?: number
  readonly maxAttempts?: number
}

/** Puts work into the queue, in the transaction of the change that causes it: both happen, or neither. */
export type Enqueue = (tx: TenantDb, kind: string, payload: object, options?: JobOptions) => Promise<Job>

/** The same for many of a kind; returns their ids in the order of the payloads. */
export type EnqueueMany = (
  tx: TenantDb,
  kind: string,
  payloads: readonly object[],
  options?: Omit<JobOptions, 'lane' | 'dedupeKey'>,
) => Promise<string[]>

type Listing = Pick<JobFilter, 'state' | 'kind' | 'limit'> & {
  readonly queue?: Job['queue'] | undefined
  readonly cursor?: string | undefined
}
type StateCounts = Record<JobRow['state'], number>

export type JobsService = ReturnType<typeof jobsService>

export interface JobsPorts {
  readonly clock: Clock
  readonly random: Random
  /** Tells which request queues a job, for the job's log lines. */
  readonly requestScope?: Pick<RequestScope, 'requestId'>
  /** Called when a job was added, so that nobody waits for the next poll. */
  readonly wake: () => void
}

export function jobsService({ clock, random, requestScope, wake }: JobsPorts) {
  const enqueue: Enqueue = async (tx, kind, payload, options = {}) => {
    const now = clock()
    const row = await addJob(tx, {
      id: newId('job', clock, random),
      queue: options.queue ?? 'work',
      kind,
      payload,
      maxAttempts: options.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
      runAt: now + (options.delayMs ?? 0),
      lane: options.lane ?? null,
      dedupeKey: options.dedupeKey ?? null,
      createdAt: now,
      requestId: requestScope?.requestId ?? null,
    })
    wake()
    return presentJob(row)
  }

  const enqueueMany: EnqueueMany = async (tx, kind, payloads, options = {}) => {
    const now = clock()
    const jobs = payloads.map((payload) => ({
      id: newId('job', clock, random),
      queue: options.queue ?? ('work' as const),
      kind,
      payload,
      maxAttempts: options.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
      runAt: now + (options.delayMs ?? 0),
      createdAt: now,
      requestId: requestScope?.requestId ?? null,
    }))
    await addJobs(tx, jobs)
    wake()
    return jobs.map(({ id }) => id)
  }

  async function existing(db: TenantDb, id: string): Promise<JobRow> {
    const row = await findJob(db, id)
    if (!row) throw problem('not_found', `There is no job ${id}`)
    return row
  }

  return {
    enqueue,
    enqueueMany,
    /** Takes queued jobs of a key back out, whose work is done by now; those added at `from` or later stay. */
    drop: dropQueued,
    get: async (db: TenantDb, id: string) => presentJob(await existing(db, id)),
    async list(db: TenantDb, { cursor, limit, queue, ...filter }: Listing) {
      const [beforeSeq] = cursor === undefined ? [] : decodeCursor<[number]>(cursor, ['number'])
      const queues = queue && queuesShownAs(queue)
      const rows = await listJobs(db, { ...filter, queues, beforeSeq, limit: limit + 1 })
      return toPage(rows, limit, ({ seq }) => [seq], presentJob)
    },
    /** Throws `not_found` before the stream begins. */
    async watch(db: TenantDb, id: string, signal: AbortSignal): Promise<AsyncIterable<{ data: Job }>> {
      await existing(db, id)
      return presented(watchJob(db, id, signal))
    },
    async retry(db: TenantDb, id: string): Promise<Job> {
      const { state } = await existing(db, id)
      const revival = await db.transaction((tx) => reviveJob(tx, id, clock()))
      if (revival === 'not dead') throw problem('conflict', `Only dead jobs can be retried; this one is ${state}`)
      if (revival === 'replaced') throw problem('conflict', 'A newer job that does the same is queued already')
      wake()
      return presentJob(await existing(db, id))
    },
    /** How many jobs of a kind there are by state, and how many answers those that are done gave. */
    async countsOfKind(db: TenantDb, kind: string): Promise<StateCounts & { answers: number }> {
      const counts = { ...noJobs(), answers: 0 }
      for (const { state, result } of await jobsOfKind(db, kind)) {
        counts[state]++
        counts.answers += (JSON.parse(result ?? '{}') as { answers?: number }).answers ?? 0
      }
      return counts
    },
    /** How many jobs there are, by queue and state. */
    async counts(db: TenantDb): Promise<{ work: StateCounts; outbox: StateCounts }> {
      const counts = { work: noJobs(), outbox: noJobs() }
      for (const { queue, state, count } of await countJobs(db)) counts[queueShown(queue)][state] += count
      return counts
    },
  }
}

async function* presented(rows: AsyncIterable<JobRow>): AsyncIterable<{ data: Job }> {
  for await (const row of rows) yield { data: presentJob(row) }
}

function noJobs(): StateCounts {
  return { queued: 0, running: 0, done: 0, dead: 0 }
}
