import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { contains } from '../db/contains.ts'
import type { TenantDb } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'
import { emailKey, type UserRow } from '../people/users-store.ts'

type SortKey = 'createdAt' | 'email' | 'name' | 'lastSignInAt'

interface Sorting {
  readonly expression: RawBuilder<string | number>
  readonly kind: 'string' | 'number'
  readonly placeOf: (row: UserRow) => string | number
}

/** Columns that people may be sorted by. Nothing else of a request gets near the order of a query. */
export const SORTINGS: Readonly<Record<SortKey, Sorting>> = {
  createdAt: { expression: sql.ref('created_at'), kind: 'number', placeOf: (row) => row.created_at },
  email: { expression: sql.ref('email'), kind: 'string', placeOf: (row) => row.email },
  name: { expression: sql`coalesce(${sql.ref('name')}, '')`, kind: 'string', placeOf: (row) => row.name ?? '' },
  lastSignInAt: {
    expression: sql`coalesce(${sql.ref('last_sign_in_at')}, 0)`,
    kind: 'number',
    placeOf: (row) => row.last_sign_in_at ?? 0,
  },
}

export interface UserFilter {
  readonly search?: string | undefined
  readonly role?: string | undefined
  readonly status?: UserRow['status'] | undefined
}

export interface UserPage extends UserFilter {
  readonly sort: SortKey
  readonly isDescending: boolean
  /** The place after which the page begins: the sorted value and the id. */
  readonly after?: readonly [string | number, string] | undefined
  readonly limit: number
}

export async function pageOfUsers(db: TenantDb, request: UserPage): Promise<UserRow[]> {
  const { expression } = SORTINGS[request.sort]
  const direction = request.isDescending ? 'desc' : 'asc'
  let query = filtered(db.query.selectFrom('users'), request)
    .orderBy(expression, direction)
    .orderBy('id', direction)
    .limit(request.limit)
  if (request.after) {
    const [value, id] = request.after
    const beyond = sql.raw(request.isDescending ? '<' : '>')
    query = query.where(sql<boolean>`(${expression}, ${sql.ref('id')}) ${beyond} (${value}, ${id})`)
  }
  return query.selectAll().execute()
}

function filtered<O>(
  query: SelectQueryBuilder<Schema, 'users', O>,
  { search, role, status }: UserFilter,
): SelectQueryBuilder<Schema, 'users', O> {
  const ofStatus = status === undefined ? query.where('status', '<>', 'removed') : query.where('status', '=', status)
  const ofRole = role === undefined ? ofStatus : ofStatus.where('role', '=', role)
  return search ? ofRole.where((is) => is.or([contains('email', search), contains('name', search)])) : ofRole
}

/** Which of these people have a second factor. */
export async function withTwoFactor(db: TenantDb, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db.query
    .selectFrom('two_factor')
    .where('user_id', 'in', ids)
    .where('confirmed_at', 'is not', null)
    .select('user_id as id')
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Ids of people by the form of their address, of those who have one of these. */
export async function idsByEmail(db: TenantDb, emails: readonly string[]): Promise<Map<string, string>> {
  if (emails.length === 0) return new Map()
  const rows = await db.query
    .selectFrom('users')
    .where('email_key', 'in', emails.map(emailKey))
    .select(['id', 'email_key as key'])
    .execute()
  return new Map(rows.map(({ id, key }) => [key!, id]))
}

export async function isRoleHeld(db: TenantDb, role: string): Promise<boolean> {
  const holder = await db.query.selectFrom('users').where('role', '=', role).select('id').limit(1).executeTakeFirst()
  return holder !== undefined
}
