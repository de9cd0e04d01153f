import type { Selectable } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { LedgerTables } from './tables.ts'

export type AccountRow = Omit<Selectable<LedgerTables['accounts']>, 'tenant_id'>

export interface AccountFilter {
  /** `null`: everybody's. */
  readonly ownerId: string | null
  readonly only?: string | 'shop' | undefined
  readonly kind?: AccountRow['kind'] | undefined
  readonly archived?: boolean | undefined
}

/** By name. */
export async function listAccounts(db: TenantDb, filter: AccountFilter): Promise<AccountRow[]> {
  const { ownerId, only, kind, archived } = filter
  let query = db.query.selectFrom('accounts').orderBy('name').orderBy('id')
  if (ownerId !== null) query = query.where('owner_id', '=', ownerId)
  if (only === 'shop') query = query.where('owner_id', 'is', null)
  else if (only !== undefined) query = query.where('owner_id', '=', only)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (archived === false) query = query.where('archived', '=', 0)
  return query.selectAll().execute()
}

export async function findAccount(db: TenantDb, ownerId: string | null, id: string): Promise<AccountRow | undefined> {
  let query = db.query.selectFrom('accounts').where('id', '=', id)
  if (ownerId !== null) query = query.where('owner_id', '=', ownerId)
  return query.selectAll().executeTakeFirst()
}

export async function findShopAccount(db: TenantDb, currency: string): Promise<AccountRow | undefined> {
  return db.query
    .selectFrom('accounts')
    .where('kind', '=', 'shop')
    .where('owner_id', 'is', null)
    .where('currency', '=', currency)
    .selectAll()
    .executeTakeFirst()
}

export async function countAccounts(db: TenantDb, ownerId: string | null): Promise<number> {
  const { count } = await db.query
    .selectFrom('accounts')
    .where((is) => (ownerId === null ? is('owner_id', 'is', null) : is('owner_id', '=', ownerId)))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function insertAccount(tx: TenantDb, account: AccountRow): Promise<void> {
  await tx.query.insertInto('accounts').values(account).execute()
}

export type AccountUpdate = Partial<
  Pick<AccountRow, 'name' | 'number' | 'number_key' | 'institution' | 'opening_minor' | 'archived'>
>

export async function updateAccount(tx: TenantDb, id: string, change: AccountUpdate, now: number): Promise<void> {
  await tx.query
    .updateTable('accounts')
    .set({ ...change, updated_at: now })
    .where('id', '=', id)
    .execute()
}

export async function deleteAccount(tx: TenantDb, id: string): Promise<void> {
  await tx.query.deleteFrom('accounts').where('id', '=', id).execute()
}

export async function hasTransactions(db: TenantDb, accountId: string): Promise<boolean> {
  const one = await db.query
    .selectFrom('transactions')
    .where('account_id', '=', accountId)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return one !== undefined
}

/**
 * Adds to the balances of an account. Returns whether that was done: not where one of them would be beyond what a number holds exactly, which
 * the database could keep and nobody could read.
 */
export async function addToBalances(
  tx: TenantDb,
  accountId: string,
  { posted, pending }: { readonly posted: number; readonly pending: number },
  now: number,
): Promise<boolean> {
  const most = Number.MAX_SAFE_INTEGER
  const { numUpdatedRows } = await tx.query
    .updateTable('accounts')
    .set(({ eb, ref }) => ({
      balance_minor: eb(ref('balance_minor'), '+', posted),
      pending_minor: eb(ref('pending_minor'), '+', pending),
      updated_at: now,
    }))
    .where('id', '=', accountId)
    .where('balance_minor', '<=', most - Math.max(0, posted))
    .where('balance_minor', '>=', -most - Math.min(0, posted))
    .where('pending_minor', '<=', most - Math.max(0, pending))
    .where('pending_minor', '>=', -most - Math.min(0, pending))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
