import { BUILT_IN_ROLES, type Permission } from '@tillwright/core/contract'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { Caller } from '../people/sessions.ts'

/** Who administers, as they are at this moment. */
export interface Actor {
  /** For the audit log: who really acts, also where they act as another person. */
  readonly id: string
  /** Whose rights count. */
  readonly userId: string
  readonly role: string
  readonly permissions: ReadonlySet<Permission>
  /** Whether they act as another person. */
  readonly isImpersonating: boolean
  readonly caller: Caller | null
}

/** What the roles of a tenant may do. */
export type PermissionsOf = (role: string) => ReadonlySet<Permission>

const SUPERADMIN = 'superadmin'

/** Nobody deals with a role that may do more than their own. Throws where the actor would. */
export function refuseAbove(actor: Actor, role: string, permissionsOf: PermissionsOf): void {
  const isSuperadmin = role === SUPERADMIN && actor.role !== SUPERADMIN
  if (isSuperadmin || !holdsAll(actor, permissionsOf(role))) {
    throw problem('forbidden', `The role ${role} may do more than yours`)
  }
}

/** Throws where the actor would hand out what they do not have. */
export function refuseBeyond(actor: Actor, permissions: Iterable<Permission>): void {
  const missing = [...permissions].filter((permission) => !actor.permissions.has(permission))
  if (missing.length > 0) throw problem('forbidden', `You lack ${missing.join(', ')} and cannot give what you lack`)
}

function holdsAll(actor: Actor, permissions: Iterable<Permission>): boolean {
  for (const permission of permissions) if (!actor.permissions.has(permission)) return false
  return true
}

/** Throws where nobody can have the role, for there is none of the name. */
export function refuseUnknownRole(role: string, own: ReadonlyMap<string, unknown>): void {
  if ((BUILT_IN_ROLES as readonly string[]).includes(role) || own.has(role)) return
  throw new ProblemError('invalid_input', { errors: [{ path: 'role', message: `there is no role ${role}` }] })
}

/** Throws where somebody would change their own rights. */
export function refuseSelf(actor: Actor, userId: string): void {
  if (actor.userId !== userId && actor.id !== userId) return
  throw problem(
    'forbidden',
    'Nobody changes their own role, status or account here: let somebody else, or use /auth/account',
  )
}
