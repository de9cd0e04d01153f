import {
  type AdminUser,
  type BulkAction,
  type Job,
  newId,
  type RouteParsed,
  type Session,
  type TillwrightContract,
} from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { Tenant } from '../context.ts'
import type { Database, TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { PeopleDomain } from '../people/domain.ts'
import { refuseLastKeeper } from '../people/keepers.ts'
import { permissionsOf, presentPerson } from '../people/present.ts'
import {
  emailKey,
  findUser,
  findUserByEmail,
  type UserChange,
  type UserRow,
  updateUser,
} from '../people/users-store.ts'
import type { Clock, Random } from '../ports.ts'
import { csvRow } from '../security/csv.ts'
import { type Actor, type PermissionsOf, refuseAbove, refuseSelf, refuseUnknownRole } from './authority.ts'
import { keepChange, lastChange, lastChangeTimes, markUndone } from './changes-store.ts'
import { csvFile } from './csv-file.ts'
import type { OwnRoles } from './roles-service.ts'
import { pageOfUsers, SORTINGS, type UserFilter, withTwoFactor } from './users-store.ts'

const DAY_MS = 86_400_000
/** How long a change of a person can be taken back. */
export const UNDO_MS = DAY_MS
/** How long a removed person can be brought back; then everything about them is erased. */
export const RESTORE_MS = 30 * DAY_MS
const EXPORT_PAGE = 1_000

export const USERS_BULK = 'users.bulk'

type Users = TillwrightContract['users']
type Listing = RouteParsed<Users['list']>
type Change = Omit<RouteParsed<Users['update']>, 'userId'>
type Bulk = RouteParsed<Users['bulk']>

/** What can be changed and taken back. */
type Changed = Partial<Pick<UserRow, 'name' | 'language' | 'role' | 'status'>>

export interface BulkPayload {
  readonly actorId: string
  readonly action: BulkAction
  readonly userIds: readonly string[]
  readonly role: string | null
}

export interface UsersPorts {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly audit: AuditService
  readonly enqueue: Enqueue
  readonly people: PeopleDomain
  readonly rolesOf: (tenantId: number) => Promise<OwnRoles>
}

export type UsersService = ReturnType<typeof usersService>

/** What administrators do with people. */
export function usersService(ports: UsersPorts) {
  const { database, clock, random, audit, enqueue, people } = ports
  const { registration, sessions, account } = people.services

  const record = (tx: TenantDb, actor: Actor, kind: string, subjectId: string | null, data: AuditData = {}) =>
    audit.record(tx, {
      kind,
      actorId: actor.id,
      subjectId,
      caller: actor.caller,
      data: actor.isImpersonating ? { ...data, as: actor.userId } : data,
    })

  async function present(db: TenantDb, rows: readonly UserRow[]): Promise<AdminUser[]> {
    const now = clock()
    const ids = rows.map(({ id }) => id)
    const twoFactor = await withTwoFactor(db, ids)
    const changedAt = await lastChangeTimes(db, ids, now - UNDO_MS)
    return rows.map((row) => presentUser(row, twoFactor.has(row.id), undoUntil(row, changedAt.get(row.id), now)))
  }

  async function presentOne(db: TenantDb, id: string): Promise<AdminUser> {
    const [user] = await present(db, [await existing(db, id)])
    return user!
  }

  /** Throws `not_found`: for who is not there, and for whose tenant is another. */
  async function existing(db: TenantDb, id: string): Promise<UserRow> {
    const row = await findUser(db, id)
    if (!row) throw notFound(id)
    return row
  }

  async function permissionsIn(tenant: Tenant): Promise<{ own: OwnRoles; of: PermissionsOf }> {
    const own = await ports.rolesOf(tenant.id)
    return { own, of: (role) => permissionsOf(role, own) }
  }

  /** A person whom the actor may deal with. The transaction holds the log: what is checked now stays so until it ends. */
  async function held(tx: TenantDb, actor: Actor, id: string, of: PermissionsOf): Promise<UserRow> {
    await audit.hold(tx)
    const user = await existing(tx, id)
    refuseAbove(actor, user.role, of)
    return user
  }

  /** Applies what differs, and keeps how it was. Returns whether anything did. */
  async function apply(tx: TenantDb, actor: Actor, user: UserRow, after: Changed): Promise<boolean> {
    const changed = Object.entries(after).filter(([field, value]) => user[field as keyof Changed] !== value)
    if (changed.length === 0) return false
    const difference = Object.fromEntries(changed) as Changed
    const losesRights = difference.role !== undefined || difference.status === 'suspended'
    if (losesRights) await refuseLastKeeper(tx, user)
    await updateUser(tx, user.id, { ...difference, updated_at: clock() })
    if (losesRights) await sessions.endAll(tx, user.id, 'changed by an administrator')
    for (const { kind, data } of eventsOf(user, difference)) await record(tx, actor, kind, user.id, data)
    return true
  }

  async function change(tx: TenantDb, actor: Actor, id: string, wanted: Change, roles: Roles): Promise<void> {
    const user = await held(tx, actor, id, roles.of)
    if (user.status === 'removed') throw problem('conflict', 'The person is removed: bring them back first')
    const after = withoutUndefined({
      name: wanted.name,
      language: wanted.language,
      role: wanted.role,
      status: wanted.status === undefined ? undefined : statusFor(user, wanted.status),
    })
    if ((after.role ?? user.role) !== user.role || (after.status ?? user.status) !== user.status) {
      refuseSelf(actor, id)
    }
    if (after.role !== undefined) {
      refuseUnknownRole(after.role, roles.own)
      refuseAbove(actor, after.role, roles.of)
    }
    if (!(await apply(tx, actor, user, after))) return
    await keepChange(tx, {
      id: newId('chg', clock, random),
      user_id: id,
      kind: 'update',
      actor_id: actor.id,
      at: clock(),
      before: JSON.stringify(Object.fromEntries(Object.keys(after).map((field) => [field, user[field as 'name']]))),
      after: JSON.stringify(after),
    })
  }

  /** Removes somebody; who is removed already stays so. */
  async function remove(tx: TenantDb, tenant: Tenant, actor: Actor, id: string, roles: Roles): Promise<void> {
    refuseSelf(actor, id)
    const user = await held(tx, actor, id, roles.of)
    if (user.status === 'removed') return
    await refuseLastKeeper(tx, user)
    await removeQuietly(tx, actor, user)
    // Who never came in has nothing that could be missed.
    if (user.status === 'invited') return
    await people.people.mail(tx, { tenant, user, template: 'account-deleted', data: {}, caller: null })
  }

  async function removeQuietly(tx: TenantDb, actor: Actor, user: UserRow, data: AuditData = {}): Promise<void> {
    const now = clock()
    await updateUser(tx, user.id, { status: 'removed', email_key: null, removed_at: now, updated_at: now })
    await account.forgetAccess(tx, user.id, 'removed by an administrator')
    await keepChange(tx, {
      id: newId('chg', clock, random),
      user_id: user.id,
      kind: 'remove',
      actor_id: actor.id,
      at: now,
      before: JSON.stringify({ status: user.status }),
      after: JSON.stringify({ status: 'removed' }),
    })
    await record(tx, actor, 'user.removed', user.id, data)
  }

  async function restore(tx: TenantDb, tenant: Tenant, actor: Actor, id: string, roles: Roles): Promise<void> {
    const user = await held(tx, actor, id, roles.of)
    const now = clock()
    if (user.status !== 'removed') throw problem('conflict', 'The person is not removed')
    if (user.removed_at! + RESTORE_MS <= now)
      throw problem('conflict', 'The 30 days in which that could be undone are over')
    if (await findUserByEmail(tx, user.email)) {
      throw problem('conflict', 'Somebody else has the address by now: remove or change that account first')
    }
    const removal = await lastChange(tx, id, 'remove', user.removed_at! - 1)
    const status = removal ? (JSON.parse(removal.before) as { status: UserRow['status'] }).status : cameIn(user)
    const back = { status, email_key: emailKey(user.email), removed_at: null, updated_at: now } satisfies UserChange
    await updateUser(tx, id, back)
    if (removal) await markUndone(tx, removal.id, now)
    await record(tx, actor, 'user.restored', id)
    if (status === 'invited') await registration.inviteAgain(tx, tenant, { ...user, ...back })
  }

  const inTenant = (tenant: Tenant) => database.tenant(tenant.id)

  return {
    async list(db: TenantDb, { cursor, limit, sort, ...filter }: Listing) {
      const { key, isDescending } = sortingOf(sort)
      const { kind, placeOf } = SORTINGS[key]
      const after = cursor === undefined ? undefined : decodeCursor<[string | number, string]>(cursor, [kind, 'string'])
      const rows = await pageOfUsers(db, { ...filter, sort: key, isDescending, after, limit: limit + 1 })
      const page = toPage(
        rows,
        limit,
        (row) => [placeOf(row), row.id],
        (row) => row,
      )
      return { items: await present(db, page.items), nextCursor: page.nextCursor }
    },

    get: presentOne,

    async invite(tenant: Tenant, actor: Actor, person: RouteParsed<Users['invite']>): Promise<AdminUser> {
      const db = inTenant(tenant)
      const roles = await permissionsIn(tenant)
      refuseUnknownRole(person.role, roles.own)
      refuseAbove(actor, person.role, roles.of)
      const { email, role, name = null, language = null } = person
      const user = await db.transaction(async (tx) => {
        const invited = await registration.invite(tx, tenant, { email, role, name, language })
        if (!invited) throw problem('conflict', 'Somebody with this address is there already')
        await record(tx, actor, 'user.invited', invited.id, { role })
        return invited
      })
      return presentOne(db, user.id)
    },

    async update(tenant: Tenant, actor: Actor, id: string, wanted: Change): Promise<AdminUser> {
      const db = inTenant(tenant)
      const roles = await permissionsIn(tenant)
      await db.transaction((tx) => change(tx, actor, id, wanted, roles))
      return presentOne(db, id)
    },

    /** Takes back the last change, where nothing else has touched the same since. */
    async undo(tenant: Tenant, actor: Actor, id: string): Promise<AdminUser> {
      const db = inTenant(tenant)
      const roles = await permissionsIn(tenant)
      await db.transaction(async (tx) => {
        const user = await held(tx, actor, id, roles.of)
        const last = await lastChange(tx, id, 'update', clock() - UNDO_MS)
        if (!last) throw problem('conflict', 'There is no change of the last 24 hours to take back')
        const before = JSON.parse(last.before) as Changed
        const after = JSON.parse(last.after) as Changed
        const isAsLeft = Object.entries(after).every(([field, value]) => user[field as keyof Changed] === value)
        if (!isAsLeft)
          throw problem('conflict', 'The person was changed in another way since: change them again instead')
        if (before.role !== undefined || before.status !== undefined) refuseSelf(actor, id)
        if (before.role !== undefined) {
          refuseUnknownRole(before.role, roles.own)
          refuseAbove(actor, before.role, roles.of)
        }
        await apply(tx, actor, user, before)
        await markUndone(tx, last.id, clock())
        await record(tx, actor, 'user.change_undone', id)
      })
      return presentOne(db, id)
    },

    async remove(tenant: Tenant, actor: Actor, id: string): Promise<undefined> {
      const roles = await permissionsIn(tenant)
      await inTenant(tenant).transaction((tx) => remove(tx, tenant, actor, id, roles))
    },

    removeQuietly,

    async restore(tenant: Tenant, actor: Actor, id: string): Promise<AdminUser> {
      const db = inTenant(tenant)
      const roles = await permissionsIn(tenant)
      await db.transaction((tx) => restore(tx, tenant, actor, id, roles))
      return presentOne(db, id)
    },

    /** Starts a reset: an administrator never sets a password. */
    async sendPasswordLink(tenant: Tenant, actor: Actor, id: string): Promise<void> {
      const db = inTenant(tenant)
      const roles = await permissionsIn(tenant)
      const user = await existing(db, id)
      refuseAbove(actor, user.role, roles.of)
      if (user.status !== 'active' && user.status !== 'invited') {
        throw problem('conflict', `The person is ${user.status} and could not sign in`)
      }
      await db.transaction((tx) => record(tx, actor, 'user.password_link_sent', id))
      const caller = actor.caller ?? { address: undefined, userAgent: '' }
      await registration.requestLink(tenant, { email: user.email, purpose: 'reset-password', caller })
    },

    async sessions(db: TenantDb, id: string): Promise<{ items: Session[] }> {
      await existing(db, id)
      return { items: await sessions.list(db, id, null) }
    },

    async endSessions(tenant: Tenant, actor: Actor, id: string): Promise<undefined> {
      const roles = await permissionsIn(tenant)
      await inTenant(tenant).transaction(async (tx) => {
        await held(tx, actor, id, roles.of)
        const ended = await sessions.endAll(tx, id, 'ended by an administrator')
        await record(tx, actor, 'user.sessions_ended', id, { sessions: ended })
      })
    },

    /** Opens a session in which the actor acts as the person. */
    async impersonate(tenant: Tenant, actor: Actor, id: string, reason: string) {
      const db = inTenant(tenant)
      const roles = await permissionsIn(tenant)
      if (actor.isImpersonating) throw problem('forbidden', 'Who acts as somebody else cannot act as a third')
      refuseSelf(actor, id)
      const opened = await db.transaction(async (tx) => {
        const user = await held(tx, actor, id, roles.of)
        if (user.status !== 'active') throw problem('conflict', `The person is ${user.status} and has no sessions`)
        const begun = await sessions.open(tx, {
          user,
          caller: actor.caller ?? { address: undefined, userAgent: '' },
          remember: false,
          delivery: 'token',
          actor: { id: actor.id, reason },
        })
        await record(tx, actor, 'user.impersonated', id, { reason, session: begun.session.id })
        return begun
      })
      const { accessToken, accessExpiresAt, session } = await sessions.grant(tenant, opened)
      return {
        accessToken,
        accessExpiresAt: new Date(accessExpiresAt).toISOString(),
        sessionId: session.id,
        user: await presentOne(db, id),
      }
    },

    /** Queues the same for many. */
    async bulk(tenant: Tenant, actor: Actor, { action, userIds, role }: Bulk): Promise<Job> {
      const roles = await permissionsIn(tenant)
      if ((action === 'set-role') !== (role !== undefined)) {
        throw new ProblemError('invalid_input', {
          errors: [{ path: 'role', message: 'goes with set-role, and only with it' }],
        })
      }
      if (role !== undefined) {
        refuseUnknownRole(role, roles.own)
        refuseAbove(actor, role, roles.of)
      }
      if (actor.isImpersonating) throw problem('forbidden', 'Not while acting as somebody else')
      const ids = [...new Set(userIds)]
      const payload: BulkPayload = { actorId: actor.userId, action, userIds: ids, role: role ?? null }
      return inTenant(tenant).transaction(async (tx) => {
        const job = await enqueue(tx, USERS_BULK, payload, { lane: 'users' })
        await record(tx, actor, 'users.bulk_queued', null, { action, people: ids.length, job: job.id })
        return job
      })
    },

    /** One person of a bulk operation, in a transaction of their own. */
    async one(tenant: Tenant, actor: Actor, id: string, { action, role }: BulkPayload): Promise<void> {
      const roles = await permissionsIn(tenant)
      await inTenant(tenant).transaction((tx) => {
        switch (action) {
          case 'suspend':
            return change(tx, actor, id, { status: 'suspended' }, roles)
          case 'activate':
            return change(tx, actor, id, { status: 'active' }, roles)
          case 'set-role':
            return change(tx, actor, id, { role: role! }, roles)
          case 'remove':
            return remove(tx, tenant, actor, id, roles)
          case 'restore':
            return restore(tx, tenant, actor, id, roles)
        }
      })
    },

    /** The actor of a job, as they are when it runs: who has lost their rights meanwhile does nothing more. */
    async actorOf(tenant: Tenant, userId: string): Promise<Actor> {
      const user = await findUser(inTenant(tenant), userId)
      const permissions = user ? (await permissionsIn(tenant)).of(user.role) : new Set<never>()
      if (user?.status !== 'active' || !permissions.has('users:write')) {
        throw problem('forbidden', 'Whoever asked for this may not do it any more')
      }
      return { id: userId, userId, role: user.role, permissions, isImpersonating: false, caller: null }
    },

    async refuseGiving(tenant: Tenant, actor: Actor, role: string): Promise<void> {
      const roles = await permissionsIn(tenant)
      refuseUnknownRole(role, roles.own)
      refuseAbove(actor, role, roles.of)
    },

    /** Everybody who fits, as CSV. */
    async export(tenant: Tenant, actor: Actor, { sort, ...filter }: UserFilter & Pick<Listing, 'sort'>) {
      const db = inTenant(tenant)
      await db.transaction((tx) => record(tx, actor, 'users.exported', null))
      const { key, isDescending } = sortingOf(sort)
      async function* rows() {
        yield csvRow(EXPORTED)
        let after: [string | number, string] | undefined
        for (;;) {
          const read = await pageOfUsers(db, { ...filter, sort: key, isDescending, after, limit: EXPORT_PAGE })
          yield (await present(db, read)).map((user) => csvRow(EXPORTED.map((field) => user[field]))).join('')
          const last = read.at(-1)
          if (read.length < EXPORT_PAGE || !last) return
          after = [SORTINGS[key].placeOf(last), last.id]
        }
      }
      return csvFile('people.csv', rows())
    },
  }
}

type AuditData = Readonly<Record<string, string | number | boolean | null>>

interface Roles {
  readonly own: OwnRoles
  readonly of: PermissionsOf
}

const EXPORTED = [
  'id',
  'email',
  'name',
  'role',
  'status',
  'emailVerified',
  'twoFactor',
  'language',
  'createdAt',
  'updatedAt',
  'lastSignInAt',
  'removedAt',
] as const satisfies readonly (keyof AdminUser)[]

function notFound(id: string): ProblemError {
  return problem('not_found', `There is no person ${id}`)
}

function sortingOf(sort: Listing['sort']): { key: keyof typeof SORTINGS; isDescending: boolean } {
  return { key: sort.replace('-', '') as keyof typeof SORTINGS, isDescending: sort.startsWith('-') }
}

/** What the log says of a change, most weighty first. */
function eventsOf(user: UserRow, difference: Changed): { kind: string; data: AuditData }[] {
  const { role, status, ...rest } = difference
  const events: { kind: string; data: AuditData }[] = []
  if (role !== undefined) events.push({ kind: 'user.role_changed', data: { from: user.role, to: role } })
  if (status !== undefined) {
    events.push({ kind: status === 'suspended' ? 'user.suspended' : 'user.reactivated', data: { from: user.status } })
  }
  const fields = Object.keys(rest)
  if (fields.length > 0) events.push({ kind: 'user.changed', data: { fields: fields.join(' ') } })
  return events
}

/** Whoever was suspended before they ever came in is invited again, not active. */
function statusFor(user: UserRow, wanted: 'active' | 'suspended'): UserRow['status'] {
  if (wanted === 'suspended') return 'suspended'
  return user.status === 'suspended' ? cameIn(user) : user.status
}

function cameIn({ password_hash, email_verified_at }: UserRow): 'active' | 'invited' {
  return password_hash !== null || email_verified_at !== null ? 'active' : 'invited'
}

function withoutUndefined(change: { readonly [K in keyof Changed]: Changed[K] | undefined }): Changed {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Changed
}

function undoUntil(row: UserRow, changedAt: number | undefined, now: number): number | null {
  if (row.removed_at !== null) return row.removed_at + RESTORE_MS > now ? row.removed_at + RESTORE_MS : null
  return changedAt === undefined ? null : changedAt + UNDO_MS
}

function presentUser(row: UserRow, twoFactor: boolean, undoable: number | null): AdminUser {
  return {
    ...presentPerson(row, twoFactor),
    language: row.language,
    updatedAt: iso(row.updated_at),
    lastSignInAt: row.last_sign_in_at === null ? null : iso(row.last_sign_in_at),
    removedAt: row.removed_at === null ? null : iso(row.removed_at),
    undoUntil: undoable === null ? null : iso(undoable),
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
