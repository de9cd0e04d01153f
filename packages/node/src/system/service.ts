import type { RouteResult, TillwrightContract } from '@tillwright/core/contract'
import type { Database } from '../db/open.ts'
import { problem } from '../http/problem-error.ts'
import type { Clock } from '../ports.ts'

type System = TillwrightContract['system']
type Check = RouteResult<System['ready']>['checks'][number]

/** A part of the server that can say how it is. `degraded` works with an embedded default in place of a provider. */
export type HealthCheck = () => Promise<Check> | Check

/** Where the server stands between start and stop. */
export interface Lifecycle {
  phase: 'starting' | 'running' | 'draining'
}

export interface SystemPorts {
  readonly database: Database
  readonly clock: Clock
  readonly version: string
  readonly startedAt: number
  readonly lifecycle: Lifecycle
  readonly checks: readonly HealthCheck[]
}

export type SystemService = ReturnType<typeof systemService>

export function systemService({ database, clock, version, startedAt, lifecycle, checks }: SystemPorts) {
  async function databaseHealth(): Promise<RouteResult<System['databaseHealth']>> {
    try {
      return { status: 'ok', engine: database.engine, latencyMs: await database.ping() }
    } catch (error) {
      return { status: 'failed', engine: database.engine, latencyMs: null, detail: (error as Error).message }
    }
  }

  async function databaseCheck(): Promise<Check> {
    const { status, engine, detail } = await databaseHealth()
    if (status === 'ok' && engine === 'sqlite') return { name: 'database', status, detail: EMBEDDED_DATABASE }
    // What the driver says names hosts and users: the caller of a public probe learns the state only.
    return { name: 'database', status, ...(detail ? { detail: 'The database does not answer' } : {}) }
  }

  async function readiness(): Promise<RouteResult<System['ready']>> {
    const all = [phaseCheck(lifecycle), await databaseCheck(), ...(await Promise.all(checks.map((check) => check())))]
    return { status: worst(all.map(({ status }) => status)), checks: all }
  }

  return {
    alive: () => ({ status: 'ok' as const }),
    startup() {
      if (lifecycle.phase === 'starting') throw problem('unavailable', 'Migrations are being applied')
      return { status: 'ok' as const, checks: [] }
    },
    async ready() {
      const state = await readiness()
      if (state.status !== 'failed') return state
      const failed = state.checks.filter(({ status }) => status === 'failed')
      throw problem('unavailable', failed.map(({ name, detail }) => `${name}: ${detail}`).join('; '))
    },
    readiness,
    health: () => ({ status: 'ok' as const, version, uptimeSeconds: Math.round((clock() - startedAt) / 1000) }),
    async databaseHealth() {
      const { detail, ...health } = await databaseHealth()
      if (health.status === 'failed') throw problem('unavailable', 'The database does not answer')
      return health
    },
  }
}

const EMBEDDED_DATABASE = 'Embedded: one SQLite file, for the processes of this machine'

function phaseCheck({ phase }: Lifecycle): Check {
  if (phase === 'running') return { name: 'server', status: 'ok' }
  const detail = phase === 'starting' ? 'Still starting' : 'Finishing what is under way before it stops'
  return { name: 'server', status: 'failed', detail }
}

function worst(states: readonly Check['status'][]): Check['status'] {
  if (states.includes('failed')) return 'failed'
  return states.includes('degraded') ? 'degraded' : 'ok'
}
