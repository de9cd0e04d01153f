import type { Event, RouteInput, TillwrightContract } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import type { Clock } from '../ports.ts'
import {
  addEvents,
  countEvents,
  type EventRow,
  eventsOfCustomer,
  listEvents,
  type NewEventRow,
  setEventData,
} from './store.ts'

type Listing = RouteInput<TillwrightContract['events']['list']> & { limit: number }

export type EventsService = ReturnType<typeof eventsService>

export function eventsService({ clock }: { clock: Clock }) {
  return {
    /** Resolves when the events are on disk. */
    async send(db: TenantDb, events: readonly Event[]): Promise<{ accepted: number; duplicates: number }> {
      const receivedAt = clock()
      const rows = events.map((event) => eventRow(event, receivedAt))
      const accepted = await db.transaction((tx) => addEvents(tx, rows))
      return { accepted, duplicates: events.length - accepted }
    },
    async list(db: TenantDb, { cursor, limit, from, to, ...filter }: Listing) {
      const [beforeSeq] = cursor === undefined ? [] : decodeCursor<[number]>(cursor, ['number'])
      const rows = await listEvents(db, {
        ...filter,
        from: from === undefined ? undefined : Date.parse(from),
        to: to === undefined ? undefined : Date.parse(to),
        beforeSeq,
        limit: limit + 1,
      })
      return toPage(rows, limit, ({ seq }) => [seq], presentEvent)
    },
    count: countEvents,
    /** Takes a customer off their events, and with them what tells one visitor from another. */
    async forgetCustomer(tx: TenantDb, customerId: string): Promise<void> {
      for (const { seq, data } of await eventsOfCustomer(tx, customerId)) {
        const { customerId: _customer, visitorId: _visitor, sessionId: _session, ...rest } = JSON.parse(data) as Event
        await setEventData(tx, seq, JSON.stringify(rest))
      }
    },
  }
}

function eventRow(event: Event, receivedAt: number): NewEventRow {
  return {
    id: event.id,
    type: event.type,
    at: Date.parse(event.at),
    receivedAt,
    sessionId: event.sessionId ?? null,
    customerId: event.customerId ?? null,
    productId: event.productId ?? null,
    recommendationId: event.recommendationId ?? null,
    visitorId: event.visitorId ?? null,
    data: JSON.stringify(event),
  }
}

function presentEvent({ data, receivedAt }: EventRow) {
  return { ...(JSON.parse(data) as Event), receivedAt: new Date(receivedAt).toISOString() }
}
