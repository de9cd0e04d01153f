import { fullJitterMs } from '@tillwright/core/contract'
import type { Tenant } from '../context.ts'
import type { Database, TenantDb } from '../db/open.ts'
import { within } from '../lifecycle/within.ts'
import type { Clock, Logger, Random } from '../ports.ts'
import { findTenant } from '../tenants/store.ts'
import { JOB_QUEUES, type JobQueue, type JobQueues } from './queues.ts'
import { claimJob, extendLease, type JobRow, type Lease, noteProgress, settleJob, type Wanted } from './store.ts'

/** A runner that is silent for this long is taken for dead, and its job is given to another. */
const LEASE_MS = 30_000
const POLL_MS = 1_000
/** Progress is written at most this often. */
const PROGRESS_MS = 250
const RETRY_BASE_MS = 1_000

/** A failure that another try would only repeat: the job goes to the dead letters at once. */
export class PermanentJobError extends Error {
  override name = 'PermanentJobError'
}

/** A failure after which the work knows better than the queue when to try again. */
export class RetryJobError extends Error {
  override name = 'RetryJobError'
  /** In ms. */
  readonly afterMs: number
  constructor(message: string, afterMs: number) {
    super(message)
    this.afterMs = afterMs
  }
}

export interface JobProgress {
  readonly done: number
  readonly total: number | null
  readonly unit: string
  readonly note?: string
}

export interface JobContext {
  readonly jobId: string
  /** 1 for the first try. */
  readonly attempt: number
  readonly tenant: Tenant
  readonly db: TenantDb
  /** Aborted when the server stops or the lease is lost: end soon, leave what is done, the rest is done again. */
  readonly signal: AbortSignal
  progress(progress: JobProgress): void
  /** Called once the job is on disk as done: for removing what another try would need. */
  afterwards(cleanUp: () => Promise<void>): void
}

/** Does the work and returns what it gave. May be called again after a failure or a crash: doing it twice must do no harm. */
export type JobHandler = (payload: never, context: JobContext) => Promise<object>

export interface Jobs {
  /** Begins to work off the queue. */
  start(): void
  /** Looks for due jobs now instead of at the next poll. */
  wake(): void
  /** Works off what is due, one after another, and returns how many jobs that was. For tests and one-off commands. */
  runDue(): Promise<number>
  /**
   * Takes no more jobs, tells the running ones to end, and resolves when they have, or after `timeoutMs` (default: never).
   * They go back to the queue: at once, or when the lease of one that does not end has run out.
   */
  stop(timeoutMs?: number): Promise<void>
}

export interface RunnerPorts {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly handlers: Readonly<Record<string, JobHandler>>
  /** Default: `JOB_QUEUES`. */
  readonly queues?: JobQueues
  /** Names this process among others. */
  readonly owner: string
}

export function jobRunner(ports: RunnerPorts): Jobs {
  const stopping = new AbortController()
  const queues = ports.queues ?? JOB_QUEUES
  const running = new Map<Promise<void>, JobRow>()
  let timer: NodeJS.Timeout | undefined
  let filling: Promise<void> | undefined
  let isStarted = false

  async function fill(): Promise<void> {
    while (!stopping.signal.aborted) {
      const wanted = withFreeSlots(queues, [...running.values()])
      const job = wanted.length > 0 && (await claimJob(ports.database, leaseOf(ports), wanted))
      if (!job) return
      const run: Promise<void> = runJob(job, ports, stopping.signal).finally(() => {
        running.delete(run)
        wake()
      })
      running.set(run, job)
    }
  }

  function wake(): void {
    if (!isStarted || stopping.signal.aborted || filling) return
    clearTimeout(timer)
    filling = fill()
      .catch((error: unknown) => ports.log.error({ err: error }, 'the job queue could not be read; trying again'))
      .finally(() => {
        filling = undefined
        timer = setTimeout(wake, POLL_MS)
      })
  }

  return {
    start() {
      isStarted = true
      wake()
    },
    wake,
    async runDue() {
      for (let count = 0; ; count++) {
        const job = await claimJob(ports.database, leaseOf(ports), withFreeSlots(queues, []))
        if (!job) return count
        await runJob(job, ports, stopping.signal)
      }
    },
    async stop(timeoutMs) {
      stopping.abort(new Error('The server is stopping'))
      clearTimeout(timer)
      const ended = (async () => {
        await filling
        await Promise.all(running.keys())
      })()
      await (timeoutMs === undefined ? ended : within(timeoutMs, ended))
      clearTimeout(timer)
    },
  }
}

/** Queues that may have another job run, beside those that run. */
function withFreeSlots(queues: JobQueues, running: readonly JobRow[]): Wanted[] {
  return (Object.keys(queues) as JobQueue[]).flatMap((queue) => {
    const { slots, slotsPerTenant = slots, lanesKeepOrder } = queues[queue]
    const tenants = running.filter((job) => job.queue === queue).map((job) => job.tenant_id)
    if (tenants.length >= slots) return []
    const isFull = (id: number) => tenants.filter((tenant) => tenant === id).length >= slotsPerTenant
    return [{ queue, lanesKeepOrder, exceptTenants: [...new Set(tenants)].filter(isFull) }]
  })
}

