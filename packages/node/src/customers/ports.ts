import type { TenantDb } from '../db/open.ts'

/** What customers need of other domains; wired in `server.ts`. */
export interface CustomerPorts {
  /** Takes a customer's name off everything that a domain keeps, in the transaction of the erasure. */
  readonly forget: readonly ((tx: TenantDb, customerId: string) => Promise<void>)[]
}
