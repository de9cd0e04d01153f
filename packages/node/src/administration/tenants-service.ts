import type { RouteParsed, Tenant as TenantView, TillwrightContract } from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { Tenant } from '../context.ts'
import type { Database } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { RegistrationService } from '../people/registration.ts'
import type { Clock, Random } from '../ports.ts'
import { createTenant, TenantSettingsError } from '../tenants/service.ts'
import { findTenantRecord, pageOfTenants, type TenantRecord, updateTenant } from '../tenants/store.ts'
import type { Actor } from './authority.ts'

type Tenants = TillwrightContract['tenants']

export interface TenantsPorts {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly audit: AuditService
  readonly invite: RegistrationService['invite']
}

export type TenantsService = ReturnType<typeof tenantsService>

/**
 * Tenants of the installation. Tenants and a tenant's log cannot share a transaction, so what is about to be done is in the
 * log of the administrator's own tenant before it is done.
 */
export function tenantsService({ database, clock, random, audit, invite }: TenantsPorts) {
  const { system } = database

  const announce = (own: Tenant, actor: Actor, kind: string, subjectId: string | null, data: Record<string, string>) =>
    database
      .tenant(own.id)
      .transaction((tx) => audit.record(tx, { kind, actorId: actor.id, subjectId, caller: actor.caller, data }))

  async function existing(publicId: string): Promise<TenantRecord> {
    const found = await findTenantRecord(system, publicId)
    if (!found) throw problem('not_found', `There is no tenant ${publicId}`)
    return found
  }

  return {
    async list({ cursor, limit }: RouteParsed<Tenants['list']>) {
      const [after] = cursor === undefined ? [0] : decodeCursor<[number]>(cursor, ['number'])
      return toPage(await pageOfTenants(system, after, limit + 1), limit, ({ id }) => [id], present)
    },

    async create(own: Tenant, actor: Actor, wanted: RouteParsed<Tenants['create']>): Promise<TenantView> {
      const { name, currency, timeZone, plan, ownerEmail } = wanted
      await announce(own, actor, 'tenant.created', null, { name, plan })
      const tenant = await createTenant({ database, clock, random }, { name, currency, timeZone }).catch(asInvalidInput)
      await updateTenant(system, tenant.id, { plan })
      if (ownerEmail !== undefined) {
        await database.tenant(tenant.id).transaction(async (tx) => {
          const owner = await invite(tx, tenant, { email: ownerEmail, role: 'owner', name: null, language: null })
          await audit.record(tx, {
            kind: 'user.invited',
            actorId: actor.id,
            subjectId: owner!.id,
            caller: null,
            data: { role: 'owner' },
          })
        })
      }
      return present(await existing(tenant.publicId))
    },

    async update(own: Tenant, actor: Actor, wanted: RouteParsed<Tenants['update']>): Promise<TenantView> {
      const { tenantId, name, plan, suspended } = wanted
      const { id, publicId, suspendedAt } = await existing(tenantId)
      if (suspended && id === own.id) throw problem('conflict', 'Nobody suspends the tenant that they sign in to')
      const change = {
        ...(name === undefined ? {} : { name }),
        ...(plan === undefined ? {} : { plan }),
        ...(suspended === undefined ? {} : { suspended_at: suspended ? (suspendedAt ?? clock()) : null }),
      }
      if (Object.keys(change).length > 0) {
        const what = suspended === undefined ? 'settings' : suspended ? 'suspended' : 'resumed'
        await announce(own, actor, 'tenant.changed', publicId, { what, ...(plan === undefined ? {} : { plan }) })
        await updateTenant(system, id, change)
      }
      return present(await existing(tenantId))
    },
  }
}

function asInvalidInput(error: unknown): never {
  if (!(error instanceof TenantSettingsError)) throw error
  const path = /time zone/.test(error.message) ? 'timeZone' : 'name'
  throw new ProblemError('invalid_input', { errors: [{ path, message: error.message }] })
}

function present(row: TenantRecord): TenantView {
  return {
    id: row.publicId,
    name: row.name,
    currency: row.currency,
    timeZone: row.timeZone,
    plan: row.plan,
    createdAt: new Date(row.createdAt).toISOString(),
    suspendedAt: row.suspendedAt === null ? null : new Date(row.suspendedAt).toISOString(),
  }
}
