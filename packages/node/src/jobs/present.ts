import type { Job } from '@tillwright/core/contract'
import type { JobRow } from './store.ts'

/** A job as callers see it. */
export function presentJob(row: JobRow): Job {
  return {
    id: row.id,
    kind: row.kind,
    queue: row.queue,
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
