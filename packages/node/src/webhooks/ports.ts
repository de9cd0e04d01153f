import type { TenantContext } from '../context.ts'
import type { TenantDb } from '../db/open.ts'

/** Notes in the audit log what was done, in its transaction. */
export type Note = (
  tx: TenantDb,
  kind: string,
  subjectId: string,
  data?: Readonly<Record<string, string | number | null>>,
) => Promise<void>

/** Notes under the name of whoever calls. */
export type NoteAs = (context: TenantContext) => Note

/** An event of another system whose signature was good. */
export interface IncomingEvent {
  readonly sourceId: string
  readonly sourceName: string
  /** What tells it from all others of its source. */
  readonly eventId: string
  /** What it is about. Where the sender's scheme does not sign it, a hint. */
  readonly kind: string | null
  readonly contentType: string
  /** As it came. */
  readonly body: Uint8Array
  /** ms since 1970. */
  readonly receivedAt: number
}

/**
 * Does what an event asks for, in the transaction that notes it as done: it runs once for each event that is kept. What it
 * throws undoes all of it, and the sender is told to send again.
 */
export type IncomingHandler = (tx: TenantDb, event: IncomingEvent) => Promise<void>
