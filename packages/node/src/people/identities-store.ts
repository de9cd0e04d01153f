import type { Selectable } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { IdentitiesTables } from './identities-tables.ts'

export type IdentityRow = Omit<Selectable<IdentitiesTables['identities']>, 'tenant_id'>
export type VisitRow = Omit<Selectable<IdentitiesTables['identity_visits']>, 'tenant_id'>
export type VisitKind = VisitRow['kind']

/**
 * Returns whether it was added: an account at a provider belongs to one person of a tenant. Who was removed keeps theirs for
 * as long as they can be brought back, but not from somebody who comes with it meanwhile.
 */
export async function insertIdentity(tx: TenantDb, identity: IdentityRow): Promise<boolean> {
  await tx.query
    .deleteFrom('identities')
    .where('issuer', '=', identity.issuer)
    .where('subject', '=', identity.subject)
    .where('user_id', 'in', (query) => query.selectFrom('users').where('status', '=', 'removed').select('id'))
    .execute()
  const { numInsertedOrUpdatedRows } = await tx.query
    .insertInto('identities')
    .values(identity)
    .onConflict((conflict) => conflict.columns(['tenant_id', 'issuer', 'subject']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Not one of somebody who was removed. */
export async function findIdentity(
  db: TenantDb,
  { issuer, subject }: Pick<IdentityRow, 'issuer' | 'subject'>,
): Promise<IdentityRow | undefined> {
  return db.query
    .selectFrom('identities')
    .innerJoin('users', 'users.id', 'identities.user_id')
    .where('users.status', '!=', 'removed')
    .where('identities.issuer', '=', issuer)
    .where('identities.subject', '=', subject)
    .selectAll('identities')
    .executeTakeFirst()
}

export async function touchIdentity(
  tx: TenantDb,
  id: string,
  change: Pick<IdentityRow, 'email' | 'last_used_at'>,
): Promise<void> {
  await tx.query.updateTable('identities').set(change).where('id', '=', id).execute()
}

/** The oldest first. */
export async function listIdentities(db: TenantDb, userId: string): Promise<IdentityRow[]> {
  return db.query
    .selectFrom('identities')
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .selectAll()
    .execute()
}

export async function deleteIdentity(tx: TenantDb, userId: string, id: string): Promise<void> {
  await tx.query.deleteFrom('identities').where('user_id', '=', userId).where('id', '=', id).execute()
}

/**
 * Takes every account at a provider from a person, and ends visits that would add one. What waits for a proof stays. Returns
 * how many accounts there were.
 */
export async function dropIdentities(tx: TenantDb, userId: string): Promise<number> {
  const { numDeletedRows } = await tx.query.deleteFrom('identities').where('user_id', '=', userId).executeTakeFirst()
  await tx.query.deleteFrom('identity_visits').where('user_id', '=', userId).where('kind', '=', 'link').execute()
  return Number(numDeletedRows)
}

export async function insertVisit(tx: TenantDb, visit: Omit<VisitRow, 'used_at'>): Promise<void> {
  await tx.query
    .insertInto('identity_visits')
    .values({ ...visit, used_at: null })
    .execute()
}

/** Uses a visit up; of several at once, one gets it. `undefined`: unknown, used, too old, or of another browser. */
export async function useVisit(
  tx: TenantDb,
  key: { digest: string; kinds: readonly VisitKind[]; browser: string | null },
  now: number,
): Promise<VisitRow | undefined> {
  return tx.query
    .updateTable('identity_visits')
    .set({ used_at: now })
    .where('digest', '=', key.digest)
    .where('kind', 'in', key.kinds)
    .where('browser', key.browser === null ? 'is' : '=', key.browser)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['digest', 'kind', 'provider', 'user_id', 'session_id', 'browser', 'sealed', 'expires_at', 'used_at'])
    .executeTakeFirst()
}

/** Removes visits that are too old to end. Returns how many. */
export async function sweepVisits(tx: TenantDb, now: number): Promise<number> {
  const { numDeletedRows } = await tx.query
    .deleteFrom('identity_visits')
    .where('expires_at', '<=', now)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
