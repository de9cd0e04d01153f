import { type Kysely, type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import type { BulkInsert } from '../db/dialect.ts'
import type { Database, TenantDb } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'
import type { JobQueue } from './queues.ts'
import type { JobsTables } from './tables.ts'

export type JobRow = Selectable<JobsTables['jobs']>

export interface NewJob {
  readonly id: string
  readonly queue: JobQueue
  readonly kind: string
  readonly payload: object
  readonly maxAttempts: number
  readonly runAt: number
  readonly lane: string | null
  readonly dedupeKey: string | null
  readonly createdAt: number
  readonly requestId: string | null
}

/** Adds a job, in the transaction of the change that causes it. A job that is queued under the same key already is kept. */
export async function addJob(tx: TenantDb, job: NewJob): Promise<JobRow> {
  const inserted = await tx.query
    .insertInto('jobs')
    .values({
      id: job.id,
      queue: job.queue,
      kind: job.kind,
      payload: JSON.stringify(job.payload),
      state: 'queued',
      attempts: 0,
      max_attempts: job.maxAttempts,
      run_at: job.runAt,
      lane: job.lane,
      dedupe_key: job.dedupeKey,
      lease_owner: null,
      lease_until: null,
      progress: null,
      result: null,
      error: null,
      created_at: job.createdAt,
      finished_at: null,
      request_id: job.requestId,
    })
    .onConflict((conflict) =>
      // A literal, since a partial index is matched by its text.
      conflict.columns(['tenant_id', 'dedupe_key']).where('state', '=', sql.lit('queued')).doNothing(),
    )
    .returningAll()
    .executeTakeFirst()
  if (inserted) return inserted
  return tx.query
    .selectFrom('jobs')
    .where('dedupe_key', '=', job.dedupeKey)
    .where('state', '=', 'queued')
    .selectAll()
    .executeTakeFirstOrThrow()
}

const ADD_MANY: BulkInsert = {
  table: 'jobs',
  columns: {
    id: 'text',
    queue: 'text',
    kind: 'text',
    payload: 'text',
    state: 'text',
    attempts: 'bigint',
    max_attempts: 'bigint',
    run_at: 'bigint',
    created_at: 'bigint',
    request_id: 'text',
  },
}

/** The same for many that have neither a lane nor a key. */
export async function addJobs(tx: TenantDb, jobs: readonly Omit<NewJob, 'lane' | 'dedupeKey'>[]): Promise<void> {
  await tx.insertMany(
    ADD_MANY,
    jobs.flatMap(({ id, queue, kind, payload, maxAttempts, runAt, createdAt, requestId }) => [
      id,
      queue,
      kind,
      JSON.stringify(payload),
      'queued',
      0,
      maxAttempts,
      runAt,
      createdAt,
      requestId,
    ]),
  )
}

export interface Lease {
  readonly owner: string
  readonly now: number
  readonly until: number
}

/** A queue of which a job is wanted. */
export interface Wanted {
  readonly queue: JobQueue
  readonly lanesKeepOrder: boolean
  /** Whose jobs are left for later. */
  readonly exceptTenants: readonly number[]
}

/**
 * Takes a job of the first queue that has one whose lane is free: one whose runner has fallen silent, or the one that is due
 * longest. Two runners never get the same, nor two of one lane. Where lanes keep order, those of one lane come in the order
 * in which they were added: also one that is to be tried again later goes before those that came after it.
 */
export async function claimJob(
  database: Database,
  lease: Lease,
  wanted: readonly Wanted[],
): Promise<JobRow | undefined> {
  try {
    return await claimDueJob(database, lease, wanted)
  } catch (error) {
    // Another process took a job of the same lane in the same instant; the index `jobs_lane_runs_one` stands between.
    if (isUniqueViolation(error)) return undefined
    throw error
  }
}

/** SQLSTATE of PostgreSQL, and SQLITE_CONSTRAINT_UNIQUE. */
function isUniqueViolation(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  return code === '23505' || errcode === 2067
}

async function claimDueJob(database: Database, lease: Lease, wanted: readonly Wanted[]): Promise<JobRow | undefined> {
  return database.system.transaction().execute(async (tx) => {
    const seq = await findDueJob(tx, lease.now, wanted, database.engine === 'postgres')
    if (seq === undefined) return undefined
    return tx
      .updateTable('jobs')
      .set((set) => ({
        state: 'running',
        attempts: set('attempts', '+', 1),
        lease_owner: lease.owner,
        lease_until: lease.until,
        error: null,
      }))
      .where('seq', '=', seq)
      .returningAll()
      .executeTakeFirst()
  })
}

/** Queue by queue and state by state: so each look is one step down the index `jobs_due`, however much waits elsewhere. */
async function findDueJob(
  tx: Kysely<Schema>,
  now: number,
  wanted: readonly Wanted[],
  mayLock: boolean,
): Promise<number | undefined> {
  for (const queue of wanted) {
    const inQueue = jobsOf(tx, queue)
    const silent = inQueue.where('state', '=', 'running').where('lease_until', '<', now)
    const waiting = inQueue.where('state', '=', 'queued').where('run_at', '<=', now)
    for (const due of [silent, waiting]) {
      const [job] = await (mayLock ? due.forUpdate().skipLocked() : due).execute()
      if (job) return job.seq
    }
  }
  return undefined
}

/** The first of a queue that may run. Conditions on other jobs of the lane are not joined by `or`: SQLite's planner gives up on that. */
function jobsOf(
  tx: Kysely<Schema>,
  { queue, exceptTenants, lanesKeepOrder }: Wanted,
): SelectQueryBuilder<Schema, 'jobs', { seq: number }> {
  let jobs = tx
    .selectFrom('jobs')
    .where('queue', '=', queue)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('jobs as other')
            .whereRef('other.lane', '=', 'jobs.lane')
            .whereRef('other.tenant_id', '=', 'jobs.tenant_id')
            .whereRef('other.seq', '<>', 'jobs.seq')
            .where('other.state', '=', 'running')
            .select('other.seq'),
        ),
      ),
    )
  if (exceptTenants.length > 0) jobs = jobs.where('tenant_id', 'not in', exceptTenants)
  if (lanesKeepOrder) {
    jobs = jobs.where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('jobs as earlier')
            .whereRef('earlier.lane', '=', 'jobs.lane')
            .whereRef('earlier.tenant_id', '=', 'jobs.tenant_id')
            .whereRef('earlier.seq', '<', 'jobs.seq')
            .where('earlier.state', '=', 'queued')
            .select('earlier.seq'),
        ),
      ),
    )
  }
  return jobs.orderBy('run_at').orderBy('seq').limit(1).select('seq')
}

