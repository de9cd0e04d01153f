import type { Selectable, Updateable } from 'kysely'
import type { TenantDb } from '../db/open.ts'
import type { WebhooksTables } from './tables.ts'

export type DeliveryRow = Omit<Selectable<WebhooksTables['webhook_deliveries']>, 'tenant_id'>
export type DeliveryChange = Omit<Updateable<WebhooksTables['webhook_deliveries']>, 'tenant_id' | 'id'>

/** Rows in one statement: well below SQLite's limit of parameters. */
const ROWS_PER_INSERT = 200

export async function insertDeliveries(tx: TenantDb, rows: readonly DeliveryRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    await tx.query
      .insertInto('webhook_deliveries')
      .values(rows.slice(at, at + ROWS_PER_INSERT))
      .execute()
  }
}

export async function findDelivery(db: TenantDb, id: string): Promise<DeliveryRow | undefined> {
  return db.query.selectFrom('webhook_deliveries').where('id', '=', id).selectAll().executeTakeFirst()
}

/** Whether a test message is on its way to an endpoint. */
export async function hasTestUnderWay(db: TenantDb, endpointId: string): Promise<boolean> {
  const found = await db.query
    .selectFrom('webhook_deliveries')
    .where('endpoint_id', '=', endpointId)
    .where('kind', '=', 'webhook.test')
    .where('state', '=', 'queued')
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

export interface DeliveryFilter {
  readonly endpointId: string
  readonly state?: DeliveryRow['state'] | undefined
  /** Older than this one. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first. */
export async function listDeliveries(db: TenantDb, filter: DeliveryFilter): Promise<DeliveryRow[]> {
  const { endpointId, state, before, limit } = filter
  let query = db.query.selectFrom('webhook_deliveries').where('endpoint_id', '=', endpointId)
  if (state !== undefined) query = query.where('state', '=', state)
  if (before !== undefined) query = query.where('id', '<', before)
  return query.orderBy('id', 'desc').limit(limit).selectAll().execute()
}

export async function updateDelivery(tx: TenantDb, id: string, change: DeliveryChange): Promise<void> {
  await tx.query.updateTable('webhook_deliveries').set(change).where('id', '=', id).execute()
}

/** Forgets what was made before an instant, delivered or not; returns how much that was. */
export async function sweepDeliveries(tx: TenantDb, before: number): Promise<number> {
  const { numDeletedRows } = await tx.query
    .deleteFrom('webhook_deliveries')
    .where('created_at', '<=', before)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
