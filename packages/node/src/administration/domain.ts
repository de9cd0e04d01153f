import type { Job } from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { Database, TenantDb } from '../db/open.ts'
import { importHandler } from '../imports/service.ts'
import type { JobHandler } from '../jobs/runner.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { AddressBlocks, RouteLimits } from '../limits/index.ts'
import type { PeopleDomain } from '../people/domain.ts'
import type { Clock, FileStore, Random, SecretBytes } from '../ports.ts'
import { auditAdministration } from './audit-service.ts'
import { blocksService } from './blocks-service.ts'
import { bulkJob } from './bulk.ts'
import { administrationHandlers } from './handlers.ts'
import { USERS_IMPORT, USERS_IMPORT_UNDO, userImports } from './import.ts'
import { keysService } from './keys-service.ts'
import { reportsService } from './reports-service.ts'
import type { RolesService } from './roles-service.ts'
import { tenantsService } from './tenants-service.ts'
import { USERS_BULK, usersService } from './users-service.ts'

export interface AdministrationPorts {
  readonly database: Database
  readonly files: FileStore
  readonly clock: Clock
  readonly random: Random
  readonly secretBytes: SecretBytes
  readonly audit: AuditService
  readonly enqueue: Enqueue
  readonly findJob: (db: TenantDb, id: string) => Promise<Job>
  readonly forgetMail: (tx: TenantDb, address: string) => Promise<void>
  readonly people: PeopleDomain
  readonly roles: RolesService
  readonly limits: Pick<RouteLimits, 'signInBlocks' | 'unblockSignIn'> | null
  readonly addressBlocks: AddressBlocks
}

/** Wires what administrators do: handlers of seven domains of the contract, and their jobs. */
export function administrationDomain(ports: AdministrationPorts) {
  const { audit, roles, people } = ports
  const { invite, inviteMany } = people.services.registration
  const users = usersService({ ...ports, rolesOf: roles.ofTenant })
  const imports = userImports({ ...ports, users, inviteMany })
  const jobs: Readonly<Record<string, JobHandler>> = {
    [USERS_BULK]: bulkJob(users),
    [USERS_IMPORT]: importHandler(ports.files, imports.run),
    [USERS_IMPORT_UNDO]: imports.undo,
  }
  const handlers = administrationHandlers({
    users,
    imports,
    roles,
    keys: keysService(ports),
    reports: reportsService(ports),
    audit: auditAdministration(audit),
    tenants: tenantsService({ ...ports, invite }),
    blocks: blocksService(ports),
  })
  return { handlers, jobs }
}
