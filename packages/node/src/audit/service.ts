import { createHash } from 'node:crypto'
import type { TenantDb } from '../db/open.ts'
import type { Clock } from '../ports.ts'
import {
  type AuditFilter,
  type AuditRow,
  append,
  dropBefore,
  headOf,
  holdChain,
  readAfter,
  searchAudit,
  takeNumber,
} from './store.ts'

const ROWS_PER_READ = 1_000
const MAX_USER_AGENT = 300

export interface AuditEvent {
  readonly kind: string
  readonly actorId: string | null
  readonly subjectId: string | null
  readonly caller: { readonly address: string | undefined; readonly userAgent: string } | null
  readonly data: Readonly<Record<string, string | number | boolean | null>>
}

/** What a look at the chain found. */
export interface ChainReport {
  readonly isSound: boolean
  readonly rows: number
  /** Number of the first row that is not as it was written. */
  readonly brokenAt: number | null
  readonly problem: string | null
}

export type AuditService = ReturnType<typeof auditService>

/** The log of what people and programs did: a chain of hashes, so that what is changed afterwards shows. */
export function auditService({ clock }: { clock: Clock }) {
  return {
    /** Adds an entry in the transaction of what it tells of. */
    async record(tx: TenantDb, event: AuditEvent): Promise<void> {
      const { number, previous } = await takeNumber(tx)
      const row = {
        number,
        at: clock(),
        kind: event.kind,
        actorId: event.actorId,
        subjectId: event.subjectId,
        address: event.caller?.address ?? null,
        userAgent: event.caller?.userAgent.slice(0, MAX_USER_AGENT) || null,
        data: JSON.stringify(event.data),
      }
      await append(tx, { ...row, hash: chainHash(previous, row) })
    },

    /** Changes that are written in the log follow one another from here to the end of the transaction. */
    hold: (tx: TenantDb): Promise<void> => holdChain(tx),

    search: (db: TenantDb, filter: AuditFilter): Promise<AuditRow[]> => searchAudit(db, filter),

    /** Walks the chain from its beginning. */
    async verify(db: TenantDb): Promise<ChainReport> {
      const head = await headOf(db)
      if (!head) return { isSound: true, rows: 0, brokenAt: null, problem: null }
      let number = head.droppedThrough
      let hash = head.droppedHash
      let rows = 0
      const broken = (brokenAt: number, problem: string): ChainReport => ({ isSound: false, rows, brokenAt, problem })
      for (;;) {
        const read = await readAfter(db, number, ROWS_PER_READ)
        for (const row of read) {
          if (row.number !== number + 1) return broken(number + 1, 'entries are missing')
          if (row.hash !== chainHash(hash, row)) return broken(row.number, 'the entry is not as it was written')
          number = row.number
          hash = row.hash
          rows++
        }
        if (read.length < ROWS_PER_READ) break
      }
      if (number !== head.count || hash !== head.hash) return broken(number + 1, 'the last entries are missing')
      return { isSound: true, rows, brokenAt: null, problem: null }
    },

    /** Drops what is older than `retentionMs`. */
    dropOld: (tx: TenantDb, retentionMs: number): Promise<number> => dropBefore(tx, clock() - retentionMs),
  }
}

function chainHash(previous: string, row: Omit<AuditRow, 'hash'>): string {
  const { number, at, kind, actorId, subjectId, address, userAgent, data } = row
  const text = JSON.stringify([previous, number, at, kind, actorId, subjectId, address, userAgent, data])
  return createHash('sha256').update(text).digest('hex')
}
