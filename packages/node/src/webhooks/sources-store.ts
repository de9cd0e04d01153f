import type { Selectable, Updateable } from 'kysely'
import type { Database, TenantDb } from '../db/open.ts'
import type { WebhooksTables } from './tables.ts'

export type SourceRow = Omit<Selectable<WebhooksTables['webhook_sources']>, 'tenant_id'>
export type EventRow = Omit<Selectable<WebhooksTables['webhook_events']>, 'tenant_id'>

export async function insertSource(tx: TenantDb, source: SourceRow): Promise<void> {
  await tx.query.insertInto('webhook_sources').values(source).execute()
}

export async function listSources(db: TenantDb): Promise<SourceRow[]> {
  return db.query.selectFrom('webhook_sources').orderBy('id').selectAll().execute()
}

export async function findSource(db: TenantDb, id: string): Promise<SourceRow | undefined> {
  return db.query.selectFrom('webhook_sources').where('id', '=', id).selectAll().executeTakeFirst()
}

/** The source of whichever tenant that is not suspended: whoever sends says no more than its id. */
export async function findSourceAnywhere(
  { system }: Database,
  id: string,
): Promise<{ readonly tenantId: number; readonly scheme: string; readonly secret: string } | undefined> {
  return system
    .selectFrom('webhook_sources')
    .innerJoin('tenants', 'tenants.id', 'webhook_sources.tenant_id')
    .where('webhook_sources.id', '=', id)
    .where('tenants.suspended_at', 'is', null)
    .select(['webhook_sources.tenant_id as tenantId', 'scheme', 'secret'])
    .executeTakeFirst()
}

export async function updateSource(
  tx: TenantDb,
  id: string,
  change: Omit<Updateable<WebhooksTables['webhook_sources']>, 'tenant_id' | 'id'>,
): Promise<void> {
  await tx.query.updateTable('webhook_sources').set(change).where('id', '=', id).execute()
}

/** Removes a source with what it sent; whether there was one. */
export async function deleteSource(tx: TenantDb, id: string): Promise<boolean> {
  await tx.query.deleteFrom('webhook_events').where('source_id', '=', id).execute()
  const { numDeletedRows } = await tx.query.deleteFrom('webhook_sources').where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

/** When the last event of each source came. */
export async function lastEventTimes(db: TenantDb): Promise<Map<string, number>> {
  const rows = await db.query
    .selectFrom('webhook_events')
    .groupBy('source_id')
    .select(({ fn }) => ['source_id', fn.max('received_at').as('at')])
    .execute()
  return new Map(rows.map(({ source_id, at }) => [source_id, Number(at)]))
}

/** Keeps an event unless its source has sent the id before; whether it is new. Of many at once, one is. */
export async function insertEvent(tx: TenantDb, event: EventRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.query
    .insertInto('webhook_events')
    .values(event)
    .onConflict((conflict) => conflict.columns(['tenant_id', 'source_id', 'event_id']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function digestOfEvent(tx: TenantDb, sourceId: string, eventId: string): Promise<string | undefined> {
  const row = await tx.query
    .selectFrom('webhook_events')
    .where('source_id', '=', sourceId)
    .where('event_id', '=', eventId)
    .select('digest')
    .executeTakeFirst()
  return row?.digest
}

/** Newest first, without bodies. */
export async function listEvents(
  db: TenantDb,
  { sourceId, before, limit }: { sourceId: string; before: string | undefined; limit: number },
): Promise<Omit<EventRow, 'body' | 'digest' | 'content_type'>[]> {
  let query = db.query.selectFrom('webhook_events').where('source_id', '=', sourceId)
  if (before !== undefined) query = query.where('id', '<', before)
  return query
    .orderBy('id', 'desc')
    .limit(limit)
    .select(['id', 'source_id', 'event_id', 'kind', 'state', 'bytes', 'received_at'])
    .execute()
}

export async function findEvent(db: TenantDb, sourceId: string, id: string): Promise<EventRow | undefined> {
  return db.query
    .selectFrom('webhook_events')
    .where('source_id', '=', sourceId)
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirst()
}

/** Forgets what came before an instant; returns how much that was. */
export async function sweepEvents(tx: TenantDb, before: number): Promise<number> {
  const { numDeletedRows } = await tx.query
    .deleteFrom('webhook_events')
    .where('received_at', '<=', before)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
