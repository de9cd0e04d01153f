import * as z from 'zod/mini'
import { file, route, secretKeyOr, stream } from './define.ts'
import { instant, ownId, page, pageQuery, text } from './schema.ts'

export const JOB_STATES = ['queued', 'running', 'done', 'dead'] as const

export const Job = z.object({
  id: ownId('job'),
  /** What it does: `orders.import`, `recommendations.train`, … */
  kind: z.string(),
  /** `work` stays in the process; `outbox` leaves it: mail, webhooks. */
  queue: z.enum(['work', 'outbox']),
  /** `dead`: every try failed; it waits for a person, who can retry it. */
  state: z.enum(JOB_STATES),
  attempts: z.int(),
  maxAttempts: z.int(),
  /** How far it is: `done` of `total`, where `total` is known. */
  progress: z.nullable(
    z.object({ done: z.number(), total: z.nullable(z.number()), unit: z.string(), note: z.optional(z.string()) }),
  ),
  /** What it gave, once done. */
  result: z.nullable(z.record(z.string(), z.unknown())),
  /** Why the last try failed. */
  error: z.nullable(z.string()),
  createdAt: instant(),
  runAt: instant(),
  finishedAt: z.nullable(instant()),
})
export type Job = z.infer<typeof Job>

const jobId = z.object({ jobId: ownId('job') })

export const jobs = {
  list: route({
    method: 'GET',
    path: '/admin/jobs',
    access: secretKeyOr('jobs:read'),
    query: z.object({
      ...pageQuery,
      state: z.optional(z.enum(JOB_STATES)),
      queue: z.optional(z.enum(['work', 'outbox'])),
      kind: z.optional(text(100)),
    }),
    output: page(Job),
    paged: true,
  }),
  get: route({
    method: 'GET',
    path: '/admin/jobs/{job_id}',
    access: secretKeyOr('jobs:read'),
    params: jobId,
    output: Job,
    errors: ['not_found'],
  }),
  /** The job now, and again at each change, until it is done or dead. */
  watch: route({
    method: 'GET',
    path: '/admin/jobs/{job_id}/events',
    access: secretKeyOr('jobs:read'),
    params: jobId,
    output: stream(Job),
    errors: ['not_found'],
    timeoutMs: 60 * 60_000,
  }),
  /** Puts a dead job back in the queue with fresh tries. */
  retry: route({
    method: 'POST',
    path: '/admin/jobs/{job_id}/retry',
    access: secretKeyOr('jobs:write'),
    params: jobId,
    output: Job,
    errors: ['not_found', 'conflict'],
  }),
  /** The rows that an import refused, as CSV: line, reason, and the row as it came. */
  rejects: route({
    method: 'GET',
    path: '/admin/jobs/{job_id}/rejects',
    access: secretKeyOr('jobs:read'),
    params: jobId,
    output: file(['text/csv'], 4 * 2 ** 30),
    errors: ['not_found'],
  }),
}
