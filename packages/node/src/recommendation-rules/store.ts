import type { TenantDb } from '../db/open.ts'

export interface RuleRow {
  readonly id: string
  readonly data: string
  readonly updatedAt: number
}

/** The oldest first: ids grow with time. */
export async function listRules(db: TenantDb): Promise<RuleRow[]> {
  return db.query
    .selectFrom('recommendation_rules')
    .orderBy('id')
    .select(['id', 'data', 'updated_at as updatedAt'])
    .execute()
}

export async function countRules(db: TenantDb): Promise<number> {
  const { count } = await db.query
    .selectFrom('recommendation_rules')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function addRule(tx: TenantDb, { id, data, updatedAt }: RuleRow): Promise<void> {
  await tx.query.insertInto('recommendation_rules').values({ id, data, updated_at: updatedAt }).execute()
}

/** Returns whether there was such a rule. */
export async function setRule(tx: TenantDb, { id, data, updatedAt }: RuleRow): Promise<boolean> {
  const { numUpdatedRows } = await tx.query
    .updateTable('recommendation_rules')
    .set({ data, updated_at: updatedAt })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Returns whether there was such a rule. */
export async function deleteRule(tx: TenantDb, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.query.deleteFrom('recommendation_rules').where('id', '=', id).executeTakeFirst()
  return numDeletedRows === 1n
}

export interface SettingsRow {
  /** JSON; `null` where nothing was ever set. */
  readonly data: string | null
  /** Grows with each change of settings or rules. */
  readonly revision: number
}

export async function readSettings(db: TenantDb): Promise<SettingsRow> {
  const row = await db.query.selectFrom('recommendation_settings').select(['data', 'revision']).executeTakeFirst()
  return row ? { data: row.data, revision: Number(row.revision) } : { data: null, revision: 0 }
}

/** Notes a change, so that every process sees it; `data`: new settings, where it is they that change. */
export async function noteChange(tx: TenantDb, unset: string, data?: string): Promise<void> {
  await tx.query
    .insertInto('recommendation_settings')
    .values({ data: data ?? unset, revision: 1 })
    .onConflict((conflict) =>
      conflict.column('tenant_id').doUpdateSet(({ eb, ref }) => ({
        revision: eb(ref('recommendation_settings.revision'), '+', 1),
        ...(data === undefined ? {} : { data }),
      })),
    )
    .execute()
}
