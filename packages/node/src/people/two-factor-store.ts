import type { TenantDb } from '../db/open.ts'

export interface StoredTwoFactor {
  /** Sealed. */
  readonly secret: string
  readonly confirmedAt: number | null
  readonly lastStep: number
}

export async function findTwoFactor(db: TenantDb, userId: string): Promise<StoredTwoFactor | undefined> {
  return db.query
    .selectFrom('two_factor')
    .where('user_id', '=', userId)
    .select(['secret', 'confirmed_at as confirmedAt', 'last_step as lastStep'])
    .executeTakeFirst()
}

/** Keeps a secret that is not confirmed yet, in place of an earlier one that was not either. */
export async function keepUnconfirmed(tx: TenantDb, userId: string, secret: string): Promise<void> {
  await tx.query.deleteFrom('two_factor').where('user_id', '=', userId).where('confirmed_at', 'is', null).execute()
  await tx.query
    .insertInto('two_factor')
    .values({ user_id: userId, secret, confirmed_at: null, last_step: 0 })
    .execute()
}

export async function confirmTwoFactor(tx: TenantDb, userId: string, now: number): Promise<void> {
  await tx.query.updateTable('two_factor').set({ confirmed_at: now }).where('user_id', '=', userId).execute()
}

/** Takes a time step; of several at once, and of a step that was taken before, one gets `true`. */
export async function takeStep(tx: TenantDb, userId: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.query
    .updateTable('two_factor')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function dropTwoFactor(tx: TenantDb, userId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.query.deleteFrom('two_factor').where('user_id', '=', userId).executeTakeFirst()
  await tx.query.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
  return numDeletedRows > 0n
}

export async function replaceRecoveryCodes(tx: TenantDb, userId: string, digests: readonly string[]): Promise<void> {
  await tx.query.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
  await tx.query
    .insertInto('recovery_codes')
    .values(digests.map((digest) => ({ digest, user_id: userId, used_at: null })))
    .execute()
}

/** Uses a recovery code up; of several at once, one gets `true`. */
export async function useRecoveryCode(tx: TenantDb, userId: string, digest: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.query
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('user_id', '=', userId)
    .where('digest', '=', digest)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
