import * as z from 'zod/mini'
import { route, secretKeyOr } from './define.ts'
import { Job } from './jobs.ts'
import { Model } from './models.ts'
import { DatabaseHealth, Health, Readiness } from './system.ts'

const StateCounts = z.object({ queued: z.int(), running: z.int(), done: z.int(), dead: z.int() })

/** What the console shows, in one answer. */
export const Status = z.object({
  tenant: z.object({ id: z.string(), name: z.string() }),
  health: Health,
  database: DatabaseHealth,
  readiness: Readiness,
  counts: z.object({
    products: z.int(),
    customers: z.int(),
    orders: z.int(),
    orderLines: z.int(),
    events: z.int(),
  }),
  jobs: StateCounts,
  outbox: StateCounts,
  recentJobs: z.array(Job),
  models: z.array(Model),
})
export type Status = z.infer<typeof Status>

export const status = {
  get: route({ method: 'GET', path: '/admin/status', access: secretKeyOr('status:read'), output: Status }),
}
