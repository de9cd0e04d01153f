import type { TenantDb } from '../db/open.ts'

export interface IdempotencyRecord {
  readonly fingerprint: string
  /** `null` while the request runs. */
  readonly status: number | null
  readonly body: string | null
}

/** A key, and which of the requests that carry it has it. */
export interface Claim {
  readonly key: string
  readonly owner: string
}

/**
 * Takes the key for this request; returns the record that holds it already, if one does. A request of the same fingerprint
 * that has been running since before `abandonedBefore` loses it.
 */
export async function takeKey(
  tx: TenantDb,
  { key, owner }: Claim,
  fingerprint: string,
  now: number,
  abandonedBefore: number,
): Promise<IdempotencyRecord | undefined> {
  const { numInsertedOrUpdatedRows } = await tx.query
    .insertInto('idempotency')
    .values({ key, fingerprint, owner, status: null, body: null, created_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'key'])
        .doUpdateSet({ owner, created_at: now })
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

/** Says that the request still runs. */
export async function keepKey(tx: TenantDb, claim: Claim, now: number): Promise<void> {
  await tx.query
    .updateTable('idempotency')
    .set({ created_at: now })
    .where('key', '=', claim.key)
    .where('owner', '=', claim.owner)
    .where('status', 'is', null)
    .execute()
}

/** Keeps the answer, where the request still has its key. */
export async function keepAnswer(tx: TenantDb, claim: Claim, status: number, body: string | null): Promise<void> {
  await tx.query
    .updateTable('idempotency')
    .set({ status, body })
    .where('key', '=', claim.key)
    .where('owner', '=', claim.owner)
    .execute()
}

/** Lets go of a key that the request has, so that it can be tried again. */
export async function releaseKey(tx: TenantDb, claim: Claim): Promise<void> {
  await tx.query.deleteFrom('idempotency').where('key', '=', claim.key).where('owner', '=', claim.owner).execute()
}

/** Forgets some of the answers given before `before`; returns how many. */
export async function sweepKeys(tx: TenantDb, before: number, limit: number): Promise<number> {
  const old = await tx.query
    .selectFrom('idempotency')
    .where('created_at', '<', before)
    .limit(limit)
    .select('key')
    .execute()
  if (old.length === 0) return 0
  const { numDeletedRows } = await tx.query
    .deleteFrom('idempotency')
    .where(
      'key',
      'in',
      old.map(({ key }) => key),
    )
    .where('created_at', '<', before)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