function leaseOf({ owner, clock }: RunnerPorts): Lease {
  const now = clock()
  return { owner, now, until: now + LEASE_MS }
}

async function runJob(job: JobRow, ports: RunnerPorts, stopping: AbortSignal): Promise<void> {
  const { database, log, owner } = ports
  const lost = new AbortController()
  const heartbeat = setInterval(() => {
    extendLease(database, job.seq, leaseOf(ports))
      .then((isKept) => isKept || lost.abort(new Error('Another runner has taken the job over')))
      .catch((error: unknown) => log.warn({ err: error, ...fieldsOf(job) }, 'a job lease could not be extended'))
  }, LEASE_MS / 3)
  const signal = AbortSignal.any([stopping, lost.signal])
  const progress = progressWriter(job, ports)
  const cleanUps: (() => Promise<void>)[] = []
  const afterwards: JobContext['afterwards'] = (cleanUp) => void cleanUps.push(cleanUp)
  try {
    const result = await handle(job, ports, { signal, progress: progress.note, afterwards })
    await progress.settle()
    await settleJob(database, job.seq, owner, { state: 'done', result, now: ports.clock() })
    log.info(fieldsOf(job), 'job done')
  } catch (error) {
    cleanUps.length = 0
    await progress.settle()
    await settleFailure(job, ports, error, stopping.aborted).catch((unsettled: unknown) =>
      log.error(
        { err: unsettled, ...fieldsOf(job) },
        'the end of a job could not be written; its lease runs out instead',
      ),
    )
  } finally {
    clearInterval(heartbeat)
  }
  for (const cleanUp of cleanUps) {
    await cleanUp().catch((error: unknown) => log.warn({ err: error, ...fieldsOf(job) }, 'a job left something behind'))
  }
}

async function handle(
  job: JobRow,
  { handlers, database }: RunnerPorts,
  means: Pick<JobContext, 'signal' | 'progress' | 'afterwards'>,
): Promise<object> {
  if (job.attempts > job.max_attempts) {
    throw new PermanentJobError(`Its process ended before it did, ${job.max_attempts} times`)
  }
  const handler = handlers[job.kind]
  if (!handler) throw new PermanentJobError(`This server does not know jobs of kind ${job.kind}`)
  const tenant = await findTenant(database.system, job.tenant_id)
  if (!tenant) throw new PermanentJobError('The tenant of this job is gone')
  // Taken while the server began to stop: it goes back untouched.
  means.signal.throwIfAborted()
  return handler(JSON.parse(job.payload) as never, {
    jobId: job.id,
    attempt: job.attempts,
    tenant,
    db: database.tenant(tenant.id),
    ...means,
  })
}

/** Names a job in the log, and the request that queued it. */
function fieldsOf({ id, kind, request_id }: JobRow): object {
  return { jobId: id, kind, ...(request_id === null ? {} : { requestId: request_id }) }
}

async function settleFailure(job: JobRow, ports: RunnerPorts, error: unknown, isStopping: boolean): Promise<void> {
  const { database, clock, random, log, owner } = ports
  const message = error instanceof Error ? error.message : String(error)
  if (isStopping) {
    await settleJob(database, job.seq, owner, {
      state: 'queued',
      error: null,
      now: clock(),
      runAt: clock(),
      refundAttempt: true,
    })
    return
  }
  if (error instanceof PermanentJobError || job.attempts >= job.max_attempts) {
    log.error({ err: error, ...fieldsOf(job) }, 'job failed for good; it waits among the dead letters')
    await settleJob(database, job.seq, owner, { state: 'dead', error: message, now: clock() })
    return
  }
  const waitMs =
    error instanceof RetryJobError ? error.afterMs : RETRY_BASE_MS + Math.round(fullJitterMs(job.attempts, random))
  const runAt = clock() + waitMs
  log.warn({ err: error, ...fieldsOf(job), attempt: job.attempts }, 'job failed; it will be tried again')
  await settleJob(database, job.seq, owner, { state: 'queued', error: message, now: clock(), runAt })
}

/** Writes the latest progress now and then; `settle` writes the last. */
function progressWriter(job: JobRow, { database, clock, owner, log }: RunnerPorts) {
  let latest: JobProgress | undefined
  let writtenAt = 0
  let writing: Promise<void> = Promise.resolve()
  const write = () => {
    if (!latest) return
    const progress = latest
    latest = undefined
    writtenAt = clock()
    writing = writing
      .then(() => noteProgress(database, job.seq, owner, progress))
      .catch((error: unknown) =>
        log.warn({ err: error, ...fieldsOf(job) }, 'the progress of a job could not be written'),
      )
  }
  return {
    note(progress: JobProgress) {
      latest = progress
      if (clock() - writtenAt >= PROGRESS_MS) write()
    },
    async settle() {
      write()
      await writing
    },
  }
}
