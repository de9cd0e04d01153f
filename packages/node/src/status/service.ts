import type { Job, Model, RouteResult, Status, TillwrightContract } from '@tillwright/core/contract'
import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import type { Clock } from '../ports.ts'
import { remember } from './remember.ts'

const SHOWN_JOBS = 10
const SHOWN_MODELS = 5
/** The console asks every other second, and counting the rows of a large shop takes time: theirs may be so old. */
const COUNTS_MS = 30_000
const LARGE_SHOP_ROWS = 10_000

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
  readonly clock: Clock
  readonly models: { list(db: TenantDb, query: { limit: number }): Promise<{ items: Model[] }> }
}

/** Gathers what the console shows. The counts of a large shop are up to half a minute old. */
export function statusService({ system, counts, jobs, models, clock }: StatusPorts) {
  const countAll = async (db: TenantDb) => ({
    products: await counts.products(db),
    customers: await counts.customers(db),
    ...(await counts.orders(db)),
    events: await counts.events(db),
  })
  const lifeMs = (counted: Status['counts']) => (isLarge(counted) ? COUNTS_MS : 0)
  const countsOf = remember(countAll, lifeMs, clock)
  return async (db: TenantDb, tenant: Tenant): Promise<Status> => {
    const states = await jobs.counts(db)
    return {
      tenant: { id: tenant.publicId, name: tenant.name },
      health: system.health(),
      database: await system.databaseHealth(),
      readiness: await system.readiness(),
      counts: await countsOf(db),
      jobs: states.work,
      outbox: states.outbox,
      recentJobs: (await jobs.list(db, { limit: SHOWN_JOBS })).items,
      models: (await models.list(db, { limit: SHOWN_MODELS })).items,
    }
  }
}

function isLarge({ products, customers, orders, events }: Status['counts']): boolean {
  return products + customers + orders + events > LARGE_SHOP_ROWS
}
