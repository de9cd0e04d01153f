import { newId } from '@tillwright/core/contract'
import { LRUCache } from 'lru-cache'
import type { Tenant } from '../context.ts'
import type { Database } from '../db/open.ts'
import type { Clock, Random } from '../ports.ts'
import { findOnlyOpenTenant, findOpenTenantById, findTenantNamed, insertTenant } from './store.ts'
import { isTimeZone } from './time-zone.ts'

/** What is wrong with a tenant's settings, in a sentence. */
export class TenantSettingsError extends Error {
  override name = 'TenantSettingsError'
}

export interface TenantSettings {
  readonly name: string
  readonly currency: string
  readonly timeZone: string
}

export async function createTenant(
  { database, clock, random }: { database: Database; clock: Clock; random: Random },
  settings: TenantSettings,
): Promise<Tenant> {
  const { name, currency, timeZone } = settings
  if (name.trim() === '') throw new TenantSettingsError('A tenant needs a name')
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw new TenantSettingsError(`The currency must be an ISO 4217 code such as EUR, got "${currency}"`)
  }
  if (!isTimeZone(timeZone)) {
    throw new TenantSettingsError(`The time zone must be an IANA name such as Europe/Paris, got "${timeZone}"`)
  }
  const publicId = newId('ten', clock, random)
  return insertTenant(database.system, { publicId, name: name.trim(), currency, timeZone }, clock())
}

/** Finds a tenant by its public id or, where only one has it, by its name. */
export async function findTenant(database: Database, name: string): Promise<Tenant | undefined> {
  return findTenantNamed(database.system, name)
}

/** Finds a tenant by its public id, where it is not suspended: for those who let somebody in. */
export async function findOpenTenant(database: Database, publicId: string): Promise<Tenant | undefined> {
  return findOpenTenantById(database.system, publicId)
}

/** The tenant of an installation that has one only, unless it is suspended; looked up once a second at most. */
export function onlyTenant(database: Database): () => Promise<Tenant | undefined> {
  const found = new LRUCache<'only', { tenant: Tenant | undefined }>({ max: 1, ttl: ONLY_TENANT_MS })
  return async () => {
    let known = found.get('only')
    if (!known) {
      known = { tenant: await findOnlyOpenTenant(database.system) }
      found.set('only', known)
    }
    return known.tenant
  }
}

const ONLY_TENANT_MS = 1_000
