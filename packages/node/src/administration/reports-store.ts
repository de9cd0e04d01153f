import { expressionBuilder, sql } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { Schema } from '../db/schema.ts'

/** Kinds of the audit log that a report counts, by what it calls them. */
export const COUNTED = {
  registrations: ['user.registered'],
  invitations: ['user.invited'],
  signIns: ['sign_in.succeeded'],
  failures: ['sign_in.failed', 'account.locked'],
  locks: ['account.locked'],
} as const

export type Counted = keyof typeof COUNTED
export type Counts = Readonly<Record<Counted, number>>

export interface Range {
  readonly from: number
  readonly to: number
}

/** What happened in each stretch of `bucketMs`, in order; `bucket` is the number of the stretch since 1970. */
export async function activityByBucket(
  db: TenantDb,
  { from, to }: Range,
  bucketMs: number,
): Promise<(Counts & { readonly bucket: number })[]> {
  const bucket = sql<number>`${sql.ref('at')} / ${sql.lit(bucketMs)}`
  const is = expressionBuilder<Schema, 'audit_log'>()
  const count = (name: Counted) =>
    is.fn.sum<number>(is.case().when('kind', 'in', COUNTED[name]).then(sql.lit(1)).else(sql.lit(0)).end()).as(name)
  const rows = await db.query
    .selectFrom('audit_log')
    .where('at', '>=', from)
    .where('at', '<', to)
    .where('kind', 'in', [...new Set(Object.values(COUNTED).flat())])
    .groupBy(bucket)
    .orderBy(bucket)
    .select([
      bucket.as('bucket'),
      count('registrations'),
      count('invitations'),
      count('signIns'),
      count('failures'),
      count('locks'),
    ])
    .execute()
  return rows.map((row) => ({
    bucket: Number(row.bucket),
    registrations: Number(row.registrations),
    invitations: Number(row.invitations),
    signIns: Number(row.signIns),
    failures: Number(row.failures),
    locks: Number(row.locks),
  }))
}

export async function countKinds(db: TenantDb, { from, to }: Range): Promise<{ kind: string; count: number }[]> {
  const rows = await db.query
    .selectFrom('audit_log')
    .where('at', '>=', from)
    .where('at', '<', to)
    .groupBy('kind')
    .select(({ fn }) => ['kind', fn.countAll<number>().as('count')])
    .execute()
  return rows
    .map(({ kind, count }) => ({ kind, count: Number(count) }))
    .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1))
}

/** How many people signed in. */
export async function countSignedIn(db: TenantDb, { from, to }: Range): Promise<number> {
  const { count } = await db.query
    .selectFrom('audit_log')
    .where('at', '>=', from)
    .where('at', '<', to)
    .where('kind', '=', 'sign_in.succeeded')
    .select(({ fn }) => fn.count<number>('subject_id').distinct().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function oldestEntryAt(db: TenantDb): Promise<number | null> {
  const row = await db.query.selectFrom('audit_log').orderBy('number').limit(1).select('at').executeTakeFirst()
  return row?.at ?? null
}

export async function countUsers(db: TenantDb): Promise<{ role: string; status: string; count: number }[]> {
  const rows = await db.query
    .selectFrom('users')
    .where('status', '<>', 'removed')
    .groupBy(['role', 'status'])
    .select(({ fn }) => ['role', 'status', fn.countAll<number>().as('count')])
    .execute()
  return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }))
}

export async function countCreated(db: TenantDb, { from, to }: Range): Promise<number> {
  const { count } = await db.query
    .selectFrom('users')
    .where('status', '<>', 'removed')
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function countTwoFactor(db: TenantDb): Promise<number> {
  const { count } = await db.query
    .selectFrom('two_factor')
    .innerJoin('users', (join) => join.onRef('users.id', '=', 'two_factor.user_id'))
    .where('users.status', '<>', 'removed')
    .where('two_factor.confirmed_at', 'is not', null)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
