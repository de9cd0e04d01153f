import type { BulkInsert } from '../db/dialect.ts'
import type { TenantDb } from '../db/open.ts'
import type { PeopleTables } from './tables.ts'

export type TokenPurpose = PeopleTables['one_time_tokens']['purpose']

export interface OneTimeToken {
  readonly digest: string
  readonly userId: string
  readonly purpose: TokenPurpose
  /** JSON. */
  readonly data: string
  readonly createdAt: number
  readonly expiresAt: number
}

/** Keeps a token; older ones of the same person and purpose die. */
export async function insertToken(tx: TenantDb, token: OneTimeToken): Promise<void> {
  await dropTokens(tx, token.userId, [token.purpose])
  await tx.query
    .insertInto('one_time_tokens')
    .values({
      digest: token.digest,
      user_id: token.userId,
      purpose: token.purpose,
      data: token.data,
      created_at: token.createdAt,
      expires_at: token.expiresAt,
      used_at: null,
    })
    .execute()
}

const ADD_MANY: BulkInsert = {
  table: 'one_time_tokens',
  columns: {
    digest: 'text',
    user_id: 'text',
    purpose: 'text',
    data: 'text',
    created_at: 'bigint',
    expires_at: 'bigint',
  },
}

/** Keeps tokens of people who are new, and have none yet. */
export async function insertFirstTokens(tx: TenantDb, tokens: readonly OneTimeToken[]): Promise<void> {
  await tx.insertMany(
    ADD_MANY,
    tokens.flatMap(({ digest, userId, purpose, data, createdAt, expiresAt }) => [
      digest,
      userId,
      purpose,
      data,
      createdAt,
      expiresAt,
    ]),
  )
}

/** Uses a token up and says what it was for; of several at once, one gets it. `undefined`: unknown, used, or too old. */
export async function useToken(
  tx: TenantDb,
  digest: string,
  purposes: readonly TokenPurpose[],
  now: number,
): Promise<{ userId: string; purpose: TokenPurpose; data: string } | undefined> {
  return tx.query
    .updateTable('one_time_tokens')
    .set({ used_at: now })
    .where('digest', '=', digest)
    .where('purpose', 'in', purposes)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['user_id as userId', 'purpose', 'data'])
    .executeTakeFirst()
}

/** The same without using it up. */
export async function findToken(
  db: TenantDb,
  digest: string,
  purpose: TokenPurpose,
  now: number,
): Promise<{ userId: string; data: string } | undefined> {
  return db.query
    .selectFrom('one_time_tokens')
    .where('digest', '=', digest)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .select(['user_id as userId', 'data'])
    .executeTakeFirst()
}

export async function dropTokens(tx: TenantDb, userId: string, purposes: readonly TokenPurpose[]): Promise<void> {
  await tx.query.deleteFrom('one_time_tokens').where('user_id', '=', userId).where('purpose', 'in', purposes).execute()
}

export async function dropAllTokens(tx: TenantDb, userId: string): Promise<void> {
  await tx.query.deleteFrom('one_time_tokens').where('user_id', '=', userId).execute()
}
