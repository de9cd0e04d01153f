import type { Tenant } from '../context.ts'
import type { Database } from '../db/open.ts'
import type { AuditService } from './service.ts'

interface Block {
  /** The address as it is counted. */
  readonly subject: string
  /** Instant in ms since 1970. */
  readonly until: number
  readonly reason: string
}

export type NoteBlock = (block: Block, tenant: Tenant, address: string | undefined) => Promise<void>

/** Writes into the log of a tenant that the server blocked an address by itself. */
export function blockNotes({ database, audit }: { database: Database; audit: AuditService }): NoteBlock {
  return ({ subject, until, reason }, tenant, address) =>
    database.tenant(tenant.id).transaction((tx) =>
      audit.record(tx, {
        kind: 'address.blocked',
        actorId: null,
        subjectId: null,
        caller: { address, userAgent: '' },
        data: { rule: 'sign-in', address: subject, until: new Date(until).toISOString(), reason },
      }),
    )
}
