import { LRUCache } from 'lru-cache'
import type { Tenant } from '../context.ts'
import type { Database } from '../db/open.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { Clock } from '../ports.ts'
import { listAddressBlocks } from './address-blocks-store.ts'
import { addressSubject } from './address-subject.ts'

/** A block, and the end of one, holds in every process after this time at the latest. */
const REMEMBERED_MS = 1_000
const REMEMBERED_TENANTS = 10_000

/**
 * Addresses that somebody of a tenant has blocked by hand: they are refused every call that is made as the tenant's visitor, or
 * with a key or session of the tenant. Pages and files that are the same for everybody are not asked about; nor are signed
 * events, whose senders their signature tells.
 */
export interface AddressBlocks {
  /** Throws `rate_limited` for a caller whose address is blocked. Answers at once what it knows. */
  refuse(tenant: Tenant, address: string | undefined): void | Promise<void>
  /** To be called when a tenant's blocks have changed: here they hold at once. */
  forget(tenantId: number): void
}

/** Looks blocks up in the database, once a second for a tenant that is asked for. */
export function addressBlocks({ database, clock }: { database: Database; clock: Clock }): AddressBlocks {
  const known = new LRUCache<number, ReadonlyMap<string, number>>({ max: REMEMBERED_TENANTS, ttl: REMEMBERED_MS })
  const reads = new Map<number, Promise<ReadonlyMap<string, number>>>()

  /** Who asks while somebody else's question is under way waits for the same answer. */
  function readOnce(tenantId: number): Promise<ReadonlyMap<string, number>> {
    const reading = reads.get(tenantId) ?? read(tenantId).finally(() => reads.delete(tenantId))
    reads.set(tenantId, reading)
    return reading
  }

  async function read(tenantId: number): Promise<ReadonlyMap<string, number>> {
    const blocks = await listAddressBlocks(database.tenant(tenantId), clock())
    const ends = new Map(blocks.map(({ subject, until }) => [subject, until]))
    known.set(tenantId, ends)
    return ends
  }

  function refuseBy(ends: ReadonlyMap<string, number>, address: string | undefined): void {
    if (ends.size === 0) return
    const waitMs = (ends.get(addressSubject(address)) ?? 0) - clock()
    if (waitMs <= 0) return
    throw new ProblemError('rate_limited', {
      detail: 'This network address is blocked for a while',
      retryAfterSeconds: Math.ceil(waitMs / 1_000),
    })
  }

  return {
    refuse({ id }, address) {
      const ends = known.get(id)
      return ends ? refuseBy(ends, address) : readOnce(id).then((found) => refuseBy(found, address))
    },
    forget(tenantId) {
      known.delete(tenantId)
      reads.delete(tenantId)
    },
  }
}
