/** `outbox` is for mail and what leads to it, `webhooks` for calls at addresses that tenants chose. Callers see both as `outbox`. */
export type JobQueue = 'work' | 'outbox' | 'webhooks'

export interface QueueRules {
  /** Jobs of the queue at a time, in one process. Those of other queues take none of them. */
  readonly slots: number
  /** Of these, for one tenant. Default: all. */
  readonly slotsPerTenant?: number
  /** Whether a job waits for those that were added to its lane before it, also where they are to be tried again later. */
  readonly lanesKeepOrder: boolean
}

export type JobQueues = Readonly<Record<JobQueue, QueueRules>>

/** In the order in which they are asked for a job where one is wanted of any. */
export const JOB_QUEUES: JobQueues = {
  work: { slots: 2, lanesKeepOrder: true },
  outbox: { slots: 2, lanesKeepOrder: true },
  // Calls may hang for seconds. A message that is to be tried again in hours does not hold up the next.
  webhooks: { slots: 4, slotsPerTenant: 2, lanesKeepOrder: false },
}
