import { type Kysely, sql } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** Takes it on to do the next round, where the last one began at `before` or earlier. Of several processes one gets it. */
export async function takeRound(system: Kysely<Schema>, now: number, before: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await system
    .insertInto('installation')
    .values({ name: 'housekeeping', value: String(now) })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ value: String(now) })
        .where(sql<number>`cast(installation.value as bigint)`, '<=', before),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
