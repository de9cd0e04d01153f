import type { Job } from '@tillwright/core/contract'
import type { JobQueue } from './queues.ts'
import type { JobRow } from './store.ts'

/** A job as callers see it. */
export function presentJob(row: JobRow): Job {
  return {
    id: row.id,
    kind: row.kind,
    queue: queueShown(row.queue),
    state: row.state,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    progress: row.progress === null ? null : JSON.parse(row.progress),
    result: row.result === null ? null : JSON.parse(row.result),
    error: row.error,
    createdAt: new Date(row.created_at).toISOString(),
    runAt: new Date(row.run_at).toISOString(),
    finishedAt: row.finished_at === null ? null : new Date(row.finished_at).toISOString(),
  }
}

/** What leaves the process is one queue to callers. */
export function queueShown(queue: JobQueue): Job['queue'] {
  return queue === 'work' ? 'work' : 'outbox'
}

export function queuesShownAs(queue: Job['queue']): readonly JobQueue[] {
  return queue === 'work' ? ['work'] : ['outbox', 'webhooks']
}
