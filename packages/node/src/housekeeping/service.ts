import { setImmediate as breathe } from 'node:timers/promises'
import type { Database, TenantDb } from '../db/open.ts'
import type { Clock, FileStore, Logger } from '../ports.ts'
import { listTenants } from '../tenants/store.ts'
import { takeRound } from './store.ts'
import { removeStrayFiles } from './stray-files.ts'

const ROUND_EVERY_MS = 3_600_000
/** How often a process looks whether a round is due. */
const LOOK_EVERY_MS = 60_000

/** Removes some of what a tenant need not keep any longer, and returns how much; called again until that is 0. */
export type Sweep = (db: TenantDb, now: number) => Promise<number>

export interface HousekeepingPorts {
  readonly database: Database
  readonly files: FileStore
  readonly clock: Clock
  readonly log: Logger
  /** By what they remove, for the log. */
  readonly sweeps: Readonly<Record<string, Sweep>>
}

export interface Housekeeping {
  /** Does a round every hour from now on; of the processes that share a database one does it. */
  start(): void
  /** Does a round where one is due: how much of what it removed; `null` where none was. What fails is left to the next. */
  tidyIfDue(): Promise<Readonly<Record<string, number>> | null>
  /** Does no more, and resolves when the round under way has ended early. */
  stop(): Promise<void>
}

/** Removes what has had its day: see `RETENTION`. */
export function createHousekeeping(ports: HousekeepingPorts): Housekeeping {
  const { database, clock, log } = ports
  let timer: NodeJS.Timeout | undefined
  let round: Promise<unknown> = Promise.resolve()
  let isStopping = false

  async function tidyIfDue(): Promise<Record<string, number> | null> {
    const now = clock()
    if (isStopping || !(await takeRound(database.system, now, now - ROUND_EVERY_MS))) return null
    const removed: Record<string, number> = {}
    for (const { id } of await listTenants(database.system)) {
      for (const [name, sweep] of Object.entries(ports.sweeps)) {
        const count = await attempt(name, () => repeat(sweep, database.tenant(id), now))
        removed[name] = (removed[name] ?? 0) + count
      }
    }
    removed['stray files'] = await attempt('stray files', () => removeStrayFiles(database, ports.files, now))
    log.info({ removed }, 'housekeeping done')
    return removed
  }

  async function repeat(sweep: Sweep, db: TenantDb, now: number): Promise<number> {
    for (let total = 0; ; await breathe()) {
      const count = isStopping ? 0 : await sweep(db, now)
      if (count === 0) return total
      total += count
    }
  }

  async function attempt(name: string, work: () => Promise<number>): Promise<number> {
    try {
      return isStopping ? 0 : await work()
    } catch (error) {
      log.error({ err: error, sweep: name }, 'housekeeping failed; the next round tries again')
      return 0
    }
  }

  function look(): void {
    round = round
      .then(tidyIfDue)
      .catch((error: unknown) => log.error({ err: error }, 'housekeeping failed; the next round tries again'))
  }

  return {
    start() {
      if (timer || isStopping) return
      look()
      timer = setInterval(look, LOOK_EVERY_MS)
    },
    tidyIfDue,
    async stop() {
      isStopping = true
      clearInterval(timer)
      await round
    },
  }
}
