import type { EventType } from '@tillwright/core/contract'
import type { BulkInsert } from '../db/dialect.ts'
import type { TenantDb } from '../db/open.ts'
import { EVENT_COLUMNS } from './tables.ts'

export interface NewEventRow {
  readonly id: string
  readonly type: EventType
  readonly at: number
  readonly receivedAt: number
  readonly sessionId: string | null
  readonly customerId: string | null
  readonly productId: string | null
  readonly recommendationId: string | null
  readonly visitorId: string | null
  readonly data: string
}

const ADD: BulkInsert = { table: 'events', columns: EVENT_COLUMNS, onConflict: 'ignore' }

/** Stores events; ids that are known are passed over. Returns how many were new. */
export function addEvents(tx: TenantDb, rows: readonly NewEventRow[]): Promise<number> {
  const values = rows.flatMap((row) => [
    row.id,
    row.type,
    row.at,
    row.receivedAt,
    row.sessionId,
    row.customerId,
    row.productId,
    row.recommendationId,
    row.visitorId,
    row.data,
  ])
  return tx.insertMany(ADD, values)
}

export interface EventRow {
  readonly seq: number
  readonly data: string
  readonly receivedAt: number
}

export interface EventFilter {
  readonly type?: EventType | undefined
  readonly productId?: string | undefined
  readonly sessionId?: string | undefined
  readonly recommendationId?: string | undefined
  /** From this instant on, ms since 1970. */
  readonly from?: number | undefined
  /** Before this instant. */
  readonly to?: number | undefined
  readonly beforeSeq?: number | undefined
  readonly limit: number
}

/** The last to arrive first. */
export async function listEvents(db: TenantDb, filter: EventFilter): Promise<EventRow[]> {
  const { type, productId, sessionId, recommendationId, from, to, beforeSeq, limit } = filter
  let query = db.query.selectFrom('events').orderBy('seq', 'desc').limit(limit)
  if (type !== undefined) query = query.where('type', '=', type)
  if (productId !== undefined) query = query.where('product_id', '=', productId)
  if (sessionId !== undefined) query = query.where('session_id', '=', sessionId)
  if (recommendationId !== undefined) query = query.where('recommendation_id', '=', recommendationId)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<', to)
  if (beforeSeq !== undefined) query = query.where('seq', '<', beforeSeq)
  return query.select(['seq', 'data', 'received_at as receivedAt']).execute()
}

export async function countEvents(db: TenantDb): Promise<number> {
  const { count } = await db.query
    .selectFrom('events')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Events of a customer, for taking their name off. */
export async function eventsOfCustomer(tx: TenantDb, customerId: string): Promise<{ seq: number; data: string }[]> {
  return tx.query.selectFrom('events').where('customer_id', '=', customerId).select(['seq', 'data']).execute()
}

export async function setEventData(tx: TenantDb, seq: number, data: string): Promise<void> {
  await tx.query
    .updateTable('events')
    .set({ data, customer_id: null, session_id: null, visitor_id: null })
    .where('seq', '=', seq)
    .execute()
}