/** Keeps a lease; returns `false` where it was lost. */
export async function extendLease(database: Database, seq: number, { owner, until }: Lease): Promise<boolean> {
  const { numUpdatedRows } = await database.system
    .updateTable('jobs')
    .set({ lease_until: until })
    .where('seq', '=', seq)
    .where('lease_owner', '=', owner)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function noteProgress(database: Database, seq: number, owner: string, progress: object): Promise<void> {
  await database.system
    .updateTable('jobs')
    .set({ progress: JSON.stringify(progress) })
    .where('seq', '=', seq)
    .where('lease_owner', '=', owner)
    .execute()
}

export type Settlement =
  | { readonly state: 'done'; readonly result: object; readonly now: number }
  | { readonly state: 'dead'; readonly error: string; readonly now: number }
  | {
      readonly state: 'queued'
      readonly error: string | null
      readonly now: number
      readonly runAt: number
      readonly refundAttempt?: boolean
    }

/**
 * Ends a try. Nothing happens where the lease was lost: whoever has it now decides. A job that would go back into the queue,
 * where a newer one of the same key waits by now, is done: the newer one does its work.
 */
export async function settleJob(database: Database, seq: number, owner: string, outcome: Settlement): Promise<void> {
  try {
    await writeSettlement(database, seq, owner, outcome)
  } catch (error) {
    // The index `jobs_queued_once` allows one.
    if (outcome.state !== 'queued' || !isUniqueViolation(error)) throw error
    const result = { replaced: 'a newer job does the same' }
    await writeSettlement(database, seq, owner, { state: 'done', result, now: outcome.now })
  }
}

async function writeSettlement(database: Database, seq: number, owner: string, outcome: Settlement): Promise<void> {
  await database.system
    .updateTable('jobs')
    .set((set) => ({
      state: outcome.state,
      lease_owner: null,
      lease_until: null,
      ...(outcome.state === 'done'
        ? { result: JSON.stringify(outcome.result), error: null, finished_at: outcome.now }
        : {}),
      ...(outcome.state === 'dead' ? { error: outcome.error, finished_at: outcome.now } : {}),
      ...(outcome.state === 'queued' ? { error: outcome.error, run_at: outcome.runAt } : {}),
      ...(outcome.state === 'queued' && outcome.refundAttempt ? { attempts: set('attempts', '-', 1) } : {}),
    }))
    .where('seq', '=', seq)
    .where('lease_owner', '=', owner)
    .execute()
}

export async function findJob(db: TenantDb, id: string): Promise<JobRow | undefined> {
  return db.query.selectFrom('jobs').where('id', '=', id).selectAll().executeTakeFirst()
}

export interface JobFilter {
  readonly state?: JobRow['state'] | undefined
  readonly queues?: readonly JobQueue[] | undefined
  readonly kind?: string | undefined
  readonly beforeSeq?: number | undefined
  readonly limit: number
}

/** Newest first. */
export async function listJobs(db: TenantDb, filter: JobFilter): Promise<JobRow[]> {
  let query = db.query.selectFrom('jobs').orderBy('seq', 'desc').limit(filter.limit).selectAll()
  if (filter.state) query = query.where('state', '=', filter.state)
  if (filter.queues) query = query.where('queue', 'in', filter.queues)
  if (filter.kind) query = query.where('kind', '=', filter.kind)
  if (filter.beforeSeq !== undefined) query = query.where('seq', '<', filter.beforeSeq)
  return query.execute()
}

/** Puts a dead job back in the queue with fresh tries, unless a newer one of the same key waits there. */
export async function reviveJob(tx: TenantDb, id: string, now: number): Promise<'revived' | 'not dead' | 'replaced'> {
  const newer = await tx.query
    .selectFrom('jobs as newer')
    .innerJoin('jobs', 'jobs.dedupe_key', 'newer.dedupe_key')
    .where('jobs.id', '=', id)
    .where('jobs.state', '=', 'dead')
    .where('newer.state', '=', 'queued')
    .select('newer.id')
    .executeTakeFirst()
  if (newer) return 'replaced'
  const { numUpdatedRows } = await tx.query
    .updateTable('jobs')
    .set({ state: 'queued', attempts: 0, run_at: now, finished_at: null })
    .where('id', '=', id)
    .where('state', '=', 'dead')
    .executeTakeFirst()
  return numUpdatedRows === 1n ? 'revived' : 'not dead'
}

/** Jobs that ended before an instant, some of them; for removal with what belongs to them. */
export async function endedJobs(
  db: TenantDb,
  state: 'done' | 'dead',
  before: number,
  limit: number,
): Promise<Pick<JobRow, 'id' | 'payload'>[]> {
  return db.query
    .selectFrom('jobs')
    .where('state', '=', state)
    .where('finished_at', '<', before)
    .limit(limit)
    .select(['id', 'payload'])
    .execute()
}

/** Removes those of the jobs that ended before an instant; returns how many. */
export async function removeJobs(tx: TenantDb, ids: readonly string[], before: number): Promise<number> {
  const { numDeletedRows } = await tx.query
    .deleteFrom('jobs')
    .where('id', 'in', ids)
    .where('state', 'in', ['done', 'dead'])
    .where('finished_at', '<', before)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Payloads of work that is not done, whosever it is. */
export async function unfinishedPayloads(system: Kysely<Schema>): Promise<string[]> {
  const rows = await system
    .selectFrom('jobs')
    .where('state', '<>', 'done')
    .where('queue', '=', 'work')
    .select('payload')
    .execute()
  return rows.map(({ payload }) => payload)
}

/** Takes queued jobs of a key back out; those that were added at `from` or later stay. */
export async function dropQueued(tx: TenantDb, dedupeKey: string, from: number): Promise<void> {
  await tx.query
    .deleteFrom('jobs')
    .where('dedupe_key', '=', dedupeKey)
    .where('state', '=', 'queued')
    .where('created_at', '<', from)
    .execute()
}

export async function jobsOfKind(db: TenantDb, kind: string): Promise<Pick<JobRow, 'state' | 'result'>[]> {
  return db.query.selectFrom('jobs').where('kind', '=', kind).select(['state', 'result']).execute()
}

export async function countJobs(db: TenantDb): Promise<(Pick<JobRow, 'queue' | 'state'> & { count: number })[]> {
  return db.query
    .selectFrom('jobs')
    .groupBy(['queue', 'state'])
    .select(({ fn }) => ['queue', 'state', fn.countAll<number>().as('count')])
    .execute()
}
