import type { TenantDb } from '../db/open.ts'

export interface IdempotencyRecord {
  readonly fingerprint: string
  /** `null` while the request runs. */
  readonly status: number | null
  readonly body: string | null
}

/**
 * Takes the key for this request; returns the record that holds it already, if one does. A request of the same fingerprint
 * that has been running since before `abandonedBefore` loses it.
 */
export async function takeKey(
  tx: TenantDb,
  key: string,
  fingerprint: string,
  now: number,
  abandonedBefore: number,
): Promise<IdempotencyRecord | undefined> {
  const { numInsertedOrUpdatedRows } = await tx.query
    .insertInto('idempotency')
    .values({ key, fingerprint, status: null, body: null, created_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'key'])
        .doUpdateSet({ created_at: now })
        .where('idempotency.status', 'is', null)
        .where('idempotency.fingerprint', '=', fingerprint)
        .where('idempotency.created_at', '<', abandonedBefore),
    )
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 1n) return undefined
  return tx.query
    .selectFrom('idempotency')
    .where('key', '=', key)
    .select(['fingerprint', 'status', 'body'])
    .executeTakeFirst()
}

export async function keepAnswer(tx: TenantDb, key: string, status: number, body: string | null): Promise<void> {
  await tx.query.updateTable('idempotency').set({ status, body }).where('key', '=', key).execute()
}

/** Lets go of a key, so that the request can be tried again. */
export async function releaseKey(tx: TenantDb, key: string): Promise<void> {
  await tx.query.deleteFrom('idempotency').where('key', '=', key).execute()
}

/** Forgets answers given before `before`. */
export async function sweepKeys(tx: TenantDb, before: number): Promise<void> {
  await tx.query.deleteFrom('idempotency').where('created_at', '<', before).execute()
}
