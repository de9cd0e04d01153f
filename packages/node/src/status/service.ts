import type { Job, Model, RouteResult, Status, TillwrightContract } from '@tillwright/core/contract'
import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'

const SHOWN_JOBS = 10
const SHOWN_MODELS = 5

/** What the status page needs of other domains; wired in `server.ts`. */
export interface StatusPorts {
  readonly system: {
    health(): RouteResult<TillwrightContract['system']['health']>
    databaseHealth(): Promise<RouteResult<TillwrightContract['system']['databaseHealth']>>
    readiness(): Promise<RouteResult<TillwrightContract['system']['ready']>>
  }
  readonly counts: {
    products(db: TenantDb): Promise<number>
    customers(db: TenantDb): Promise<number>
    orders(db: TenantDb): Promise<{ orders: number; orderLines: number }>
    events(db: TenantDb): Promise<number>
  }
  readonly jobs: {
    counts(db: TenantDb): Promise<{ work: Status['jobs']; outbox: Status['outbox'] }>
    list(db: TenantDb, query: { limit: number }): Promise<{ items: Job[] }>
  }
  readonly models: { list(db: TenantDb, query: { limit: number }): Promise<{ items: Model[] }> }
}

/** Gathers what the console shows. */
export async function gatherStatus(db: TenantDb, tenant: Tenant, ports: StatusPorts): Promise<Status> {
  const { system, counts, jobs, models } = ports
  const states = await jobs.counts(db)
  return {
    tenant: { id: tenant.publicId, name: tenant.name },
    health: system.health(),
    database: await system.databaseHealth(),
    readiness: await system.readiness(),
    counts: {
      products: await counts.products(db),
      customers: await counts.customers(db),
      ...(await counts.orders(db)),
      events: await counts.events(db),
    },
    jobs: states.work,
    outbox: states.outbox,
    recentJobs: (await jobs.list(db, { limit: SHOWN_JOBS })).items,
    models: (await models.list(db, { limit: SHOWN_MODELS })).items,
  }
}
