import { sql } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import { statement } from '../db/statement.ts'

export interface AuditRow {
  readonly number: number
  readonly at: number
  readonly kind: string
  readonly actorId: string | null
  readonly subjectId: string | null
  readonly address: string | null
  readonly userAgent: string | null
  /** JSON. */
  readonly data: string
  readonly hash: string
}

const COLUMNS = [
  'number',
  'at',
  'kind',
  'actor_id as actorId',
  'subject_id as subjectId',
  'address',
  'user_agent as userAgent',
  'data',
  'hash',
] as const

const TAKE_NUMBER = statement((query) =>
  query
    .insertInto('audit_heads')
    .values({ count: 1, hash: '', dropped_through: 0, dropped_hash: '' })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ count: sql`audit_heads.count + 1` }))
    .returning(['count', 'hash']),
)

/** Takes the next number of the chain. Until the transaction ends nobody else takes one, so the chain cannot fork. */
export async function takeNumber(tx: TenantDb): Promise<{ number: number; previous: string }> {
  const { count, hash } = (await tx.run(TAKE_NUMBER, {})).rows[0]!
  return { number: count, previous: hash }
}

/** Waits until nobody else adds to the chain, and lets nobody until the transaction ends. */
export async function holdChain(tx: TenantDb): Promise<void> {
  await tx.query
    .insertInto('audit_heads')
    .values({ count: 0, hash: '', dropped_through: 0, dropped_hash: '' })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ count: sql`audit_heads.count` }))
    .execute()
}

const APPEND = statement((query, row: AuditRow) =>
  query.insertInto('audit_log').values({
    number: row.number,
    at: row.at,
    kind: row.kind,
    actor_id: row.actorId,
    subject_id: row.subjectId,
    address: row.address,
    user_agent: row.userAgent,
    data: row.data,
    hash: row.hash,
  }),
)

const MOVE_HEAD = statement((query, { hash }: { hash: string }) => query.updateTable('audit_heads').set({ hash }))

export async function append(tx: TenantDb, row: AuditRow): Promise<void> {
  await tx.run(APPEND, row)
  await tx.run(MOVE_HEAD, { hash: row.hash })
}

export async function headOf(
  db: TenantDb,
): Promise<{ count: number; hash: string; droppedThrough: number; droppedHash: string } | undefined> {
  return db.query
    .selectFrom('audit_heads')
    .select(['count', 'hash', 'dropped_through as droppedThrough', 'dropped_hash as droppedHash'])
    .executeTakeFirst()
}

/** Rows after a number, oldest first. */
export async function readAfter(db: TenantDb, number: number, limit: number): Promise<AuditRow[]> {
  return db.query
    .selectFrom('audit_log')
    .where('number', '>', number)
    .orderBy('number')
    .limit(limit)
    .select(COLUMNS)
    .execute()
}

export interface AuditFilter {
  /** By whom, or about whom. */
  readonly personId?: string | undefined
  /** A kind, or the beginning of one before a dot: `sign_in`. */
  readonly kind?: string | undefined
  /** Any of these kinds. */
  readonly kinds?: readonly string[] | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly before?: number | undefined
  readonly limit: number
}

/** Newest first. */
export async function searchAudit(db: TenantDb, filter: AuditFilter): Promise<AuditRow[]> {
  const { personId, kind, kinds, from, to, before, limit } = filter
  let query = db.query.selectFrom('audit_log').orderBy('number', 'desc').limit(limit)
  if (personId !== undefined) {
    query = query.where((is) => is.or([is('actor_id', '=', personId), is('subject_id', '=', personId)]))
  }
  if (kind !== undefined) {
    query = query.where((is) =>
      is.or([is('kind', '=', kind), is.and([is('kind', '>', `${kind}.`), is('kind', '<', `${kind}/`)])]),
    )
  }
  if (kinds !== undefined) query = query.where('kind', 'in', kinds)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<', to)
  if (before !== undefined) query = query.where('number', '<', before)
  return query.select(COLUMNS).execute()
}

/** Drops rows that are older than an instant, from the beginning of the chain. Returns how many. */
export async function dropBefore(tx: TenantDb, before: number): Promise<number> {
  const last = await tx.query
    .selectFrom('audit_log')
    .where('at', '<', before)
    .orderBy('number', 'desc')
    .limit(1)
    .select(['number', 'hash'])
    .executeTakeFirst()
  if (!last) return 0
  await tx.query.updateTable('audit_heads').set({ dropped_through: last.number, dropped_hash: last.hash }).execute()
  const { numDeletedRows } = await tx.query
    .deleteFrom('audit_log')
    .where('number', '<=', last.number)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
