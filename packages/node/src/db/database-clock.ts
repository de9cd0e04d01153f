import { sql } from 'kysely'
import type { Clock, Logger } from '../ports.ts'
import type { Database } from './open.ts'

/** Clocks that agree to this are left alone: network time keeps machines far closer. */
const TOLERATED_MS = 1_000
const LOOK_MS = 10_000

export interface DatabaseClockPorts {
  readonly database: Database
  /** The machine's. */
  readonly own: Clock
  readonly log: Logger
}

export interface DatabaseClock {
  readonly clock: Clock
  /** Sets it, and keeps it set until `stop`. */
  start(): Promise<void>
  stop(): void
}

/**
 * The time that all processes of a PostgreSQL share: the machine's, put right by the database's where they differ by more than
 * a second. Else a process whose clock is slow would let sessions and mailed links live longer than they say, and one whose
 * clock is fast would issue tokens that the others refuse. The processes of a SQLite file share a machine and its clock.
 */
export function databaseClock({ database, own, log }: DatabaseClockPorts): DatabaseClock {
  let leadMs = 0
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    const before = own()
    const { rows } = await sql<{ now: string | number }>`
      select extract(epoch from clock_timestamp()) * 1000 as now`.execute(database.system)
    const after = own()
    const measuredMs = (before + after) / 2 - Number(rows[0]!.now)
    const isOff = Math.abs(measuredMs) > TOLERATED_MS + Math.abs(after - before) / 2
    if (isOff && leadMs === 0) {
      const seconds = Math.round(measuredMs / 1000)
      log.warn({ seconds }, 'the clock of this machine differs from the database’s, by which this process goes now')
    }
    leadMs = isOff ? Math.round(measuredMs) : 0
  }

  return {
    clock: () => own() - leadMs,
    async start() {
      if (database.engine !== 'postgres' || timer) return
      await look()
      timer = setInterval(() => {
        look().catch((error: unknown) => log.warn({ err: error }, 'the database could not be asked for the time'))
      }, LOOK_MS)
      timer.unref()
    },
    stop: () => clearInterval(timer),
  }
}
