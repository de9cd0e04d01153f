import type { TenantDb } from '../db/open.ts'

export interface ComparisonRow {
  readonly id: string
  readonly champion: string
  readonly challenger: string
  readonly sharePpm: number
  readonly startedAt: number
}

/** The comparison under way. */
export async function runningComparison(db: TenantDb): Promise<ComparisonRow | undefined> {
  return db.query
    .selectFrom('model_comparisons')
    .where('ended_at', 'is', null)
    .select(['id', 'champion', 'challenger', 'share_ppm as sharePpm', 'started_at as startedAt'])
    .executeTakeFirst()
}

export async function addComparison(tx: TenantDb, row: ComparisonRow): Promise<void> {
  await tx.query
    .insertInto('model_comparisons')
    .values({
      id: row.id,
      champion: row.champion,
      challenger: row.challenger,
      share_ppm: row.sharePpm,
      started_at: row.startedAt,
      ended_at: null,
    })
    .execute()
}

export async function endComparison(tx: TenantDb, at: number): Promise<void> {
  await tx.query.updateTable('model_comparisons').set({ ended_at: at }).where('ended_at', 'is', null).execute()
}
