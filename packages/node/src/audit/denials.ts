import { LRUCache } from 'lru-cache'
import type { Principal } from '../context.ts'
import type { Database } from '../db/open.ts'
import type { ProblemError } from '../http/problem-error.ts'
import type { AuditService } from './service.ts'

/** Whoever knocks again and again at the same door is noted once in this time. */
const NOTED_MS = 60_000
const NOTED_DOORS = 10_000

export interface Denial {
  readonly principal: Principal
  readonly method: string
  /** As the contract writes it, without values. */
  readonly path: string
  readonly address: string | undefined
  readonly userAgent: string
}

export type NoteDenial = (error: ProblemError, denial: Denial) => Promise<void>

/** Writes into the log of a tenant what somebody known was refused. */
export function denialNotes({ database, audit }: { database: Database; audit: AuditService }): NoteDenial {
  const noted = new LRUCache<string, true>({ max: NOTED_DOORS, ttl: NOTED_MS })
  return async ({ code, status }, { principal, method, path, address, userAgent }) => {
    // Publishable keys lie open in pages: anybody could fill the log with them.
    if (status !== 403 || principal.kind === 'publishable' || principal.kind === 'visitor') return
    const actorId = principal.person?.actorId ?? principal.person?.user.id ?? principal.keyId
    const door = `${principal.tenant.id} ${actorId} ${method} ${path} ${code}`
    if (noted.has(door)) return
    noted.set(door, true)
    await database.tenant(principal.tenant.id).transaction((tx) =>
      audit.record(tx, {
        kind: 'access.denied',
        actorId,
        subjectId: null,
        caller: { address, userAgent },
        data: { route: `${method} ${path}`, code },
      }),
    )
  }
}
