import * as z from 'zod/mini'
import { anyone, route } from './define.ts'

const CheckState = z.enum(['ok', 'degraded', 'failed'])

export const Health = z.object({
  status: CheckState,
  version: z.string(),
  uptimeSeconds: z.number(),
})

export const DatabaseHealth = z.object({
  status: CheckState,
  engine: z.enum(['sqlite', 'postgres']),
  /** Round trip of one trivial query, in ms. */
  latencyMs: z.nullable(z.number()),
  detail: z.optional(z.string()),
})

export const Readiness = z.object({
  status: CheckState,
  checks: z.array(z.object({ name: z.string(), status: CheckState, detail: z.optional(z.string()) })),
})

/** Probes. `alive`: the process runs. `startup`: migrations are done. `ready`: send traffic here. */
export const system = {
  alive: route({ method: 'GET', path: '/alive', access: anyone, output: z.object({ status: z.literal('ok') }) }),
  startup: route({ method: 'GET', path: '/startup', access: anyone, output: Readiness, errors: ['unavailable'] }),
  ready: route({ method: 'GET', path: '/ready', access: anyone, output: Readiness, errors: ['unavailable'] }),
  health: route({ method: 'GET', path: '/health', access: anyone, output: Health }),
  databaseHealth: route({
    method: 'GET',
    path: '/health/db',
    access: anyone,
    output: DatabaseHealth,
    errors: ['unavailable'],
  }),
}
