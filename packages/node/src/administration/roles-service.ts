import {
  BUILT_IN_ROLES,
  type BuiltInRole,
  type Permission,
  ROLE_PERMISSIONS,
  type Role,
} from '@tillwright/core/contract'
import { LRUCache } from 'lru-cache'
import type { AuditService } from '../audit/service.ts'
import type { Database, TenantDb } from '../db/open.ts'
import { problem } from '../http/problem-error.ts'
import type { Clock } from '../ports.ts'
import { type Actor, refuseBeyond } from './authority.ts'
import { deleteRole, findRole, listRoles, type OwnRole, putRole, rolesOfTenant } from './roles-store.ts'
import { isRoleHeld } from './users-store.ts'

/** A role that is changed counts within this time, in every process. */
const CACHE_MS = 1_000
const CACHED_TENANTS = 10_000

const BUILT_IN_WORDS: Readonly<Record<BuiltInRole, string>> = {
  customer: 'Buys, and sees what is their own',
  operator: 'Keeps the catalogue',
  accountant: 'Reads orders and reports',
  admin: 'Runs the shop and its people',
  owner: 'May do everything in the shop',
  superadmin: 'Runs the installation',
}

/** Of the installation: no role of a tenant's own may hold it. */
const OF_INSTALLATION: ReadonlySet<Permission> = new Set(['tenants:write'])

export type OwnRoles = ReadonlyMap<string, readonly Permission[]>

export interface RolesPorts {
  readonly database: Database
  readonly clock: Clock
  readonly audit: AuditService
}

export type RolesService = ReturnType<typeof rolesService>

/** Roles of a tenant's own, and what they may do. */
export function rolesService({ database, clock, audit }: RolesPorts) {
  const known = new LRUCache<number, OwnRoles>({ max: CACHED_TENANTS, ttl: CACHE_MS })

  /** Throws `not_found` where there is none of the name. */
  async function existing(db: TenantDb, name: string): Promise<OwnRole> {
    const row = await findRole(db, name)
    if (!row) throw problem('not_found', `There is no role ${name}`)
    return row
  }

  return {
    /** What each role of a tenant's own may do; remembered for a second. */
    async ofTenant(tenantId: number): Promise<OwnRoles> {
      const remembered = known.get(tenantId)
      if (remembered) return remembered
      const rows = await rolesOfTenant(database.system, tenantId)
      const roles = new Map(rows.map((row) => [row.name, permissionsIn(row)]))
      known.set(tenantId, roles)
      return roles
    },
    async list(db: TenantDb): Promise<{ items: Role[] }> {
      return { items: [...BUILT_IN_ROLES.map(builtIn), ...(await listRoles(db)).map(present)] }
    },
    async get(db: TenantDb, name: string): Promise<Role> {
      return isBuiltIn(name) ? builtIn(name) : present(await existing(db, name))
    },
    async put(
      db: TenantDb,
      actor: Actor,
      role: { role: string; description: string; permissions: readonly Permission[] },
    ): Promise<Role> {
      const { role: name, description } = role
      refuseBuiltIn(name)
      const permissions = [...new Set(role.permissions)].sort()
      refuseBeyond(actor, permissions)
      if (permissions.some((permission) => OF_INSTALLATION.has(permission))) {
        throw problem('forbidden', 'tenants:write is for the installation, not for a role of a tenant')
      }
      const row = { name, description, permissions: JSON.stringify(permissions) }
      await db.transaction(async (tx) => {
        await audit.record(tx, {
          kind: 'role.changed',
          actorId: actor.id,
          subjectId: null,
          caller: actor.caller,
          data: { role: name, permissions: permissions.join(' ') },
        })
        const before = await findRole(tx, name)
        if (before) refuseBeyond(actor, permissionsIn(before))
        await putRole(tx, row, clock())
      })
      known.delete(db.tenantId)
      return present(row)
    },
    async remove(db: TenantDb, actor: Actor, name: string): Promise<undefined> {
      refuseBuiltIn(name)
      await db.transaction(async (tx) => {
        await audit.hold(tx)
        refuseBeyond(actor, permissionsIn(await existing(tx, name)))
        if (await isRoleHeld(tx, name))
          throw problem('conflict', `Somebody has the role ${name}: give them another first`)
        await deleteRole(tx, name)
        const data = { role: name }
        await audit.record(tx, {
          kind: 'role.removed',
          actorId: actor.id,
          subjectId: null,
          caller: actor.caller,
          data,
        })
      })
      known.delete(db.tenantId)
    },
  }
}

function isBuiltIn(name: string): name is BuiltInRole {
  return (BUILT_IN_ROLES as readonly string[]).includes(name)
}

function refuseBuiltIn(name: string): void {
  if (isBuiltIn(name)) throw problem('conflict', `${name} is built in and stays as it is`)
}

function builtIn(name: BuiltInRole): Role {
  return {
    name,
    description: BUILT_IN_WORDS[name],
    permissions: [...ROLE_PERMISSIONS[name]],
    isBuiltIn: true,
  }
}

function permissionsIn({ permissions }: OwnRole): Permission[] {
  return JSON.parse(permissions) as Permission[]
}

function present(row: OwnRole): Role {
  return { name: row.name, description: row.description, permissions: permissionsIn(row), isBuiltIn: false }
}
