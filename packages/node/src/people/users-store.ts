import type { Selectable, Updateable } from 'kysely'
import type { BulkInsert } from '../db/dialect.ts'
import type { TenantDb } from '../db/open.ts'
import { statement } from '../db/statement.ts'
import type { PeopleTables } from './tables.ts'

export type UserRow = Omit<Selectable<PeopleTables['users']>, 'tenant_id'>
export type UserChange = Omit<Updateable<PeopleTables['users']>, 'tenant_id' | 'id'>

/** Passwords that are remembered, the present one among them. */
const REMEMBERED_PASSWORDS = 5

/** The form of an address by which people are told apart. */
export function emailKey(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase()
}

export async function findUser(db: TenantDb, id: string): Promise<UserRow | undefined> {
  return db.query.selectFrom('users').where('id', '=', id).selectAll().executeTakeFirst()
}

const FIND_BY_EMAIL = statement((query, { key }: { key: string }) =>
  query.selectFrom('users').where('email_key', '=', key).selectAll(),
)

export async function findUserByEmail(db: TenantDb, email: string): Promise<UserRow | undefined> {
  return (await db.run(FIND_BY_EMAIL, { key: emailKey(email) })).rows[0]
}

/** Returns whether the person was added: an address belongs to one person of a tenant. */
export async function insertUser(tx: TenantDb, user: UserRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.query
    .insertInto('users')
    .values(user)
    .onConflict((conflict) => conflict.columns(['tenant_id', 'email_key']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

const ADD_MANY: BulkInsert = {
  table: 'users',
  columns: {
    id: 'text',
    email: 'text',
    email_key: 'text',
    name: 'text',
    role: 'text',
    status: 'text',
    language: 'text',
    notifications: 'text',
    created_at: 'bigint',
    updated_at: 'bigint',
  },
  onConflict: 'ignore',
}

/** Adds people who have never signed in, and returns those whose address was free. */
export async function insertUsers(tx: TenantDb, users: readonly UserRow[]): Promise<UserRow[]> {
  const added = await tx.insertMany(
    ADD_MANY,
    users.flatMap(({ id, email, email_key, name, role, status, language, notifications, created_at, updated_at }) => [
      id,
      email,
      email_key,
      name,
      role,
      status,
      language,
      notifications,
      created_at,
      updated_at,
    ]),
  )
  if (added === users.length) return [...users]
  const ids = users.map(({ id }) => id)
  const rows = await tx.query.selectFrom('users').where('id', 'in', ids).select('id').execute()
  const inserted = new Set(rows.map(({ id }) => id))
  return users.filter(({ id }) => inserted.has(id))
}

/** Returns whether there is such a person. */
export async function updateUser(tx: TenantDb, id: string, change: UserChange): Promise<boolean> {
  const { numUpdatedRows } = await tx.query.updateTable('users').set(change).where('id', '=', id).executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Sets a password and remembers it; the oldest beyond the last five is forgotten. */
export async function setPasswordHash(tx: TenantDb, userId: string, hash: string, now: number): Promise<void> {
  await updateUser(tx, userId, { password_hash: hash, password_changed_at: now, updated_at: now })
  await tx.query
    .insertInto('password_history')
    .values({ user_id: userId, hash, created_at: now })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'user_id', 'hash']).doNothing())
    .execute()
  const kept = await earlierPasswords(tx, userId)
  if (kept.length === 0) return
  await tx.query.deleteFrom('password_history').where('user_id', '=', userId).where('hash', 'not in', kept).execute()
}

/** The same password under today's parameters: it takes the place of its weaker hash, also among the last five. */
export async function replacePasswordHash(tx: TenantDb, userId: string, weak: string, hash: string): Promise<void> {
  const { numUpdatedRows } = await tx.query
    .updateTable('users')
    .set({ password_hash: hash })
    .where('id', '=', userId)
    .where('password_hash', '=', weak)
    .executeTakeFirst()
  // It was changed meanwhile: what is stored now is not ours to replace.
  if (numUpdatedRows === 0n) return
  await tx.query
    .updateTable('password_history')
    .set({ hash })
    .where('user_id', '=', userId)
    .where('hash', '=', weak)
    .execute()
}

/** Hashes of the last five passwords, the newest first. */
export async function earlierPasswords(db: TenantDb, userId: string): Promise<string[]> {
  const rows = await db.query
    .selectFrom('password_history')
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .limit(REMEMBERED_PASSWORDS)
    .select('hash')
    .execute()
  return rows.map(({ hash }) => hash)
}
