import type { Accepted, TillwrightContract } from '@tillwright/core/contract'
import type { DomainHandlers, TenantContext } from '../context.ts'
import type { AuditAdministration } from './audit-service.ts'
import type { Actor } from './authority.ts'
import type { BlocksService } from './blocks-service.ts'
import type { UserImports } from './import.ts'
import type { KeysService } from './keys-service.ts'
import type { ReportsService } from './reports-service.ts'
import type { RolesService } from './roles-service.ts'
import type { TenantsService } from './tenants-service.ts'
import type { UsersService } from './users-service.ts'

export interface AdministrationServices {
  readonly users: UsersService
  readonly imports: UserImports
  readonly roles: RolesService
  readonly keys: KeysService
  readonly reports: ReportsService
  readonly audit: AuditAdministration
  readonly tenants: TenantsService
  readonly blocks: BlocksService
}

type Domains = Pick<TillwrightContract, keyof AdministrationHandlers>
type AdministrationHandlers = {
  readonly [D in 'users' | 'roles' | 'keys' | 'reports' | 'audit' | 'tenants' | 'blocks']: unknown
}

const SENT: Accepted = { status: 'accepted', message: 'A mail is on its way.' }

/** Who administers: somebody who is signed in or, where the route allows it, the holder of a key. */
function actorOf(context: TenantContext): Actor {
  const { principal } = context
  const caller = { address: context.remoteAddress, userAgent: context.header('user-agent') ?? '' }
  const { person } = principal
  if (!person) {
    const permissions = principal.scopes ?? new Set<never>()
    return { id: principal.keyId, userId: principal.keyId, role: '', permissions, isImpersonating: false, caller }
  }
  const { id, role, permissions } = person.user
  return { id: person.actorId ?? id, userId: id, role, permissions, isImpersonating: person.actorId !== null, caller }
}

export function administrationHandlers(services: AdministrationServices): {
  readonly [D in keyof Domains]: DomainHandlers<Domains[D]>
} {
  const { users, imports, roles, keys, reports, audit, tenants, blocks } = services
  return {
    users: {
      invite: (person, context) => users.invite(context.tenant, actorOf(context), person),
      list: (input, { db }) => users.list(db, input),
      get: ({ userId }, { db }) => users.get(db, userId),
      update: ({ userId, ...change }, context) => users.update(context.tenant, actorOf(context), userId, change),
      undo: ({ userId }, context) => users.undo(context.tenant, actorOf(context), userId),
      remove: ({ userId }, context) => users.remove(context.tenant, actorOf(context), userId),
      restore: ({ userId }, context) => users.restore(context.tenant, actorOf(context), userId),
      async sendPasswordLink({ userId }, context) {
        await users.sendPasswordLink(context.tenant, actorOf(context), userId)
        return SENT
      },
      sessions: ({ userId }, { db }) => users.sessions(db, userId),
      endSessions: ({ userId }, context) => users.endSessions(context.tenant, actorOf(context), userId),
      impersonate: ({ userId, reason }, context) => users.impersonate(context.tenant, actorOf(context), userId, reason),
      bulk: (input, context) => users.bulk(context.tenant, actorOf(context), input),
      export: (filter, context) => users.export(context.tenant, actorOf(context), filter),
      import: ({ upload, ...options }, context) => imports.queue(context.tenant, actorOf(context), upload, options),
      undoImport: ({ jobId }, context) => imports.queueUndo(context.tenant, actorOf(context), jobId),
    },
    roles: {
      list: (_input, { db }) => roles.list(db),
      get: ({ role }, { db }) => roles.get(db, role),
      put: (role, context) => roles.put(context.db, actorOf(context), role),
      remove: ({ role }, context) => roles.remove(context.db, actorOf(context), role),
    },
    keys: {
      list: (_input, { db }) => keys.list(db),
      create: (input, context) => keys.create(context.db, actorOf(context), input),
      update: (input, context) => keys.update(context.db, actorOf(context), input),
      rotate: ({ keyId, overlapSeconds }, context) => keys.rotate(context.db, actorOf(context), keyId, overlapSeconds),
      revoke: ({ keyId }, context) => keys.revoke(context.db, actorOf(context), keyId),
    },
    reports: {
      get: (range, { db, tenant }) => reports.get(db, tenant, range),
      export: (range, context) => reports.export(context.db, context.tenant, actorOf(context), range),
    },
    audit: {
      list: (input, { db }) => audit.list(db, input),
      export: (filter, context) => audit.export(context.db, actorOf(context), filter),
      verify: (_input, { db }) => audit.verify(db),
    },
    tenants: {
      list: (input) => tenants.list(input),
      create: (input, context) => tenants.create(context.tenant, actorOf(context), input),
      update: (input, context) => tenants.update(context.tenant, actorOf(context), input),
    },
    blocks: {
      list: (_input, context) => blocks.list(context.tenant, actorOf(context)),
      create: (input, context) => blocks.create(context.tenant, actorOf(context), input),
      remove: ({ blockId }, context) => blocks.remove(context.tenant, actorOf(context), blockId),
    },
  }
}
