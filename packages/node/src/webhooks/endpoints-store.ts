import type { Selectable, Updateable } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { WebhooksTables } from './tables.ts'

export type EndpointRow = Omit<Selectable<WebhooksTables['webhook_endpoints']>, 'tenant_id'>
export type EndpointChange = Omit<Updateable<WebhooksTables['webhook_endpoints']>, 'tenant_id' | 'id'>

export async function insertEndpoint(tx: TenantDb, endpoint: EndpointRow): Promise<void> {
  await tx.query.insertInto('webhook_endpoints').values(endpoint).execute()
}

export async function listEndpoints(db: TenantDb): Promise<EndpointRow[]> {
  return db.query.selectFrom('webhook_endpoints').orderBy('id').selectAll().execute()
}

export async function findEndpoint(db: TenantDb, id: string): Promise<EndpointRow | undefined> {
  return db.query.selectFrom('webhook_endpoints').where('id', '=', id).selectAll().executeTakeFirst()
}

export async function countEndpoints(db: TenantDb): Promise<number> {
  const { count } = await db.query
    .selectFrom('webhook_endpoints')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Those that messages are sent to: id and wanted kinds. */
export async function enabledEndpoints(db: TenantDb): Promise<Pick<EndpointRow, 'id' | 'events'>[]> {
  return db.query.selectFrom('webhook_endpoints').where('enabled', '=', 1).select(['id', 'events']).execute()
}

export async function updateEndpoint(tx: TenantDb, id: string, change: EndpointChange): Promise<void> {
  await tx.query.updateTable('webhook_endpoints').set(change).where('id', '=', id).execute()
}

/** Counts a failed attempt, in one statement, so that none is lost; returns how it stands. */
export async function noteFailure(tx: TenantDb, id: string, now: number): Promise<EndpointRow | undefined> {
  return tx.query
    .updateTable('webhook_endpoints')
    .set((is) => ({
      failures: is('failures', '+', 1),
      failing_since: is.fn.coalesce('failing_since', is.val(now)),
    }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}

/** Removes an endpoint and what was on its way to it; whether there was one. */
export async function deleteEndpoint(tx: TenantDb, id: string): Promise<boolean> {
  await tx.query.deleteFrom('webhook_deliveries').where('endpoint_id', '=', id).execute()
  const { numDeletedRows } = await tx.query.deleteFrom('webhook_endpoints').where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}
