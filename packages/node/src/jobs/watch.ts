import { setTimeout as sleep } from 'node:timers/promises'
import type { TenantDb } from '../db/open.ts'
import { findJob, type JobRow } from './store.ts'

const POLL_MS = 300

/** A job now, and again whenever it has changed, until it is done or dead. */
export async function* watchJob(db: TenantDb, id: string, signal: AbortSignal): AsyncGenerator<JobRow> {
  let shown = ''
  while (!signal.aborted) {
    const job = await findJob(db, id)
    if (!job) return
    const state = JSON.stringify([job.state, job.attempts, job.progress, job.error])
    if (state !== shown) yield job
    if (job.state === 'done' || job.state === 'dead') return
    shown = state
    await sleep(POLL_MS, undefined, { signal }).catch(() => {
      // Aborted: the loop ends by its condition.
    })
  }
}
