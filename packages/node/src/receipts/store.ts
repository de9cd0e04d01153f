import type { Selectable } from 'kysely'
import { contains } from '../db/contains.ts'
import type { TenantDb } from '../db/open.ts'
import type { ReceiptsTables } from './tables.ts'

export type ReceiptRow = Omit<Selectable<ReceiptsTables['receipts']>, 'tenant_id'>

/** The next number of a prefix. Others that want one wait for this transaction, so that there is no gap where it fails. */
export async function nextNumber(tx: TenantDb, prefix: string): Promise<number> {
  await tx.query
    .insertInto('receipt_series')
    .values({ prefix, last: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'prefix'])
        .doUpdateSet(({ eb, ref }) => ({ last: eb(ref('receipt_series.last'), '+', 1) })),
    )
    .execute()
  const { last } = await tx.query
    .selectFrom('receipt_series')
    .where('prefix', '=', prefix)
    .select('last')
    .executeTakeFirstOrThrow()
  return Number(last)
}

/** Waits until nobody else takes numbers of a prefix, for as long as the transaction takes. */
export async function holdSeries(tx: TenantDb, prefix: string): Promise<void> {
  await tx.query
    .insertInto('receipt_series')
    .values({ prefix, last: 0 })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'prefix']).doUpdateSet(({ ref }) => ({ last: ref('receipt_series.last') })),
    )
    .execute()
}

export async function addReceipt(tx: TenantDb, row: ReceiptRow): Promise<void> {
  await tx.query.insertInto('receipts').values(row).execute()
}

export async function findReceipt(db: TenantDb, id: string): Promise<ReceiptRow | undefined> {
  return db.query.selectFrom('receipts').where('id', '=', id).selectAll().executeTakeFirst()
}

/** By what it is for: `order:…` or `transaction:…`; where both have one, the first that is named. */
export async function findReceiptFor(db: TenantDb, sources: readonly string[]): Promise<ReceiptRow | undefined> {
  const rows = await db.query.selectFrom('receipts').where('source', 'in', sources).selectAll().execute()
  return sources.map((source) => rows.find((row) => row.source === source)).find((row) => row !== undefined)
}

/** Credit notes for any of these receipts, the oldest first. */
export async function creditsOf(db: TenantDb, ids: readonly string[]): Promise<ReceiptRow[]> {
  if (ids.length === 0) return []
  return db.query.selectFrom('receipts').where('credit_of', 'in', ids).orderBy('id').selectAll().execute()
}

/** Waits until nobody else changes what belongs to a receipt, for as long as the transaction takes. */
export async function holdReceipt(tx: TenantDb, id: string): Promise<void> {
  // An update that changes nothing takes the row's lock on both databases.
  await tx.query
    .updateTable('receipts')
    .set(({ ref }) => ({ number: ref('number') }))
    .where('id', '=', id)
    .execute()
}

export interface ReceiptFilter {
  /** Only those of one buyer. */
  readonly buyerEmailKey?: string | undefined
  readonly search?: string | undefined
  readonly searchEmailKey?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly beforeId?: string | undefined
  readonly limit: number
}

/** Newest first: ids begin with the time. */
export async function listReceipts(db: TenantDb, filter: ReceiptFilter): Promise<ReceiptRow[]> {
  const { buyerEmailKey, search, searchEmailKey, from, to, beforeId, limit } = filter
  let query = db.query.selectFrom('receipts').orderBy('id', 'desc').limit(limit).selectAll()
  if (buyerEmailKey !== undefined) query = query.where('buyer_email_key', '=', buyerEmailKey)
  if (from !== undefined) query = query.where('issued_at', '>=', from)
  if (to !== undefined) query = query.where('issued_at', '<', to)
  if (beforeId !== undefined) query = query.where('id', '<', beforeId)
  if (search) {
    query = query.where((is) =>
      is.or([
        contains('number', search),
        is('order_id', '=', search),
        is('buyer_email_key', '=', searchEmailKey ?? search),
      ]),
    )
  }
  return query.execute()
}

export async function addLink(
  tx: TenantDb,
  link: { digest: string; receipt_id: string; expires_at: number },
): Promise<void> {
  await tx.query.insertInto('receipt_links').values(link).execute()
}

export async function findLink(
  db: TenantDb,
  digest: string,
): Promise<{ receiptId: string; expiresAt: number } | undefined> {
  return db.query
    .selectFrom('receipt_links')
    .where('digest', '=', digest)
    .select(['receipt_id as receiptId', 'expires_at as expiresAt'])
    .executeTakeFirst()
}

export async function readSettings(db: TenantDb): Promise<string | undefined> {
  const row = await db.query.selectFrom('receipt_settings').select('data').executeTakeFirst()
  return row?.data
}

export async function writeSettings(tx: TenantDb, data: string): Promise<void> {
  await tx.query
    .insertInto('receipt_settings')
    .values({ data })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ data }))
    .execute()
}
